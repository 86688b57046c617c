"""Where files are kept on disk: evidence and printed documents, each under its content's hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def evidence_path(sha256: str) -> Path:
    """Return where the evidence of that hash is kept."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256


def document_path(sha256: str) -> Path:
    """Return where the printed document of that hash is kept."""
    return Path(settings.DOCUMENT_ROOT) / sha256[:2] / sha256
