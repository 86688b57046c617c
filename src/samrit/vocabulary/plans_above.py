"""The plans and frameworks above an agency's plan: goals, their names, the years in which they hold (R273–R278).

The facts are data in ``plans_above.toml``; the words for the kinds of plans are the
group ``alignment_kind`` of ``terms.toml``.  A kind that has no edition here, such as a
government's policy or a ministry's plan, is open: its code is what the office calls it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from samrit.vocabulary.terms import groups, label


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a plan above: its code, its names, and the code of the goal above that it mainly serves, if any."""

    code: str
    th: str
    en: str
    serves: str = ""

    def name(self, language: str) -> str:
        """Return the name in "th" or "en"."""
        return self.en if language == "en" else self.th


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan above as it holds from one year (Buddhist era) until another, with its goals by code and its source."""

    kind: str
    level: int  # in the national system; 0 is outside it
    from_be: int
    until_be: int
    th: str
    en: str
    source: str
    goals: Mapping[str, Goal]
    under: str = ""  # the kind that its goals serve
    country: str = "TH"  # whose it is (ISO 3166); "" is everybody's
    needs_funds: bool = False  # only a plan with funds has a use for it

    def name(self, language: str) -> str:
        """Return the name in "th" or "en"."""
        return self.en if language == "en" else self.th

    def goal(self, code: str) -> Goal | None:
        """Return the goal that a code names, by itself or by what is before its detail: "1.3" is of goal 1."""
        text = code.strip()
        return self.goals.get(text) or self.goals.get(text.partition(".")[0].strip())

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the goals themselves, without those of a detail."""
        return tuple(code for code in self.goals if "." not in code)


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, in the order of the file."""
    text = resources.files(__package__).joinpath("plans_above.toml").read_text("utf-8")
    return tuple(
        Edition(**{**entry, "goals": {code: Goal(code, **goal) for code, goal in entry["goals"].items()}})
        for entry in tomllib.loads(text)["edition"]
    )


def edition_of(kind: str, year_be: int) -> Edition | None:
    """Return the edition of a kind that holds in a year, or None: an open kind, or none is known for the year."""
    return next((e for e in editions() if e.kind == kind and e.from_be <= year_be <= e.until_be), None)


def level_of(kind: str) -> int:
    """Return the level of a kind in the national system: 1, 2, else 3; 0 for what is no plan of it (R11)."""
    found = {e.kind: e.level for e in editions()} | {"national_plan": 2, "reform_plan": 2, "counterpart": 0}
    return found.get(kind, 3)


def kinds() -> tuple[str, ...]:
    """Return the kinds of plans that have a word, in the order of the vocabulary."""
    return tuple(groups()["alignment_kind"].terms)


def kind_name(kind: str, language: str) -> str:
    """Return what people read for a kind; its code where the vocabulary has no word for it."""
    return label(kind, language, "alignment_kind") if kind in groups()["alignment_kind"].terms else kind


def goal_name(kind: str, code: str, year_be: int, language: str) -> str:
    """Return the name of the goal that a link names; "" for a code that no edition of the year has."""
    edition = edition_of(kind, year_be)
    goal = edition.goal(code) if edition else None
    return goal.name(language) if goal else ""


def goals_offered(
    year_be: int, language: str, *, country: str = "TH", has_funds: bool = True
) -> tuple[tuple[str, str], ...]:
    """Return every goal that holds in a year as its code and "kind: name", to choose from.

    Another country's plan is offered what is everybody's, and a plan without funds nothing about them.
    """
    return tuple(
        (goal.code, f"{kind_name(edition.kind, language)}: {goal.name(language)}")
        for edition in editions()
        if edition.from_be <= year_be <= edition.until_be
        and edition.country in ("", country or "TH")
        and (has_funds or not edition.needs_funds)
        for goal in edition.goals.values()
    )


def goal_code(kind: str, code: str, year_be: int) -> str:
    """Return the code of the goal without the link's detail: "1.3" → "1"; an open kind's code is as it is written."""
    edition = edition_of(kind, year_be)
    head = code.strip().partition(".")[0].strip()
    return head if edition and head in edition.goals else code.strip()
