"""Thousands of plans scored by the pool, in a process of its own: ``… ours FILE OUT WORKERS``."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from samrit.nation import pool
from samrit.nation.outcome import Settings


def figures(file: Path, out: Path, workers: int) -> dict[str, float]:
    """Return seconds on the clock, processor seconds of all processes, and the peak of the largest process in MB."""
    begun = time.perf_counter()
    summary = pool.score_all([file], out, Settings(as_of=12), workers=workers)
    seconds = time.perf_counter() - begun
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "processor": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "worker_mb": children.ru_maxrss / 1024,
        "first_mb": own.ru_maxrss / 1024,
        "plans": summary.plans,
        "works": summary.works,
        "indicators": summary.indicators,
        "broken": summary.broken,
    }


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
