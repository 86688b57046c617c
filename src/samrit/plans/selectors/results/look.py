"""One plan seen at one period by one reader: what the pages that show results share.

Somebody signed in sees figures as they were last sent.  The public sees what has been
evaluated: the latest closed evaluation; before the first one the plan alone, not evaluated
yet, and never a draft or an internal remark (R323).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from samrit.engine.indicators.rhythm import evaluated_before
from samrit.engine.results import PlanResult, ProjectResult, State
from samrit.engine.score import score
from samrit.engine.year import YearRecord
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.frozen import up_to
from samrit.plans.evaluation.scoring import evaluate, evaluate_several, ruleset_of, version_in_force
from samrit.plans.models import Plan, PlanVersion, Unit
from samrit.plans.reporting.days import due_days_as_told, months_between_reports
from samrit.plans.reporting.register import register
from samrit.plans.selectors.results.closed import ClosedAs, closed_at, closed_by_period, closed_latest, closed_result
from samrit.vocabulary.numbers import whole

YEAR_END = 12


@dataclass(frozen=True, slots=True)
class Look:
    """A plan's evaluation at a period; ``closed`` names the frozen evaluation that it is, if it is one."""

    plan: Plan
    result: PlanResult
    language: str
    public: bool
    units: Mapping[str, Unit]
    closed: ClosedAs | None = None
    previous: PlanResult | None = None  # at the period evaluated before, where it was asked for
    is_unevaluated: bool = False  # for the public, before the first evaluation is closed: nothing is reported or due
    frozen: ClosedAs | None = None  # the closed evaluation of this very period, for those who see figures as they are

    @property
    def as_of(self) -> int:
        """The evaluated period, 1..12."""
        return self.result.as_of


def look(
    plan: Plan,
    *,
    month: str | int | None,
    today: date,
    language: str = "th",
    public: bool = False,
    with_previous: bool = False,
) -> Look:
    """Return ``plan`` seen at ``month``; a month that is none, or not there yet for the public, gives the default.

    ``with_previous`` adds the period evaluated before, as it was closed; where none was, the end of the quarter before.
    """
    if public:
        seen = _public_look(plan, month, today, language)
        return replace(seen, previous=_public_before(seen)) if with_previous else seen
    as_of = period_of(month) or current_period(plan, today)
    if not with_previous:
        return Look(plan, evaluate(plan, as_of), language, False, units_named(plan, as_of))
    return _with_previous(plan, as_of, language)


def units_named(plan: Plan, as_of: int) -> Mapping[str, Unit]:
    """Return all units by code and alias as they were called in the evaluated month."""
    return register().of_month(plan, as_of).named


def _with_previous(plan: Plan, as_of: int, language: str) -> Look:
    closed = closed_by_period(plan)
    period = last_evaluated(plan, as_of, closed)
    frozen_then = closed.get(period)
    live = [as_of, *([period] if period and frozen_then is None else [])]
    now, *then = evaluate_several(plan, live)
    previous = closed_result(plan, frozen_then) if frozen_then else (then[0] if then else None)
    units = units_named(plan, as_of)
    return Look(plan, now, language, False, units, previous=previous, frozen=closed.get(as_of))


def _public_look(plan: Plan, month: str | int | None, today: date, language: str) -> Look:
    wanted = period_of(month)
    closed = (closed_at(plan, wanted) if wanted else None) or closed_latest(plan)
    if closed is not None:
        result = closed_result(plan, closed)
        return Look(plan, result, language, True, units_named(plan, result.as_of), closed)
    as_of = min(wanted or YEAR_END, current_period(plan, today))
    result = _unevaluated(version_in_force(plan), as_of)
    return Look(plan, result, language, True, units_named(plan, as_of), is_unevaluated=True)


def _unevaluated(version: PlanVersion, as_of: int) -> PlanResult:
    """Return a version with nothing reported and no work counted; versions never change, so each is made once."""

    def read() -> PlanResult:
        package = package_of(version)
        scored = score(up_to(package.plan, 0), ruleset_of(package), as_of)
        records = {p.id: p.records for p in package.plan.projects}  # what was approved is told, and changes nothing
        return replace(scored, projects=tuple(_uncounted(r, records[r.project.id]) for r in scored.projects))

    return memory.always(("unevaluated", version.pk, version.sha256, as_of), read)


def _uncounted(result: ProjectResult, records: tuple[YearRecord, ...]) -> ProjectResult:
    indicators = tuple(
        i._replace(state=State.NOT_DUE, computed_percent=None, percent=None, band=None, score=None)
        for i in result.indicators
    )
    return result._replace(
        project=replace(result.project, records=records),
        state=State.NOT_DUE,
        counts=False,
        computed_percent=None,
        percent=None,
        normalised_percent=None,
        second_percent=None,
        band=None,
        computed_band=None,
        second_band=None,
        lowest=None,
        indicators=indicators,
        score=None,
    )


def _public_before(seen: Look) -> PlanResult | None:
    period = max((p for p in closed_by_period(seen.plan) if p < seen.as_of), default=0)
    closed = closed_at(seen.plan, period) if period else None
    return closed_result(seen.plan, closed) if closed is not None else None


def period_of(month: str | int | None) -> int | None:
    """Return the period that an address names, or None where it names none."""
    period = whole(str(month), 0)
    return period if 1 <= period <= YEAR_END else None


def current_period(plan: Plan, today: date) -> int:
    """Return the last period whose reports are due by ``today``: what can be evaluated now (R152, SP2).

    Before any is due it is the first one that the plan reports.
    """
    months, days = months_between_reports(plan), due_days_as_told(plan)
    due = (p for p in range(YEAR_END, 0, -months) if days[p] < today)
    return next(due, months)


def last_evaluated(plan: Plan, period: int, closed: Collection[int]) -> int:
    """Return the latest closed period before ``period``; where none is, the end of the quarter before, 0 for none.

    A plan that reports by half-years or once a year has the end of the time before in place of the quarter's.
    """
    before = max((p for p in closed if p < period), default=0)
    return before or evaluated_before(package_of(version_in_force(plan, period)).plan, period)
