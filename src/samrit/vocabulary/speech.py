"""How a plan speaks: its era, its money, what it calls the levels of its tree, whether it has funds.

The product's own sentences are written for a plan in the Buddhist era and in baht, with strategies, tactics and
works.  A plan that says otherwise is spoken of in its own words: :func:`speaking` lays its :class:`Speech` over
everything that is written while it lasts, as a language is, and whoever writes a year, an amount or a sentence asks
:func:`speech`.  What people typed is never changed.  A plan that says nothing has the plain ``Speech()``, under which
every sentence is what the catalogues hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

OFFSET = 543  # by which a Buddhist year is ahead of the Common Era
ERAS = ("be", "ce")


@dataclass(frozen=True, slots=True)
class Currency:
    """Money: its ISO code, its decimals, what people call it, and the signs that are beside typed amounts."""

    code: str
    places: int
    th: str
    en: str
    signs: tuple[str, ...] = ()

    def name(self, language: str = "th") -> str:
        """Return what people call it."""
        return self.en if language == "en" else self.th


@cache
def currencies() -> Mapping[str, Currency]:
    """Return the known currencies by their code."""
    text = resources.files(__package__).joinpath("currencies.toml").read_text("utf-8")
    return {
        code: Currency(code, entry["places"], entry["th"], entry["en"], tuple(entry["signs"]))
        for code, entry in tomllib.loads(text).items()
    }


def currency(code: str = "", places: int | None = None, th: str = "", en: str = "") -> Currency:
    """Return the currency of an ISO code, baht for "", with a plan's own decimals and names over it.

    A code that is not known is its own name, with two decimals.
    """
    key = code.strip().upper() or "THB"
    known = currencies().get(key, Currency(key, 2, key, key))
    return Currency(key, known.places if places is None else places, th or known.th, en or known.en, known.signs)


def _lowered(text: str) -> str:
    """Return words as they are within a sentence: in small letters, abbreviations such as "KPIs" as they are."""
    return " ".join(w if sum(map(str.isupper, w)) > 1 else w.lower() for w in text.split())


@dataclass(frozen=True, slots=True)
class LevelName:
    """What a plan calls one level of its tree: in Thai, and in English one and several."""

    th: str = ""
    en: str = ""

    @property
    def one(self) -> str:
        """The English word for one: of "Outcome/Outcomes" the first."""
        return _lowered(self.en.partition("/")[0])

    @property
    def several(self) -> str:
        """The English word for several: what is typed after "/", else made by the rule of the language."""
        typed = _lowered(self.en.partition("/")[2])
        if typed or not self.one:
            return typed
        if re.search(r"[^aeiou]y$", self.one):
            return f"{self.one[:-1]}ies"
        return f"{self.one}es" if re.search(r"(s|x|ch|sh)$", self.one) else f"{self.one}s"


@dataclass(frozen=True, slots=True)
class Speech:
    """A plan's own words; the default is a plan that says nothing of them."""

    era: str = "be"
    money: Currency = field(default_factory=currency)
    strategy: LevelName = LevelName()
    tactic: LevelName = LevelName()
    project: LevelName = LevelName()
    has_funds: bool = True
    country: str = "TH"  # whose holidays count
    language: str = ""  # "th" or "en" of a plan that has one only
    months: int = 1  # that lie between two of its reports: 1, 3, 6 or 12
    planner: LevelName = LevelName()  # who looks after the plan
    first_month: int | None = field(default=None, compare=False)  # in which its year starts; a name, and no word

    def year(self, year_be: int) -> int:
        """Return the number of a Buddhist year in the plan's era."""
        return year_be - OFFSET if self.era == "ce" else year_be

    def year_text(self, year_be: int, language: str = "th") -> str:
        """Return a Buddhist year as written: "2568", in English "B.E. 2568"; "2025" in the Common Era."""
        return f"{self.era_mark(language)}{self.year(year_be)}"

    def era_mark(self, language: str = "th", *, always: bool = False) -> str:
        """Return what is before a year: "B.E. " in English, and in Thai where ``always`` names the era."""
        if language == "en":
            return "" if self.era == "ce" else "B.E. "
        return ("ค.ศ. " if self.era == "ce" else "พ.ศ. ") if always else ""

    def says(self, text: str, language: str = "th") -> str:
        """Return one of the product's own sentences, its fields unfilled, in the plan's words."""
        return text if self == PLAIN else _said(self, text, "en" if language == "en" else "th")


PLAIN = Speech()
_speech: ContextVar[Speech] = ContextVar("speech", default=PLAIN)


def speech() -> Speech:
    """Return how the plan in hand speaks."""
    return _speech.get()


def speak(words: Speech) -> None:
    """Write in a plan's words from here on, until the :func:`speaking` around it ends."""
    _speech.set(words)


@contextmanager
def speaking(words: Speech) -> Iterator[None]:
    """Write in a plan's words while this lasts."""
    before = _speech.set(words)
    try:
        yield
    finally:
        _speech.reset(before)


_YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)")


@cache
def _about_funds() -> Mapping[str, list[str]]:
    """Return what sentences say of funds in passing; a plan without any is told nothing of them."""
    return tomllib.loads(resources.files(__package__).joinpath("without_funds.toml").read_text("utf-8"))


@cache
def _said(words: Speech, text: str, language: str) -> str:
    for phrase in () if words.has_funds else _about_funds()[language]:
        text = text.replace(phrase, "")
    for pattern, own in _changes(words, language):
        text = pattern.sub(lambda found, own=own: _as_found(found, own), text)  # type: ignore[misc]
    # The years of examples: what a person is shown to type is typed in the plan's era.
    return _YEAR.sub(lambda found: str(words.year(int(found[0]))), text) if words.era == "ce" else text


def _as_found(found: re.Match[str], own: str) -> str:
    """Return a plan's own word in the place of the product's, with its capital and with the right article before it."""
    groups = found.groupdict()
    article, word = groups.get("article") or "", groups["word"]
    if article:
        article = f"{article[0]}{'n' if own[:1] in 'aeiou' else ''} "
    return article + (own[:1].upper() + own[1:] if word[:1].isupper() else own)


@cache
def _changes(words: Speech, language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what is changed in a sentence of the product; the names of its fields are left alone."""
    if language == "en":
        article = r"(?P<article>\b[Aa]n? )?"
        return tuple(
            (re.compile(rf"(?<!\{{){article}(?<!\{{)\b(?P<word>(?i:{pattern}))(?!\w)"), own)
            for pattern, own in _english(words)
        )
    return tuple((re.compile(f"(?P<word>{pattern})"), own) for pattern, own in _thai(words))


@cache
def _otherwise() -> Mapping[str, Mapping[str, list[tuple[str, str]]]]:
    """Return patterns with the words in their place, by what a plan has and by language."""
    return tomllib.loads(resources.files(__package__).joinpath("said_otherwise.toml").read_text("utf-8"))


def _of_kind(words: Speech, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is said otherwise in the Common Era, and by a plan that reports by quarters, half-years or years."""
    for kind, holds in (("ce", words.era == "ce"), ("months", words.months > 1)):
        if holds:
            yield from ((pattern, own) for pattern, own in _otherwise()[kind][language])


def _thai(words: Speech) -> Iterator[tuple[str, str]]:
    yield r"(?<!บท)บาท", words.money.th
    yield from _of_kind(words, "th")
    for level, pattern in (
        (words.strategy, r"ยุทธศาสตร์(?!ชาติ)"),
        (words.tactic, "กลยุทธ์"),
        (words.project, r"แผนงาน/โครงการ/กิจกรรม|งาน/โครงการ|งาน-โครงการ|โครงการ|(?<=\} )งาน(?![ก-๛/])"),
        (words.planner, "กองแผน"),
    ):
        if level.th:
            yield pattern, level.th


def _english(words: Speech) -> Iterator[tuple[str, str]]:
    yield "baht", words.money.en
    yield from _of_kind(words, "en")
    for level, one, several in (
        (words.strategy, "(?<!national )strategy", "(?<!national )strategies"),
        (words.tactic, "tactic", "tactics"),
        (
            words.project,
            (
                "work, project or activity|(?:work|activity) (?:and|or) project"
                "|(?<!in )(?<!not )(?<!at )(?<!to )work|project"
            ),
            r"works, projects and activities|(?:works|activities) (?:and|or) projects|works|projects(?!\.csv)",
        ),
        (words.planner, "planning division", "planning divisions"),
    ):
        if level.one:
            yield several, level.several
            yield one, level.one
