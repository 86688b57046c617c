"""Indicator cards: label/value tables with a definition, a method and targets for several years (R61, R285, R300)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from samrit.engine.model import Source
from samrit.intake.claims import Claims
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings, Match
from samrit.intake.tables.lattice import Line, lay_out
from samrit.vocabulary.periods import parse_year

_CODE = re.compile(r"^([0-9]{1,3})\.([0-9]{1,2})\s*\.?\s+(?=\D)(.*)$", re.DOTALL)
_WORK = re.compile(r"^([0-9]{1,3})\.\s+(.+)$", re.DOTALL)
_LEVEL = re.compile(r"ระดับ(?:ที่)?\s*([0-9]{1,2})\s*[.:=]?\s*")
_TAGS = re.compile(r"<[^<>]{1,40}>")
_LABELS = {
    "indicator", "definition", "method", "unit_of_measure", "targets", "unit", "frequency", "reporting_frequency",
    "remark",
}  # fmt: skip
_FEWEST_LABELS = 4
_FEWEST_YEARS = 2


@dataclass(slots=True)
class Card:
    """An indicator card as printed; ``work`` and ``indicator`` are its numbers, ``targets`` by Buddhist year."""

    work: int
    indicator: int
    name: str = ""
    work_title: str = ""
    definition: str = ""
    method: str = ""
    unit_of_measure: str = ""
    frequency: str = ""
    reporting_frequency: str = ""
    evaluating_unit: str = ""
    supporting_unit: str = ""
    remark: str = ""
    targets: dict[int, tuple[str, Source]] = field(default_factory=dict)
    levels: tuple[tuple[int, str], ...] = ()
    source: Source = Source()
    lines: tuple[int, ...] = ()


class CardReader:
    """Collects the indicator cards of documents."""

    def __init__(self, words: Headings, claims: Claims | None = None) -> None:
        self._words = words
        self._claims = claims or Claims()
        self.cards: list[Card] = []
        self._heading: tuple[int, str] = (0, "")

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order; a numbered line above a card names its work."""
        for grid in grids:
            if not grid.is_table:
                for row in grid.rows:
                    if row and (match := _WORK.match(cleaned(row[0].text))):
                        self._heading = int(match[1]), match[2]
                continue
            lines = lay_out(grid)
            if is_card(lines, self._words):
                self._card(grid, lines)

    def _label(self, line: Line) -> Match | None:
        return self._words.find("card", line[0].text) if line and line[0].text else None

    def _card(self, grid: Grid, lines: list[Line]) -> None:
        card = Card(*self._numbers_by_order(), work_title=self._heading[1])
        self._claims.read(grid)
        self._coded(card, lines)
        card.source = grid.source(grid.rows[0][0])
        card.lines = tuple(n for row in grid.rows if row and (n := row[0].line) is not None)
        years: dict[int, int] = {}
        awaiting_units = False
        for line in lines:
            label = self._label(line)
            values = [slot.text for slot in line[1:] if slot.text]
            if label and label.code == "unit":
                awaiting_units = True
                self._units(card, line, lines)
                continue
            if (found := _years(line)) and len(found) >= _FEWEST_YEARS:
                years = found
                self._claims.take(*(line[at].cell for at in found))
                continue
            if years and not (label and label.code != "targets"):
                self._targets(card, grid, line, years)
                years = {}
                continue
            if label:
                awaiting_units = False
                if self._value(card, label.code, values):
                    self._claims.take(*(slot.cell for slot in line))
            elif card.definition and not card.method and not awaiting_units and values:
                card.definition += "\n" + " ".join(slot.text for slot in line if slot.text)
                self._claims.take(*(slot.cell for slot in line))
        card.levels = levels_of(card.method)
        self.cards.append(card)

    def _numbers_by_order(self) -> tuple[int, int]:
        """Return the work's number from the heading, and the next number of an indicator under it."""
        work = self._heading[0]
        return work, 1 + max((c.indicator for c in self.cards if c.work == work), default=0)

    def _coded(self, card: Card, lines: list[Line]) -> None:
        """Take the code "12.2" and the name wherever in the first rows they stand."""
        for line in lines[:4]:
            for slot in line:
                if match := _CODE.match(slot.text):
                    self._claims.take(slot.cell)
                    card.work, card.indicator = int(match[1]), int(match[2])
                    label = self._label(line)
                    card.name = "" if label and label.code == "definition" else match[3].strip()
                    return
        for line in lines[:3]:
            label = self._label(line)
            values = [slot.text for slot in line[1:] if slot.text and not self._words.find("card", slot.text)]
            if label and label.code == "indicator" and values:
                card.name = values[0]
                self._claims.take(*(slot.cell for slot in line if slot.text == values[0]))

    def _value(self, card: Card, code: str, values: list[str]) -> bool:
        """Take the value beside a label, and say whether it was taken: the first of several stands."""
        text = _TAGS.sub(" ", " ".join(v for v in values if not self._is_span(v))).strip()
        if code in ("definition", "method", "unit_of_measure", "frequency", "reporting_frequency", "remark") and text:
            if code == "definition" and (match := _CODE.match(text)):
                text = match[3].strip()
            if not getattr(card, code):
                setattr(card, code, "" if text in ("-", "–") else text)
                return True
        return False

    def _is_span(self, text: str) -> bool:
        match = self._words.find("card", text)
        return match is not None and match.code in ("span", "header")

    def _units(self, card: Card, line: Line, lines: list[Line]) -> None:
        """Take evaluating and supporting unit: in the row below their labels, or beside a single label."""
        places = {
            m.code: at
            for at, slot in enumerate(line)
            if at and slot.text and (m := self._words.find("card", slot.text))
        }
        following = lines[lines.index(line) + 1] if lines.index(line) + 1 < len(lines) else ()
        if not places:
            beside = next((slot for slot in line[1:] if slot.text), None)
            card.evaluating_unit = beside.text if beside is not None else ""
            self._claims.take(beside.cell if beside is not None else None)
            return
        for code, at in places.items():
            below = following[at].text if at < len(following) else ""
            if code in ("evaluating_unit", "supporting_unit") and below not in ("-", "–"):
                setattr(card, code, below)
                self._claims.take(following[at].cell if at < len(following) else None)

    def _targets(self, card: Card, grid: Grid, line: Line, years: dict[int, int]) -> None:
        for at, year in years.items():
            if at < len(line) and line[at].cell is not None:
                cell = line[at].cell
                assert cell is not None  # noqa: S101
                card.targets[year] = (line[at].text, grid.source(cell))
                self._claims.take(cell)


def is_card(lines: list[Line], words: Headings) -> bool:
    """Say whether a table is an indicator card: enough of its rows begin with the labels of one."""
    codes = {m.code for line in lines if line and line[0].text and (m := words.find("card", line[0].text))}
    return len(codes & _LABELS) >= _FEWEST_LABELS


def _years(line: Line) -> dict[int, int]:
    """Return position → Buddhist year where cells of a row are years and nothing else."""
    found = {}
    for at, slot in enumerate(line):
        if slot.text and len(slot.text) <= 12 and re.search("[0-9]{4}", slot.text):
            year = parse_year(slot.text)
            if year.year_be is not None:
                found[at] = year.year_be
    return found


def levels_of(text: str) -> tuple[tuple[int, str], ...]:
    """Return the levels that a text lists ("ระดับ 1 … ระดับ 2 …"); nothing where their numbers do not run on."""
    marks = list(_LEVEL.finditer(text))
    numbers = [int(m[1]) for m in marks]
    if len(marks) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ()
    ends = [*(m.start() for m in marks[1:]), len(text)]
    return tuple((n, text[m.end() : end].strip()) for n, m, end in zip(numbers, marks, ends, strict=True))
