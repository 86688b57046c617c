"""The script for a cluster: ``spark-submit spark_job.py SOURCE... --out FOLDER [--month N] [--ruleset ID]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from samrit.nation import spark
from samrit.nation.outcome import Settings
from samrit.nation.results import as_data


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the sources and print the summary as JSON; returns 1 when some plan was broken, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path, help="zips, folders and Parquet files that every machine sees")
    parser.add_argument("--out", type=Path, required=True, help="folder of results")
    parser.add_argument(
        "--month", type=int, choices=range(13), help="last month to count; default: the latest reported"
    )
    parser.add_argument("--ruleset", default="", help="id of the rule set; default: each plan's own")
    parser.add_argument("--master", default="", help="only without spark-submit, such as local[2]")
    options = parser.parse_args(arguments)
    started = spark.session(master=options.master)
    try:
        made = spark.score_all(started, options.sources, options.out, Settings(options.month, options.ruleset))
    finally:
        started.stop()
    sys.stdout.write(json.dumps(as_data(made)) + "\n")
    return 1 if made.broken else 0


if __name__ == "__main__":
    sys.exit(main())
