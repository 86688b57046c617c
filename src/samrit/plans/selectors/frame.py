"""What the frame of every page asks of the tables: as little as possible."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.models import Person, Plan


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan as the chooser shows it."""

    code: str
    title: str
    title_en: str
    year_be: int


def plans_to_choose(person: Person | None) -> tuple[PlanChoice, ...]:
    """Return the plans that the person may see, latest year first: all when signed in, else the public ones."""
    plans = Plan.objects.all() if person is not None and person.is_active else Plan.objects.filter(is_public=True)
    rows = plans.values_list("code", "title", "title_en", "year_be")
    return tuple(PlanChoice(code, title, title_en or title, year) for code, title, title_en, year in rows)
