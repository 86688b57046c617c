"""The heat map: units × months, by how many of the works that a unit leads was in the best band, or were reported.

Shares of counts, never means of percents (P8).  A month in which nothing of a unit
counts stays empty: no colour is invented for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide, exact
from samrit.engine.indicators.coverage import is_due
from samrit.engine.model import Project
from samrit.engine.rollup import is_work
from samrit.engine.ruleset import Band
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import courses_of
from samrit.plans.reporting.duties import is_said
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.silence import unit_of

MEASURES = ("good", "reported")
SHADES = 10


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One unit in one month: ``part`` of ``whole``; ``shade`` 0..10, None where there is nothing to show."""

    part: int
    whole: int
    share: Decimal | None
    shade: int | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit."""

    code: str
    name: str
    works: int
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map page; ``best`` is the band that "good" counts."""

    code: str
    plan_title: str
    period: PeriodName
    measure: str
    best: Band
    months: tuple[PeriodName, ...]
    rows: tuple[HeatRow, ...]
    funds: tuple[tuple[str, str], ...] = ()  # to choose from
    fund: str = ""  # whose works alone are counted

    @property
    def counted(self) -> tuple[HeatRow, ...]:
        """The units of which something counts in the last month."""
        return tuple(row for row in self.rows if row.cells and row.cells[-1].whole)

    @property
    def full(self) -> int:
        """How many units have the whole of the last month."""
        return sum(row.cells[-1].part == row.cells[-1].whole for row in self.counted)

    @property
    def lowest(self) -> HeatRow | None:
        """The unit with the least of the last month, the larger one of equals; None where all have the whole."""
        lacking = [row for row in self.counted if row.cells[-1].part < row.cells[-1].whole]
        return min(lacking, key=lambda row: (row.cells[-1].share or 0, -row.cells[-1].whole), default=None)


def heat(seen: Look, measure: str, fund: str = "") -> Heat:
    """Return the heat map by ``measure`` of all works or those of one fund; an unknown one is "good", or all."""
    measure = measure if measure in MEASURES else MEASURES[0]
    fund = fund if fund in {f.code for f in seen.result.plan.funds} else ""
    key = ("heat", seen.language, seen.plan.title, seen.plan.title_en, measure, fund)
    return memory.of(seen.result).derived(key, lambda: _heat(seen, measure, fund), seen.units)


def _heat(seen: Look, measure: str, fund: str) -> Heat:
    names = Names.of(seen)
    projects = [r.project for r in filter(is_work, seen.result.projects) if fund in ("", r.project.fund)]
    by_unit: dict[str, dict[str, list[Project]]] = {}
    for project in projects:
        lead = (*project.responsible_units, project.responsible_text)[0]
        by_unit.setdefault(lead, {}).setdefault(project.key, []).append(project)
    count = _good(seen, projects) if measure == "good" else _reported
    rows = [
        HeatRow(code, names.unit(code), len(own), _cells([count(lines) for lines in own.values()], seen.as_of))
        for code, own in by_unit.items()
    ]
    return Heat(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        measure=measure,
        best=names.bands[0],
        months=tuple(names.period(p) for p in range(1, seen.as_of + 1)),
        rows=tuple(sorted(rows, key=lambda row: (-row.works, row.name))),
        funds=names.funds,
        fund=fund,
    )


Counts = tuple[tuple[int, int], ...]  # (part, whole) of each period


def _good(seen: Look, projects: Sequence[Project]) -> Callable[[Sequence[Project]], Counts]:
    """Return what counts a work at the end of each month, and whether it was in the best band.

    Of a work on several lines the line counts that counts in that month (RU1), as in the list of works.
    """
    best = seen.result.ruleset.bands[-1].code
    courses = {p.id: course for p, course in zip(projects, courses_of(seen.result, projects), strict=True)}

    def counted(lines: Sequence[Project]) -> Counts:
        months = zip(*(courses[line.id] for line in lines), strict=True)
        deciding = (max(steps, key=lambda step: step.counts + (step.counts and step.band != "")) for steps in months)
        return tuple((int(step.band == best), 1) if step.counts else (0, 0) for step in deciding)

    return counted


def _reported(lines: Sequence[Project]) -> Counts:
    """Count the figures planned for each month, and those reported; a figure for a span answers for its months."""
    months = zip(*map(_figures, lines), strict=True)
    return tuple((sum(part for part, _ in month), sum(whole for _, whole in month)) for month in months)


def _figures(project: Project) -> Counts:
    counts = [[0, 0] for _ in range(12)]
    for indicator in project.indicators:
        answered = {
            (unit_of(project, e), period)
            for e in indicator.entries
            if is_said(e)
            for period in range(e.period - e.span + 1, e.period + 1)
        }
        for entry in indicator.entries:
            if is_due(indicator, entry):
                counts[entry.period - 1][1] += 1
                counts[entry.period - 1][0] += (unit_of(project, entry), entry.period) in answered
    return tuple((part, whole) for part, whole in counts)


@exact
def _cells(works: Sequence[Counts], as_of: int) -> tuple[HeatCell, ...]:
    cells = []
    for period in range(as_of):
        part, whole = (sum(work[period][side] for work in works) for side in (0, 1))
        share = divide(part * HUNDRED, Decimal(whole)) if whole else None
        cells.append(HeatCell(part, whole, share, None if share is None else int(share // SHADES)))
    return tuple(cells)
