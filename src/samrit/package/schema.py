"""The plan package's files and columns as data: what ``resources`` holds, and how it is described.

A field's type says how a cell is written: ``figure`` is a number, "–" (nothing
planned, nothing due) or empty (not reported), and these three are kept apart in
every reader because the column is text with a pattern (pitfall P1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from samrit.vocabulary.speech import speech


class Type(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FIGURE = "figure"
    FLAG = "flag"  # true, false
    DATE = "date"  # ISO, of the common era
    MOMENT = "moment"  # ISO in UTC, to the microsecond
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One column; a blank cell is None, "" for text.

    ``choices`` is the enumeration a CHOICE cell must name; ``allowed`` are the words a
    cell may hold (all of ``choices``, or those of a text column).  ``later`` columns were added
    after packages had been written: a file may lack one without a word, and is written without
    it where no row says anything there.
    """

    name: str
    th: str
    en: str
    kind: Type = Type.TEXT
    required: bool = False
    choices: type[StrEnum] | None = None
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    later: bool = False
    above_zero: bool = False  # of a number: 0 and less are refused
    suggested: str = ""  # the group of words that a text column offers; others may be in it

    @property
    def is_year(self) -> bool:
        """Whether it holds a year: kept in the Buddhist era, typed in either, read in the plan's."""
        return self.name.endswith("year_be")

    def title(self, language: str = "th") -> str:
        """Return what people read for it in "th" or "en", in the plan's words."""
        return speech().says(self.en if language == "en" else self.th, language)


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that must name a row of another file; a blank cell names nothing."""

    fields: tuple[str, ...]
    resource: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file.  Rows are sorted by ``key``, which names a row uniquely."""

    name: str
    th: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    def title(self, language: str = "th") -> str:
        """Return what people read for it in "th" or "en", in the plan's words."""
        return speech().says(self.en if language == "en" else self.th, language)

    @property
    def path(self) -> str:
        """The file's name inside the package."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in their fixed order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the column of that name; raises KeyError when there is none."""
        return next(f for f in self.fields if f.name == name)


def text(
    name: str, th: str, en: str, *, required: bool = False, allowed: tuple[str, ...] = (), suggested: str = ""
) -> Field:
    """Return a column of text, of the ``allowed`` words, or one that offers the words of a group."""
    return Field(name, th, en, Type.TEXT, required, None, allowed, suggested=suggested)


def integer(
    name: str, th: str, en: str, *, required: bool = False, minimum: int | None = None, maximum: int | None = None
) -> Field:
    """Return a column of whole numbers within limits."""
    return Field(name, th, en, Type.INTEGER, required, None, (), minimum, maximum)


def period(name: str, th: str, en: str, *, required: bool = False) -> Field:
    """Return a column of periods, 1..12 of the plan's own year."""
    return integer(name, th, en, required=required, minimum=1, maximum=12)


def number(
    name: str, th: str, en: str, *, required: bool = False, minimum: int | None = None, above_zero: bool = False
) -> Field:
    """Return a column of decimals, from ``minimum`` on."""
    return Field(name, th, en, Type.NUMBER, required, minimum=minimum, above_zero=above_zero)


def figure(name: str, th: str, en: str) -> Field:
    """Return a column of figures: a decimal, "–" or blank."""
    return Field(name, th, en, Type.FIGURE)


def choice(name: str, th: str, en: str, choices: type[StrEnum], *, required: bool = False) -> Field:
    """Return a column whose cells name a member of ``choices``."""
    return Field(name, th, en, Type.CHOICE, required, choices, tuple(str(c) for c in choices))


def later(field: Field) -> Field:
    """Return ``field`` as one that older packages lack."""
    return replace(field, later=True)


def flag(name: str, th: str, en: str) -> Field:
    """Return a column of true and false."""
    return Field(name, th, en, Type.FLAG)


def date(name: str, th: str, en: str, *, required: bool = False) -> Field:
    """Return a column of ISO dates."""
    return Field(name, th, en, Type.DATE, required)


def moment(name: str, th: str, en: str) -> Field:
    """Return a column of moments in UTC: 2025-03-28T02:15:00.000000Z."""
    return Field(name, th, en, Type.MOMENT)


SOURCE = (
    text("source_document", "เอกสารต้นทาง", "Source document"),
    integer("source_page", "หน้าต้นทาง", "Source page", minimum=1),
    integer("source_line", "บรรทัดต้นทาง", "Source line", minimum=1),
    text("source_cell", "เซลล์ต้นทาง", "Source cell"),
)
CONFIDENCE = number("confidence", "ความเชื่อมั่นในการอ่าน (0–1)", "Confidence of reading (0–1)")
ORDER = integer("order", "ลำดับ", "Order", required=True, minimum=1)
