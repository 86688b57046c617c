"""A hanging test is broken off and named, whether it waits or turns in circles; the ones behind it still run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """
import threading
from tests import time_limit
time_limit.{limit} = 0.5

def test_behind_it():
    pass

"""
WAITS = "def test_that_hangs():\n    threading.Event().wait()\n"
TURNS = "def test_that_hangs():\n    while True:\n        pass\n"


@pytest.mark.parametrize(
    ("limit", "hanging", "said"),
    [("CLOCK_SECONDS", WAITS, "0.5 s"), ("PROCESSOR_SECONDS", TURNS, "0.5 s of processor time")],
)
def test_a_test_that_hangs_is_broken_off(limit: str, hanging: str, said: str, tmp_path: Path) -> None:
    written = tmp_path / "test_hanging.py"
    written.write_text(HEAD.format(limit=limit) + hanging + "\ndef test_after_it():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "--rootdir", str(tmp_path)]
    command += ["-p", "tests.time_limit", "-p", "no:cacheprovider", str(written)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert "1 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert f"test_that_hangs was still running after {said}\n" in done.stdout
