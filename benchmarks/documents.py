"""All four documents of the example plan in a process of its own: ``python -m benchmarks.documents FOLDER``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.enlarged import example
from benchmarks.measure import peak_mb
from samrit.engine.score import score
from samrit.reports.evaluation import report as evaluation
from samrit.reports.workbook import xlsx
from samrit.reports.writers import docx, html, pdf

YEAR_END = 12


def figures(folder: Path) -> dict[str, float]:
    """Write the evaluation in four formats and return the seconds of each, their sum, and the peak memory."""
    package = example()
    ruleset = package.ruleset()
    if ruleset is None:
        raise SystemExit("the example names no rule set")
    begun = time.perf_counter()
    result = score(package.plan, ruleset, YEAR_END)
    document = evaluation.build(result)
    seconds = {"build": time.perf_counter() - begun}
    steps: dict[str, Callable[[Path], object]] = {
        "docx": lambda path: docx.write(document, path),
        "pdf": lambda path: pdf.write(document, path),
        "html": lambda path: html.write(document, path),
        "xlsx": lambda path: xlsx.write(result, path),
    }
    for name, step in steps.items():
        started = time.perf_counter()
        step(folder / f"evaluation.{name}")
        seconds[name] = time.perf_counter() - started
    return {**seconds, "all": sum(seconds.values()), "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
