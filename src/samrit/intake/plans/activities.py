"""Activities below a project in a plan table: they are its steps, and their money is a part of its own (R43, R123)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.intake.headings import pattern
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.money import read_money
from samrit.intake.tables.numbering import Label

_NUMBERED = r"(?:\(?[0-9]{1,3}(?:\.[0-9]{1,3})*\s*[.)]?\s*)"
_ACTIVITY = re.compile(rf"(?:{_NUMBERED}|[-•–*]\s*)?{pattern('activity')}", re.IGNORECASE)
_STEP = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}\.?\s*(?=[^\s0-9.])")  # "1.2 กิจกรรม…" under work 1
_NUMBER = re.compile(_NUMBERED)
_BELOW = "nested"  # form of the numbers 1.1, 1.2 of what is below work 1


@dataclass(frozen=True, slots=True)
class PartMoney:
    """The money of an activity with its unit as printed, and where both are in their row, for the ledger."""

    unit: str
    budget: str
    used: set[int]
    places: frozenset[int]


@dataclass(slots=True)
class Activities:
    """What is below the works of a group: names of activities, and their money."""

    names: list[str] = field(default_factory=list)
    parts: list[PartMoney] = field(default_factory=list)
    are_all: bool = False  # the rows of one title have each their own money: the first row's is not the whole
    marks: set[int] = field(default_factory=set)  # months or quarters that are ticked for any of them

    def settle(self, work: WorkDraft) -> None:
        """Give a work the money of its activities: shares that make its own, or the amounts that it is made of.

        Where they do neither nothing is taken, and the ledger lists them.
        """
        own = read_money(work.budget).amount
        amounts = [read_money(part.budget).amount for part in self.parts]
        known = [amount for amount in amounts if amount is not None]
        if not self.parts or len(known) < len(amounts):
            return
        if own is not None and sum(known, Decimal()) == own:
            work.shares.extend((part.unit, part.budget) for part in self.parts if part.unit)
            self._taken()
        elif self.are_all:
            work.shares.extend(("", part.budget) for part in self.parts)
            names = dict.fromkeys([*work.unit.split("/"), *(part.unit for part in self.parts)])
            work.unit = "/".join(name for name in names if name)
            self._taken()

    def _taken(self) -> None:
        for part in self.parts:
            part.used.update(part.places)


def names_activities(heading: str) -> bool:
    """Say whether a heading of names is that of activities alone."""
    return bool(_ACTIVITY.match(heading)) and "/" not in heading


def is_activity(texts: Mapping[str, str], label: Label | None, before: tuple[WorkDraft, Label | None] | None) -> bool:
    """Say whether a row names an activity of the work ``before`` it, whose number is the label beside it.

    It has no number of its own where the work has one, or one below the work's, and its name says so; a table in
    which activities are the works is none of these.
    """
    name = texts.get("name", "")
    if not name or before is None:
        return False
    work, above = before
    if _ACTIVITY.match(work.title) or "intake_number_missing" in work.doubts:
        return False
    if label is not None:
        return label.form == _BELOW and above is not None and label.order[:-1] == above.order
    own = _NUMBER.match(name)
    below = not work.label and own is not None and own[0].startswith(f"{work.number}.") and bool(_STEP.match(name))
    return bool(_ACTIVITY.match(name)) and (above is not None or own is None or below)


def is_step(name: str) -> bool:
    """Say whether a name that begins no work is a step of the one above ("1.2 …") and not the rest of its title."""
    return bool(_STEP.match(name))
