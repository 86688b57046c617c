"""The first steps of an office: units, people, a plan, one report, invitations; what is done and what is next."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from samrit.plans.models import MonthlyReport, Person, Plan, PlanDraft, Role, RoleAssignment, Unit
from samrit.plans.rights import may
from samrit.plans.selectors.office.drafts import drafts_of

ORDER = ("units", "people", "plan", "report", "invite")


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: its name, whether it is done, whether it is the one to take now, and how many there are."""

    name: str
    is_done: bool
    is_next: bool
    count: int


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """All steps in order; ``plan`` is the plan to try a report in, ``draft`` the draft that leads to one."""

    steps: tuple[FirstStep, ...]
    plan: Plan | None
    draft: PlanDraft | None
    waiting: int  # people who were never here

    @property
    def is_done(self) -> bool:
        """Whether the office runs."""
        return all(step.is_done for step in self.steps)


def first_steps(person: Person) -> FirstSteps:
    """Return how far the office has come, leading only to a plan and a draft that ``person`` may work on."""
    waiting = not_invited().count()
    reporters = RoleAssignment.objects.filter(role=Role.REPORTER).values("person").distinct().count()
    counts = {
        "units": Unit.objects.count(),
        "people": reporters,
        "plan": Plan.objects.count(),
        "report": MonthlyReport.objects.count(),
        "invite": Person.objects.filter(last_login__isnull=False).count(),
    }
    done = {name: count > 0 for name, count in counts.items()} | {"invite": counts["people"] > 0 and not waiting}
    following = next((name for name in ORDER if not done[name]), "")
    steps = tuple(FirstStep(name, done[name], name == following, counts[name]) for name in ORDER)
    plan = next((p for p in Plan.objects.all() if may(person, "finding.decide", plan=p)), None)
    draft = next((d for d in drafts_of(person) if d.plan is None), None)
    return FirstSteps(steps, plan, draft, waiting)


def not_invited() -> QuerySet[Person]:
    """Return the people who may sign in, hold a role, and have neither a password nor ever been here."""
    people = Person.objects.filter(
        is_active=True, last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX, roles__isnull=False
    )
    return people.distinct().order_by("username")
