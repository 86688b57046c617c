"""The projects and indicators of an evaluation with the numbers by which formulas find them."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.indicators.mergers import successors_of
from samrit.engine.results import PlanResult, ProjectResult
from samrit.reports.workbook.data.joint import roads_of
from samrit.reports.workbook.data.series import series_of
from samrit.reports.workbook.data.units import Reporting


@dataclass(frozen=True, slots=True)
class Member:
    """One project with its number, its indicators with theirs, and their first rows on the sheet of units (or 0)."""

    no: int
    result: ProjectResult
    reporting: tuple[Reporting, ...]
    unit_rows: tuple[int, ...]


def members_of(result: PlanResult) -> tuple[Member, ...]:
    """Return all projects in the order of the plan, numbered from 1, indicators numbered through."""
    successors = successors_of(result.plan.units, result.plan.year_be, result.plan.calendar)
    members: list[Member] = []
    number = unit_row = 0
    for no, project in enumerate(result.projects, 1):
        reporting, first_rows = [], []
        for indicator in project.indicators:
            number += 1
            series = series_of(indicator.indicator)
            roads = roads_of(indicator.indicator, series, successors)
            merged = any(s.unit in successors for s in series)
            one = Reporting(number, indicator, series, roads, is_merged=merged)
            reporting.append(one)
            first_rows.append(unit_row + 1 if one.several else 0)
            unit_row += len(one.series) if one.several else 0
        members.append(Member(no, project, tuple(reporting), tuple(first_rows)))
    return tuple(members)
