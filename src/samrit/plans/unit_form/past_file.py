"""The past months of all units as one Excel file, for an office that starts in mid-year: handed out, and read back.

One sheet: a row for each figure that a unit reports (two for a share by its parts), a column for each month that is
over.  What is known already is in it, so that the file is also the list of what is missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from samrit.engine.model import Figure, Mark
from samrit.intake.sources import limits
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.cells import LAST_ROW
from samrit.plans.fields import text_of
from samrit.plans.unit_form.words import names, word
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.text import search_key

PARTS = ("actual", "numerator", "denominator")
COLUMNS = ("unit", "unit_name", "code", "work", "indicator", "unit_of_measure", "part")
_WIDTHS = (12, 30, 12, 34, 44, 12, 10)
SOURCE = "source"
SHEET = " / ".join(names("past", "sheet"))  # as findings call it
MOST_BYTES, MOST_ROWS = 4 * 1024 * 1024, 20_000
_MOST_COLUMNS = len(COLUMNS) + 12 + 1
_MONTH = re.compile(r"\s*(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class PastLine:
    """A row of the file: whose figure it is, which part of it, and the texts of its months by period.

    ``line`` is its row in the sheet, 0 for one that is handed out; ``source`` says where the figures are from.
    """

    unit: str
    indicator: str
    part: str
    months: Mapping[int, str]
    line: int = 0
    source: str = ""
    texts: tuple[str, ...] = ()  # unit's name, work, indicator and its unit of measure, for people


@dataclass(frozen=True, slots=True)
class PastFile:
    """What a file says; nothing of it may be taken while ``faults`` holds anything."""

    lines: tuple[PastLine, ...] = ()
    faults: tuple[Finding, ...] = ()


def cell_text(value: Figure) -> str:
    """Return a figure as a cell holds it."""
    return "" if value is Mark.BLANK else text_of(value)


def write_past_file(lines: Iterable[PastLine], months: Sequence[tuple[int, str]], language: str = "th") -> bytes:
    """Return the file for some months, each with its number and name, in "th" or "en"."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e8eef6", "border": 1, "valign": "top"})
    sheet = book.add_worksheet(word("past", "sheet", language))
    sheet.freeze_panes(1, len(COLUMNS))
    named = [word("past", name, language) for name in COLUMNS]
    heads = [*named, *(f"{number} · {name}" for number, name in months), word("past", SOURCE, language)]
    for at, text in enumerate(heads):
        sheet.set_column(at, at, _WIDTHS[at] if at < len(_WIDTHS) else 13)
        sheet.write_string(0, at, text, head)
    for row, line in enumerate(lines, 1):
        name, work, indicator, measure = line.texts
        words = (line.unit, name, line.indicator, work, indicator, measure, word("past", line.part, language))
        for at, text in enumerate(words):
            sheet.write_string(row, at, text)
        for at, (number, _) in enumerate(months, len(COLUMNS)):
            _write(sheet, row, at, line.months.get(number, ""))
        sheet.write_string(row, len(COLUMNS) + len(months), line.source)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a figure as a number where a spreadsheet holds it exactly, else as its text."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text) and len(Decimal(text).as_tuple().digits) <= 15:
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, text)


def read_past_file(content: bytes, name: str) -> PastFile:
    """Return what a filled file says, with every fault of its rows; never raises on what it holds."""
    rows = _rows(content, name)
    if isinstance(rows, Finding):
        return PastFile(faults=(rows,))
    heads = [search_key(text) for text in rows[0]] if rows else []
    known = {search_key(name): key for key in (*COLUMNS, SOURCE) for name in names("past", key)}
    places = {known[text]: at for at, text in enumerate(heads) if text in known}
    months = _months(rows[0] if rows else [], frozenset(places.values()))
    missing = [key for key in ("unit", "code", "part") if key not in places]
    if missing or not months:
        wanted = ", ".join(" / ".join(names("past", key)) for key in missing or ["month"])
        return PastFile(faults=(Finding("past_file_heads", Place(name), {"columns": wanted}),))
    twice = sorted({month for month in months.values() if list(months.values()).count(month) > 1})
    if twice:
        named = {"months": ", ".join(map(str, twice))}
        return PastFile(faults=(Finding("past_month_twice", Place(name), named),))
    lines, faults, seen = [], list[Finding](), dict[tuple[str, str, str], int]()
    for number, row in enumerate(rows[1:], 2):
        line = _line(number, row, places, months)
        if not any(line.months.values()):
            continue
        if not line.part:
            faults.append(_fault("past_part_unknown", line, text=row[places["part"]][:40]))
            continue
        first = seen.setdefault((line.unit, line.indicator, line.part), number)
        if first != number:
            faults.append(_fault("past_row_twice", line, first=first))
        lines.append(line)
    return PastFile(tuple(lines), tuple(faults))


def _rows(content: bytes, name: str) -> list[list[str]] | Finding:
    """Return the rows of the sheet as texts, or why the file is refused."""
    unreadable = Finding("past_file_unreadable", Place(name), {"limit": MOST_BYTES // 1024 // 1024})
    if not 0 < len(content) <= MOST_BYTES:
        return unreadable
    try:
        with Confined(together=limits.SECONDS) as confined:
            asked = dict.fromkeys(names("past", "sheet"), (LAST_ROW, _MOST_COLUMNS))
            sheets = confined.typed(content, Job(name), asked)
    except Refused:
        return unreadable
    cells = next(iter(sheets.values()), [])
    if not cells or any(cell.row > MOST_ROWS for cell in cells):
        return Finding("past_file_no_sheet", Place(name), {"sheet": SHEET, "limit": MOST_ROWS})
    rows = [[""] * _MOST_COLUMNS for _ in range(max(cell.row for cell in cells))]
    for cell in cells:
        rows[cell.row - 1][cell.column - 1] = cell.text.strip()
    return rows


def _months(heads: Sequence[str], taken: frozenset[int]) -> dict[int, int]:
    """Return the months by the columns in which they stand: a heading begins with the month's number."""
    found = {at: _MONTH.match(text) for at, text in enumerate(heads) if at not in taken}
    return {at: int(match[1]) for at, match in found.items() if match and 1 <= int(match[1]) <= 12}


def _line(number: int, row: Sequence[str], places: Mapping[str, int], months: Mapping[int, int]) -> PastLine:
    parts = {search_key(name): part for part in PARTS for name in names("past", part)}
    source = row[places[SOURCE]] if SOURCE in places else ""
    return PastLine(
        row[places["unit"]],
        row[places["code"]],
        parts.get(search_key(row[places["part"]]), ""),
        {month: row[at] for at, month in months.items() if row[at]},
        number,
        source[:1000],
    )


def _fault(code: str, line: PastLine, **params: object) -> Finding:
    return Finding(code, Place(SHEET, line=line.line, record=line.indicator), params)
