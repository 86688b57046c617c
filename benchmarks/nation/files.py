"""Files of many plans, made once from some hundred different ones: ``python -m benchmarks.nation.files WORKS FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.nation.offices import WORKS, offices
from samrit.package.parquet.layout import PLANS_PER_GROUP, schema
from samrit.package.parquet.writer import record_table

# Different plans; a larger file repeats them, since making a million works would take longer than scoring them.
DIFFERENT = 200
SEED = 2569


def write_works(works: int, path: Path) -> int:
    """Write plans of 47 works each until there are ``works`` works at least, and return how many plans."""
    plans = list(offices(min(DIFFERENT, -(-works // WORKS)), SEED))
    table, written = record_table(plans), 0
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        while written * WORKS < works:
            part = table.slice(0, min(len(plans), -(-works // WORKS) - written))
            writer.write_table(part, row_group_size=PLANS_PER_GROUP)
            written += len(part)
    return written


if __name__ == "__main__":
    print(write_works(int(sys.argv[1]), Path(sys.argv[2])))
