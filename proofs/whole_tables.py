"""Every case of the tests that look at a part in a usual run, and every test on the second database."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs import proof

ROOT = Path(__file__).resolve().parents[1]
_FILES = [
    str(file.relative_to(ROOT))
    for file in sorted((ROOT / "tests").rglob("test_*.py"))
    if re.search(r"mark\.sample\b", file.read_text("utf-8"))
]
_WITH_DATABASE = sorted(
    str(file.relative_to(ROOT))
    for room in ("office", "plans", "web")
    for file in (ROOT / "tests" / room).glob("test_*.py")
)
_OPTIONS = ("-q", "-n", "0", "--nothing-skipped", "-p", "no:cacheprovider")


@proof(count=len(_FILES), of="files of tests", parts=len(_FILES))
def whole_tables(numbers: range, seed: int) -> Iterator[str]:
    """Every case holds of the tests of which `make test` looks at a part (the seed changes nothing)."""
    for number in numbers:
        yield from _faults("--full", "-m", "sample", _FILES[number], fine=(0,))


@proof(count=len(_WITH_DATABASE), of="files of tests", parts=len(_WITH_DATABASE))
def on_postgresql(numbers: range, seed: int) -> Iterator[str]:
    """Every test holds on PostgreSQL, of which `make test` asks one in six (the seed changes nothing)."""
    for number in numbers:
        yield from _faults(
            "--database", "postgres", _WITH_DATABASE[number], fine=(0, 5)
        )  # 5: none tells of the database


def _faults(*asked: str, fine: tuple[int, ...]) -> Iterator[str]:
    command = [sys.executable, "-m", "pytest", *_OPTIONS, *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in fine:
        faults = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        yield f"{asked[-1]}: " + " | ".join(faults or [done.stdout[-2000:] + done.stderr[-2000:]])
