"""One document read into cells, in a process of its own: ``python -m benchmarks.reading FILE``."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from samrit.intake.sources import read_document


def figures(path: Path) -> dict[str, float]:
    """Read a document and return seconds, cells, pages and the peak memory of the larger of its two processes."""
    begun = time.perf_counter()
    reading = read_document(path)
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # PDF and .xls are read in another process
    return {
        "seconds": seconds,
        "grids": len(reading.grids),
        "cells": sum(len(row) for grid in reading.grids for row in grid.rows),
        "pages": max((grid.page or 0 for grid in reading.grids), default=0),
        "peak_mb": max(own, reader) / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
