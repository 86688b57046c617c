"""A hanging test is broken off and named; the ones behind it still run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HANGING = """
import threading
from tests import time_limit
time_limit.SECONDS = 0.5

def test_that_waits_for_ever():
    threading.Event().wait()

def test_behind_it():
    pass
"""


def test_a_test_that_hangs_is_broken_off(tmp_path: Path) -> None:
    written = tmp_path / "test_hanging.py"
    written.write_text(HANGING)
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "--rootdir", str(tmp_path)]
    command += ["-p", "tests.time_limit", "-p", "no:cacheprovider", str(written)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1], timeout=60
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "test_that_waits_for_ever was still running after 0.5 s" in done.stdout
