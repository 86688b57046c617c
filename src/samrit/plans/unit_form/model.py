"""What a form holds, made or filled: figures, levels, words, and where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from samrit.engine.model import Figure as Value
from samrit.engine.model import Mark
from samrit.plans.reporting.inputs import CellInput, LevelInput, WordsInput
from samrit.plans.unit_form.words import word
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.narrative import WORDS

TAG: Final = "samrit-unit-form-1"
TAGS_SHEET: Final = "_samrit"
TAG_COLUMN: Final = "_tag"
FIGURES, LEVELS, WORDS_ON_WORKS = SHEETS = ("figures", "levels", "words")  # what the sheets are called in ``words``
FIRST_ROW: Final = 5  # of figures and of levels, counted from 0
OF_LEVELS: Final = "levels"  # ends the tag of a row whose result is on the sheet of levels

# The word of its heading, its width, and the reporter's input that the column holds.
Columns = tuple[tuple[str, int, str], ...]
FIGURE_COLUMNS: Final[Columns] = (
    (TAG_COLUMN, 0, ""),
    ("code", 11, ""),
    ("work", 34, ""),
    ("indicator", 44, ""),
    ("unit_of_measure", 12, ""),
    ("planned", 14, ""),
    ("actual", 14, "actual"),
    ("numerator", 12, "numerator"),
    ("denominator", 12, "denominator"),
    ("note", 30, "note"),
    ("explanation", 34, "explanation"),
)
LEVEL_COLUMNS: Final[Columns] = (
    (TAG_COLUMN, 0, ""),
    ("code", 11, ""),
    ("work", 30, ""),
    ("indicator", 40, ""),
    ("level", 8, ""),
    ("threshold", 40, ""),
    ("due", 13, ""),
    ("day", 17, "day"),
    ("evidence", 40, "evidence_text"),
)
_TOLD = {f"told_{own.name}": own for own in WORDS}  # what a unit says of its works (``vocabulary.narrative``)
WORDS_COLUMNS: Final[Columns] = (*FIGURE_COLUMNS[:3], *((key, 44, own.name) for key, own in _TOLD.items()))


def heading(key: str, language: str) -> str:
    """Return the heading of a column in "th" or "en"."""
    if key in _TOLD:
        return _TOLD[key].label(language)
    return key if key == TAG_COLUMN else word("heading", key, language)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One indicator of the form.

    ``has_parts`` opens numerator and denominator instead of the figure, ``has_levels``
    neither: its result are the days of its levels.
    """

    indicator: str
    project_title: str
    name: str
    unit_of_measure: str
    planned: Value | str  # in words where it is no single figure
    actual: Value = Mark.BLANK
    numerator: Value = Mark.BLANK
    denominator: Value = Mark.BLANK
    note: str = ""
    explanation: str = ""
    revision: int = 0
    has_parts: bool = False
    has_levels: bool = False


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level of an indicator of the form; ``due_text`` is the month it is due in, in words."""

    indicator: str
    project_title: str
    name: str
    number: int
    text: str
    due_text: str
    reached_on: date | None
    evidence_text: str
    revision: int


@dataclass(frozen=True, slots=True)
class WordsLine:
    """A work of the form with the unit's words on it, by their names."""

    project: str
    title: str
    texts: Mapping[str, str]
    revision: int


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit's month as a form in ``language``; ``due_text`` and ``month_text`` are words for its head."""

    plan_code: str
    plan_title: str
    unit_code: str
    unit_name: str
    period: int
    month_text: str
    due_text: str
    version: int
    lines: tuple[FormLine, ...]
    levels: tuple[LevelLine, ...] = ()
    words: tuple[WordsLine, ...] = ()
    language: str = "th"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form as read: where it belongs, its rows, and what was wrong with the file."""

    plan_code: str
    unit_code: str
    period: int
    cells: tuple[CellInput, ...]
    levels: tuple[LevelInput, ...] = ()
    words: tuple[WordsInput, ...] = ()
    findings: tuple[Finding, ...] = ()


_NOT_IN_NAMES = frozenset('\\/:*?"<>|. ')


def form_file_name(form: UnitForm) -> str:
    """Return the file's name: plan, unit and month, in letters that every system keeps."""
    unit = "".join(c if c not in _NOT_IN_NAMES and c.isprintable() else "-" for c in form.unit_code)
    return f"{form.plan_code}-{unit}-{form.period:02d}.xlsx"
