"""A derivation: a tree of steps, each with its rule, its arithmetic, its exact and its shown value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.engine.arithmetic import quantised, settle
from samrit.engine.model import Source
from samrit.vocabulary.periods import period_name
from samrit.vocabulary.reasons import derivations
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label
from samrit.vocabulary.text import filled

_PLACES_IN_ARITHMETIC = 6


@dataclass(frozen=True, slots=True)
class Month:
    """A period of a plan, named as a month once the reader's language is known."""

    year_be: int
    calendar: str
    period: int

    def name(self, language: str) -> str:
        """Return the month and year: "ส.ค. 2568"; the plan's start where the period is 0."""
        return period_name(self.year_be, self.calendar, self.period, language, short=True) if self.period else "–"

    def moved_to(self, period: int) -> Month:
        """Return another period, counted on from this plan's year: 0 is the last month of the year before."""
        years, months = divmod(period - 1, 12)
        return Month(self.year_be + years, self.calendar, months + 1)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step: ``code`` names its sentence, ``params`` fill it, ``children`` are what it was made from.

    ``value`` is exact (at most 30 places), ``shown`` is what is printed.  A parameter
    that is a pair ``(code, group)`` is a word of the vocabulary, put into the reader's
    language, as is a :class:`Month`.
    """

    code: str
    record: str
    rule: str = ""
    value: Decimal | None = None
    shown: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    source: Source = Source()
    children: tuple[Derivation, ...] = ()

    def sentence(self, language: str = "th") -> str:
        """Return the step in words, in Thai ("th") or English ("en")."""
        thai, english = derivations()[self.code]
        text = speech().says(english if language == "en" else thai, language)
        params = {name: _in_words(value, language) for name, value in self.params.items()}
        return filled(text, {**params, "shown": self.shown})

    def walk(self) -> Iterator[Derivation]:
        """Yield this step and all below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()


def number(value: Decimal) -> str:
    """Return a figure for use in arithmetic: exact up to six places, else its first six and "…"."""
    settled = settle(value)
    text = f"{settled:,f}"
    whole, _, places = text.partition(".")
    return text if len(places) <= _PLACES_IN_ARITHMETIC else f"{whole}.{places[:_PLACES_IN_ARITHMETIC]}…"


def same(left: Decimal, right: Decimal) -> bool:
    """Say whether two figures are equal once settled."""
    return quantised(left) == quantised(right)


def render(derivation: Derivation, language: str = "th") -> str:
    """Return the whole derivation as indented lines, each with its rule and its source place."""
    return "\n".join(_lines(derivation, language, 0))


def as_data(derivation: Derivation) -> dict[str, object]:
    """Return the derivation as plain data for JSON: exact figures as text, both languages."""
    source = derivation.source
    return {
        "code": derivation.code,
        "record": derivation.record,
        "rule": derivation.rule,
        "value": None if derivation.value is None else f"{settle(derivation.value):f}",
        "shown": derivation.shown,
        "th": derivation.sentence("th"),
        "en": derivation.sentence("en"),
        "source": {"document": source.document, "page": source.page, "line": source.line, "cell": source.cell},
        "children": [as_data(child) for child in derivation.children],
    }


def _lines(derivation: Derivation, language: str, depth: int) -> Iterator[str]:
    notes = [f"[{derivation.rule}]"] if derivation.rule else []
    if place := _place(derivation.source, language):
        notes.append(f"({place})")
    yield "  " * depth + " ".join([derivation.sentence(language), *notes])
    for child in derivation.children:
        yield from _lines(child, language, depth + 1)


def _place(source: Source, language: str) -> str:
    words = ("page", "line") if language == "en" else ("หน้า", "บรรทัด")
    parts = [source.document]
    parts += [f"{words[0]} {source.page}"] if source.page is not None else []
    parts += [f"{words[1]} {source.line}"] if source.line is not None else []
    parts.append(source.cell)
    return ", ".join(part for part in parts if part)


def _in_words(value: object, language: str) -> object:
    if isinstance(value, Month):
        return value.name(language)
    if isinstance(value, tuple):
        code, group = value
        return label(code, language, group)
    return value
