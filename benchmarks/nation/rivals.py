"""The plain percent of every indicator by DuckDB and by Polars on the same file: ``… rivals duckdb|polars FILE``.

No weights spread over what is due, no averages, latest values, overrides, successors or methods: what they do is the
least that any engine has to, so that their time is a floor and not the same work.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

_SQL = """
WITH months AS (SELECT p.plan_id, unnest(p.monthly) AS m FROM read_parquet('{file}') p),
     sums AS (SELECT plan_id, m.indicator AS indicator,
                     sum(TRY_CAST(m.planned AS DECIMAL(38, 6))) AS planned,
                     sum(TRY_CAST(m.actual AS DECIMAL(38, 6))) AS actual
              FROM months GROUP BY ALL)
SELECT CASE WHEN actual * 100 < planned * 50 THEN 0 WHEN actual * 100 <= planned * 75 THEN 1
            WHEN actual * 100 <= planned * 99 THEN 2 ELSE 3 END AS band, count(*)
FROM sums WHERE planned <> 0 GROUP BY band ORDER BY band
"""


def with_duckdb(file: str) -> list[tuple[int, int]]:
    """Return how many indicators stand in each band by plain SQL."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    return [(int(band), int(count)) for band, count in connection.execute(_SQL.format(file=file)).fetchall()]


def with_polars(file: str) -> list[tuple[int, int]]:
    """Return the same by Polars, in decimals."""
    import polars as pl

    kind = pl.Decimal(38, 6)
    months = pl.scan_parquet(file).select("plan_id", "monthly").explode("monthly").unnest("monthly")
    sums = months.group_by("plan_id", "indicator").agg(
        pl.col("planned").cast(kind, strict=False).sum(), pl.col("actual").cast(kind, strict=False).sum()
    )
    whole = sums.filter(pl.col("planned") != 0)
    floor = (pl.col("actual") * 100 < pl.col("planned") * 50).cast(pl.Int8)
    band = 3 - floor
    for limit in (75, 99):
        band -= (pl.col("actual") * 100 <= pl.col("planned") * limit).cast(pl.Int8)
    counts = whole.group_by(band.alias("band")).len().sort("band").collect(engine="streaming")
    return [(int(band), int(count)) for band, count in counts.iter_rows()]


RIVALS: dict[str, Callable[[str], list[tuple[int, int]]]] = {"duckdb": with_duckdb, "polars": with_polars}

if __name__ == "__main__":
    began = time.perf_counter()
    found = RIVALS[sys.argv[1]](sys.argv[2])
    took = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "processor": took.ru_utime + took.ru_stime,
                "peak_mb": took.ru_maxrss / 1024,
                "bands": found,
            }
        )
    )
