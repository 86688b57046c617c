"""The enlarged plan as a package and as a workbook: ``python -m benchmarks.prepare TIMES FOLDER``."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.enlarged import enlarged, example
from benchmarks.measure import peak_mb
from samrit import package
from samrit.engine.score import score
from samrit.reports.workbook import xlsx

YEAR_END = 12


def prepare(times: int, folder: Path) -> dict[str, float]:
    """Write ``folder``/plan and ``folder``/plan.xlsx; return the seconds that each took."""
    base = example()
    ruleset = base.ruleset()
    if ruleset is None:
        raise SystemExit("the example names no rule set")
    large = replace(base, plan=enlarged(base.plan, times))
    begun = time.perf_counter()
    package.write(large, folder / "plan")
    written = time.perf_counter()
    xlsx.write(score(large.plan, ruleset, YEAR_END), folder / "plan.xlsx")
    return {"package": written - begun, "xlsx": time.perf_counter() - written, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(prepare(int(sys.argv[1]), Path(sys.argv[2]))))
