"""Reading in a process of its own, which may be stopped: every document of somebody else's making is read there.

A crash, a flood of memory or an endless loop in there ends that process and gives a
finding here.  What comes back is data, never code.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import samrit
from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.kinds import kind_of
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.sheets.typed import Extent, TypedCell
from samrit.intake.sources.wire import Answer
from samrit.package.rows import Files

_ROOT = Path(samrit.__file__).parents[1]
_GRACE = 100.0  # seconds of the clock more than the process has of its own, on a machine that has other work
_SECRET = ("SAMRIT_", "DJANGO_", "PG")
_LARGE = limits.MEGABYTE  # after a document of this size the process is ended, and its memory with it
_TIRED = frozenset({"intake_too_much_memory", "intake_too_slow"})


class Confined:
    """A process that reads one document after the other; it is started when first needed and again after a crash.

    It may be shared by threads: one document is read at a time.  With ``together`` all its
    documents have no more than that many seconds of work, and those that come after are refused.
    """

    def __init__(self, *, together: float = inf) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()
        self._left = together

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def peak_mb(self) -> int:
        """Return the most memory that the living process has had, in megabytes; 0 where that can't be known."""
        _, _, rest = self._told("status").partition("VmHWM:")
        return int(rest.split()[0]) // 1024 if rest else 0

    def worked(self) -> float:
        """Return the seconds of work that the living process has done; 0 where that can't be known."""
        _, _, rest = self._told("stat").rpartition(")")  # its name, in brackets, may hold blanks
        return sum(map(int, rest.split()[11:13])) / os.sysconf("SC_CLK_TCK") if rest else 0.0

    def _told(self, name: str) -> str:
        try:
            return Path(f"/proc/{self._process.pid}/{name}").read_text("ascii") if self._process else ""
        except OSError:
            return ""

    def read(self, content: bytes, job: Job, *, suffix: str = "") -> tuple[str, Sequence[Grid]]:
        """Return what kind of document it is, and its grids; its findings are noted, a refusal is raised."""
        answer = self._asked(content, job, suffix=suffix)
        return answer.kind, answer.grids()

    def typed(self, content: bytes, job: Job, sheets: Mapping[str, Extent]) -> Mapping[str, Sequence[TypedCell]]:
        """Return what was typed into the named sheets of an .xlsx, hidden ones included; a refusal is raised."""
        return self._asked(content, job, sheets=dict(sheets)).sheets

    def package(self, content: bytes, job: Job) -> Files:
        """Return the rows of a plan's own package as typed; its findings are noted, a refusal is raised."""
        return self._asked(content, job, package=True).files

    def picture(self, content: bytes, job: Job, number: int) -> bytes:
        """Return page ``number`` (from 1) of a PDF as a PNG; a refusal is raised."""
        return self._asked(content, job, picture=number).picture

    def _asked(self, content: bytes, job: Job, **request: Any) -> Answer:
        seconds = min(limits.SECONDS_OF_PRINT if kind_of(content) == "pdf" else limits.SECONDS, self._left)
        if self._left <= 0:
            refuse("intake_no_time_left")
        with self._one:
            process = self._started()
            timer = threading.Timer(seconds + _GRACE, process.kill)
            timer.start()
            try:
                answer = _answered(process, content, job, {**request, "seconds": seconds})
            except BaseException:  # refused or interrupted from here: the process may still be at work
                self.close()
                raise
            finally:
                timer.cancel()
            self._left -= seconds if answer is None else answer.seconds
            if answer is None or len(content) > _LARGE or any(f.code in _TIRED for f in answer.findings):
                self.close()
        if answer is None:
            refuse("intake_reader_died")
        return _taken(answer, job)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # The process finds this package where this one found it.
            known = [str(_ROOT), *(path for path in sys.path if Path(path).is_absolute())]
            # It has no use for secrets: who breaks into it shall find none in its environment.
            harmless = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
            environment = {**harmless, "PYTHONPATH": os.pathsep.join(known)}
            # -P: nothing is imported from the folder that happens to be the current one.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "samrit.intake.sources.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process


def _answered(process: subprocess.Popen[bytes], content: bytes, job: Job, request: dict[str, Any]) -> Answer | None:
    """Send the document and return the answer, None when the process ended without a whole one."""
    if process.stdin is None or process.stdout is None:
        return None
    about = {**request, "document": job.document, "size": len(content)}
    answer = Answer()
    try:
        process.stdin.write(json.dumps(about).encode() + b"\n" + content)
        process.stdin.flush()
        while line := process.stdout.readline():
            word, _, rest = line.partition(b" ")
            if word == b"progress":
                done, total = rest.split()
                job.told(int(done), int(total))
            elif answer.take(word, rest):
                return answer
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
    return None


def _taken(answer: Answer, job: Job) -> Answer:
    if answer.is_refused:
        *noticed, last = answer.findings
        job.take(noticed)
        raise Refused(last, answer.kind)
    job.take(answer.findings)
    return answer


_shared = Confined()


def shared() -> Confined:
    """Return the process that all readings of this program share."""
    return _shared


def _forget() -> None:
    """Leave the shared process to the parent: a forked child that used it too would mix its answers up."""
    global _shared  # noqa: PLW0603
    _shared = Confined()


atexit.register(lambda: shared().close())
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
