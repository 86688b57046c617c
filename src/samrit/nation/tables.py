"""The four tables of results as Arrow: integers and flags typed, figures as text so that every digit stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from samrit.nation.outcome import Outcome, Row

_INTEGERS = ("year_be", "as_of", "works", "counted", "reported", "line", "findings")

_COLUMNS = {
    "plans": (
        "source plan state title title_en organisation organisation_en ministry region year_be as_of ruleset bands"
        " works counted reported digest findings"
    ),
    "works": (
        "source plan work title strategy fund unit ministry region state band counted"
        " percent normalised_percent second_percent score budget"
    ),
    "indicators": (
        "source plan work indicator name state band plan_total actual_total computed_percent percent weight"
        " effective_weight score rules"
    ),
    "findings": "source plan code severity document line column record th en",
}
TABLES = tuple(_COLUMNS)


def _type(table: str, column: str) -> pa.DataType:
    if table == "works" and column == "counted":
        return pa.bool_()
    return pa.int64() if column in _INTEGERS else pa.string()


SCHEMAS = {
    name: pa.schema([(column, _type(name, column)) for column in columns.split()]) for name, columns in _COLUMNS.items()
}
# One row per plan with the other tables nested in it: what passes between the workers of a cluster.
NESTED = pa.schema(
    [*SCHEMAS["plans"], *(pa.field(f"{name}_rows", pa.list_(pa.struct(list(SCHEMAS[name])))) for name in TABLES[1:])]
)


def rows_of(outcomes: Iterable[Outcome]) -> dict[str, list[Row]]:
    """Return the rows of each table in the order of the plans."""
    made = list(outcomes)
    return {
        "plans": [o.plan for o in made],
        "works": [row for o in made for row in o.works],
        "indicators": [row for o in made for row in o.indicators],
        "findings": [row for o in made for row in o.findings],
    }


def arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return the rows of one table; a cell that a row lacks is null."""
    schema = SCHEMAS[name]
    named = [(field.name, field.type) for field in schema]  # Arrow makes a name again at every look at it
    columns = [pa.array([row.get(column) for row in rows], kind) for column, kind in named]
    return pa.Table.from_arrays(columns, schema=schema)


def nested(outcomes: Sequence[Outcome]) -> pa.RecordBatch:
    """Return outcomes as one row per plan."""
    rows = [
        {**o.plan, "works_rows": o.works, "indicators_rows": o.indicators, "findings_rows": o.findings}
        for o in outcomes
    ]
    return pa.RecordBatch.from_pylist(rows, schema=NESTED)
