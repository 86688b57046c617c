"""Printed summary tables: control totals to hold the draft against, never data (R206–R212, R299, R312)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from samrit.engine.model import PrintedCell
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.intake.claims import Claims
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.tokens import TokenKind, token

_STRATEGY = re.compile(r"^(?:ยุทธศาสตร์|ประเด็นยุทธศาสตร์|strategy)\s*(?:ที่)?\s*([0-9]{1,2})(?![0-9.])", re.IGNORECASE)
_FUND = re.compile(r"^(กองทุน[^\s]{3,40})(?:\s*จำแนก.*)?$")
_BOTH = re.compile(r"(?:ทั้งปี|รวม|ทั้ง)\S*\s*[0-9]?\s*กองทุน|[0-9]\s*กองทุน|สรุปการประเมินผล")
_MOST_COLUMNS = 9
_HEADING_ROWS = 3
_SHARES, _SUM = "ร้อยละ", "รวม"  # what a row of shares and one of sums begin with
# The words stand from worst to best, as the bands of a rule set do.
_BAND_OF_WORD = dict(zip(("poor", "low", "fair", "good"), (band.code for band in PERCENT_OF_PLAN.bands), strict=True))


class SummaryReader:
    """Collects the cells of printed summary tables."""

    def __init__(self, words: Headings, claims: Claims | None = None) -> None:
        self._words = words
        self._claims = claims or Claims()
        self._fund = ""
        self.cells: list[tuple[str, PrintedCell]] = []  # the fund's printed name, and the cell

    def read(self, grids: Sequence[Grid]) -> None:
        """Read grids in order; a fund named above a table holds for it."""
        for grid in grids:
            if grid.is_table:
                self._table(grid)
                continue
            for row in grid.rows:
                text = cleaned(row[0].text) if row else ""
                if match := _FUND.match(text):
                    self._fund = match[1]
                elif _BOTH.search(text):
                    self._fund = ""

    def _table(self, grid: Grid) -> None:
        lines = lay_out(grid)
        if not lines or max(len(line) for line in lines) > _MOST_COLUMNS:
            return
        columns = self._columns(lines)
        if columns is None:
            return
        table, roles = columns
        self._claims.read(grid)
        for line in takewhile(lambda line: not _begins_row(slot_at(line, 0).text), lines[:_HEADING_ROWS]):
            self._claims.name(*(slot_at(line, at).cell for at in roles))
        for line in lines:
            for cell in self._row(grid, line, table, roles):
                self.cells.append((self._fund, cell))

    def _columns(self, lines: list[Line]) -> tuple[str, dict[int, str]] | None:
        """Return which summary table this is and what its columns are, or None."""
        heads: dict[int, list[str]] = {}
        for line in lines[:_HEADING_ROWS]:
            if any(_STRATEGY.match(slot.text) and line[0] is slot for slot in line[:1]) and heads:
                break
            for at, slot in enumerate(line):
                if at and slot.covering:
                    heads.setdefault(at, []).append(slot.covering)
        bands = {at: _BAND_OF_WORD[code] for at, texts in heads.items() if (code := self._band(texts[-1]))}
        if len(bands) >= 3:
            first = min(bands)
            return "bands", {**({first - 1: "total"} if first > 1 else {}), **bands}
        kinds = {at: m.code for at, texts in heads.items() if (m := self._words.find("kind_group", texts[-1]))}
        if len(kinds) >= 2:
            totals = {
                at: "total"
                for at, texts in heads.items()
                if (m := self._words.find("column", texts[-1])) and m.code == "total"
            }
            return "kinds", {**kinds, **totals}
        return None

    def _band(self, text: str) -> str:
        found = self._words.begins("band", text)
        return found[0] if found else ""

    def _row(self, grid: Grid, line: Line, table: str, roles: dict[int, str]) -> Iterator[PrintedCell]:
        head = line[0].text if line else ""
        strategy = _STRATEGY.match(head)
        name = "band_shares" if head.startswith(_SHARES) else table
        if not _begins_row(head):
            return
        for at, role in roles.items():
            cell = line[at].cell if at < len(line) else None
            if cell is None:
                continue
            read = token(cell, at)
            value = read.value if read.value is not None else Decimal(0) if read.kind is TokenKind.DASH else None
            if value is not None:
                self._claims.take(line[0].cell, cell)
                yield PrintedCell(name, "", strategy[1] if strategy else "", role, value, grid.source(cell))


def _begins_row(head: str) -> bool:
    """Say whether a row of figures begins with ``head``: a strategy, the sum or the shares."""
    return bool(_STRATEGY.match(head)) or head.startswith((_SHARES, _SUM))
