"""A package read and scored in a process of its own: ``python -m benchmarks.scoring FOLDER BEGUN``.

Prints its figures as JSON.  BEGUN is the time at which the process was started, in seconds of the system's clock.
"""

from __future__ import annotations

import json
import sys
import time

from benchmarks.measure import best_of, peak_mb
from samrit import package
from samrit.engine.rollup import tabulate
from samrit.engine.score import score

YEAR_END = 12


def figures(folder: str, begun: float) -> dict[str, float]:
    """Return the seconds from the start to the first result, and of scoring alone, and the peak memory in MB."""
    plan_package = package.read(folder).package
    ruleset = plan_package.ruleset() if plan_package else None
    if plan_package is None or ruleset is None:
        raise SystemExit(f"{folder} can't be scored")
    plan = plan_package.plan
    tabulate(score(plan, ruleset, YEAR_END).projects)
    from_files = time.time() - begun
    scored = best_of(lambda: score(plan, ruleset, YEAR_END))
    tabulated = best_of(lambda: tabulate(score(plan, ruleset, YEAR_END).projects))
    return {
        "projects": len(plan.projects),
        "from_files": from_files,
        "score": scored,
        "score_and_table": tabulated,
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1], float(sys.argv[2]))))
