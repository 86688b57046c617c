"""The library of indicators for the person who asks: those of a draft and of every plan that they see from within."""

from __future__ import annotations

from samrit.plans.drafting.document import standing
from samrit.plans.drafting.library.uses import LibraryEntry, Use, library, uses_of_draft, uses_of_version
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person, PlanDraft
from samrit.plans.selectors.office.visible import visible_plans

MOST_NAMES = 500  # that are suggested while one types


def library_for(person: Person, draft: PlanDraft) -> tuple[LibraryEntry, ...]:
    """Return every indicator that is used in the draft or in a plan, once with all its uses."""
    found: list[Use] = list(uses_of_draft(standing(draft)))
    for seen in visible_plans(person):
        if not seen.public:
            found += uses_of_version(seen.plan.code, version_in_force(seen.plan, 12))
    return library(found)


def names_known(entries: tuple[LibraryEntry, ...]) -> tuple[str, ...]:
    """Return the names of indicators to suggest while one types."""
    return tuple(dict.fromkeys(entry.name for entry in entries if entry.name))[:MOST_NAMES]
