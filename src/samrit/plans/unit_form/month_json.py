"""A unit's month as JSON, read: rows of figures as another program sends them, with every fault of every row.

A row names an indicator, or a category of a breakdown, by its code (``indicator``); a category also by what it is a
part of (``part_of``, ``dimension``, ``name``).  Figures are texts or numbers, read digit by digit and never as binary
fractions.  What the same file holds for people to read (``SHOWN``) is passed over, so that a file that was handed out
can be filled in and sent back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samrit.vocabulary.figures import shortened
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import whole

MOST_BYTES, MOST_ROWS = 1024 * 1024, 5_000
LONGEST_TEXT = 4_000  # characters of a note or an explanation
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # JSON can say what no database and no answer can hold
NAMING = ("indicator", "part_of", "dimension", "name")
VALUES = ("actual", "numerator", "denominator")
TEXTS = ("note", "explanation")
NUMBERS = {"revision": 0, "span": 1}
SHOWN = (
    "work", "unit_of_measure", "planned", "planned_upper", "planned_numerator", "planned_denominator", "counted", "due",
    "levels",
)  # fmt: skip
PLACE = ("plan", "unit", "period")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One row: its number in the file from 1, what it names, and what it says; a value that is left out stays."""

    number: int
    naming: Mapping[str, str]
    said: Mapping[str, str]
    revision: int = 0
    span: int = 1

    @property
    def place(self) -> Place:
        """Where the row is."""
        return Place(line=self.number, record=self.naming.get("indicator") or self.naming.get("part_of", ""))


@dataclass(frozen=True, slots=True)
class MonthFile:
    """What was sent: where it says that it belongs ("" or 0 where it does not say), its rows, and its faults."""

    place: Mapping[str, str]
    rows: tuple[MonthRow, ...] = ()
    faults: tuple[Finding, ...] = ()


class _Number(str):
    """The digits of a number as they are in the file."""

    __slots__ = ()


def read_month(content: bytes) -> MonthFile:
    """Return what a file says, with every fault of its rows; never raises on what it holds."""
    if len(content) > MOST_BYTES:
        return MonthFile({}, faults=(Finding("month_file_too_large", params={"limit": MOST_BYTES // 1024}),))
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_float=_Number, parse_int=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "lineno", None)
        return MonthFile({}, faults=(Finding("month_file_unreadable", Place(line=at)),))
    rows = read.get("figures") if isinstance(read, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return MonthFile({}, faults=(Finding("month_file_no_figures", params={"limit": MOST_ROWS}),))
    faults: list[Finding] = []
    made = [_row(number, row, faults) for number, row in enumerate(rows, 1)]
    where = {name: str(read[name]) for name in PLACE if isinstance(read.get(name), str)}
    return MonthFile(where, tuple(row for row in made if row is not None), tuple(faults))


def elsewhere(sent: MonthFile, *, plan: str, unit: str, period: int) -> Iterator[Finding]:
    """Yield a finding where a file says that it belongs to another plan, unit or month than where it was sent."""
    here = {"plan": plan, "unit": unit, "period": str(period)}
    for name, value in sent.place.items():
        if value != here[name]:
            params = {"key": name, "said": shortened(value), "here": here[name]}
            yield Finding("month_file_elsewhere", params=params)


def _row(number: int, row: Any, faults: list[Finding]) -> MonthRow | None:
    """Return one row, or None with all that is wrong with it among the faults."""
    if not isinstance(row, dict):
        faults.append(Finding("month_row_no_object", Place(line=number)))
        return None
    known, before = {*NAMING, *VALUES, *TEXTS, *NUMBERS, *SHOWN}, len(faults)
    texts = {key: value for key, value in row.items() if _is_text(value)}
    naming = {key: str(texts[key]).strip() for key in NAMING if key in texts}
    place = Place(line=number, record=shortened(naming.get("indicator") or naming.get("part_of", "")))
    faults += [Finding("month_row_unknown_key", place, {"key": shortened(key)}) for key in sorted(set(row) - known)]
    numbers = {key: _whole(row.get(key), default) for key, default in NUMBERS.items()}
    wrong = [key for key in (*VALUES, *TEXTS, *NAMING) if row.get(key) is not None and key not in texts]
    wrong += [key for key in TEXTS if isinstance(row.get(key), _Number)]
    wrong += [key for key, value in numbers.items() if value < 0]
    faults += [Finding("month_row_value", place, {"key": k, "text": shortened(json.dumps(row[k]))}) for k in wrong]
    if len(faults) > before:
        return None
    said = {key: str(row[key]) for key in (*VALUES, *TEXTS) if row.get(key) is not None}
    return MonthRow(number, naming, said, **numbers)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and not _UNWRITABLE.search(value)


def _whole(value: Any, default: int) -> int:
    """Return a count as it was sent, ``default`` where it was not, -1 where it is none."""
    if value is None:
        return default
    return whole(str(value), -1, most=10**9) if isinstance(value, str) else -1
