"""Tables with the months below each other, plan and result side by side: one work per table, named above it (R295).

What is above the table in words ("ตัวชี้วัด … เป้าหมาย … งบประมาณ …") belongs to its work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.intake.claims import Claims
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.drafts import FigureRow, IndicatorDraft, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import FEWEST_MONTHS, month_of
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.tokens import Token, TokenKind, token
from samrit.vocabulary.numbers import NoNumber, parse_target

_TITLE = re.compile(
    r"^(?:([0-9]{1,3})\s*[.)]\s*)?(?:ชื่อ(?:งาน|โครงการ)[^:]{0,12}:\s*|(?:งาน|โครงการ)\s*:\s*|project\s*:\s*)?(\S.*)$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?:^|(?<=[\s,;]))(ตัวชี้วัด(?:ที่\s*[0-9]+)?|ค่าเป้าหมาย|เป้าหมาย|หน่วยนับ|(?:ค่า)?น้ำหนัก|งบประมาณ|"
    r"ผู้รับผิดชอบ|หน่วยงาน(?:ที่)?รับผิดชอบ|หน่วยงาน|ระยะเวลา(?:ดำเนินการ|ดำเนินงาน|โครงการ)?)\s*[:：]?\s+"
)
_COLUMNS_TRIED = 3  # among the first of a table, for the months
_PERIODS = tuple(range(12))


@dataclass(frozen=True, slots=True)
class _Pair:
    """The columns of one indicator: its name above them, where plan and result are, and the percent if any."""

    name: str
    planned: int
    actual: int
    percent: int | None


class UprightReader:
    """Collects the works whose months are below each other."""

    def __init__(self, words: Headings, claims: Claims | None = None) -> None:
        self._words = words
        self._claims = claims or Claims()
        self._scopes = Scopes(words)
        self.works: list[WorkDraft] = []
        self.calendar = ""
        self._above: list[GridCell] = []
        self._whole: list[GridCell] = []  # the cells of the document that ``_above`` is made of

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order; the lines between two tables describe the work of the second."""
        for grid in grids:
            lines = lay_out(grid) if grid.is_table else []
            rows = _month_rows(lines)
            if not rows:
                self._text(grid.rows if not grid.is_table else ())
                continue
            first = min(rows)
            heads = max(first - 2, 0)
            heads += first - heads > 1 and self._is_text(lines[heads])
            self._text(grid.rows[:heads])
            pairs = list(_pairs(lines[heads:first], self._words))
            if pairs:
                self._claims.read(grid)
                self._claims.take(*self._whole, *(slot.cell for line in lines[heads:first] for slot in line))
                self._table(grid, lines, rows, pairs)
            self._above, self._whole = [], []

    def _is_text(self, line: Line) -> bool:
        """Say whether a row above the headings holds words about the work instead: one cell, where the months are."""
        filled = [at for at, slot in enumerate(line) if slot.text]
        return filled == [0] and self._words.find("long", line[0].text) is None

    def _text(self, rows: Iterable[Sequence[GridCell]]) -> None:
        for row in rows:
            filled = [cell for cell in row if cell.text.strip()]
            if not filled:
                continue
            text = " ".join(cell.text for cell in filled)
            if not (self._scopes.read_fund(text) or self._scopes.read(text)):
                self._above.append(GridCell(text, filled[0].line, filled[0].name))
            self._whole += filled

    def _table(self, grid: Grid, lines: Sequence[Line], rows: dict[int, int], pairs: Sequence[_Pair]) -> None:
        months = list(rows.values())
        start = 10 if months[0] in (10, 11) and 9 in months else 1
        self.calendar = self.calendar or ("fiscal" if start == 10 else "calendar")
        described = self._described()
        work = self._work_of(grid, lines[min(rows)][0].cell)
        periods = {at: (month - start) % 12 for at, month in rows.items()}
        total = next((at for at in range(max(rows) + 1, len(lines)) if self._is_total(lines[at])), None)
        for pair in pairs:
            draft = IndicatorDraft(number=len(work.indicators) + 1, name=pair.name or described.get("indicator", ""))
            draft.cell = work.cell
            draft.lines = [cell.line for line in lines if line and (cell := line[0].cell) and cell.line is not None]
            draft.plan = _row(lines, periods, pair.planned, (total, None))
            draft.actual = _row(lines, periods, pair.actual, (total, pair.percent))
            self._claims.take(*(token.cell for row in (draft.plan, draft.actual) for token in row.tokens))
            self._describe(draft, described)
            work.indicators.append(draft)
        work.lines.extend(work.indicators[-1].lines)
        work.unit, work.period = work.unit or described.get("unit", ""), work.period or described.get("period", "")
        work.budget = work.budget or described.get("budget", "")

    def _described(self) -> dict[str, str]:
        """Return role → text of what the lines above the table say with labels."""
        found: dict[str, str] = {}
        for cell in self._above:
            parts = _LABELS.split(cleaned(cell.text))
            for label, value in zip(parts[1::2], parts[2::2], strict=True):
                match = self._words.find("column", label.rstrip("0123456789 "))
                if match is not None:
                    found.setdefault(match.code, value.strip(" :;,"))
        return found

    def _work_of(self, grid: Grid, first: GridCell | None) -> WorkDraft:
        """Return the work that the lines above name; without a name the one before goes on."""
        for cell in self._above:
            match = _TITLE.match(_LABELS.split(cleaned(cell.text))[0])
            if match and match[2] and (match[1] or self._words.begins("work", match[2])):
                number = int(match[1]) if match[1] else None
                doubts = [] if number is not None else ["intake_number_missing"]
                number = number or (self.works[-1].number or 0) + 1 if self.works else number or 1
                self.works.append(WorkDraft(grid, self._scopes.now, number, match[2].strip(), cell, doubts=doubts))
                return self.works[-1]
        if not self.works:
            title = cleaned(self._above[-1].text) if self._above else grid.sheet
            cell = self._above[-1] if self._above else first or GridCell("")
            self.works.append(WorkDraft(grid, self._scopes.now, 1, title, cell, doubts=["intake_number_missing"]))
        return self.works[-1]

    def _is_total(self, line: Line) -> bool:
        match = self._words.find("column", line[0].text) if line and line[0].text else None
        return match is not None and match.code == "total"

    def _describe(self, draft: IndicatorDraft, described: dict[str, str]) -> None:
        target = described.get("target", "")
        parsed = parse_target(target)
        draft.target_text = target
        draft.unit_of_measure = described.get("unit_of_measure", "") or parsed.unit_of_measure
        if target:
            draft.target = _typed(target, parsed.value)
        if weight := described.get("weight"):
            draft.weight = token(GridCell(weight), 0)


def _typed(text: str, value: Decimal | NoNumber) -> Token:
    number = value if isinstance(value, Decimal) else None
    return Token(TokenKind.TEXT if number is None else TokenKind.NUMBER, number, 0, GridCell(text))


def _month_rows(lines: Sequence[Line]) -> dict[int, int]:
    """Return row → calendar month where a column names most of the months down a table, nothing where none does."""
    for column in range(_COLUMNS_TRIED):
        found: dict[int, int] = {}
        after: int | None = None
        for at, line in enumerate(lines):
            month = month_of(slot_at(line, column).text, after)
            if month is not None and month not in found.values():
                found[at] = after = month
        if len(found) >= FEWEST_MONTHS:
            return found
    return {}


def _pairs(headings: Sequence[Line], words: Headings) -> Iterator[_Pair]:
    """Yield the columns of each indicator by the headings above the months."""
    if not headings:
        return
    width = max(len(line) for line in headings)
    codes = [_code(headings, at, words) for at in range(width)]
    for at, code in enumerate(codes):
        if code == "planned" and "actual" in codes[at + 1 : at + 3]:
            actual = codes.index("actual", at + 1)
            percent = actual + 1 if codes[actual + 1 : actual + 2] == ["percent"] else None
            above = slot_at(headings[0], at).covering if len(headings) > 1 else ""
            name = "" if words.find("side", above) or words.find("column", above) else above
            yield _Pair(name, at, actual, percent)


def _code(headings: Sequence[Line], at: int, words: Headings) -> str:
    for line in reversed(headings):
        text = slot_at(line, at).text
        if not text:
            continue
        match = words.find("side", text) or words.find("column", text)
        if match is not None:
            return "planned" if match.code == "target" else match.code
    return ""


def _row(
    lines: Sequence[Line], periods: dict[int, int], column: int, behind: tuple[int | None, int | None]
) -> FigureRow:
    """Return the figures of a column as a row: twelve months, the total, and the percent beside it."""
    total, percent = behind
    cells: list[GridCell | None] = [None] * 14
    for at, period in periods.items():
        cells[period] = slot_at(lines[at], column).cell
    if total is not None:
        cells[12] = slot_at(lines[total], column).cell
        cells[13] = slot_at(lines[total], percent).cell if percent is not None else None
    tokens = [token(cell, at) for at, cell in enumerate(cells)]
    line = cells[0].line if cells[0] is not None else None
    return FigureRow(tokens, _PERIODS, total=12, percent=13, line=line)
