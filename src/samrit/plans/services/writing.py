"""What every service shares: who acts, what they may do, and one writer at a time.

A service takes the chain's lock before it reads anything that it will change.  So
revisions are compared with what is really there, transactions never wait for one
another in a circle, and history entries are in the order of the commits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model

from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, Plan, Role, Unit
from samrit.plans.records import history
from samrit.plans.records.security_log import right_refused
from samrit.plans.records.snapshots import kept_as, snapshot
from samrit.vocabulary.dates import is_of_office

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=Model)


class System:
    """The office's own machine, acting from the command line: it may do everything, and the history says so."""

    def __str__(self) -> str:
        return "ระบบ"


SYSTEM: Final = System()
Actor = Person | System


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in one transaction that holds the chain's lock from its beginning.

    A day that no office can mean is refused before anything is done: ServiceError ``day_out_of_bounds``.  Whether a
    plan is archived is what it is once the lock is held, not when its page read it.
    """

    @wraps(function)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        require_days(*kwargs.values())
        with transaction.atomic():
            history.lock()
            _see_archived((*args, *kwargs.values()))
            return function(*args, **kwargs)

    return within


def _see_archived(given: Collection[object]) -> None:
    """Let the plans that a service was given, or those of its rows, know whether they were archived meanwhile."""
    of_rows = (row._state.fields_cache.get("plan") for row in given if isinstance(row, Model))
    plans = [plan for plan in (*given, *of_rows) if isinstance(plan, Plan)]
    if plans:
        numbers = {plan.pk for plan in plans}
        archived = dict(Plan.objects.filter(pk__in=numbers).values_list("pk", "archived_at"))
        for plan in plans:
            plan.archived_at = archived.get(plan.pk)


def require_days(*values: object) -> None:
    """Refuse a day outside 1900–2199 among ``values``, such as 2569 taken for a year of the Common Era (F.1)."""
    for day in values:
        if isinstance(day, date) and not isinstance(day, datetime) and not is_of_office(day):
            raise ServiceError("day_out_of_bounds", day=day.isoformat())


def person_of(actor: Actor) -> Person | None:
    """Return the person who acts, None for the system."""
    return actor if isinstance(actor, Person) else None


def is_of_unit(actor: Actor, unit: Unit) -> bool:
    """Say whether ``actor`` reports for ``unit`` or heads it; the division and the machine act in its place."""
    if not isinstance(actor, Person):
        return False
    own = {a.unit_id for a in rights.assignments(actor) if a.role in (Role.REPORTER, Role.HEAD)}  # type: ignore[attr-defined]
    return unit.pk in own or (bool(own - {None}) and unit.code in rights.unit_codes(actor))


def permit(actor: Actor, action: str, *, plan: Plan | None = None, unit: Unit | None = None) -> None:
    """Refuse with ServiceError ``not_allowed`` unless ``actor`` may do ``action``.

    Raises NotVisible where the actor may not even look at the plan, ServiceError ``plan_archived`` for whoever would
    change one whose year is archived.
    """
    if plan is not None and isinstance(actor, Person) and not rights.may(actor, "plan.view", plan=plan):
        raise NotVisible(plan.code)
    if plan is not None and rights.is_archived(action, plan):
        raise ServiceError("plan_archived", record=plan.code)
    if isinstance(actor, System):
        return
    if not rights.may(actor, action, plan=plan, unit=unit):
        right_refused(action)
        raise ServiceError("not_allowed", record=unit.code if unit is not None else plan.code if plan else "")
    if unit is not None:
        history.acts_for(actor, unit.code, acting=rights.only_acts(actor, action, plan=plan, unit=unit))


def reason_of(text: str) -> str:
    """Return a reason that was given; raises ServiceError ``reason_missing`` for an empty one."""
    if not text.strip():
        raise ServiceError("reason_missing")
    return text.strip()


def write_row(
    actor: Actor,
    row: Row,
    action: str,
    *,
    record: str,
    unit_code: str = "",
    period: int | None = None,
    old: dict[str, Any] | None = None,
    reason: str = "",
) -> Row:
    """Save a row of a plan with its entry of the history, whose number it keeps, and return it.

    ``old`` is what it was, nothing for a new one.  Who wrote it and its revision are the caller's.
    """
    if row.pk is None and "id" in kept_as(type(row)).keys:
        row.save()  # its number names it in the history
    entry = history.record(
        person_of(actor),
        action,
        plan=row.plan,  # type: ignore[attr-defined]
        record=record,
        unit_code=unit_code,
        period=period,
        old=old or {},
        new=snapshot(row),
        reason=reason,
    )
    row.sequence = entry.sequence  # type: ignore[attr-defined]
    row.save()
    return row
