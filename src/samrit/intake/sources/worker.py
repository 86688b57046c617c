"""The process in which PDF and old Excel files are read: `python -m samrit.intake.sources.worker` (see ``confined``).

It takes requests on its input, one line of JSON and the content, and answers with lines:
"progress DONE TOTAL", then "reading JSON" or "refused JSON".
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import BinaryIO

from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.wire import packed


def limit_memory() -> None:
    """Let the operating system stop this process when it takes too much memory; not every system can."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        answers.write(answer(request["kind"], request["document"], content, answers) + b"\n")
        answers.flush()


def answer(kind: str, document: str, content: bytes, answers: BinaryIO) -> bytes:
    """Return the reading of a document, or why it was refused, as a line."""

    def told(done: int, total: int) -> None:
        answers.write(f"progress {done} {total}\n".encode())
        answers.flush()

    job = Job(document, told)
    try:
        if kind == "pdf":
            from samrit.intake.sources.pdf.reader import read_pdf as read  # noqa: PLC0415 - only what is needed
        else:
            from samrit.intake.sources.sheets.xls import read_xls as read  # noqa: PLC0415
        try:
            grids = read(content, job)
        except MemoryError:
            refuse("intake_too_much_memory", limit=limits.MEMORY // limits.MEGABYTE)
    except Refused as refused:
        return b"refused " + packed((), (refused.finding,))
    return b"reading " + packed(grids, job.findings())


if __name__ == "__main__":
    limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
