"""The numbers that Word writes before paragraphs by itself: counted again as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.parts import part_of_kind, relations
from samrit.intake.sources.xml_events import Attributes, parse
from samrit.vocabulary.text import thai_digits

_PLACE = re.compile("%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # signs of symbol fonts: bullets
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_MOST_STYLES_ABOVE = 20


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """A list of the document: the definition that it follows, and where it starts again."""

    definition: str = ""
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    definitions: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, str]] = field(default_factory=dict)  # number, level, based on
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, style: str, number: str | None, level: str | None) -> str:
        """Return what is before a paragraph, "" for one that is in no list; counts one further."""
        if number is None:
            number, styled = self._of_style(style)
            level = level or styled
        found = self.lists.get(number or "")
        levels = self.definitions.get(found.definition, {}) if found else {}
        depth = int(level) if level and level.isdecimal() and len(level) < 3 else 0
        if found is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if number not in self._begun:
            self._begun.add(str(number))
            counts.update({at: start - 1 for at, start in found.starts.items()})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return self._written(levels, counts, depth)

    def _of_style(self, style: str) -> tuple[str | None, str | None]:
        level: str | None = None
        for _ in range(_MOST_STYLES_ABOVE):
            number, own_level, above = self.styles.get(style, (None, None, ""))
            level = level or own_level
            if number is not None:
                return number, level
            style = above
        return None, level

    def _written(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at, _Level())
            return numeral(counts.get(at, level.start), level.kind)

        if levels[depth].kind == "none":
            return ""
        return _PRIVATE.sub("•", _PLACE.sub(one, levels[depth].text)).strip()


def numeral(number: int, kind: str) -> str:
    """Return a list number in the writing that Word calls ``kind``; kinds that no Thai office uses come as 1, 2, 3."""
    return _WRITINGS.get(kind, str)(number)


def _letters(number: int, alphabet: str) -> str:
    """Return ก, ข, … ฮ, กก, ขข, …: after the last letter they are doubled."""
    if number < 1:
        return ""
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * min(times + 1, 10)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    for value, sign in zip(values, "M CM D CD C XC L XL X IX V IV I".split(), strict=True):
        found += sign * (number // value)
        number %= value
    return found


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WRITINGS: dict[str, Callable[[int], str]] = {
    "thaiNumbers": lambda n: thai_digits(str(n)),
    "thaiLetters": lambda n: _letters(n, _THAI_LETTERS),
    "lowerLetter": lambda n: _letters(n, _LATIN),
    "upperLetter": lambda n: _letters(n, _LATIN.upper()),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "decimalZero": lambda n: f"{n:02}",
    "none": lambda n: "",
}


def read_numbering(archive: Archive, main: str, job: Job) -> Numbering:
    """Return the lists of a Word file, with the styles that belong to lists."""
    known = relations(archive, main, job)
    reader = _Reader()
    parse(archive.chunks(part_of_kind(known, "numbering", "word/numbering.xml")), reader, job)
    parse(archive.chunks(part_of_kind(known, "styles", "word/styles.xml")), reader, job)
    return reader.found


class _Reader:
    """Takes the events of numbering.xml and styles.xml."""

    def __init__(self) -> None:
        self.found = Numbering()
        self._definition = ""
        self._list = ""
        self._style = ""
        self._level = 0

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        match name:
            case "w:abstractNum":
                self._definition, self._list = attributes.get("w:abstractNumId", ""), ""
            case "w:num":
                self._list = attributes.get("w:numId", "")
                self.found.lists[self._list] = _List()
            case "w:abstractNumId" if self._list:
                self.found.lists[self._list].definition = value
            case "w:lvl" | "w:lvlOverride":
                self._level = _whole(attributes.get("w:ilvl", "0"), 0)
            case "w:startOverride" if self._list:
                self.found.lists[self._list].starts[self._level] = _whole(value, 1)
            case "w:start" | "w:numFmt" | "w:lvlText" if self._definition and not self._list:
                self._describe(name, value)
            case "w:style":
                self._style = attributes.get("w:styleId", "")
                self.found.styles[self._style] = (None, None, "")
            case "w:basedOn" | "w:numId" | "w:ilvl" if self._style:
                number, level, above = self.found.styles[self._style]
                by_name = {"w:basedOn": (number, level, value), "w:numId": (value, level, above)}
                self.found.styles[self._style] = by_name.get(name, (number, value, above))
            case _:
                return

    def end(self, name: str) -> None:
        if name == "w:style":
            self._style = ""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def _describe(self, name: str, value: str) -> None:
        level = self.found.definitions.setdefault(self._definition, {}).setdefault(self._level, _Level())
        if name == "w:start":
            level.start = _whole(value, 1)
        elif name == "w:numFmt":
            level.kind = value
        else:
            level.text = value


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
