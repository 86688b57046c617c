"""Files on disk: where evidence and printed documents are kept, each under its content's hash, and their way there.

Two things may be left by a process that is killed: a file half written, and a whole one in its place whose row never
came to count.  Both have something beside them that their process holds a lock on: the half file itself, and a note
of what is being placed.  The system lets go of a dead process's locks, whatever it died of; so nobody guesses by the
clock, and the next one who writes there sweeps away what the dead left.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from samrit.plans.models import Evidence, ReportFile

_HALF, _NOTE = ".incoming-", ".placing-"


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def evidence_path(sha256: str) -> Path:
    """Return where the evidence of that hash is kept."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256


def document_path(sha256: str) -> Path:
    """Return where the printed document of that hash is kept."""
    return Path(settings.DOCUMENT_ROOT) / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is being written, and its stream."""

    path: Path
    stream: BinaryIO

    def move(self, final: Path, *, mode: int = 0o600, noted: Path | None = None) -> None:
        """Put it in its place, whole and on the disk; ``noted`` is the root of files that need a row (``placing``)."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        if noted is not None:
            placing(noted, [final.name])
        final.parent.mkdir(parents=True, exist_ok=True)
        self.path.chmod(mode)
        self.path.replace(final)


@contextmanager
def incoming(folder: Path) -> Iterator[Incoming]:
    """Give a new file in ``folder`` to write; it goes at the end unless it was moved to its place."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in _dead(folder, _HALF):
        left.unlink(missing_ok=True)
    handle, path = _held(folder, _HALF)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield Incoming(path, stream)
    finally:
        path.unlink(missing_ok=True)


def placing(root: Path, names: Iterable[str]) -> None:
    """Note which files are put in their places within the open transaction; the note goes once that counts.

    Where it does not count, the note stays without its lock, and ``sweep`` takes away what it names.
    """
    root.mkdir(parents=True, exist_ok=True)
    note = _Note(*_held(root, _NOTE))
    os.write(note.handle, "\n".join(names).encode())
    transaction.on_commit(note.counts)


@dataclass(slots=True)
class _Note:
    """A note that its process holds for as long as the transaction knows it."""

    handle: int
    path: Path

    def counts(self) -> None:
        self.path.unlink(missing_ok=True)

    def __del__(self) -> None:
        os.close(self.handle)


def sweep(root: Path) -> None:
    """Take away files under ``root`` that dead processes placed and no row names; the caller holds the chain's lock.

    Files are placed by who holds that lock, so nobody is just about to name one of them.
    """
    for note in _dead(root, _NOTE):
        for name in note.read_text("ascii").split():
            if not _is_named(name):
                (root / name[:2] / name).unlink(missing_ok=True)
        note.unlink(missing_ok=True)


def _is_named(sha256: str) -> bool:
    return (
        Evidence.objects.filter(sha256=sha256, erased=0).exists() or ReportFile.objects.filter(sha256=sha256).exists()
    )


def _held(folder: Path, prefix: str) -> tuple[int, Path]:
    """Make a file that this process holds; one that somebody swept away in the instant before is made again."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, dir=folder)
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_nlink:
                return handle, Path(name)
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _dead(folder: Path, prefix: str) -> Iterator[Path]:
    """Yield the files that no living process holds, each while it is held here."""
    for path in sorted(folder.glob(f"{prefix}*")):
        with suppress(OSError), path.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield path
