"""What a worker writes for a while (an upload on its way, pages being set) lies in a folder of its own.

It is in the data folder and goes with the worker; that of one that was killed is swept away by the next to start.  The
system's folder for such things would keep it, with somebody's evidence in it.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_OWN: dict[str, int] = {}  # the folder of this process, and its lock


def use() -> None:
    """Let this process write there from now on; where that can't be, in the system's folder as before."""
    root = Path(settings.DATA) / "working"
    with suppress(OSError):
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in root.iterdir():
            with suppress(OSError):
                lock = _held(folder)
                shutil.rmtree(folder, ignore_errors=True)  # while it is held: nobody takes it for a new one of theirs
                os.close(lock)
        folder, lock = _made(root)
        tempfile.tempdir = str(folder)
        _OWN[str(folder)] = lock
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _made(root: Path) -> tuple[Path, int]:
    """Make a folder that this process holds; one that was swept away in the instant before is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=root))
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _held(folder)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _held(folder: Path) -> int:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise
    return lock
