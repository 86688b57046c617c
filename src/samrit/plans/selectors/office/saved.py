"""A person's saved filters of a page."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.models import Person, SavedView


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved filter."""

    id: int
    name: str
    query: str


def saved_views(person: Person | None, page: str) -> tuple[Saved, ...]:
    """Return the person's saved filters of a page, by name; nobody's are none."""
    if person is None:
        return ()
    rows = SavedView.objects.filter(person=person, page=page).values_list("pk", "name", "query")
    return tuple(Saved(*row) for row in rows)
