"""What a person types for a month, before anything is checked: cells, levels, words; from a page or an Excel form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samrit.engine.model import Figure as Value

LONGEST_EVIDENCE: Final = 1000  # characters of the words on what proves a level


@dataclass(frozen=True, slots=True)
class CellInput:
    """A cell as typed: figures as text ("1,250", "๑๒", "–", "") or as values; None leaves that part as it is.

    ``expected_revision`` is the revision that was on the screen, 0 where nothing was
    reported yet.  ``period`` and ``span`` default to the month being saved.
    """

    indicator: str
    actual: str | Value | None = None
    numerator: str | Value | None = None
    denominator: str | Value | None = None
    note: str | None = None
    explanation: str | None = None
    expected_revision: int = 0
    period: int | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class LevelInput:
    """A level as typed off-line: a day as people write it, "–" to take a day back, "" to say nothing about it.

    ``expected_revision`` is the revision that the reporter saw, 0 where nothing was reported yet.
    """

    indicator: str
    number: int
    day: str = ""
    evidence_text: str = ""
    expected_revision: int = 0


@dataclass(frozen=True, slots=True)
class WordsInput:
    """A unit's words on a work as typed off-line, by their names (``vocabulary.narrative``), and what they replace.

    ``expected_revision`` is the revision that the reporter saw, 0 where nothing was written yet.
    """

    project: str
    texts: Mapping[str, str]
    expected_revision: int = 0
