"""Every case of the tests of which a usual run takes a sample."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs import proof

ROOT = Path(__file__).resolve().parents[1]
_FILES = [
    str(file.relative_to(ROOT))
    for file in sorted((ROOT / "tests").rglob("test_*.py"))
    if "mark.sample(" in file.read_text("utf-8")
]


@proof(count=len(_FILES), of="files of tests", parts=len(_FILES))
def whole_tables(numbers: range, seed: int) -> Iterator[str]:
    """Every case holds of the tests that `make test` asks a sample of (the seed changes nothing)."""
    options = ["-q", "-n", "0", "--full", "--nothing-skipped", "-m", "sample", "-p", "no:cacheprovider"]
    for number in numbers:
        command = [sys.executable, "-m", "pytest", *options, _FILES[number]]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            faults = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            yield f"{_FILES[number]}: " + " | ".join(faults or [done.stdout[-2000:] + done.stderr[-2000:]])
