"""The Excel form of the year's records: a sheet for each kind, a row for each record, blank rows for new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samrit.package.kinds.declared import RecordKind
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.speech import speech

TAG: Final = "samrit-year-form-1"
LISTS_SHEET: Final = "_lists"
HEAD_ROW: Final = 2  # counted from 0; the records follow
BLANK_ROWS: Final = 40  # for what is new
WORK, DAY, REASON = "project", "happened_on", "reason"  # the columns that every kind has around its own
_MOST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class StandingRecord:
    """A record as it is, with the texts of its cells as people read them."""

    project: str
    title: str
    record: str
    revision: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class YearSheet:
    """One kind: its records, and by field the words that may be chosen."""

    kind: RecordKind
    records: tuple[StandingRecord, ...]
    choices: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class YearForm:
    """What is handed out: the records of some works, of the kinds that somebody may write."""

    plan_code: str
    title: str
    works: tuple[tuple[str, str], ...]
    sheets: tuple[YearSheet, ...]
    language: str


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that came back: where it is, and what was typed by field; ``record`` is "" for a new one."""

    sheet: str
    line: int
    kind: str
    project: str
    record: str
    revision: int
    given: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FilledYear:
    """A form that came back: its plan, its rows, and what was wrong with the file."""

    plan_code: str = ""
    rows: tuple[FilledRow, ...] = ()
    findings: tuple[Finding, ...] = ()


def sheet_names(kind: RecordKind) -> tuple[str, str]:
    """Return what the sheet of a kind is called in Thai and English."""
    return _sheet_name(kind.th), _sheet_name(kind.en)


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:_MOST_SHEET_NAME].strip()


def headings(kind: RecordKind) -> Mapping[str, tuple[str, str]]:
    """Return the columns of a kind's sheet after the hidden tag, in Thai and English: work, day, fields, reason."""
    around = kind.resource
    shown = (WORK, DAY, *(f.name for f in kind.fields), REASON)
    return {name: _said(around.field(name).th, around.field(name).en) for name in shown}


def _said(th: str, en: str) -> tuple[str, str]:
    return speech().says(th, "th"), speech().says(en, "en")
