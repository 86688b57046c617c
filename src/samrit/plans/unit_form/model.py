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
FIGURES_SHEET: Final = word("sheet", "figures")
LEVELS_SHEET: Final = word("sheet", "levels")
WORDS_SHEET: Final = word("sheet", "words")
FIRST_ROW: Final = 5  # of figures and of levels, counted from 0
OF_LEVELS: Final = "levels"  # ends the tag of a row whose result stands on the sheet of levels

# Heading, width, and the reporter's input that the column holds.
FIGURE_COLUMNS: Final = (
    ("_tag", 0, ""),
    (word("heading", "code"), 11, ""),
    (word("heading", "work"), 34, ""),
    (word("heading", "indicator"), 44, ""),
    (word("heading", "unit_of_measure"), 12, ""),
    (word("heading", "planned"), 14, ""),
    (word("heading", "actual"), 14, "actual"),
    (word("heading", "numerator"), 12, "numerator"),
    (word("heading", "denominator"), 12, "denominator"),
    (word("heading", "note"), 30, "note"),
    (word("heading", "explanation"), 34, "explanation"),
)
LEVEL_COLUMNS: Final = (
    ("_tag", 0, ""),
    (word("heading", "code"), 11, ""),
    (word("heading", "work"), 30, ""),
    (word("heading", "indicator"), 40, ""),
    (word("heading", "level"), 8, ""),
    (word("heading", "threshold"), 40, ""),
    (word("heading", "due"), 13, ""),
    (word("heading", "day"), 17, "day"),
    (word("heading", "evidence"), 40, "evidence_text"),
)


WORDS_COLUMNS: Final = (
    *((heading, width, "") for heading, width, _ in FIGURE_COLUMNS[:3]),
    *((word.labels["th"], 44, word.name) for word in WORDS),
)


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
    planned: Value
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
    """A unit's month as a form; ``due_text`` and ``month_text`` are words for its head."""

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
