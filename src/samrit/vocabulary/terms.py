"""The words of the field: one English code for each thing, and what people read for it (style.md §2).

The words are data in ``terms.toml``.  Codes are grouped, since "ratio" names a way to
add up months as well as a way to compute a percent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib import resources

from samrit.vocabulary.speech import Speech, speech
from samrit.vocabulary.text import search_key


@dataclass(frozen=True, slots=True)
class Term:
    """A word: its code, its labels, and other spellings (``also``) under which it is recognised."""

    group: str
    code: str
    th: str
    en: str
    note: str = ""
    rule: str = ""
    also: tuple[str, ...] = ()

    def labels(self) -> tuple[tuple[str, str], ...]:
        """Return what people read for it, each with its language."""
        return (self.th, "th"), (self.en, "en")


@dataclass(frozen=True, slots=True)
class TermGroup:
    """A set of words that are chosen from together, such as the kinds of work."""

    code: str
    th: str
    en: str
    terms: Mapping[str, Term]


@cache
def groups() -> Mapping[str, TermGroup]:
    """Return every group of words by its code, in the order of ``terms.toml``."""
    text = resources.files(__package__).joinpath("terms.toml").read_text("utf-8")
    return {code: _group(code, entry) for code, entry in tomllib.loads(text).items()}


def _group(code: str, entry: Mapping[str, Mapping[str, Mapping[str, object]]]) -> TermGroup:
    words = {
        name: Term(code, name, also=tuple(word.get("also", ())), **{k: v for k, v in word.items() if k != "also"})  # type: ignore[arg-type]
        for name, word in entry["terms"].items()
    }
    return TermGroup(code, str(entry["title"]["th"]), str(entry["title"]["en"]), words)


def term(code: str | Enum, group: str = "") -> Term:
    """Return the word with that code.

    Without ``group`` a member of an enumeration is looked up in the group named like
    its class (``Formula.RATIO`` in "formula"), any other code in the first group that has it.
    Raises KeyError for a code that is not a word: a fault of the program, not of data.
    """
    if not group and isinstance(code, Enum):
        named = re.sub(r"(?<!^)(?=[A-Z])", "_", type(code).__name__).lower()
        group = named if named in groups() else ""
    keys = (str(code.value), code.name.lower()) if isinstance(code, Enum) else (code,)
    for candidate in [groups()[group]] if group else groups().values():
        for key in keys:
            if key in candidate.terms:
                return candidate.terms[key]
    raise KeyError(f"{keys[0]!r} is not a word{f' of {group!r}' if group else ''}")


def label(code: str | Enum, language: str = "th", group: str = "") -> str:
    """Return what people read for ``code`` in "th" or "en"; see :func:`term` for how it is found."""
    word = term(code, group)
    text = word.en if language == "en" else word.th
    return text if word.group == "era" else speech().says(text, language)


def code_of(text: str, group: str = "") -> str | None:
    """Return the code that ``text`` names, or None.

    Thai and English labels, other known spellings and the code itself are understood, within a group also the plan's
    own words for them (:func:`label` writes those); case, spaces, invisible characters and the spelling of sara am do
    not matter.
    """
    key = search_key(text)
    for name, spellings in _spellings().items():
        if (not group or name == group) and key in spellings:
            return spellings[key]
    return _own_spellings(group, speech()).get(key) if group else None


@lru_cache(256)
def _own_spellings(group: str, words: Speech) -> Mapping[str, str]:
    """Return the codes of a group by what the plan in hand calls them."""
    terms = groups()[group].terms.values() if group in groups() else ()
    texts = ((words.says(text, language), word.code) for word in terms for text, language in word.labels())
    return {search_key(text): code for text, code in texts}


@cache
def _spellings() -> Mapping[str, Mapping[str, str]]:
    return {name: _spellings_of(group) for name, group in groups().items()}


def _spellings_of(group: TermGroup) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in group.terms.values():
        for spelling in (word.code, word.code.replace("_", " "), word.th, word.en, *word.also):
            found.setdefault(search_key(spelling), word.code)
    return found


_EVERYONE = "everyone"


@lru_cache(2048)
def is_everyone(name: str) -> bool:
    """Say whether ``name`` means every unit of an office, in either language: no register has to have it (R89)."""
    return bool(name) and code_of(name, _EVERYONE) is not None


def everyone(language: str = "th") -> str:
    """Return what people read for every unit; in Thai it is also what a plan keeps."""
    return label(_EVERYONE, language, _EVERYONE)
