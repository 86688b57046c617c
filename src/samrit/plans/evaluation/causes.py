"""The office's list of causes: the product's own (R242, R243) with what the office changed and added laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samrit.plans.evaluation import memory
from samrit.plans.models import CauseWord
from samrit.vocabulary.terms import groups, label

GROUP = "cause"  # of the vocabulary; a field that suggests it is filled from this list


@dataclass(frozen=True, slots=True)
class ListedCause:
    """A cause as the office calls it; one that is closed is offered no more, and what it was given for keeps it."""

    code: str
    title: str
    title_en: str
    is_closed: bool = False
    is_own: bool = False  # not of the product's list

    def word(self, language: str) -> str:
        """Return what people read for it."""
        return (self.title_en if language == "en" else "") or self.title


def cause_list() -> Mapping[str, ListedCause]:
    """Return every cause by its code: those of the product in its order, then the office's own."""
    return memory.read("causes", _read)


def _read() -> Mapping[str, ListedCause]:
    known = {code: ListedCause(code, *_seeded(code)) for code in groups()[GROUP].terms}
    own = {
        row.code: ListedCause(row.code, row.title, row.title_en, row.is_closed, row.code not in known)
        for row in CauseWord.objects.order_by("pk")
    }
    return {**known, **own}


def _seeded(code: str) -> tuple[str, str]:
    return label(code, "th", GROUP), label(code, "en", GROUP)


def cause_word(code: str, language: str) -> str:
    """Return what people read for a cause; one that is not on the list is its own words."""
    found = cause_list().get(code)
    return found.word(language) if found is not None else code


def causes_offered(language: str, also: str = "") -> Mapping[str, str]:
    """Return the causes that may be given now, and ``also`` that which stands, with their words."""
    offered = {c.code: c.word(language) for c in cause_list().values() if not c.is_closed}
    return offered if not also or also in offered else {**offered, also: cause_word(also, language)}
