"""Whom an entry means: those of before version 0.10 called people by name, and are read as later ones, by number.

Only what is read is another: the entries themselves stay as they were hashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samrit.plans.models import HistoryEntry, Person, ReminderSent
from samrit.plans.records.snapshots import Kept, mark_of


class People:
    """Everybody there is, by the name that older entries know them by."""

    def __init__(self) -> None:
        rows = Person.objects.order_by("pk").values_list("username", "pk", "seal")
        self.by_name = {name: (pk, seal) for name, pk, seal in rows}

    def numbered(self, kept: Kept, state: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the state of a row with people by number and their names as marks; one that is so already stays."""
        name = self._named(kept, state)
        if name not in self.by_name:
            return state
        number, seal = self.by_name[name]
        given = {link: number for link in ("person", "user") if link in state}
        if kept.model is Person:
            given = {"id": number}
        return {**state, **given, **{field: mark_of(seal, state[field]) for field in kept.marked if field in state}}

    @staticmethod
    def _named(kept: Kept, state: Mapping[str, Any]) -> str | None:
        """Return the name by which an older entry calls a person, None in a later one."""
        if kept.model is Person:
            return None if "id" in state else state.get("username")
        named = state.get("person", state.get("user"))
        return named if isinstance(named, str) else None


def addresses_of(person: Person) -> tuple[str, ...]:
    """Return every address that letters of the plans went to and that is, or once was, the person's.

    The history has only marks of what an address was; they say of each that is kept elsewhere whether it is meant.
    """
    entries = HistoryEntry.objects.filter(record__in=(person.reference, person.username), action__startswith="person.")
    known = {state.get("email") for entry in entries for state in (entry.old, entry.new)} | {person.email}
    used = ReminderSent.objects.values_list("address", flat=True).distinct()
    return tuple(one for one in used if one and ({one, mark_of(person.seal, one)} & known))
