"""A data sheet: columns with keys, one heading row, and the references that formulas use.

Formulas on other sheets look rows up by number, never by position, so that a sheet may
be sorted and filtered without harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from samrit.engine.model import Mark

A4 = 9


@dataclass(frozen=True, slots=True)
class LiveFormula:
    """A live cell: the formula without "=", and the engine's value for programs that do not compute.

    ``array`` marks a formula that older programs compute only as an array formula.
    """

    text: str
    value: Decimal | int | str | None
    array: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A figure that Samrit computed and no formula repeats; it is shown as such, with so many decimals."""

    value: Decimal
    places: int = 2


Value = str | Decimal | int | date | Mark | Enum | LiveFormula | Fixed | None


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column: its key in formulas, heading, width in letters, format name; helpers are folded away."""

    key: str
    heading: str
    width: float
    style: str = "text"
    helper: bool = False


def number(value: Decimal | int) -> float:
    """Return the binary number that a spreadsheet holds; sums and shares of it are guarded by rounding (BA1)."""
    return float(value)


class DataSheet:
    """One sheet of rows under one heading row (R290)."""

    def __init__(self, worksheet: Worksheet, columns: Sequence[DataColumn], rows: int, prefix: str) -> None:
        self.worksheet = worksheet
        self.columns = tuple(columns)
        self.rows = max(rows, 1)
        self.prefix = prefix
        self._at = {column.key: index for index, column in enumerate(self.columns)}
        self._letters = tuple(xl_col_to_name(index) for index in range(len(self.columns)))
        self.named: dict[str, str] = {}
        self.widest = [column.width for column in self.columns]

    def has(self, key: str) -> bool:
        """Say whether the sheet has this column."""
        return key in self._at

    def index(self, key: str) -> int:
        """Return the column's position from 0."""
        return self._at[key]

    def cell(self, key: str, row: int) -> str:
        """Return the reference of a cell in row ``row`` (0 is the first under the heading), fixed in its column."""
        return f"${self._letters[self._at[key]]}{row + 2}"

    def across(self, first: str, last: str, row: int) -> str:
        """Return the reference of neighbouring cells in one row."""
        return f"{self.cell(first, row)}:{self.cell(last, row)}"

    def name(self, key: str) -> str:
        """Return the defined name of a whole column, which is made on first use."""
        name = f"{self.prefix}_{key}"
        if name not in self.named:
            self.named[name] = self.among(key, 0, self.rows - 1)
        return name

    def grid(self, name: str, first: str, last: str) -> str:
        """Return the defined name of neighbouring columns over all rows, which is made on first use."""
        full = f"{self.prefix}_{name}"
        if full not in self.named:
            start, end = self.among(first, 0, self.rows - 1), self.among(last, 0, self.rows - 1)
            self.named[full] = f"{start.split(':')[0]}:{end.split(':')[1]}"
        return full

    def among(self, key: str, first: int, last: int) -> str:
        """Return the absolute reference of some rows of a column, usable on other sheets."""
        letter = self._letters[self._at[key]]
        return f"{sheet_reference(self.worksheet.get_name())}!${letter}${first + 2}:${letter}${last + 2}"


def sheet_reference(name: str) -> str:
    """Return a sheet's name as formulas quote it."""
    return "'" + name.replace("'", "''") + "'"


def fold(worksheet: Worksheet, columns: Iterable[int], widths: Sequence[float]) -> None:
    """Hide the helper columns behind an outline button, still there for whoever checks the formulas."""
    for index in columns:
        worksheet.set_column(index, index, widths[index], None, {"level": 1, "hidden": True})
