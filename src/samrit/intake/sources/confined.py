"""Reading in a process of its own, which may be stopped: for formats whose libraries take what time they like.

A crash, a flood of memory or an endless loop in there ends that process and gives a
finding here.  What comes back is data, never code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import samrit
from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.wire import unpacked

_ROOT = Path(samrit.__file__).parents[1]
_GRACE = 20.0  # seconds more than the process itself allows, until it is stopped from outside


class Confined:
    """A process that reads one document after the other; it is started when first needed and again after a crash."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

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

    def read(self, kind: str, content: bytes, job: Job) -> Sequence[Grid]:
        """Return the grids of a "pdf" or "xls" document; its findings are noted, a refusal is raised."""
        process = self._started()
        timer = threading.Timer(limits.SECONDS + _GRACE, process.kill)
        timer.start()
        try:
            line = _asked(process, kind, content, job)
        except BaseException:  # refused or interrupted from here: the process may still be at work
            self.close()
            raise
        finally:
            timer.cancel()
        if line is None:
            self.close()
            refuse("intake_reader_died")
        return _taken(line, job)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # The process finds this package where this one found it.
            known = [str(_ROOT), *(path for path in sys.path if Path(path).is_absolute())]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(known)}
            # -P: nothing is imported from the folder that happens to be the current one.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "samrit.intake.sources.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process


def _asked(process: subprocess.Popen[bytes], kind: str, content: bytes, job: Job) -> bytes | None:
    """Send the document and return the answering line, None when the process ended without one."""
    if process.stdin is None or process.stdout is None:
        return None
    request = json.dumps({"kind": kind, "document": job.document, "size": len(content)})
    try:
        process.stdin.write(request.encode() + b"\n" + content)
        process.stdin.flush()
        while line := process.stdout.readline():
            word, _, rest = line.partition(b" ")
            if word != b"progress":
                return line
            done, total = rest.split()
            job.told(int(done), int(total))
    except OSError:
        return None
    return None


def _taken(line: bytes, job: Job) -> tuple[Grid, ...]:
    word, _, content = line.partition(b" ")
    try:
        grids, findings = unpacked(content)
    except (ValueError, KeyError, TypeError):
        refuse("intake_reader_died")
    if word == b"refused" and findings:
        raise Refused(findings[0])
    job.take(findings)
    return grids
