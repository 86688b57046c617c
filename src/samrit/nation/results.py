"""A folder of results: four tables of Parquet parts, written so that a broken-off run can go on.

``plans/``, ``works/``, ``indicators/`` and ``findings/`` hold a part for each piece of work, the part of ``plans``
written last; ``tables/`` holds the counts; ``summary.json`` is there when all is done.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from samrit.nation.outcome import SCORED, Outcome, digest
from samrit.nation.tables import SCHEMAS, TABLES, arrow, rows_of
from samrit.vocabulary.findings import Severity

SUMMARY = "summary.json"
# Rows of a table of counts, by the columns of ``works``.
KNOWN_BY = ("plan", "organisation", "year_be")
BY = {"band": (), "unit": ("ministry", "unit"), "ministry": ("ministry",), "region": ("region",)}


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a whole run gives: how many of each, and one digest over all exact values."""

    plans: int
    broken: int
    works: int
    indicators: int
    findings: int
    digest: str
    repeated: int = 0  # plans beyond the first of the same id, organisation and year


def prepare(out: Path, keys: Iterable[str]) -> set[str]:
    """Make the folder ready, drop parts of other work, and return the keys of the pieces that are done.

    Raises FileExistsError when ``out`` holds something that is no folder of results.
    """
    if out.exists() and any(out.iterdir()) and not (out / TABLES[0]).is_dir():
        raise FileExistsError(f"{out} is not empty and holds no results")
    (out / SUMMARY).unlink(missing_ok=True)
    wanted = {_part(key) for key in keys}
    for name in TABLES:
        (out / name).mkdir(parents=True, exist_ok=True)
        for part in (out / name).iterdir():
            if part.name not in wanted:
                part.unlink()
    return {part.stem for part in (out / TABLES[0]).iterdir()}


def write_part(out: Path, key: str, outcomes: Iterable[Outcome]) -> int:
    """Write the four parts of one piece, ``plans`` last, and return how many plans it has."""
    rows = rows_of(outcomes)
    for name in reversed(TABLES):
        fresh = out / name / f".{key}"
        pq.write_table(arrow(name, rows[name]), fresh, compression="zstd")
        fresh.replace(out / name / _part(key))
    return len(rows["plans"])


def finish(out: Path) -> RunSummary:
    """Write the tables of counts and the summary, and return it."""
    folder = out / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, table in tables(out).items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    plans = table_of(out, "plans", ["state", "digest", *KNOWN_BY]).to_pydict()
    known = [key for *key, state in zip(*(plans[c] for c in (*KNOWN_BY, "state")), strict=True) if state == SCORED]
    counts = {name: dataset(out, name).count_rows() for name in TABLES}
    broken = sum(state != SCORED for state in plans["state"])
    made = RunSummary(
        counts["plans"],
        broken,
        counts["works"],
        counts["indicators"],
        counts["findings"],
        digest(plans["digest"]),
        len(known) - len(set(map(tuple, known))),
    )
    fresh = out / f".{SUMMARY}"
    fresh.write_text(json.dumps(as_data(made), indent=2) + "\n", "utf-8")
    fresh.replace(out / SUMMARY)
    return made


def as_data(summary: RunSummary) -> dict[str, Any]:
    """Return a summary as plain data."""
    return {name: getattr(summary, name) for name in RunSummary.__slots__}


def summary_of(out: Path) -> RunSummary | None:
    """Return the summary of a finished run, or None."""
    try:
        return RunSummary(**json.loads((out / SUMMARY).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def tables(out: Path) -> Mapping[str, pa.Table]:
    """Return how many works are in each band: in all, by unit, by ministry and by region, sorted by name.

    Only lines that the tables count (RU1, BA4), so that a work on two lines counts once.
    """
    works = table_of(out, "works", ["ministry", "region", "unit", "band", "counted"])
    counted = works.filter(works.column("counted"))
    made = {}
    for name, by in BY.items():
        columns = [*by, "band"]
        table = counted.group_by(columns).aggregate([([], "count_all")]).rename_columns([*columns, "works"])
        made[f"by_{name}"] = table.sort_by([(column, "ascending") for column in columns])
    return made


def faults(out: Path, most: int) -> list[dict[str, Any]]:
    """Return source, plan and the first error of up to ``most`` plans that could not be scored."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    of_plans = (row for row in rows(out, "plans", ("source", "plan", "state")) if row["state"] != SCORED)
    broken = {(row["source"], row["plan"]) for row in islice(of_plans, most)}
    for row in rows(out, "findings", ("source", "plan", "severity", "document", "line", "th", "en")) if broken else ():
        key = (row["source"], row["plan"])
        if key in broken and row["severity"] == Severity.ERROR:
            found.setdefault(key, row)
    return list(found.values())


def dataset(out: Path, name: str) -> ds.Dataset:
    """Return one table of results as a dataset over its parts."""
    return ds.dataset(out / name, schema=SCHEMAS[name], format="parquet", exclude_invalid_files=False)


def table_of(out: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Return columns of one table of results."""
    return dataset(out, name).to_table(columns=None if columns is None else list(columns))


def rows(out: Path, name: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of one table of results, some at a time."""
    for batch in dataset(out, name).to_batches(columns=list(columns)):
        yield from batch.to_pylist()


def _part(key: str) -> str:
    return f"{key}.parquet"
