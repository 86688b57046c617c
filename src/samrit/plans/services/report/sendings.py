"""Sending: what a report holds is put down as it is, numbered, and counts from then on."""

from __future__ import annotations

from django.utils import timezone

from samrit.plans.evaluation.what_counts import Content
from samrit.plans.models import MonthlyReport, Sending
from samrit.plans.records.snapshots import rows_digest
from samrit.plans.services.writing import Actor, is_of_unit, person_of, write_row


def send(actor: Actor, report: MonthlyReport, content: Content, *, is_whole: bool = True) -> Sending:
    """Keep ``content`` as the next sending of ``report`` with its history entry, and return it.

    The caller saves the report, whose number of sendings grows.
    """
    report.sent += 1
    row = Sending(
        report=report,
        plan=report.plan,
        unit=report.unit,
        period=report.period,
        number=report.sent,
        content=content,
        sha256=rows_digest(content),
        is_whole=is_whole,
        by_division=not is_of_unit(actor, report.unit),
        sent_at=timezone.now(),
        sent_by=person_of(actor),
    )
    return write_row(actor, row, "sending.make", record="report", unit_code=row.unit.code, period=row.period)
