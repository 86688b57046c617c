"""The money of one work: budget, what moved up to the month seen, and each movement with where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.model import MoneyMovement as Movement
from samrit.engine.model import MoneyState, Project, Source
from samrit.engine.money import money_of, moved_by_key
from samrit.engine.rollup import source_totals
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.reported_rows import movement_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import MoneyMovement, Person, Plan
from samrit.plans.reporting.days import period_of
from samrit.plans.rights import may
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.spending import spending_chart
from samrit.reports.document.model import Chart


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement as it is listed; ``project`` and ``order`` name it."""

    project: str
    order: int
    period: PeriodName
    state: str
    amount: Decimal
    funding_source: str
    note: str
    source: Source
    by: str
    at: datetime | None  # when it was recorded; None for what came with the plan


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """What the division's form of a movement offers; ``seen`` is the number of movements there are."""

    seen: int
    months: tuple[PeriodName, ...]
    month: int
    states: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """A work's budget in parts, and what they come to; ``difference`` is from its own, None where it states none."""

    kind: str  # "by_unit" or "by_site"
    parts: tuple[tuple[str, Decimal | None], ...]
    sum: Decimal
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class WorkMoney:
    """The money of a work up to the month seen; an amount of which nothing is recorded is None."""

    budget: Decimal | None
    is_unknown: bool  # the plan says neither an amount nor that there is none (R51)
    by_source: tuple[tuple[str, Decimal], ...]  # of the budget, where it names its sources
    shares: tuple[Shares, ...]  # by unit and by site, where the plan gives them (R123–R125)
    committed: Decimal | None
    spent: Decimal | None
    percent: Decimal | None
    remaining: Decimal | None
    others: tuple[tuple[str, Decimal], ...]  # the other states of which something is recorded
    lines: tuple[MovementLine, ...]
    later: int  # movements of months after the one seen
    form: MoneyForm | None
    curve: Chart | None  # planned spending against payments


def work_money(seen: Look, project: Project, person: Person | None) -> WorkMoney:
    """Return the money of a work; the public sees amounts and no words on them."""
    names, plan = Names.of(seen), seen.result.plan
    moved = moved_by_key(plan, seen.as_of)
    total = money_of(project, moved)
    told = (MoneyState.COMMITTED, MoneyState.DISBURSED)
    own = [p for p in plan.projects if p.key == project.key]
    rest = [s for s in MoneyState if s in total.moved and s not in told]
    later = [m for p in own for m in p.movements if m.period > seen.as_of and m.state is not MoneyState.PLANNED]
    return WorkMoney(
        budget=total.budget,
        is_unknown=not any(line.budgets for line in plan.projects if line.key == project.key),
        by_source=source_totals([project]),
        shares=_shares(names, project),
        committed=total.moved.get(MoneyState.COMMITTED),
        spent=total.spent,
        percent=total.percent,
        remaining=total.remaining,
        others=tuple((names.word(s, "money_state"), total.moved[s]) for s in rest),
        lines=_lines(seen, names, project),
        later=len(later),
        form=_form(seen, names, project) if not seen.public and may(person, "money.record", plan=seen.plan) else None,
        curve=spending_chart(names, own),
    )


@exact
def _shares(names: Names, project: Project) -> tuple[Shares, ...]:
    """Return how the work's budget is shared by units and by sites; nothing where neither is given."""
    by_unit = [(names.unit(line.unit), line.amount) for line in project.budgets if line.unit]
    sites = project.sites if any(site.budget is not None for site in project.sites) else ()
    made = []
    for kind, parts in (("by_unit", by_unit), ("by_site", [(s.title or s.id, s.budget) for s in sites])):
        total = sum((amount for _, amount in parts if amount is not None), ZERO)
        difference = None if project.budget is None else total - project.budget
        made += [Shares(kind, tuple(parts), total, difference)] if parts else []
    return tuple(made)


def recorded_money(plan: Plan, project: str) -> tuple[Project | None, tuple[Movement, ...]]:
    """Return a work of the plan with all its movements, and those of every line of it (RU1); (None, ()) for no work."""
    planned = package_of(version_in_force(plan)).plan
    work = planned.project(project)
    if work is None:
        return None, ()
    lines = [p for p in planned.projects if p.key == work.key]
    rows = _rows(plan, lines)
    moved = {p.id: (*p.movements, *map(movement_of, rows.get(p.id, ()))) for p in lines}
    return replace(work, movements=moved[work.id]), tuple(m for own in moved.values() for m in own)


def _rows(plan: Plan, lines: list[Project]) -> Mapping[str, list[MoneyMovement]]:
    """Return what was recorded of these lines, each in the order of recording."""
    rows: dict[str, list[MoneyMovement]] = defaultdict(list)
    found = MoneyMovement.objects.filter(plan=plan, project__in=[p.id for p in lines]).select_related("recorded_by")
    for row in found.order_by("pk"):
        rows[row.project].append(row)
    return rows


def _lines(seen: Look, names: Names, project: Project) -> tuple[MovementLine, ...]:
    """Return the movements up to the month seen: those of the plan's own version first, then those recorded."""
    own = [p for p in seen.result.plan.projects if p.key == project.key]
    if not any(p.movements for p in own):
        return ()
    rows = {} if seen.public else _rows(seen.plan, own)
    planned = package_of(version_in_force(seen.plan, seen.as_of)).plan
    brought = {p.id: len(p.movements) for p in planned.projects}
    made = []
    for line in own:
        for order, movement in enumerate(line.movements, 1):
            at = order - 1 - brought.get(line.id, 0)
            known = rows.get(line.id, [])
            row = known[at] if 0 <= at < len(known) else None
            if movement.period <= seen.as_of and movement.state is not MoneyState.PLANNED:
                made.append(_line(names, line.id, order, movement, row, public=seen.public))
    return tuple(sorted(made, key=lambda line: line.period.number))


def _line(
    names: Names, project: str, order: int, movement: Movement, row: MoneyMovement | None, *, public: bool
) -> MovementLine:
    return MovementLine(
        project=project,
        order=order,
        period=names.period(movement.period),
        state=names.word(movement.state, "money_state"),
        amount=movement.amount,
        funding_source=movement.funding_source,
        note="" if public else movement.note,
        source=Source() if public else movement.source,
        by=str(row.recorded_by or "") if row is not None else "",
        at=row.recorded_at if row is not None else None,
    )


def _form(seen: Look, names: Names, project: Project) -> MoneyForm:
    _, every = recorded_money(seen.plan, project.id)
    now = period_of(seen.plan, timezone.localdate())
    named = [*(line.funding_source for line in project.budgets), *(m.funding_source for m in every)]
    return MoneyForm(
        seen=len(every),
        months=tuple(names.period(p) for p in range(1, now + 1)),
        month=max(min(seen.as_of, now), 1),
        states=tuple((s.value, names.word(s, "money_state")) for s in MoneyState if s is not MoneyState.PLANNED),
        sources=tuple(dict.fromkeys(filter(None, named))),
    )
