"""A unit's month as data for another program: what is asked, what stands, and what breakdowns make (BD1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from samrit.engine.indicators.breakdown import added_up, breakdowns
from samrit.engine.model import Indicator
from samrit.plans import models
from samrit.plans.errors import ServiceError
from samrit.plans.fields import text_of
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.report.entry_lines import ReportCell, ReportLine, ReportWork
from samrit.vocabulary.periods import report_name

Data = dict[str, Any]


def month_out(
    person: models.Person, plan: models.Plan, unit: models.Unit, period: int, *, language: str = "th"
) -> Data:
    """Return the month of ``unit`` as ``person`` sees it, in the shape in which it is sent back; figures are texts.

    Blank is "", nothing planned is "–".  ``locked`` says in words why nothing can be sent, None where it can.
    Raises NotVisible for what is not the person's to look at.
    """
    report = report_entry(person, plan, unit, period, with_all=True)
    lock = report.lock
    return {
        "plan": plan.code,
        "unit": unit.code,
        "unit_name": report.unit.name,
        "period": str(period),
        "month": report_name(plan.year_be, plan.calendar, period, language),
        "due_on": report.due_on.isoformat(),
        "locked": None if lock is None else ServiceError(lock.code, **lock.params).text(language),
        "figures": [_row(line) for line in report.lines],
        "breakdowns": [found for work in report.works for found in _breakdowns(work, period)],
    }


def _row(line: ReportLine) -> Data:
    own, cell = line.indicator, line.now
    part = {"part_of": own.part_of, "dimension": own.dimension} if own.part_of else {}
    return {
        "indicator": own.id,
        **part,
        "name": own.name,
        "work": line.project,
        "unit_of_measure": own.unit_of_measure,
        "due": line.is_due,
        **({"levels": True} if line.is_levels else {}),
        "planned": text_of(cell.planned),
        **_planned_so(cell),
        "actual": text_of(cell.actual),
        "counted": text_of(cell.counted),
        **({"numerator": text_of(cell.numerator), "denominator": text_of(cell.denominator)} if line.has_parts else {}),
        "note": cell.note,
        "explanation": cell.explanation,
        "revision": str(cell.revision),
        "span": str(cell.span),
    }


def _planned_so(cell: ReportCell) -> Data:
    """Return how else a month is planned: by the upper end of a range (AC13), or by the parts of a share (TO6)."""
    names = ("planned_upper", "planned_numerator", "planned_denominator")
    return {name: text_of(getattr(cell, name)) for name in names if isinstance(getattr(cell, name), Decimal)}


def _breakdowns(work: ReportWork, period: int) -> Iterator[Data]:
    """Yield what each list of categories makes up to the month beside the indicator's own total, and the gap."""
    mine = {line.indicator.id for line in work.lines}
    broken: list[Indicator] = [i for i in work.project.indicators if i.parts and i.id in mine]
    for indicator in broken:
        for found in breakdowns(added_up(indicator), period):
            yield {
                "indicator": indicator.id,
                "dimension": found.dimension,
                "categories": [
                    {"indicator": part.id, "name": part.name, "total": None if value is None else f"{value:f}"}
                    for part, value in found.parts
                ],
                "together": None if found.together is None else f"{found.together:f}",
                "total": None if found.total is None else f"{found.total:f}",
                "gap": None if found.gap is None else f"{found.gap:f}",
            }
