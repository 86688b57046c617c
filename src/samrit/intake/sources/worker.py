"""The process in which documents are read: `python -m samrit.intake.sources.worker` (see ``confined``).

It takes requests on its input, one line of JSON and the content, and answers with lines:
"progress DONE TOTAL", then what ``wire`` describes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.reading import Reading
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.wire import packed_cells, packed_end, packed_files, packed_grids, packed_picture

_POLITE = 10  # pages are served before documents are read


def limit_process() -> None:
    """Let the operating system stop this process when it takes too much memory; not every system can."""
    with suppress(AttributeError, OSError):
        os.nice(_POLITE)
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # It reads what it is handed and writes nothing but its answer.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_work(seconds: float) -> None:
    """Let the operating system end this process when the next document takes far more than its ``seconds`` of work.

    The readers look at the clock themselves and say so in words; a library that loops does not.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not there on Windows

        most = int(time.process_time() + max(seconds, 0.0)) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        limit_work(request["seconds"])
        answers.writelines(answer(request, content, answers))
        answers.flush()


def answer(request: dict[str, Any], content: bytes, answers: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a document's reading, or of why it was refused."""

    def told(done: int, total: int) -> None:
        answers.write(f"progress {done} {total}\n".encode())
        answers.flush()

    job = Job(request["document"], told, seconds=request["seconds"])
    reading = Reading(job, request.get("suffix", ""))
    try:
        try:
            if (number := request.get("picture")) is not None:
                yield packed_picture(reading.picture(content, number))
            elif (wanted := request.get("sheets")) is not None:
                for sheet, cells in reading.typed(content, wanted).items():
                    yield from packed_cells(sheet, cells)
            elif request.get("package"):
                yield from packed_files(reading.package(content))
            else:
                yield from packed_grids(reading.grids(content))
        except MemoryError:
            refuse("intake_too_much_memory", limit=limits.MEMORY // limits.MEGABYTE)
        except RecursionError:
            refuse("intake_damaged", reason="depth")
    except Refused as refused:
        yield packed_end(reading.kind, (*job.findings(), refused.finding), job.spent(), refused=True)
        return
    yield packed_end(reading.kind, job.findings(), job.spent())


if __name__ == "__main__":
    limit_process()
    serve(sys.stdin.buffer, sys.stdout.buffer)
