"""Where commands write: what is there already, and why a place can't be written, told with what to do."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from samrit.cli import shared
from samrit.cli.office.wording import both

_REASONS = {
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENAMETOOLONG: "too_long",
}


@contextmanager
def writing(place: Path, language: str) -> Iterator[None]:
    """Turn what the disk refuses at ``place`` into a sentence and exit code 3; what was there is as it was."""
    try:
        yield
    except OSError as error:
        refuse(place, error, language)


def refuse(place: Path, error: OSError, language: str, code: int = shared.UNREADABLE) -> NoReturn:
    """Say why ``place`` could not be written and what to do, and leave with ``code``."""
    reason = error.strerror or str(error)
    shared.stop(
        language, *both(f"places.{_why(place, error)}", file=place, at=_stopper(place), reason=reason), code=code
    )


def require_new(place: Path, language: str, code: int = shared.UNREADABLE) -> None:
    """Leave with ``code`` where something is at ``place``, or nothing can be there, before any other work."""
    if stands(place):
        refuse(place, FileExistsError(), language, code)
    if _is_blocked(place):
        refuse(place, NotADirectoryError(), language, code)


def write_new(place: Path, content: bytes, language: str, *, mode: int = 0o644) -> None:
    """Write a file whole or not at all, and never over what is there; leaves with exit code 3 where it can't be."""
    require_new(place, language)
    with writing(place, language):
        handle, name = tempfile.mkstemp(prefix=".samrit-", dir=place.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            fresh.chmod(mode)
            fresh.replace(place)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


def stands(place: Path) -> bool:
    """Say whether anything is at ``place``; nothing can at a name that the disk refuses."""
    return os.path.lexists(place)


def _why(place: Path, error: OSError) -> str:
    """Return the key of the sentence that fits what the disk said and what is on the way."""
    if _is_blocked(place):
        return "blocked"
    if isinstance(error, FileExistsError | IsADirectoryError):
        return "taken"
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return "no_folder" if isinstance(error, FileNotFoundError) else "other"


def _stopper(place: Path) -> Path:
    """Return the nearest of the folders above ``place`` that is there, or the file that stands in its place."""
    return next((above for above in place.absolute().parents if stands(above)), place.parent)


def _is_blocked(place: Path) -> bool:
    return not _stopper(place).is_dir()
