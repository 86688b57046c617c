"""The time line of works: milestones, contracts and instalments, planned against what came, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from samrit.engine.model import Project
from samrit.engine.year import Value, YearRecord, told
from samrit.package.kinds import kind_named
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.year_lines import text_of
from samrit.reports.drawing.timeline import TimeRow, TimeScale
from samrit.vocabulary.periods import period_dates

# Of which kinds there are rows: the fields that name one, the day it was due and the day it came.
_ROWS = {
    "procurement_steps": (("step", "round", "site"), "due_on", "done_on"),
    "contracts": (("number", "party"), "ends_on", ""),
    "instalments": (("contract", "number"), "due_on", "accepted_on"),
    "actions": (("words",), "due_on", ""),
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The rows with the work that each is about, and the months they are over; no rows, nothing to draw."""

    rows: tuple[tuple[str, TimeRow], ...]
    scale: TimeScale


def timeline(names: Names, works: Iterable[Project], *, today: date, until: datetime | None = None) -> TimeLine:
    """Return the rows of works in the order in which they are due, work by work."""
    works = tuple(works)
    rows = [
        (work.id, row if len(works) == 1 else replace(row, label=f"{work.id} {row.label}"))
        for work in works
        if work.records
        for row in sorted(_of_work(names, work, today, until), key=lambda r: r.due or r.came or date.max)
    ]
    return TimeLine(tuple(rows), _scale(names, [row for _, row in rows], today))


def rows_of(work: Project) -> int:
    """Return how many rows the time line of a work has now, without putting any into words."""
    known = told(r for r in work.records if r.kind in _ROWS)
    return sum(any(isinstance(r.value(day), date) for day in _ROWS[r.kind][1:] if day) for r in known)


def _of_work(names: Names, work: Project, today: date, until: datetime | None) -> Iterable[TimeRow]:
    for record in told(work.records, until):
        if record.kind in _ROWS:
            row = _row(names, work, record, today)
            if row.due is not None or row.came is not None:
                yield row


def _row(names: Names, work: Project, record: YearRecord, today: date) -> TimeRow:
    fields, due, came = _ROWS[record.kind]
    kind, values = kind_named(record.kind), dict(record.values)
    assert kind is not None  # noqa: S101 — told of a kind that is declared
    parts = [text_of(names, kind, kind.field(f), values[f], work) for f in fields]
    if values.get("round") == 1:  # the first round goes without saying
        parts[fields.index("round")] = ""
    waits = kind.overdue_since(record)
    title = "" if record.kind == "procurement_steps" else f"{kind.title(names.language)} "
    return TimeRow(
        f"{title}{' '.join(filter(None, parts))}",
        _day(values[due]),
        _day(values[came]) if came else None,
        waits is not None and waits < today,
    )


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _scale(names: Names, rows: list[TimeRow], today: date) -> TimeScale:
    """Return the plan's year, as much longer at both ends as the rows reach."""
    plan = names.result.plan
    months = [(period_dates(plan.year_be, plan.calendar, p)[0], names.period(p).month) for p in range(1, 13)]
    days = [day for row in rows for day in (row.due, row.came) if day is not None]
    first, last = months[0][0], period_dates(plan.year_be, plan.calendar, 12)[1]
    return TimeScale(min([first, *days]), max([last, *days]), tuple(months), today)
