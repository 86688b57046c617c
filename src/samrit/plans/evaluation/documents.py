"""Plan packages as bytes: how a version and a closed evaluation keep them, and how they are read again."""

from __future__ import annotations

import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path

from samrit.package import PlanPackage, read, write
from samrit.plans.models import PlanVersion


def pack(package: PlanPackage) -> bytes:
    """Return a package as the bytes of its zip; the same package gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        write(package, path)
        return path.read_bytes()


def unpack(content: bytes) -> PlanPackage:
    """Return the package in ``content``.  Raises ValueError when it is not one of ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(content)
        reading = read(path)
    if reading.package is None:
        raise ValueError("; ".join(finding.code for finding in reading.findings))
    return reading.package


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def package_of(version: PlanVersion) -> PlanPackage:
    """Return a version's package; versions never change, so each is parsed once per process."""
    return _package(version.pk, version.sha256)


@lru_cache(maxsize=32)
def _package(version_id: int, sha256: str) -> PlanPackage:
    content = bytes(PlanVersion.objects.values_list("content", flat=True).get(pk=version_id))
    if digest(content) != sha256:
        raise ValueError(f"version {version_id} does not match its hash")
    return unpack(content)
