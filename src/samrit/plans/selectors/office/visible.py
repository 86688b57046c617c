"""Which plan a person sees, and whether as the public does."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.errors import NotVisible
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person, Plan, PlanVersion
from samrit.plans.rights import assignments, may

_LOOKED_AT = 6  # plans among which the front page chooses


@dataclass(frozen=True, slots=True)
class Visible:
    """A plan that somebody may see; ``public`` when only what is published."""

    plan: Plan
    public: bool


def visible(person: Person | None, code: str) -> Visible:
    """Return the plan of that code; raises NotVisible when it is not there for the person."""
    plan = Plan.objects.filter(code=code).first()
    if plan is None:
        raise NotVisible(code)
    if person is not None and may(person, "plan.view", plan=plan):
        return Visible(plan, public=False)
    if plan.is_public:
        return Visible(plan, public=True)
    raise NotVisible(code)


def visible_plans(person: Person | None) -> tuple[Visible, ...]:
    """Return every plan that the person may see, latest year first."""
    found = []
    for plan in Plan.objects.all():
        if person is not None and may(person, "plan.view", plan=plan):
            found.append(Visible(plan, public=False))
        elif plan.is_public:
            found.append(Visible(plan, public=True))
    return tuple(found)


def front_plan(person: Person | None, remembered: str = "") -> Visible | None:
    """Return the plan of the front page: the one looked at last, the person's own, or the largest of the latest."""
    plans = visible_plans(person)
    own = {a.plan.pk for a in assignments(person) if a.plan is not None} if person is not None else set()
    chosen = next((v for v in plans if v.plan.code == remembered), None)
    chosen = chosen or next((v for v in plans if v.plan.pk in own), None)
    return chosen or max(plans[:_LOOKED_AT], key=lambda v: _size(v.plan), default=None)


def _size(plan: Plan) -> int:
    """Return how many works a plan has, -1 for one without a version."""
    try:
        version = version_in_force(plan)
    except PlanVersion.DoesNotExist:
        return -1
    return memory.always(("size", version.pk, version.sha256), lambda: len(package_of(version).plan.projects))
