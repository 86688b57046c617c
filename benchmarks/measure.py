"""Time and peak memory of a piece of work, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE = 0.1


@dataclass(frozen=True)
class Measured:
    """Wall seconds and peak resident memory in MB of one command and all its children."""

    seconds: float
    peak_mb: float
    output: str = ""


def best_of(work: Callable[[], object], least_seconds: float = 1.0) -> float:
    """Return the shortest run of ``work`` in seconds, run until ``least_seconds`` have passed, three times at least."""
    runs: list[float] = []
    while len(runs) < 3 or sum(runs) < least_seconds:
        begun = time.perf_counter()
        work()
        runs.append(time.perf_counter() - begun)
    return min(runs)


def peak_mb() -> float:
    """Return this process's peak memory so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_process(part: str, *arguments: str) -> dict[str, float]:
    """Run ``python -m benchmarks.part`` in a new process and return the figures it prints as JSON."""
    done = run([sys.executable, "-m", f"benchmarks.{part}", *arguments])
    return {"wall": done.seconds, **json.loads(done.output.splitlines()[-1])}


def run(command: Sequence[str], timeout: float = 1800) -> Measured:
    """Run a command to its end; raises when it fails or takes longer than ``timeout`` seconds."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = _Peak(process.pid)
    try:
        output, errors = process.communicate(timeout=timeout)
    except BaseException:
        process.kill()
        raise
    finally:
        peak.stop()
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {errors.strip()[-2000:]}")
    return Measured(time.perf_counter() - begun, peak.mb, output)


class _Peak:
    """Samples the resident memory of a process and its descendants while it runs (Linux; 0 elsewhere)."""

    def __init__(self, pid: int) -> None:
        self.mb = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_SAMPLE):
            self.mb = max(self.mb, sum(_resident_mb(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    """Return ``pid`` and all its descendants."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold spaces; state and parent follow it.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    pids = [pid]
    for one in pids:
        pids += children.get(one, [])
    return pids


def _resident_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
