"""What a report holds, put together as it is sent; and whether what is there now is what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from samrit.plans.evaluation.what_counts import Content, values_of
from samrit.plans.models import Evidence, Figure, LevelReached, MonthlyReport, Narrative, Plan, Unit
from samrit.plans.records.snapshots import kept_as, rows_digest, snapshot
from samrit.plans.reporting.days import period_of
from samrit.plans.reporting.duties import Duty, units_reporting
from samrit.plans.reporting.transitions import ReportStage, stage_of

_PARTS: Mapping[type[Model], str] = {
    Figure: "figures",
    LevelReached: "levels",
    Narrative: "narratives",
    Evidence: "evidence",
}
_NOT_SENT = frozenset({"erased"})  # what becomes of a file later is no part of what was sent
_KEYS = {
    "figures": ("indicator", "unit_code", "period", "span"),
    "levels": ("indicator", "number"),
    "narratives": ("project", "unit_code", "period"),
}


def revision_of(report: MonthlyReport) -> str:
    """Return what names the state of ``report`` that somebody decides about.

    That is the number of its last sending; a report that the head may correct is named by what it holds, too.
    """
    if stage_of(report) is not ReportStage.WITH_HEAD:
        return str(report.sent)
    return f"{report.sent}.{rows_digest(content_now(report))[:12]}"


def is_as_sent(report: MonthlyReport) -> bool:
    """Say whether nothing was changed since the whole report was sent last."""
    last = report.sendings.order_by("-number").first()
    return last is not None and last.is_whole and _is_same(last.content, content_now(report))


def _is_same(sent: Content, now: Content) -> bool:
    """Say whether rows stand as they were sent; a column younger than the sending has to say nothing."""
    if {part: len(states) for part, states in sent.items()} != {part: len(states) for part, states in now.items()}:
        return False
    kept = {part: kept_as(model) for model, part in _PARTS.items()}
    return not any(
        kept[part].differences(before, state)
        for part, states in now.items()
        for before, state in zip(sent[part], states, strict=True)
    )


def typed_in(report: MonthlyReport) -> tuple[str, ...]:
    """Return the indicators and works of which ``report`` holds something that was typed and not sent."""
    return tuple(str(state[_KEYS[part][0]]) for part, state in _unsent(report))


def senders_of(report: MonthlyReport) -> frozenset[int | None]:
    """Return who sent what a head confirms, by their keys: the report's sender, and who has changed it since."""
    own = {report.submitted_by_id}
    if stage_of(report) is ReportStage.WITH_HEAD:  # what was corrected is sent by confirming it
        own |= {state["changed_by"] for _, state in _unsent(report)}
    return frozenset(own)


def _unsent(report: MonthlyReport) -> Iterator[tuple[str, dict[str, Any]]]:
    sent, now = sent_revisions(report.plan, report.unit), content_now(report)
    for part, keys in _KEYS.items():
        for state in now.get(part, ()):
            if sent.get((part, *(state[name] for name in keys))) != state["revision"]:
                yield part, state


def content_of_rows(rows: Iterable[Model]) -> Content:
    """Return rows as a sending holds them."""
    content: dict[str, list[dict[str, Any]]] = {name: [] for name in _PARTS.values()}
    for row in rows:
        content[_PARTS[type(row)]].append({n: said for n, said in snapshot(row).items() if n not in _NOT_SENT})
    return {name: sorted(states, key=_order) for name, states in content.items() if states}


def _order(state: dict[str, Any]) -> list[str]:
    return [str(value) for value in state.values()]


def content_now(report: MonthlyReport) -> Content:
    """Return everything that ``report`` holds as it is in the tables: what is sent when it is sent now."""
    duties = units_reporting(report.plan, report.period).by_unit.get(report.unit.code, ())
    own = {(d.indicator.id, d.figure_unit) for d in duties}
    figures = Figure.objects.filter(
        plan=report.plan,
        period=report.period,
        indicator__in={code for code, _ in own},
        unit_code__in={u for _, u in own},
    )
    month = {"plan": report.plan, "unit_code": report.unit.code, "period": report.period}
    return content_of_rows(
        (
            *(row for row in figures if (row.indicator, row.unit_code) in own),
            *_levels(report, duties),
            *Narrative.objects.filter(**month),
            *Evidence.objects.filter(**month, withdrawn=False),
        )
    )


def sent_revisions(plan: Plan, unit: Unit) -> Mapping[tuple[object, ...], int]:
    """Return the revision at which each figure, level and text of ``unit`` was sent last, by what names the row."""
    found: dict[tuple[object, ...], int] = {}
    for sending in plan.sendings.filter(unit=unit):
        for part, keys in _KEYS.items():
            for state in sending.content.get(part, ()):
                found[part, *(state[name] for name in keys)] = state["revision"]
    return found


def name_of(row: Model) -> tuple[object, ...]:
    """Return what names a row among those of ``sent_revisions``."""
    part = _PARTS[type(row)]
    return (part, *(getattr(row, name) for name in _KEYS[part]))


def _levels(report: MonthlyReport, duties: Iterable[Duty]) -> Iterator[LevelReached]:
    """Yield the levels of the month: those dated in it, and those that it said were reached and no longer does."""
    before: dict[tuple[str, int], int | None] = {}
    for sending in report.plan.sendings.filter(unit=report.unit):
        for row in sending.content.get("levels", ()):
            before[row["indicator"], row["number"]] = _month(report, values_of(row)["reached_on"])
    for row in LevelReached.objects.filter(plan=report.plan, indicator__in={d.indicator.id for d in duties}):
        now, then = _month(report, row.reached_on), before.get((row.indicator, row.number))
        if now in (report.period, None):
            yield row
        elif then == report.period:  # it was moved into another month, whose report says so once it is sent
            row.reached_on = None
            yield row


def _month(report: MonthlyReport, day: date | None) -> int | None:
    return max(period_of(report.plan, day), 1) if day is not None else None
