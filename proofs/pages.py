"""Every page through axe: the browser's own tests at full size."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs import proof

ROOT = Path(__file__).resolve().parents[1]
_TESTS = ROOT / "tests" / "browser" / "test_every_page.py"
_ROOMS = re.findall(r"^def (test_\w+)\([^)]*\blanguage: str", _TESTS.read_text("utf-8"), re.MULTILINE)


@proof(count=len(_ROOMS), of="rooms of pages", parts=len(_ROOMS))
def every_page(numbers: range, seed: int) -> Iterator[str]:
    """Every page passes axe and fits the screen, in both languages and at both widths (the seed changes nothing)."""
    options = ["-q", "-n", "0", "--full", "--nothing-skipped", "-p", "no:cacheprovider"]
    for number in numbers:
        command = [sys.executable, "-m", "pytest", *options, f"{_TESTS.relative_to(ROOT)}::{_ROOMS[number]}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            faults = [line.removeprefix("E ").strip() for line in done.stdout.splitlines() if line.startswith("E ")]
            yield f"{_ROOMS[number]}: " + " | ".join(faults or [done.stdout[-2000:] + done.stderr[-2000:]])
