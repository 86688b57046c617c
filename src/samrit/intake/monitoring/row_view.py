"""One row of a monitoring table, asked for what is in it."""

from __future__ import annotations

import re
from functools import cached_property

from samrit.intake.grid import GridCell
from samrit.intake.headings import Headings, pattern
from samrit.intake.tables.lattice import Line
from samrit.intake.tables.layout import Layout
from samrit.intake.tables.sums import begins_sum, is_bare_sum, is_sum
from samrit.intake.tables.tokens import Token, TokenKind, token
from samrit.vocabulary.months import month_pattern

_NUMBERED = re.compile(r"^([0-9]{1,3})\s*[.)]\s*(?=[^\s0-9]|$)(.*)$", re.DOTALL)
_NUMBERED_LOOSELY = re.compile(r"^([0-9]{1,3})\s+(?=[ก-๙A-Za-z\"“(])(.*)$", re.DOTALL)
NUMBER_ONLY = re.compile(r"^[0-9]{1,3}\s*[.)]?$")
_BARE = re.compile(r"^([0-9]{1,3})\s*[.)]?$")
_INDICATOR = re.compile(
    r"^(?:ตัว\s?ชี้\s?วัด|kpi|indicator)\s*(?:ที่)?\s*([0-9]{1,2})?\s*[.):]?\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_NOTE = re.compile(r"^(คำอธิบาย|หมายเหตุ\s*:|ระดับ\s?(?:ที่)?\s?[0-9]+\s?[.:=]?\s?\S|explanation)", re.IGNORECASE)
_SITE = re.compile(r"^[0-9]{1,3}\.[0-9]{1,3}$")
_SHOWN = re.compile(r"^[^0-9ก-๙A-Za-z]{0,3}\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*%?\s*[ก-๙A-Za-z ]{0,30}$")
_PERIOD = re.compile(r"ระยะ\s?เวลา\s?(?:โครงการ|ดำเนิน\S*|งาน)?\s*:?\s*(.*)", re.DOTALL)
_OF_TIME = re.compile(f"{month_pattern()}|{pattern('of_time')}", re.IGNORECASE)
_TO_DATE = re.compile(pattern("to_date"), re.IGNORECASE)
_TOLD_OF_WORKS = {"unit", "unit_of_measure", "target", "weight", "indicator"}  # what no row of a sum has
_LABEL_ONLY = re.compile(pattern("time_label"))


class RowView:
    """A row with its cleaned texts and tokens by position."""

    def __init__(self, line: Line, layout: Layout, words: Headings, *, certain: bool = False) -> None:
        self.line = line
        self.layout = layout
        self.certain = certain
        self._words = words
        self.texts = [slot.text for slot in line]
        self.filled = [at for at, text in enumerate(self.texts) if text]
        self.left_out: set[int] = set()  # headings that have columns, titles that are repeated
        self.taken: set[int] = set()  # cells whose words the work was given, for the ledger

    def leave_out(self, at: int) -> None:
        """Take no more account of a cell: what it says was taken already."""
        self.texts[at] = ""
        self.left_out.add(at)
        self.filled = [position for position in self.filled if position != at]

    def cell(self, at: int) -> GridCell | None:
        """Return the cell at a position."""
        return self.line[at].cell if at < len(self.line) else None

    @cached_property
    def number(self) -> int | None:
        """The line of the document in which the row stands."""
        return next((slot.cell.line for slot in self.line if slot.cell is not None), None)

    @cached_property
    def tokens(self) -> list[Token]:
        """Every position as a token."""
        return [token(slot.cell if slot.begins else None, at) for at, slot in enumerate(self.line)]

    @property
    def last_of_title(self) -> int:
        """The last position at which a title or an indicator's label may stand."""
        at = self.layout.position("name")
        return 1 if at is None else at

    @cached_property
    def marker(self) -> tuple[int, str] | None:
        """Where it says which row this is, and which ("planned", "actual", "both", "total", "money", "rate" …)."""
        limit = self.layout.months[0] + (0 if self.certain else 4)
        for at in self.filled:
            if at > limit:
                break
            if at == self.layout.rates and (match := self._words.find("rate_row", self.texts[at])):
                return at, match.code
            if len(self.texts[at]) <= 12 and (match := self._words.find("side", self.texts[at])):
                return at, match.code
            taken = (self.layout.position("name"), self.layout.position("indicator"))
            if self.certain and at not in taken and (match := self._words.find("row_side", self.texts[at])):
                return at, match.code
        return None

    @cached_property
    def figures(self) -> int:
        """How many cells from the first month on hold a number or a dash."""
        start = min(self.layout.months[0], (self.marker[0] + 1) if self.marker else self.layout.months[0])
        return sum(1 for t in self.tokens[start:] if t.kind in (TokenKind.NUMBER, TokenKind.DASH))

    @cached_property
    def first(self) -> str:
        """The first text of the row."""
        return self.texts[self.filled[0]] if self.filled else ""

    @property
    def is_single(self) -> bool:
        """Whether only one cell is filled."""
        return len(self.filled) == 1

    def find(self, pattern: re.Pattern[str]) -> tuple[int, re.Match[str]] | None:
        """Return the first cell that begins with ``pattern``, and the match."""
        for at in self.filled:
            if match := pattern.match(self.texts[at]):
                return at, match
        return None

    @cached_property
    def average(self) -> int | None:
        """Where the label of the work's own percent stands, or None."""
        return next((at for at in self.filled if self._labelled(at, "average")), None)

    def _labelled(self, at: int, code: str) -> bool:
        text = self.texts[at]
        if len(text) > 60:
            return False
        match = self._words.find("label", text)
        return match is not None and match.code == code

    @cached_property
    def period_at(self) -> int | None:
        """Where the period is."""
        found = self.find(_PERIOD)
        return found[0] if found is not None else None

    @cached_property
    def period(self) -> str | None:
        """The text after the label of the period, or None where no period is given."""
        found = self.find(_PERIOD)
        if found is None or not (_LABEL_ONLY.fullmatch(found[1][0]) or _OF_TIME.search(found[1][0])):
            return None  # a time that is measured ("ระยะเวลารอคอยเฉลี่ย")
        return found[1][1].strip()

    @cached_property
    def shown_percent(self) -> Token | None:
        """The last percent that is printed with a sign and the name of its band ("✓ 100 ดี"), or None."""
        for at in reversed(self.filled):
            match = _SHOWN.match(self.texts[at])
            cell = self.cell(at)
            if match and cell is not None and self.tokens[at].kind is TokenKind.TEXT and at >= self.layout.months[0]:
                return token(cell.part(match[1]), at)
        return None

    @cached_property
    def site_number(self) -> str:
        """The number of a site ("78.1") where the row begins with one."""
        return self.first if _SITE.match(self.first) else ""

    @cached_property
    def is_note(self) -> bool:
        """Whether the row explains levels or reasons."""
        return bool(_NOTE.match(self.first)) and (self.marker is None or self.filled[0] >= self.marker[0])

    @cached_property
    def indicator(self) -> tuple[int, int | None, str] | None:
        """Where an indicator's label is, its number and the rest of the label's text."""
        found = self.find(_INDICATOR)
        if found is None or found[0] > self.last_of_title + 1:
            return None
        at, match = found
        return at, int(match[1]) if match[1] else None, match[2].strip()

    @cached_property
    def sums_up(self) -> bool:
        """Whether the row gives the sum of several works: it belongs to none of them.

        A bare "รวม" does so only with money beside it, or in a table without results: documents close a
        single work with it too.
        """
        if not self.filled or self.indicator is not None or self.average is not None or self.period is not None:
            return False
        at = self.filled[0]
        if at > self.last_of_title + 1 or not is_sum(self.first):
            return self._sums_part(at)
        if self.layout.plan_only:
            return True
        budget = self.layout.position("budget")
        return not is_bare_sum(self.first) or (budget is not None and budget in self.filled)

    def _sums_part(self, at: int) -> bool:
        """Say whether words like "รวมส่วนกลาง" are before figures alone, where a work or an indicator has more."""
        columns = self.layout.columns
        if at > self.last_of_title or not begins_sum(self.first) or not {*columns} & _TOLD_OF_WORKS:
            return False
        allowed = {at, columns.get("budget"), self.marker[0] if self.marker is not None else None}
        front = [position for position in self.filled if position < self.layout.months[0]]
        return set(front) <= allowed and len(self.filled) > 1

    @property
    def is_to_date(self) -> bool:
        """Whether the row is marked as a side's sums to date ("ผลสะสม")."""
        return self.marker is not None and bool(_TO_DATE.search(self.texts[self.marker[0]]))

    @property
    def goes_on(self) -> bool:
        """Whether the row has nothing before its figures but that they are results: it goes on with the row above."""
        return self.marker is not None and self.marker[1] == "actual" and self.is_bare

    @property
    def is_bare(self) -> bool:
        """Whether nothing is before the word that says which row it is."""
        return self.marker is not None and self.filled[0] == self.marker[0]

    def numbered(self, *expected: int) -> tuple[int, int, str] | None:
        """Return where a work's number is, the number and the title beside or after it.

        "12. โครงการ…", "12.โครงการ…", "12." with the title in the next cell, or "12 โครงการ…"
        where 12 is a number expected.
        """
        for at in self.filled[:2]:
            text = self.texts[at]
            match = _NUMBERED.match(text)
            if match is None and (loose := _NUMBERED_LOOSELY.match(text)) and int(loose[1]) in expected:
                match = loose
            if match and match[2]:
                return at, int(match[1]), match[2].strip()
            if (bare := _BARE.match(text)) and at + 1 < len(self.texts) and at <= (self.layout.position("number") or 0):
                beside = self.texts[at + 1]
                if self.tokens[at + 1].kind is TokenKind.TEXT and (
                    text.rstrip().endswith((".", ")")) or int(bare[1]) in expected
                ):
                    return at, int(bare[1]), beside
        return None
