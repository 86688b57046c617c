"""Units that have sent nothing for a month in which something of theirs is due: who, how much, and since when.

Who is silent is said by the completeness of reports, here as in the control room and with the forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.engine.model import Entry, Project
from samrit.plans.evaluation import memory
from samrit.plans.models import Plan
from samrit.plans.reporting.completeness import DutyRow, matrix
from samrit.plans.reporting.duties import Duties, units_reporting
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit that has sent nothing of what is due in the period; ``last`` is the last period that it reported."""

    code: str
    name: str
    indicators: int
    works: int
    last: PeriodName | None


@dataclass(frozen=True, slots=True)
class _Silent:
    """The same without names."""

    code: str
    indicators: int
    works: int
    last: int


def silent_units(seen: Look) -> tuple[SilentUnit, ...]:
    """Return the units that are silent in the evaluated period, most silent first."""
    names, today = Names.of(seen), timezone.localdate()
    key = ("silent", seen.plan.pk, seen.as_of, today)
    found = memory.read(key, lambda: _silent_units(seen.plan, seen.as_of, today))
    return tuple(
        SilentUnit(u.code, names.unit(u.code), u.indicators, u.works, names.period(u.last) if u.last else None)
        for u in found
    )


def _silent_units(plan: Plan, period: int, today: date) -> tuple[_Silent, ...]:
    rows = [row for row in matrix(plan, today).rows if row.cells[period - 1].is_silent]
    if not rows:
        return ()
    duties = units_reporting(plan, period)
    return tuple(sorted((_of(row, duties, period) for row in rows), key=lambda u: (-u.indicators, u.code)))


def _of(row: DutyRow, duties: Duties, period: int) -> _Silent:
    due = [d for d in duties.by_unit.get(row.unit.code, ()) if d.is_due(period)]
    reported = [cell.period for cell in row.cells[:period] if cell.is_reported]
    return _Silent(row.unit.code, len(due), len({d.project.id for d in due}), max(reported, default=0))


def unit_of(project: Project, entry: Entry) -> str:
    """Return the unit that an entry is for: its own, else the project's lead."""
    return entry.unit or (project.responsible_units[0] if project.responsible_units else project.responsible_text)
