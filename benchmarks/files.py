"""From files to bands in a process of its own: ``python -m benchmarks.files FOLDER`` prints its figures as JSON."""

from __future__ import annotations

import json
import sys
import time

from benchmarks.measure import peak_mb
from samrit import package
from samrit.engine.score import score

YEAR_END = 12


def figures(folder: str) -> dict[str, float]:
    """Return the seconds for reading the package and for scoring it once, and the peak memory."""
    begun = time.perf_counter()
    plan_package = package.read(folder).package
    read = time.perf_counter()
    ruleset = plan_package.ruleset() if plan_package else None
    if plan_package is None or ruleset is None:
        raise SystemExit(f"{folder} can't be scored")
    score(plan_package.plan, ruleset, YEAR_END)
    return {"read": read - begun, "score": time.perf_counter() - read, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1])))
