"""Scoring in a process of its own: ``python -m benchmarks.scoring TIMES`` prints its figures as JSON."""

from __future__ import annotations

import json
import sys

from benchmarks.enlarged import enlarged, example
from benchmarks.measure import best_of, peak_mb
from samrit.engine.rollup import tabulate
from samrit.engine.score import score

YEAR_END = 12


def figures(times: int) -> dict[str, float]:
    """Return the seconds for scoring the enlarged plan, for that and its table by strategy, and the peak memory."""
    package = example()
    ruleset = package.ruleset()
    if ruleset is None:
        raise SystemExit("the example names no rule set")
    plan = enlarged(package.plan, times)
    scored = best_of(lambda: score(plan, ruleset, YEAR_END))
    tabulated = best_of(lambda: tabulate(score(plan, ruleset, YEAR_END).projects))
    return {"projects": len(plan.projects), "score": scored, "score_and_table": tabulated, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(figures(int(sys.argv[1]))))
