"""Every address as everybody, and every field with everything: the tables of rights and of forms at full size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs import proof

ROOT = Path(__file__).resolve().parents[1]
_TESTS = ROOT / "tests" / "web"
_TABLE = (_TESTS / "test_permissions.py").read_text("utf-8").partition('TABLE = """')[2].partition('"""')[0]
LINES = [line for line in _TABLE.splitlines() if line.strip() and not line.startswith("address ")]
FORMS = [line for line in LINES if line.split()[1] == "POST" and "+" in line.split()[-9:]]


@proof(count=len(LINES), of="addresses and methods, each as twelve people", parts=6)
def every_address(numbers: range, seed: int) -> Iterator[str]:
    """Every address answers each of twelve people as the table of rights says (the seed changes nothing)."""
    test = "test_permissions.py::test_every_address_answers_each_person_as_the_table_says"
    yield from _faults(test, {"SAMRIT_PROVE_LINES": f"{numbers.start}:{numbers.stop}"})


@proof(count=len(FORMS), of="forms, each field with 35 values that nobody should send", parts=8)
def every_field(numbers: range, seed: int) -> Iterator[str]:
    """No field of any form breaks a page, whatever is sent in it (the seed changes nothing)."""
    test = "test_every_field.py::test_no_field_of_any_form_breaks_a_page"
    yield from _faults(test, {"SAMRIT_PROVE_FIELDS": f"{numbers.start}:{numbers.stop}"})


def _faults(test: str, named: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--nothing-skipped", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, f"{_TESTS.relative_to(ROOT)}/{test}"],
        cwd=ROOT,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        faults = [line.removeprefix("E ").strip() for line in done.stdout.splitlines() if line.startswith("E ")]
        yield from faults or [done.stdout[-2000:] + done.stderr[-2000:]]
