"""The month that the tests drive through a browser: its plan, its units, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.model import Entry, Mark
from samrit.package import PlanPackage
from samrit.plans.models import Figure, MonthlyReport, Plan, Unit
from samrit.web.words import word
from tests.browser.office import BrowserOffice
from tests.plans.office import small_plan
from tests.web.reporting import varied

GRID, PHONE, EXCEL = "กฝ.", "กม.", "กค."  # the units, each entering its own way
MONTH = "มีนาคม 2569"
SUBMIT = word("report.submit", month=MONTH)
SAVED = word("report.saved_at")


def package() -> PlanPackage:
    """A plan of three works: one with every kind of indicator, two with three counts."""
    made = varied()
    (many,) = made.plan.projects
    others, units = [], list(made.plan.units)
    for number, unit in ((2, PHONE), (3, EXCEL)):
        other = small_plan(units=(unit,), indicators=3, reported=((1, 10), (2, 9)))
        (work,) = other.plan.projects
        lines = tuple(replace(i, id=f"P{number}.{i.number}") for i in work.indicators)
        others.append(replace(work, id=f"P{number}", number=number, indicators=lines))
        units += other.plan.units
    count = replace(many.indicators[0], entries=tuple(map(_reported, many.indicators[0].entries)))
    first = replace(many, indicators=(count, *many.indicators[1:]))
    plan = replace(made.plan, id="month-2569", projects=(first, *others), units=tuple(units))
    return replace(made, plan=plan)


def _reported(entry: Entry) -> Entry:
    return replace(entry, actual=Decimal(10)) if entry.period < 3 else entry


@dataclass
class Month:
    """The office, its plan, and who does what in it."""

    office: BrowserOffice
    plan: Plan

    def unit(self, code: str) -> Unit:
        """Return a unit."""
        return Unit.objects.get(code=code)

    def figures(self, project: str) -> dict[str, str]:
        """Return what is kept of a work's March, by indicator."""
        rows = Figure.objects.filter(plan=self.plan, period=3, indicator__startswith=f"{project}.")
        return {row.indicator: said(row) for row in rows.order_by("indicator")}

    def state(self, unit: str) -> str:
        """Return where a unit's report of March is on its way."""
        return MonthlyReport.objects.get(plan=self.plan, unit__code=unit, period=3).state


def said(row: Figure) -> str:
    """Return a figure, or the parts that it is made from, as text."""
    if isinstance(row.denominator, Decimal):
        return f"{row.numerator}/{row.denominator}"
    return "–" if row.actual is Mark.NOTHING else str(row.actual)
