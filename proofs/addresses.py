"""Every address as everybody: the table of rights at full size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs import proof

ROOT = Path(__file__).resolve().parents[1]
_TEST = "tests/web/test_permissions.py"
_NAME = "test_every_address_answers_each_person_as_the_table_says"
_TABLE = (ROOT / _TEST).read_text("utf-8").partition('TABLE = """')[2].partition('"""')[0]
LINES = [line for line in _TABLE.splitlines() if line.strip() and not line.startswith("address ")]


@proof(count=len(LINES), of="addresses and methods, each as twelve people", parts=6)
def every_address(numbers: range, seed: int) -> Iterator[str]:
    """Every address answers each of twelve people as the table of rights says (the seed changes nothing)."""
    named = {"SAMRIT_PROVE_LINES": f"{numbers.start}:{numbers.stop}"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--nothing-skipped", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, f"{_TEST}::{_NAME}"],
        cwd=ROOT,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        faults = [line.removeprefix("E ").strip() for line in done.stdout.splitlines() if line.startswith("E ")]
        yield from faults or [done.stdout[-2000:] + done.stderr[-2000:]]
