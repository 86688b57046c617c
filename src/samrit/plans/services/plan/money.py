"""What happened to a work's money, recorded by the planning division; corrected by a movement below zero (MO3)."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

from django.utils import timezone

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.model import MoneyMovement as Movement
from samrit.engine.model import MoneyState, Project
from samrit.plans.errors import ServiceError
from samrit.plans.models import MoneyMovement, Plan
from samrit.plans.reporting.days import has_begun
from samrit.plans.selectors.work.work_money import recorded_money
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service, write_row
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.periods import period_name
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label

LONGEST = 200  # characters of a funding source, a document's name
LONGEST_NOTE = 2_000
YEAR_END = 12
# What is paid or promised comes out of the work's budget.
_WITHIN_BUDGET = frozenset({MoneyState.COMMITTED, MoneyState.DELIVERED, MoneyState.ACCEPTED, MoneyState.DISBURSED})
_LONGEST_AMOUNT = 20  # characters: a thousand times the budget of the country


@service
def money_record(
    actor: Actor,
    *,
    plan: Plan,
    project: str,
    period: int,
    state: str,
    amount: str | Decimal,
    seen: int,
    funding_source: str = "",
    document: str = "",
    note: str = "",
) -> MoneyMovement:
    """Record that ``amount`` baht of a work came into ``state`` in ``period``; an amount below zero corrects (MO3).

    ``seen`` is the number of movements of the work that were on the screen, so that nothing
    is recorded twice or over what another has just recorded.  Raises ServiceError
    ``money_moved_on`` where there are others now, and ``money_work_unknown``,
    ``money_state_unknown``, ``money_amount_invalid``, ``money_not_begun``,
    ``money_note_missing`` or ``money_more_than_recorded`` for what cannot be.  What can be, but is most often a
    slip, is taken with a note: ``money_above_budget``, ``money_twice`` and ``money_year_closed`` ask for one.
    """
    permit(actor, "money.record", plan=plan)
    work, movements = _work(plan, project, seen)
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=project, period=period)
    if not has_begun(plan, period, timezone.localdate()):
        raise ServiceError("money_not_begun", record=project, month=_month(plan, period))
    if state not in frozenset(MoneyState) - {MoneyState.PLANNED}:  # which changes with the plan's version
        raise ServiceError("money_state_unknown", record=project, state=state)
    texts = _texts(project, funding_source=funding_source, document=document, note=note)
    baht = amount_of(project, amount)
    if baht < ZERO:
        _require_note(project, baht, texts["note"])
        _require_recorded(plan, work, movements, Movement(period, MoneyState(state), baht))
    elif not texts["note"]:
        _require_nothing_odd(plan, work, movements, Movement(period, MoneyState(state), baht))
    row = MoneyMovement(plan=plan, project=project, period=period, state=state, amount=baht, **texts)
    return _added(actor, row, "money.record")


def _texts(project: str, **typed: str) -> dict[str, str]:
    """Return what was typed without the space around it; raises ServiceError for what is too long."""
    texts = {name: text.strip() for name, text in typed.items()}
    for name, text in texts.items():
        limit = LONGEST_NOTE if name == "note" else LONGEST
        if len(text) > limit:
            raise ServiceError("text_too_long", record=project, limit=limit)
    return texts


@service
def money_take_back(actor: Actor, *, plan: Plan, project: str, order: int, reason: str, seen: int) -> MoneyMovement:
    """Take back the ``order``-th movement of a work by its opposite, with the reason as its note.

    Raises ServiceError ``money_unknown`` where there is no such movement, or one of 0, ``reason_missing``,
    ``money_moved_on`` and ``money_more_than_recorded``.
    """
    permit(actor, "money.record", plan=plan)
    why = reason_of(reason)
    if len(why) > LONGEST_NOTE:
        raise ServiceError("text_too_long", record=project, limit=LONGEST_NOTE)
    work, movements = _work(plan, project, seen)
    if not 1 <= order <= len(work.movements) or not work.movements[order - 1].amount:
        raise ServiceError("money_unknown", record=project, order=order)
    wrong = work.movements[order - 1]
    opposite = Movement(wrong.period, wrong.state, wrong.amount.copy_negate())
    _require_recorded(plan, work, movements, opposite)
    row = MoneyMovement(
        plan=plan,
        project=project,
        period=wrong.period,
        state=wrong.state.value,
        amount=opposite.amount,
        funding_source=wrong.funding_source[:LONGEST],
        document=wrong.source.document[:LONGEST],
        note=why,
    )
    return _added(actor, row, "money.take_back")


def _work(plan: Plan, project: str, seen: int) -> tuple[Project, tuple[Movement, ...]]:
    """Return the work and the movements of all its lines, as long as those are as many as were seen."""
    work, movements = recorded_money(plan, project)
    if work is None:
        raise ServiceError("money_work_unknown", record=project)
    if len(movements) != seen:
        raise ServiceError("money_moved_on", record=project, count=len(movements))
    return work, movements


def amount_of(project: str, amount: str | Decimal) -> Decimal:
    """Return the amount of the plan's money; one with more places than it has, or a percentage, is no money."""
    money = speech().money
    typed = amount.strip().removesuffix(money.th).removesuffix(money.en) if isinstance(amount, str) else amount
    read = parse_figure(typed) if isinstance(typed, str) and "%" not in typed else typed
    if not isinstance(read, Decimal) or not read.is_finite():
        raise ServiceError("money_amount_invalid", record=project, amount=str(amount)[:40], places=money.places)
    places = -int(read.as_tuple().exponent)
    if places > money.places or len(f"{read:f}") > _LONGEST_AMOUNT:
        raise ServiceError("money_amount_invalid", record=project, amount=str(amount)[:40], places=money.places)
    return read


@exact
def _require_note(project: str, amount: Decimal, note: str) -> None:
    if not note:
        raise ServiceError("money_note_missing", record=project, amount=f"{amount:,f}")


def _require_nothing_odd(plan: Plan, work: Project, movements: tuple[Movement, ...], given: Movement) -> None:
    """Ask for a note where the amount is above the budget, is there already, or comes after the year's end."""
    month, amount = _month(plan, given.period), f"{given.amount:,f}"
    if plan.evaluations.filter(period=YEAR_END).exists():
        raise ServiceError("money_year_closed", record=work.id, amount=amount)
    if given.amount and any(
        (m.period, m.state, m.amount) == (given.period, given.state, given.amount) for m in movements
    ):
        raise ServiceError("money_twice", record=work.id, amount=amount, month=month)
    moved = sum((m.amount for m in movements if m.state is given.state), ZERO) + given.amount
    if work.budget is not None and given.state in _WITHIN_BUDGET and moved > work.budget:
        raise ServiceError(
            "money_above_budget", record=work.id, amount=amount, total=f"{moved:,f}", budget=f"{work.budget:,f}"
        )


def _require_recorded(plan: Plan, work: Project, movements: tuple[Movement, ...], taken: Movement) -> None:
    """Refuse a correction after which more would be taken back in a state than was recorded, at any month (MO3)."""
    same = [m for m in (*movements, taken) if m.state is taken.state]
    by_month = [sum((m.amount for m in same if m.period == period), ZERO) for period in range(1, 13)]
    least = min(list(accumulate(by_month))[taken.period - 1 :])
    if taken.amount < ZERO and least < ZERO:
        words = {language: label(taken.state, language) for language in ("th", "en")}
        month = _month(plan, taken.period)
        recorded = f"{least - taken.amount:,f}"
        raise ServiceError("money_more_than_recorded", record=work.id, state=words, month=month, recorded=recorded)


def _month(plan: Plan, period: int) -> dict[str, str]:
    return {language: period_name(plan.year_be, plan.calendar, period, language) for language in ("th", "en")}


def _added(actor: Actor, row: MoneyMovement, action: str) -> MoneyMovement:
    row.recorded_at, row.recorded_by = timezone.now(), person_of(actor)
    return write_row(actor, row, action, record=row.project, period=row.period, reason=row.note)
