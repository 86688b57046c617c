"""What a new row is given where its cells say nothing: its place, its name, and what a form takes for granted.

Whoever adds an indicator names it and says what it counts; how its months come together is usual for that, and
is in the row to be changed.  A row that says something keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samrit.package.schema import ORDER, Resource
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.tree.moving import next_number, suggested_code
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.months import CALENDARS
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import months_within
from samrit.vocabulary.targets import is_percent_unit, rate_of

Cells = Mapping[str, str]
# What else a new row can't stand without, and hardly ever says otherwise.
_GIVEN: Mapping[str, Cells] = {
    "targets": {"comparator": "eq"},
    "monthly": {"span": "1"},
    "sites": {"instalments_accepted": "0"},
}
# What the form of a plan takes where an indicator does not say (``intake/forms/indicators.py``).
_USUAL = {"entry_basis": "month", "direction": "higher", "formula": "ratio"}


def completed(resource: Resource, cells: Cells, rows: Standing) -> Cells:
    """Return a new row's cells with what follows from its file and from the rows that are there."""
    if resource.name == "projects":
        return _work(cells, rows)
    if resource.name == "indicators":
        return _indicator(cells, rows)
    return {**_GIVEN.get(resource.name, {}), **_ordered(resource, cells, rows[resource.name].values())}


def _work(cells: Cells, rows: Standing) -> Cells:
    """Give a work the next number of the plan's scheme, and a code counted on from its siblings."""
    cells = {**_months(cells, rows), **cells}
    if not cells.get("strategy"):
        return cells
    place = (cells["strategy"], cells.get("tactic", ""), cells.get("programme", ""))
    return {
        **cells,
        "number": cells.get("number") or str(next_number(rows, cells)),
        "id": cells.get("id") or suggested_code(rows, "projects", place),
    }


def _months(cells: Cells, rows: Standing) -> Cells:
    """Return the months of the plan's year that a work's days touch, where it names days and no months (R47, R48)."""
    plan = next((row.cells for row in rows["plan"].values() if not row.is_removed), {})
    first, last = (typed_day(cells.get(name, "")) for name in ("starts_on", "ends_on"))
    year, calendar = whole(plan.get("year_be"), 0), plan.get("calendar", "")
    if first is None or last is None or not year or calendar not in CALENDARS:
        return {}
    found = months_within(first, last, year, calendar)
    return {"first_period": str(found[0]), "last_period": str(found[1])} if found is not None else {}


def _indicator(cells: Cells, rows: Standing) -> Cells:
    """Give an indicator the next number of its work, or of what it breaks down, and a code made of both."""
    column = "part_of" if cells.get("part_of") else "project"
    owner = cells.get(column, "")
    if not owner:
        return cells
    there = [row.cells for row in rows["indicators"].values() if not row.is_removed]
    siblings = [c for c in there if c.get(column) == owner and (column == "part_of" or not c.get("part_of"))]
    number = max((whole(c.get("number"), 0) for c in siblings), default=0) + 1
    borne = {c.get("id", "") for c in there}
    code = next(name for at in range(number, number + len(borne) + 1) if (name := f"{owner}.{at}") not in borne)
    # Shares of a whole and rates do not add up from month to month (AC14).
    unit = cells.get("unit_of_measure", "")
    is_share, is_rate = is_percent_unit(unit), rate_of(unit) is not None
    usual = _USUAL | {"aggregation": "latest" if is_share or is_rate else "sum", "number": str(number), "id": code}
    return {**usual, **({"is_share": "true"} if is_share else {}), **cells}


def _ordered(resource: Resource, cells: Cells, others: Iterable[StandingRow]) -> Cells:
    """Give a new row the next order among its siblings, where it has none and its file keeps one."""
    if ORDER.name not in resource.key or cells.get(ORDER.name):
        return cells
    rest = [name for name in resource.key if name != ORDER.name]
    orders = [
        whole(row.cells.get(ORDER.name), 0)
        for row in others
        if not row.is_removed and all(row.cells.get(name, "") == cells.get(name, "") for name in rest)
    ]
    return {**cells, ORDER.name: str(max(orders, default=0) + 1)}
