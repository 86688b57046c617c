"""One month of one indicator: what each unit reported, who and when, the evidence, and every change since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import Entry, Figure, Indicator, Mark, Source
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.traces import (
    EvidenceLine,
    HistoryChange,
    Place,
    Reported,
    changes_of_entry,
    evidence_of,
    history_of_entry,
    reported,
)
from samrit.plans.selectors.work.work import sees_history_of
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number


@dataclass(frozen=True, slots=True)
class EntryLine:
    """What one unit reported for the month."""

    unit: str
    planned: Figure | Ends
    actual: Figure
    parts: str
    span: int
    note: str
    source: Source
    is_typed: bool
    reported: Reported | None


@dataclass(frozen=True, slots=True)
class Came:
    """The result that came with a version of the plan, before somebody typed another one."""

    version: int
    unit: str
    actual: Figure
    parts: str
    source: Source


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything known of one indicator's month."""

    code: str
    plan_title: str
    period: PeriodName
    work: str
    work_title: str
    indicator: str
    name: str
    unit_of_measure: str
    lines: tuple[EntryLine, ...]
    came: tuple[Came, ...]  # what was in the plan's version where somebody typed another result
    evidence: tuple[EvidenceLine, ...]
    history: tuple[HistoryChange, ...]
    changes: int  # how many there are, shown or not
    sees_inside: bool
    sees_history: bool


def month(seen: Look, indicator_id: str, period: int, person: Person | None) -> MonthPage:
    """Return the month's page; raises NotVisible for an unknown indicator or period."""
    found = ((r.project, i) for r in seen.result.projects for i in r.project.measures if i.id == indicator_id)
    project, indicator = next(found, (None, None))
    if project is None or indicator is None or not 1 <= period <= 12:
        raise NotVisible(indicator_id)
    names = Names.of(seen)
    inside = not seen.public
    traces = reported(seen.plan, [indicator_id]) if inside else {}
    sees_history = inside and sees_history_of(seen, project, person)
    return MonthPage(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(period),
        work=project.id,
        work_title=project.title,
        indicator=indicator.id,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure,
        lines=tuple(
            _line(names, e, indicator_id, traces) for e in indicator.entries if e.period - e.span < period <= e.period
        ),
        came=_came(seen, names, indicator, period) if sees_history else (),
        evidence=tuple(
            e for e in (evidence_of(seen.plan, project.id) if inside else ())
            if e.period == period and e.indicator in ("", indicator_id)
        ),
        history=history_of_entry(seen.plan, indicator_id, period) if sees_history else (),
        changes=changes_of_entry(seen.plan, indicator_id, period) if sees_history else 0,
        sees_inside=inside,
        sees_history=sees_history,
    )  # fmt: skip


def _came(seen: Look, names: Names, indicator: Indicator, period: int) -> tuple[Came, ...]:
    """Return the results of the plan's version that a typed one is over, with their source."""
    typed = {(e.unit, e.period, e.span) for e in indicator.entries if e.is_typed}
    version = version_in_force(seen.plan, period)
    own = {i.id: i for p in package_of(version).plan.projects for i in p.measures}.get(indicator.id)
    return tuple(
        Came(version.number, names.unit(e.unit) if e.unit else "", e.actual, _parts(e), e.result_source)
        for e in (own.entries if own is not None else ())
        if (e.unit, e.period, e.span) in typed
        and e.period - e.span < period <= e.period
        and any(part is not Mark.BLANK for part in (e.actual, e.numerator, e.denominator))
    )


def _parts(entry: Entry) -> str:
    return " ÷ ".join(format_number(f, None) for f in (entry.numerator, entry.denominator) if isinstance(f, Decimal))


def _line(names: Names, entry: Entry, indicator: str, traces: Mapping[Place, Reported]) -> EntryLine:
    return EntryLine(
        names.unit(entry.unit) if entry.unit else "",
        entry.planned_shown,
        entry.actual,
        _parts(entry),
        entry.span,
        entry.note,
        entry.source,
        entry.is_typed,
        traces.get((indicator, entry.unit, entry.period, entry.span)),
    )
