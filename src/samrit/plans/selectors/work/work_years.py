"""A work found again in other years: by what makes it the same one, never by its number (R15, R132)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.engine.model import Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.horizon import copies_of, plans_under
from samrit.plans.models import Person
from samrit.plans.selectors.office.visible import visible
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.results.naming import Names


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The work in another year's plan: where, as what, and how it is there."""

    year_be: int
    plan: str
    id: str
    title: str
    percent: str
    band: Band | None


def other_years(seen: Look, project: Project, person: Person | None, *, today: date) -> tuple[OtherYear, ...]:
    """Return the work in other years' plans, as the reader may see them: copied, or under one plan of several years.

    Works link to the work of another plan where they say so ("counterpart"); those are told here too.
    """
    family = plans_under().get(seen.result.plan.under_plan, ()) if seen.result.plan.under_plan else ()
    named = {tuple(a.code.split(":", 1)) for a in project.alignments if a.kind == "counterpart" and ":" in a.code}
    named |= set(copies_of(seen.plan.code, project))
    found = []
    for code in dict.fromkeys((*family, *(plan for plan, _ in sorted(named)))):
        if code == seen.plan.code:
            continue
        for result in _works(code, seen, person, today):
            is_same = code in family and result[1].project.key == project.key
            if is_same or (code, result[1].project.id) in named:
                found.append(_told(*result))
    return tuple(sorted(found, key=lambda w: (w.year_be, w.plan, w.id)))


def _works(code: str, seen: Look, person: Person | None, today: date) -> tuple[tuple[Look, ProjectResult], ...]:
    try:
        shown = visible(person, code)
    except NotVisible:
        return ()
    public = shown.public or seen.public
    other = look(shown.plan, month=None, today=today, language=seen.language, public=public)
    return tuple((other, result) for result in other.result.projects)


def _told(other: Look, result: ProjectResult) -> OtherYear:
    names, project = Names.of(other), result.project
    band = result.band if result.counts or result.project.level else None
    percent = names.percent(result.figure) if band else ""
    return OtherYear(other.plan.year_be, other.plan.code, project.id, project.title, percent, band)
