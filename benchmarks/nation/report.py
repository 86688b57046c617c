"""Many plans in one table: ours, and the plain percent by two engines on the same file in the same run."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path

from benchmarks.measure import in_process
from benchmarks.nation.files import write_works
from benchmarks.nation.rivals import RIVALS

COUNTS = (10_000, 100_000, 1_000_000)


def report(counts: list[int]) -> None:
    """Print a line for each number of works (aim: a million under 60 s on two cores, 500 MB a worker, linear)."""
    workers = os.cpu_count() or 1
    print(f"Plans of 47 works in one Parquet file, read, checked, scored and written by {workers} processes")
    print("      works     plans    clock  processor  a worker    per work   DuckDB, Polars: plain percent only")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "plans.parquet"
            write_works(count, file)
            ours = in_process("nation.ours", str(file), str(Path(folder) / "out"), str(workers))
            line = f"  {ours['works']:9,.0f} {ours['plans']:9,.0f} {ours['seconds']:6.1f} s {ours['processor']:8.1f} s"
            line += f" {ours['worker_mb']:6.0f} MB {ours['processor'] / ours['works'] * 1e6:8.0f} µs"
            print(line + "".join(_rival(name, file) for name in RIVALS), flush=True)
    print("  the clock counts what else the machine does; processor time counts all our processes, with their starting")


def _rival(name: str, file: Path) -> str:
    if importlib.util.find_spec(name) is None:
        return f"   {name}: not installed"
    theirs = in_process("nation.rivals", name, str(file))
    return f"   {theirs['seconds']:5.1f} s, {theirs['processor']:.1f} s processor, {theirs['peak_mb']:.0f} MB"
