"""Which printing is under way: a folder that its process holds a lock on, so that a killed one is known to be dead.

The system lets go of a dead process's locks, whatever it died of.  So nobody guesses by
the clock, and what a dead printing left is swept away by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from django.conf import settings

_PREFIX = ".printing-"
_TRIES, _PAUSE = 25, 0.02  # somebody who only looks holds the folder for a moment


@dataclass(frozen=True, slots=True)
class Printing:
    """A printing under way: the folder that its process alone may use, until ``end``."""

    folder: Path
    lock: int

    def end(self) -> None:
        """Take the folder away and let go of it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self.lock)


def printing_begin(evaluation: int, language: str, *, waits: bool = False) -> Printing | None:
    """Begin to print an evaluation's documents of one language; None while another process or thread does.

    With ``waits`` that other printing is waited for.  What dead printings left is swept away.
    """
    folder = _folder(evaluation, language)
    for _ in range(_TRIES):
        begun = _taken(folder, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        if begun is not None:
            _sweep()
            return begun
        sleep(_PAUSE)
    return None


@contextmanager
def printing(evaluation: int, language: str) -> Iterator[Path]:
    """Print within a folder of one's own, after whoever prints the same."""
    begun = None
    while begun is None:
        begun = printing_begin(evaluation, language, waits=True)
    try:
        yield begun.folder
    finally:
        begun.end()


def is_printing(evaluation: int, language: str) -> bool:
    """Say whether some living process prints the evaluation's documents of that language."""
    try:
        lock = os.open(_folder(evaluation, language), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _folder(evaluation: int, language: str) -> Path:
    return Path(settings.DOCUMENT_ROOT) / f"{_PREFIX}{evaluation}-{language}"


def _taken(folder: Path, how: int) -> Printing | None:
    """Lock ``folder``, made where there is none; None when somebody else holds it, or took it away meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, how)
        if folder.stat().st_ino == os.fstat(lock).st_ino:
            return Printing(folder, lock)
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None


def _sweep() -> None:
    """Take away the folders that no living process holds."""
    for folder in Path(settings.DOCUMENT_ROOT).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            left = _taken(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if left is not None:
                left.end()
