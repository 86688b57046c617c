"""Recognising headings and labels by their words, whatever their spacing and small recognition errors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import cast

from rapidfuzz.distance import Indel

from samrit.intake.cleaning import cleaned
from samrit.vocabulary.findings import Finding, Place

_DROPPED = re.compile(r"[\s.·:()/\-–—,\"“”*]+")
_SHORTEST_FUZZY = 5  # letters below which a word must be spelt right
_LONGER_FORMS = ("column", "side")
_LISTED = {
    "name",
    "number",
    "fund",
    "strategy",
    "tactic",
    "programme",
    "goal",
    "kind",
}  # in one column, one below another
_BRACKETS = re.compile(r"[(\[/|]([^()\[\]/|]+)[)\]]?")
_LARGEST = 1024 * 1024  # bytes of an office's own words
SURE = 0.82  # how much of a longer word must agree
Book = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Match:
    """A recognised word: its code and how well it fits, 0..1."""

    code: str
    score: float


def key(text: str) -> str:
    """Return what two spellings of one heading share: cleaned, without spaces, signs and case."""
    return _DROPPED.sub("", cleaned(text)).casefold()


@cache
def _shipped() -> Book:
    return tomllib.loads(resources.files("samrit.intake").joinpath("headings.toml").read_text("utf-8"))


def pattern(code: str) -> str:
    """Return the regular expression that ``headings.toml`` gives for what many words may say."""
    return "(?:" + "|".join(_shipped()["pattern"][code]) + ")"


def read_words(path: Path) -> Book | Finding:
    """Return an office's own words out of a file of TOML, or what is wrong with the file and where."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            return _not_read(path, f"> {_LARGEST // 1024} kB")
        book: object = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        return _not_read(path, error.strerror or type(error).__name__)
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, numbers of thousands of digits
        return _not_read(path, str(error)[:120])
    for group, codes in book.items() if isinstance(book, dict) else ():
        for code, words in codes.items() if isinstance(codes, dict) else [("", codes)]:
            if not code or not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                return _not_read(path, f'[{group}] {code}: ["…", "…"]')
    return cast("Book", book)


def _not_read(path: Path, reason: str) -> Finding:
    return Finding("intake_headings_not_read", Place(path.name), {"reason": reason})


class Headings:
    """The shipped words, with an office's own words added (``read_words``)."""

    def __init__(self, own: Book | None = None) -> None:
        added = own or {}
        self._keys: dict[str, dict[str, tuple[str, ...]]] = {
            group: {
                code: tuple(dict.fromkeys(key(w) for w in (*words, *added.get(group, {}).get(code, ()))))
                for code, words in codes.items()
            }
            for group, codes in _shipped().items()
        }
        qualifiers = sorted(self._keys["qualifier"]["words"], key=len, reverse=True)
        self._qualifiers = re.compile("(?:" + "|".join(map(re.escape, qualifiers)) + "|[0-9])+")
        self.find = lru_cache(maxsize=16384)(self._find)
        self.begins = lru_cache(maxsize=16384)(self._begins)

    def words(self, group: str, code: str) -> tuple[str, ...]:
        """Return the keys of a code's spellings."""
        return self._keys[group][code]

    def _find(self, group: str, text: str) -> Match | None:
        """Return the code of ``group`` that the whole of ``text`` names best, or None."""
        wanted = key(text)
        if not wanted or len(wanted) > 60:
            return None
        best = self._best(group, wanted)
        if best is None and group in _LONGER_FORMS:
            best = self._longer(group, text)
        return best

    def _best(self, group: str, wanted: str) -> Match | None:
        best = max(
            (Match(code, _likeness(wanted, word)) for code, words in self._keys[group].items() for word in words),
            key=lambda m: m.score,
        )
        return best if best.score >= SURE else None

    def _longer(self, group: str, text: str) -> Match | None:
        """Return what a heading in a longer form names: words that only qualify, another language in brackets."""
        if group == "column" and self._is_listed(text):
            return Match("name", SURE)
        for part in _parts(text):
            if (found := self._best(group, key(part))) is not None:
                return Match(found.code, SURE)
        wanted = key(text)
        words = ((word, code) for code, words in self._keys[group].items() for word in words)
        for word, code in sorted(words, key=lambda w: -len(w[0])):
            if len(word) >= _SHORTEST_FUZZY and wanted.startswith(word) and self._only_qualifies(wanted[len(word) :]):
                return Match(code, SURE)
        return None

    def _is_listed(self, text: str) -> bool:
        """Say whether a heading lists what is below each other, works among it: "ยุทธศาสตร์/แผนงาน/โครงการ"."""
        parts = [key(part) for part in cleaned(text).split("/")]
        if len(parts) < 2 or not all(parts):
            return False
        found = [self._best("heading", part) or self._best("column", part) for part in parts]
        codes = {match.code for match in found if match}
        return None not in found and "name" in codes and codes <= _LISTED

    def _only_qualifies(self, rest: str) -> bool:
        """Say whether what follows a known heading says nothing else: "ของโครงการ", "ที่ได้รับจัดสรร (บาท)", a year."""
        return bool(self._qualifiers.fullmatch(rest))

    def _begins(self, group: str, text: str) -> tuple[str, str] | None:
        """Return the code whose word ``text`` begins with and the rest of the text, the longest word first."""
        clean = cleaned(text)
        choices = sorted(
            ((word, code) for code, words in self._keys[group].items() for word in words), key=lambda c: -len(c[0])
        )
        for word, code in choices:
            rest = _after(clean, word)
            if rest is not None:
                return code, rest
        return None


def _likeness(wanted: str, word: str) -> float:
    if wanted == word:
        return 1.0
    if min(len(wanted), len(word)) < _SHORTEST_FUZZY:
        return 0.0
    return float(Indel.normalized_similarity(wanted, word, score_cutoff=SURE))


def _after(text: str, word: str) -> str | None:
    """Return what follows ``word`` (a key) at the start of ``text``, or None; a few wrong letters are forgiven."""
    at, read = 0, ""
    while at < len(text) and len(read) < len(word):
        read += _DROPPED.sub("", text[at]).casefold()
        at += 1
    if read == word:
        return text[at:].lstrip(" .:")
    if len(word) >= 2 * _SHORTEST_FUZZY - 2 and _likeness(read, word) >= 0.87:
        return text[at:].lstrip(" .:")
    return None


def _parts(text: str) -> list[str]:
    """Return a text without its brackets, and what is in them or behind a stroke: "ลำดับ (No.)" → ลำดับ, No."""
    inner = _BRACKETS.findall(cleaned(text))
    return [part.strip() for part in (_BRACKETS.sub(" ", cleaned(text)), *inner) if part.strip()] if inner else []
