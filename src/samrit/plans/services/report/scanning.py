"""What the office's own scanner (ClamAV's daemon) says of a file before it is kept, where the office has one."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from django.conf import settings

from samrit.plans.errors import ServiceError

_PATIENCE = 10.0  # seconds that the daemon may be silent
_LONGEST_ANSWER = 4096  # bytes


def require_clean(pieces: Iterable[bytes], name: str) -> None:
    """Refuse a file in which ``SAMRIT_CLAMD`` finds something, or that could not be looked at.

    Raises ServiceError ``evidence_infected`` or ``evidence_not_scanned``.  Without a scanner every file passes.
    """
    if not settings.CLAMD:
        return
    try:
        said = _asked(pieces)
    except OSError as error:
        raise ServiceError("evidence_not_scanned", record=name, reason=error.strerror or str(error)) from error
    verdict = said.removeprefix("stream:").strip()
    if verdict.endswith("FOUND"):
        raise ServiceError("evidence_infected", record=name, found=verdict.removesuffix("FOUND").strip())
    if verdict != "OK":
        raise ServiceError("evidence_not_scanned", record=name, reason=verdict[:100] or "–")


def _asked(pieces: Iterable[bytes]) -> str:
    """Send the pieces as clamd's INSTREAM has it, each behind its length, and return the answer."""
    with _connected() as daemon:
        daemon.settimeout(_PATIENCE)
        daemon.sendall(b"zINSTREAM\0")
        for piece in pieces:
            daemon.sendall(len(piece).to_bytes(4, "big") + piece)
        daemon.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER and (more := daemon.recv(_LONGEST_ANSWER)):
            said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    if settings.CLAMD.startswith("/"):
        near = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        near.settimeout(_PATIENCE)
        try:
            near.connect(settings.CLAMD)
        except OSError:
            near.close()
            raise
        return near
    host, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_PATIENCE)
