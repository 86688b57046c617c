"""The year's records as tables that go out: of one work, of one kind over all works, and the works to watch."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from samrit.package.kinds.declared import RecordKind
from samrit.plans.models import Plan
from samrit.plans.selectors.control.watch import WatchPage
from samrit.plans.selectors.control.year_list import YearRow
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.year_lines import YearLine, title_of
from samrit.plans.selectors.work.work import WorkContext
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.words import word


def outgoing_year(seen: Look, page: WorkContext) -> OutTable:
    """Return a work's year, a row a record, its fields in one cell."""
    keys = ("day", "kind", "what:long", "overdue", "by", "at")
    lines: list[Sequence[Value]] = [
        (
            line.day.isoformat(),
            line.title,
            "; ".join(f"{title}: {text}" for title, text in line.fields),
            line.overdue.isoformat() if line.overdue else "",
            line.by,
            _moment(line),
        )
        for line in page.year.lines
    ]
    return OutTable(f"{page.code}-{page.id}-year", _columns(keys, seen.language), lines)


def _columns(keys: Sequence[str], language: str) -> tuple[ExportColumn, ...]:
    pairs = (key.partition(":") for key in keys)
    return tuple(ExportColumn(word(f"year.col_{key}", language), kind or "text") for key, _, kind in pairs)


def _moment(line: YearLine) -> str:
    return timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M") if line.at else ""


def year_out(plan: Plan, kind: RecordKind, rows: Sequence[YearRow], language: str) -> OutTable:
    """Return the year's records of a kind, a column a field of it."""
    around = _columns(("work", "title", "unit"), language)
    fields = [ExportColumn(title_of(f, language), "long" if f.name in kind.long else "text") for f in kind.fields]
    entered = _columns(("overdue", "by", "at"), language)
    day = ExportColumn(kind.day[1] if language == "en" else kind.day[0])
    lines: list[Sequence[Value]] = [
        (
            row.project,
            row.title,
            row.units,
            row.line.day.isoformat(),
            *(dict(row.line.fields).get(title_of(f, language), "") for f in kind.fields),
            row.line.overdue.isoformat() if row.line.overdue else "",
            row.line.by,
            _moment(row.line),
        )
        for row in rows
    ]
    return OutTable(f"{plan.code}-{kind.name}", (*around, day, *fields, *entered), lines)


def watch_out(plan: Plan, page: WatchPage, language: str) -> OutTable:
    """Return the works to watch, a row a work, the parts of its score in one cell."""
    keys = ("work", "title:long", "unit", "score:number", "parts:long", "decided:long")
    lines: list[Sequence[Value]] = [
        (
            row.id,
            row.title,
            row.units,
            row.score,
            "; ".join(f"+{points} {text}" for points, text, _ in row.parts),
            " ".join([row.decided.day.isoformat(), *(text for _, text in row.decided.fields)]) if row.decided else "",
        )
        for row in page.rows
    ]
    return OutTable(f"{plan.code}-watch", _columns(keys, language), lines)
