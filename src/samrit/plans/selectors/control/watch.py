"""The works to look at now, by score with its parts, each with what was decided about it last (R246, R248)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from samrit.engine.forecast import EarlyWarning, Watched, WatchTest, reason_text, watch_list, watch_test
from samrit.engine.model import Project
from samrit.engine.money import Moved, money_of, moved_by_key
from samrit.engine.results import PlanResult
from samrit.engine.year import told
from samrit.package.kinds import kind_named
from samrit.package.kinds.follow_up import CARRY_OVERS
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import forecast_of, warnings_of
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Person, Plan
from samrit.plans.reporting.register import register
from samrit.plans.rights import may
from samrit.plans.selectors.office.visible import visible_plans
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.year_lines import YearLine, year_lines
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.periods import period_dates

TESTED_AT = (6, 9)  # the ends of quarters 2 and 3, in which works are reviewed (R246)
_SECOND_QUARTER = 4  # from its first month on, money is prepared to be kept before it is too late (R246)


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One work: its score, each part as its points, a sentence and how often, and the last decision about it."""

    id: str
    title: str
    units: str
    score: int
    parts: tuple[tuple[int, str, int], ...]
    decided: YearLine | None
    keep: Decimal | None  # what might be kept for the next year: unspent, and nobody has asked for it yet (R246)


@dataclass(frozen=True, slots=True)
class WatchPage:
    """The list at the last month that is over (None: the first is not yet), the highest score first.

    ``undecided`` are the works without a decision.
    """

    period: PeriodName | None
    rows: tuple[WatchRow, ...]
    undecided: int


def watch_page(plan: Plan, *, language: str, today: date) -> WatchPage:
    """Return the works to look at, as they are today."""
    ended = (p for p in range(12, 0, -1) if period_dates(plan.year_be, plan.calendar, p)[1] < today)
    as_of = next(ended, 0)  # what is due in a month is overdue when the month is over
    result = evaluate(plan, max(as_of, 1))
    names = Names(result, language, register().of_month(plan, max(as_of, 1)).named)
    moved = moved_by_key(result.plan, max(as_of, 1))
    is_time = as_of >= _SECOND_QUARTER
    rows = tuple(
        _row(names, watched, today, _to_keep(watched.project, moved) if is_time else None)
        for watched in _watched(result, today, None, is_over=as_of > 0)
    )
    return WatchPage(names.period(as_of) if as_of else None, rows, sum(row.decided is None for row in rows))


@dataclass(frozen=True, slots=True)
class WatchTested:
    """How good the lists of June and September were in a year that is over; ``plan`` is the one they were of."""

    plan: Plan
    tests: tuple[tuple[PeriodName, WatchTest], ...]

    @property
    def better(self) -> tuple[str, ...]:
        """The plainer lists that named more works at equal length in any of the tests."""
        return tuple(dict.fromkeys(name for _, test in self.tests for name in test.better))


def watch_tested(plan: Plan, person: Person, *, language: str, today: date) -> WatchTested | None:
    """Return the back-test of a plan whose year is over, else of the latest such plan before it; None without one."""
    others = (seen.plan for seen in visible_plans(person) if not seen.public and seen.plan.year_be < plan.year_be)
    for own in (plan, *others):
        over = period_dates(own.year_be, own.calendar, 12)[1] < today
        if over and own.versions.exists() and may(person, "control.view", plan=own):
            end = evaluate(own, 12)
            made = memory.of(end).derived(("watch test", language), partial(_tested, own, end, language))
            return WatchTested(own, made)
    return None


def _tested(plan: Plan, end: PlanResult, language: str) -> tuple[tuple[PeriodName, WatchTest], ...]:
    """Return the tests of the months in which a review is held, each by what was known when the month was over."""
    names, found = Names(end, language), []
    for period in TESTED_AT:
        now, day = evaluate(plan, period), period_dates(plan.year_be, plan.calendar, period)[1] + timedelta(days=1)
        until = timezone.make_aware(datetime.combine(day, time()))  # midnight of the office, not of Greenwich
        tests = watch_test(now, end, _watched(now, day, until))
        found += [(names.period(period), test) for test in tests]
    return tuple(found)


def _watched(result: PlanResult, today: date, until: datetime | None, *, is_over: bool = True) -> tuple[Watched, ...]:
    """Return the works to look at: warned of by their figures, or overdue by what was known ``until`` (None: now)."""
    below = result.ruleset.bands[min(1, len(result.ruleset.bands) - 1)].code
    known = {w.forecast.project.id: w.reasons for w in warnings_of(result, below=below)} if is_over else {}
    return watch_list(
        EarlyWarning(f, (*known.get(f.project.id, ()), *_overdue(f.project, today, until)))
        for f in forecast_of(result).projects
    )


def _overdue(work: Project, today: date, until: datetime | None) -> list[tuple[str, dict[str, object]]]:
    """Return a reason for each record of a work that waits beyond its day, the one that waits longest first."""
    found = []
    for record in told(work.records, until):
        kind = kind_named(record.kind)
        since = kind.overdue_since(record) if kind is not None and kind.warns else None
        if kind is not None and since is not None and since < today:
            days = {"due": format_date(since, style="short"), "due_en": format_date(since, "en", style="short")}
            found.append((since, kind.warns, dict[str, object](days)))
    return [(code, params) for _, code, params in sorted(found, key=lambda own: own[0])]


def _to_keep(work: Project, moved: Moved) -> Decimal | None:
    """Return the money of a work that was neither spent nor asked to be kept; None where there is none (R131, R246)."""
    if any(record.kind == CARRY_OVERS.name for record in told(work.records)):
        return None
    money = money_of(work, moved)
    left = money.budget if money.spent is None else money.remaining
    return left if left is not None and left > 0 else None


def _row(names: Names, watched: Watched, today: date, keep: Decimal | None) -> WatchRow:
    work = watched.project
    decisions = year_lines(names, work, today=today, kind="reviews")
    return WatchRow(
        id=work.id,
        title=work.title,
        units=", ".join(map(names.unit, work.responsible_units)),
        score=watched.score,
        parts=tuple((p.points, reason_text(p.code, p.params, names.language), p.count) for p in watched.parts),
        decided=decisions[0] if decisions else None,
        keep=keep,
    )
