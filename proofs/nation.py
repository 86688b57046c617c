"""Many plans: one digest in one process, in a pool, and on Spark."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from proofs import proof
from samrit.nation import pool
from samrit.nation.outcome import Settings
from samrit.nation.results import RunSummary, as_data
from tests.nation.many import lay_out

ROOT = Path(__file__).resolve().parents[1]
# Spark and what it needs, apart from the environment of everything else.
ENVIRONMENT = ROOT / "var" / "spark"


@proof(count=120, of="plans of every kind, every tenth broken", parts=1)
def spark_gives_the_digest_of_the_pool(numbers: range, seed: int) -> Iterator[str]:
    """Serial, pool and Spark give one digest over plans in folders, zips and Parquet, broken ones among them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = lay_out(folder, len(numbers), seed + numbers.start)
        serial = pool.score_all(sources, folder / "serial", Settings(), workers=1)
        for way, made in (
            ("pool", as_data(pool.score_all(sources, folder / "pool", Settings(), workers=2))),
            ("Spark", _on_spark(sources, folder / "spark")),
        ):
            yield from _differences(way, serial, made)


def _differences(way: str, serial: RunSummary, made: dict[str, object]) -> Iterator[str]:
    for name, value in as_data(serial).items():
        if made.get(name) != value:
            yield f"{name} is {made.get(name)} by {way}, {value} in one process"


def _on_spark(sources: Sequence[Path], out: Path) -> dict[str, object]:
    """Score in a Spark of two cores on this machine; the extra is installed on first use."""
    subprocess.run(["sh", "tools/spark-environment.sh", ENVIRONMENT, sys.executable], cwd=ROOT, check=True)
    command = [ENVIRONMENT / "bin" / "python", "-m", "samrit.nation.spark_job", *sources, "--out", out]
    done = subprocess.run([*command, "--master", "local[2]"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-2000:])
    made: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return made
