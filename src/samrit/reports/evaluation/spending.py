"""The spending plan against payments as a chart of the report and of pages (R127)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide, exact
from samrit.engine.money import SpendingCurve, spending_curve
from samrit.reports.document.model import Chart, Series
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.reports.texts.template import Template
from samrit.reports.texts.voice import Voice
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.periods import period_name


def spending(view: ReportView) -> Blocks:
    """Return the curve of all works (RU5); nothing where it has no spending plan."""
    result, plan = view.result, view.result.plan
    curve = spending_curve((p for p in plan.projects if not p.level), result.as_of)
    if not curve.is_planned:
        return ()
    language = view.voice.language
    months = tuple(period_name(plan.year_be, plan.calendar, p, language, short=True).split()[0] for p in range(1, 13))
    return (spending_line(curve, months, result.as_of, language),)


@exact
def spending_line(curve: SpendingCurve, months: Sequence[str], as_of: int, language: str) -> Chart:
    """Return the chart; its title says what was paid of what was planned up to ``as_of`` (0..12)."""
    voice = Voice("en" if language == "en" else "th", Template())
    at = max(as_of, 1) - 1
    planned, paid = curve.planned[at], curve.paid[at]
    if paid is None:
        title = voice.say("spending_unpaid", planned=_money(voice, planned), month=months[at])
    elif not planned:
        title = voice.say("spending_unplanned", paid=_money(voice, paid), month=months[at])
    else:
        percent = format_number(divide(paid * HUNDRED, planned), 2)
        title = voice.say(
            "spending_paid", paid=_money(voice, paid), planned=_money(voice, planned), percent=percent, month=months[at]
        )
    names = voice.say("spending_planned_series"), voice.say("spending_paid_series")
    told = "; ".join(
        f"{month} {names[0]} {_money(voice, p)} {names[1]} {_money(voice, a)}"
        for month, p, a in zip(months, curve.planned, curve.paid, strict=True)
    )
    series = (Series(names[0], curve.planned, dashed=True), Series(names[1], curve.paid))
    return Chart("line", title, tuple(months), series, told, unit=voice.say("spending_unit"), marked=at)


def _money(voice: Voice, amount: Decimal | None) -> str:
    return "–" if amount is None else voice.money(amount)
