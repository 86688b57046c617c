"""What the frame of every page asks of the tables: as little as possible."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.models import Person
from samrit.plans.rights import may
from samrit.plans.selectors.office.visible import visible_plans


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan as the chooser shows it."""

    code: str
    title: str
    title_en: str
    year_be: int
    is_controlled: bool  # its control room is open to the person


def plans_to_choose(person: Person | None) -> tuple[PlanChoice, ...]:
    """Return the plans that the person may see, latest year first."""
    plans = [seen.plan for seen in visible_plans(person)]
    return tuple(
        PlanChoice(
            plan.code, plan.title, plan.title_en or plan.title, plan.year_be, may(person, "control.view", plan=plan)
        )
        for plan in plans
    )
