"""One cell of a package: from text to a typed value and back, without loss.

A decimal keeps the digits it was typed with ("95.50" stays "95.50").  Nothing here
raises on what a person typed: a cell that can't be read gives the code of its fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from samrit.engine.model import Mark
from samrit.package.schema import Field, Type
from samrit.vocabulary.dates import is_of_office, typed_day
from samrit.vocabulary.figures import NoNumber, parse_figure

DECIMAL = r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?"
INTEGER = r"-?[0-9]+"
# The package writes the first; the second is what a keyboard has.
NOTHING = (str(Mark.NOTHING.value), "-")
# A number of a plan has far fewer digits; more would only stall the arithmetic.
LONGEST_NUMBER = 60
LARGEST_EXPONENT = 100

_DECIMAL = re.compile(DECIMAL)
_INTEGER = re.compile(INTEGER)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")

Value = str | int | bool | Decimal | Mark | date | None


class CellError(StrEnum):
    """The code of what is wrong with a cell; also the code of its finding."""

    REQUIRED = "package_cell_required"
    INTEGER = "package_cell_not_integer"
    NUMBER = "package_cell_not_number"
    FIGURE = "package_cell_not_figure"
    FLAG = "package_cell_not_flag"
    DATE = "package_cell_not_date"
    MOMENT = "package_cell_not_moment"
    CHOICE = "package_cell_not_choice"
    RANGE = "package_cell_out_of_range"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that could not be read."""

    error: CellError
    text: str


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A cell that was not written as a package writes it, such as "1,530" or Thai digits, but can only mean this."""

    value: Decimal | int | Mark | date
    text: str


Parsed = Value | ReadAs | BadCell


def blank(field: Field) -> Value:
    """Return what an empty cell of this column means."""
    if field.kind is Type.TEXT:
        return ""
    if field.kind is Type.FIGURE:
        return Mark.BLANK
    return False if field.kind is Type.FLAG else None


def parse_cell(field: Field, text: str) -> Parsed:
    """Return the value of a cell, or what is wrong with it."""
    if field.kind is Type.TEXT:
        if text == "" and field.required:
            return BadCell(CellError.REQUIRED, text)
        if field.allowed and text and text not in field.allowed:
            return BadCell(CellError.CHOICE, text)
        return text
    stripped = text.strip()
    if stripped == "":
        return BadCell(CellError.REQUIRED, text) if field.required else blank(field)
    return _PARSE[field.kind](field, stripped)


def format_cell(value: object) -> str:
    """Return the text of a value; ``parse_cell`` gives the same value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mark):
        return str(value.value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def decimal_of(text: str) -> Decimal | None:
    """Return the decimal written in ``text``, keeping its digits, or None."""
    if len(text) > LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if abs(number.adjusted()) <= LARGEST_EXPONENT else None


def _number(field: Field, text: str) -> Parsed:
    value = decimal_of(text)
    printed = value if value is not None else _as_printed(text)
    if not isinstance(printed, Decimal):
        return BadCell(CellError.NUMBER, text)
    is_above = field.maximum is not None and printed > field.maximum
    if is_above or (field.minimum is not None and printed < field.minimum) or (field.above_zero and printed <= 0):
        return BadCell(CellError.RANGE, text)
    return printed if value is not None else ReadAs(printed, text)


def _figure(_field: Field, text: str) -> Parsed:
    if text in NOTHING:
        return Mark.NOTHING
    value = decimal_of(text)
    if value is not None:
        return value
    printed = _as_printed(text)
    return BadCell(CellError.FIGURE, text) if printed is None else ReadAs(printed, text)


def _integer(field: Field, text: str) -> Parsed:
    is_plain = len(text) <= LONGEST_NUMBER and _INTEGER.fullmatch(text) is not None
    number = int(text) if is_plain else _as_printed(text)
    if not isinstance(number, (int, Decimal)) or number != int(number):
        return BadCell(CellError.INTEGER, text)
    value, low, high = int(number), field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return BadCell(CellError.RANGE, text)
    return value if is_plain else ReadAs(value, text)


def _as_printed(text: str) -> Decimal | Mark | None:
    """Return what an office means by a figure with separators, Thai digits or another dash; None if unsure."""
    figure = parse_figure(text)
    if isinstance(figure, NoNumber):
        return Mark[figure.name] if figure is NoNumber.NOTHING else None
    return figure if isinstance(figure, Decimal) else None


def _flag(_field: Field, text: str) -> Parsed:
    word = text.lower()
    return word == "true" if word in ("true", "false") else BadCell(CellError.FLAG, text)


def _date(_field: Field, text: str) -> Parsed:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is not None and is_of_office(day):
        return day
    meant = typed_day(text)  # a Buddhist year, or a day as people write it
    return BadCell(CellError.DATE, text) if meant is None else ReadAs(meant, text)


def _moment(_field: Field, text: str) -> Parsed:
    try:
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or not is_of_office(moment.date()):
        return BadCell(CellError.MOMENT, text)
    return moment.astimezone(UTC)


def _choice(field: Field, text: str) -> Parsed:
    if field.choices is None or text not in field.allowed:
        return BadCell(CellError.CHOICE, text)
    return field.choices(text)


_PARSE = {
    Type.NUMBER: _number,
    Type.FIGURE: _figure,
    Type.INTEGER: _integer,
    Type.FLAG: _flag,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.CHOICE: _choice,
}
