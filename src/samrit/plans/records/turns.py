"""Whose turn it is to have an upload read, over all processes of the server.

Reading is the one thing that somebody else's file makes as slow as it likes, up to its limit.  So no
more than one for every two cores is read at a time, one person's one after the other, and who waits
holds only a few of a process's threads: the others go on serving pages.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from samrit.plans.errors import ServiceError

_fcntl: Any = None
with suppress(ImportError):  # not on Windows: there the places count within one process
    _fcntl = import_module("fcntl")

PLACES = max(1, (os.cpu_count() or 1) // 2)  # uploads read at once
WAITING = 3  # threads of one process that may read or wait; it has more (config.serving)
_LOOK_EVERY = 0.05  # seconds between two looks for a free place

_waiting = threading.BoundedSemaphore(WAITING)
_reading: set[str] = set()
_one = threading.Lock()


@contextmanager
def turn(person: int | None, *, patience: float = 20.0) -> Iterator[None]:
    """Wait for a place and hold it; ``patience`` are the seconds that it may take.

    Raises ServiceError ``upload_of_yours`` while another upload of ``person`` is being read, and
    ``upload_queue_full`` where too many wait or no place comes free: nothing has been read then.
    """
    folder = Path(settings.DATA) / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        if not _waiting.acquire(blocking=False):
            raise ServiceError("upload_queue_full")
        held.callback(_waiting.release)
        if person is not None and not _hold(folder / f"person-{person}", held):
            raise ServiceError("upload_of_yours")
        end = time.monotonic() + patience
        while not any(_hold(folder / f"place-{place}", held) for place in range(PLACES)):
            if time.monotonic() > end:
                raise ServiceError("upload_queue_full")
            time.sleep(_LOOK_EVERY)
        yield


def _hold(place: Path, held: ExitStack) -> bool:
    """Take a place if it is free, and give it back with ``held``."""
    name = str(place)
    with _one:
        if name in _reading:
            return False
        _reading.add(name)
    with ExitStack() as undo:
        undo.callback(_reading.discard, name)
        stream = undo.enter_context(place.open("ab"))
        if not _locked(stream):
            return False
        # Removed while held: a file made meanwhile under its name is another lock, for one more reading at most.
        undo.callback(_removed, place)
        held.push(undo.pop_all())
        return True


def _locked(stream: BinaryIO) -> bool:
    if _fcntl is None:
        return True
    try:
        _fcntl.flock(stream.fileno(), _fcntl.LOCK_EX | _fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _removed(place: Path) -> None:
    if place.name.startswith("person-"):
        with suppress(OSError):
            place.unlink()
