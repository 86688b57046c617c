"""Which plans a person may see; an unknown one and a hidden one look the same."""

from __future__ import annotations

from django.db.models import QuerySet

from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.models import Person, Plan


def visible_to(person: Person | None) -> QuerySet[Plan]:
    """Return the plans that ``person`` may look at: all with a role for them, else the public ones."""
    plans = Plan.objects.select_related("owner")
    if person is None or not person.is_authenticated or not person.is_active:
        return plans.filter(is_public=True)
    held = rights.assignments(person)
    if any(a.plan is None for a in held):
        return plans.all()
    return plans.filter(is_public=True) | plans.filter(pk__in=[a.plan.pk for a in held if a.plan is not None])


def plan_of(code: str, person: Person | None) -> Plan:
    """Return the plan of that code; raises NotVisible when there is none or the person may not see it."""
    plan = visible_to(person).filter(code=code).first()
    if plan is None:
        raise NotVisible(code)
    return plan
