"""The control room's tables that go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from samrit.plans.models import HistoryEntry, Plan
from samrit.plans.reporting.completeness import Matrix, MonthStanding
from samrit.plans.selectors.control.finding_list import DecidedFinding
from samrit.plans.selectors.control.reporting_units import rows_owing
from samrit.vocabulary.findings import sentence
from samrit.vocabulary.periods import report_name
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.words import word


def completeness_out(shown: Matrix, now: int, language: str) -> OutTable:
    """Return where every unit's months are, a column a month."""
    plan = shown.plan
    columns = (
        ExportColumn(word("see.col_unit_code", language)),
        ExportColumn(word("control.unit", language), "long"),
        *(ExportColumn(_month(plan, period, language)) for period in range(1, now + 1)),
        ExportColumn(word("control.late_times", language), "number"),
        ExportColumn(word("control.missing_months", language), "number"),
    )
    quiet = (MonthStanding.NOTHING_DUE, MonthStanding.NOT_BEGUN)
    rows: list[Sequence[Value]] = [
        (
            row.unit.code,
            row.unit.name,
            *("" if cell.standing in quiet else word(f"cell.{cell.standing}", language) for cell in row.cells),
            row.late,
            row.open,
        )
        for row in rows_owing(shown, now)
    ]
    return OutTable(f"{plan.code}-completeness", columns, rows)


def changes_out(plan: Plan, entries: Sequence[HistoryEntry], language: str) -> OutTable:
    """Return changes of figures, latest first."""
    keys = ("when", "who", "unit", "what", "month", "old", "new", "reason")
    columns = tuple(ExportColumn(word(f"control.{key}", language)) for key in keys)
    rows: list[Sequence[Value]] = [
        (
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M"),
            entry.by,
            entry.unit_code,
            entry.record,
            _month(plan, entry.period, language) if entry.period else "",
            _text(entry.old, "actual"),
            _text(entry.new, "actual"),
            entry.reason,
        )
        for entry in entries
    ]
    return OutTable(f"{plan.code}-changes", columns, rows)


def findings_out(plan: Plan, found: Sequence[DecidedFinding], language: str) -> OutTable:
    """Return every finding with what was decided about it."""
    keys = ("weight", "what", "work:long", "sentence_head:long", "kind", "decided_as", "reason:long", "who")
    pairs = [key.partition(":") for key in keys]
    columns = tuple(ExportColumn(word(f"control.{key}", language), kind or "text") for key, _, kind in pairs)
    rows: list[Sequence[Value]] = [
        (
            word(f"severity_of_one.{item.finding.severity.value}", language),
            item.finding.place.record,
            item.work.title if item.work else "",
            sentence(item.finding, language),
            item.finding.code,
            word(f"finding_state.{item.state}", language),
            item.reason,
            item.decided_by,
        )
        for item in found
    ]
    return OutTable(f"{plan.code}-findings", columns, rows)


def _month(plan: Plan, period: int, language: str) -> str:
    return report_name(plan.year_be, plan.calendar, period, language, short=True)


def _text(values: Any, name: str) -> str:
    found = values.get(name) if isinstance(values, dict) else None
    return "" if found is None else str(found)
