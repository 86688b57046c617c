"""Opening what a person handed over: an ordinary file of a bearable size, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from samrit.intake.sources import limits
from samrit.intake.sources.refusal import refuse

# A pipe would block for ever and a link may lead anywhere; not every system knows these flags.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path) -> bytes:
    """Return the content of the ordinary file at ``path``; links, pipes, folders and oversized files are refused."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            refuse("intake_link_refused")
        if not stat.S_ISREG(about.st_mode):
            refuse("intake_not_a_file")
        with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
            # What was looked at above may have been exchanged since.
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                refuse("intake_not_a_file")
            content = b"" if about.st_size > limits.LARGEST_FILE else stream.read(limits.LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        refuse("intake_unreadable", reason=getattr(error, "strerror", None) or type(error).__name__)
    if about.st_size > limits.LARGEST_FILE or len(content) > limits.LARGEST_FILE:
        refuse_size(max(about.st_size, len(content)), limits.LARGEST_FILE)
    if not content:
        refuse("intake_empty")
    return content


def refuse_size(size: int, limit: int) -> None:
    """Refuse a file of ``size`` bytes where ``limit`` are accepted."""
    refuse("intake_too_large", size=-(-size // limits.MEGABYTE), limit=limit // limits.MEGABYTE)
