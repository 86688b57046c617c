"""Once after an upgrade: what was reported before sendings were kept is put down as it was sent.

The figures of reports that were sent, confirmed or accepted count as sent; of those that came
back or were taken back, as they were when they were sent last; drafts count as typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samrit.plans.evaluation.what_counts import Content
from samrit.plans.models import HistoryEntry, MonthlyReport, ReportState
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.selectors.report.sending_content import content_now
from samrit.plans.services.report.sendings import send
from samrit.plans.services.writing import SYSTEM, person_of, service

_PARTS = {"figure": "figures", "level": "levels", "narrative": "narratives", "evidence": "evidence"}
_KEYS = {"figures": ("indicator", "unit_code", "period", "span"), "levels": ("indicator", "number")}
_KEYS |= {"narratives": ("project", "unit_code", "period"), "evidence": ("id",)}


def carry_over() -> int:
    """Put down what reports without a sending held when they were sent; return how many there were.

    A second run finds nothing to do, and writes nothing.
    """
    return _carried() if _waiting().exists() else 0


def _waiting() -> QuerySet[MonthlyReport]:
    rows = MonthlyReport.objects.filter(submitted_at__isnull=False, sent=0)
    return rows.select_related("plan__owner", "unit").order_by("pk")


@service
def _carried() -> int:
    reports = list(_waiting())
    for report in reports:
        _carry(report)
    return len(reports)


def _carry(report: MonthlyReport) -> None:
    old = snapshot(report)
    send(SYSTEM, report, _as_sent(report, content_now(report)))
    report.first_sent_at = _first_sent(report)
    if report.state in (ReportState.CONFIRMED, ReportState.ACCEPTED):
        report.confirmed = report.sent
    if report.state == ReportState.ACCEPTED:
        report.accepted = report.sent
    report.save()
    history.record(
        person_of(SYSTEM),
        "report.carry",
        plan=report.plan,
        record="report",
        unit_code=report.unit.code,
        period=report.period,
        old=old,
        new=snapshot(report),
    )


def _sendings_of(report: MonthlyReport) -> QuerySet[HistoryEntry]:
    entries = HistoryEntry.objects.filter(plan=report.plan, unit_code=report.unit.code, period=report.period)
    return entries.filter(action="report.submit").order_by("sequence")


def _first_sent(report: MonthlyReport) -> datetime | None:
    first = _sendings_of(report).first()
    return first.at if first is not None else report.submitted_at


def _as_sent(report: MonthlyReport, content: Content) -> Content:
    """Return ``content`` with each row as it was when the report was sent last, without what came after it."""
    last = _sendings_of(report).last()
    if last is None or report.state not in (ReportState.DRAFT, ReportState.RETURNED):
        return content
    return {
        part: [s for row in rows if (s := _before(report, part, row, last.sequence))] for part, rows in content.items()
    }


def _before(report: MonthlyReport, part: str, row: dict[str, Any], sequence: int) -> dict[str, Any]:
    """Return a row as the history has it up to ``sequence``, {} where there was none yet."""
    kind = next(kind for kind, name in _PARTS.items() if name == part)
    record = row.get("indicator") or row["project"]
    entries: Iterable[HistoryEntry] = HistoryEntry.objects.filter(
        plan=report.plan, record=record, action__startswith=f"{kind}.", sequence__lte=sequence
    ).order_by("-sequence")
    same = (e.new for e in entries if all(e.new.get(key) == row[key] for key in _KEYS[part]))
    return next(same, {})
