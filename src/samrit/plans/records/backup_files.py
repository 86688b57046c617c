"""The file of a backup: sealed or not, whose it is, and when the latest was written."""

from __future__ import annotations

import errno
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

from samrit.plans.records.health import LAST_BACKUP
from samrit.plans.records.sealing import MAGIC, is_signed, open_sealed, seal
from samrit.plans.records.stored_files import incoming


@contextmanager
def plain_file(target: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give the file to write an archive into: the target, or where a passphrase is set one that is sealed into it."""
    if not settings.BACKUP_PASSPHRASE:
        yield target
        return
    with tempfile.TemporaryFile(dir=_room()) as plain:
        yield plain
        plain.seek(0)
        seal(plain, target, settings.BACKUP_PASSPHRASE)


@contextmanager
def opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, sealed or not; raises ServiceError ``backup_sealed``, or what ``zipfile`` raises."""
    with source.open("rb") as stream, tempfile.TemporaryFile(dir=_room()) as plain:
        is_sealed = stream.read(len(MAGIC)) == MAGIC
        stream.seek(0)
        if is_sealed:
            open_sealed(stream, plain, settings.BACKUP_PASSPHRASE)
        with zipfile.ZipFile(plain if is_sealed else stream) as archive:
            yield archive


def require_room(target: Path, manifest: str) -> None:
    """Raise FileExistsError where ``target`` is anything but an earlier backup, which a later one may replace."""
    if target.exists() and not _is_backup(target, manifest):
        raise FileExistsError(errno.EEXIST, "exists and is not a backup", str(target))


def _is_backup(path: Path, manifest: str) -> bool:
    """Say whether the file is a backup by its head or its parts; a sealed one isn't opened for that."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) == MAGIC:
                return True
        with zipfile.ZipFile(path) as archive:
            return manifest in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _room() -> Path:
    """Return the folder of what is kept, made where it is not there yet: a backup is brought back on a new machine."""
    room = Path(settings.DATA)
    room.mkdir(parents=True, exist_ok=True)
    return room


def is_ours(archive: zipfile.ZipFile, manifest: str, signature: str) -> bool:
    """Say whether the manifest, which holds the hash of every part, was signed with this server's key."""
    if signature not in archive.namelist():
        return False
    return is_signed(archive.read(manifest), archive.read(signature).decode("ascii", "replace"))


def remember(target: Path, *, made_at: str, sequence: int) -> None:
    """Keep when and where the latest backup was written, for who looks after the machine."""
    said = json.dumps({"made_at": made_at, "file": str(target.resolve()), "sequence": sequence})
    with suppress(OSError), incoming(Path(settings.DATA)) as file:  # without it the backup is there all the same
        file.stream.write(said.encode())
        file.move(Path(settings.DATA) / LAST_BACKUP)
