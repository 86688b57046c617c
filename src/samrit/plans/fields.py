"""Columns of the tables: exact figures as text, never a binary REAL; texts that are refused, not cut, when too long.

PostgreSQL answers a text longer than its column with a fault, SQLite keeps it without a word.  Every way to write a row
asks its columns for the value to keep, so the one check is there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from samrit.engine.model import Figure, Mark
from samrit.plans.errors import ServiceError

if TYPE_CHECKING:
    _FigureText = models.CharField[Figure | str, Figure]
    _ExactText = models.CharField[Decimal | str | None, Decimal | None]
    _Field = models.Field[Any, Any]
else:
    _FigureText = _ExactText = models.CharField
    _Field = object

_LONGEST_ADDRESS = 254  # characters, of RFC 5321 and of the column
LONGEST_TEXT = 20_000  # characters of a text whose column sets no limit


def _checked(field: models.Field[Any, Any], value: Any) -> Any:
    """Return the text to keep; raises ServiceError ``text_too_long`` or ``text_with_nul`` for what can't be kept."""
    if isinstance(value, str):
        limit = field.max_length or LONGEST_TEXT
        if len(value) > limit:
            raise ServiceError("text_too_long", record=str(field.verbose_name), limit=limit)
        if "\0" in value:
            raise ServiceError("text_with_nul", record=str(field.verbose_name))
    return value


def is_address(text: str) -> bool:
    """Say whether ``text`` can be an e-mail address, and fits its column."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= _LONGEST_ADDRESS


class _Checked(_Field):
    """What the columns of texts share: the check before a row is written; migrations know the framework's own."""

    def deconstruct(self) -> Any:
        """Stand in migrations as what it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{type(self).__mro__[2].__name__}", args, kwargs

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return the text to keep."""
        return _checked(self, super().get_db_prep_save(value, connection))


class ShortText(_Checked, models.CharField):  # type: ignore[type-arg]
    """A text of at most ``max_length`` characters: a longer one is refused in words on every database."""


class LongText(_Checked, models.TextField):  # type: ignore[type-arg]
    """A text of at most ``LONGEST_TEXT`` characters."""


class AddressText(_Checked, models.EmailField):  # type: ignore[type-arg]
    """An e-mail address, refused when longer than its column."""


class SlugText(_Checked, models.SlugField):  # type: ignore[type-arg]
    """A code that is in addresses, refused when longer than its column."""


class FigureField(_FigureText):
    """A figure of the model: a decimal as typed, "–" (nothing) or "" (blank); kept as text on every database.

    SQLite would keep a DecimalField as binary REAL, and neither database has "–" (P1).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", Mark.BLANK)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Figure:
        """Return the figure that the text stands for."""
        return figure_of(value or "")

    def to_python(self, value: Any) -> Figure:
        """Return a figure for whatever a form or fixture holds."""
        return value if isinstance(value, (Decimal, Mark)) else figure_of("" if value is None else str(value))

    def get_prep_value(self, value: Any) -> str:
        """Return the text to keep."""
        return text_of(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for serialisation."""
        return self.get_prep_value(self.value_from_object(obj))


class ExactField(_ExactText):
    """An optional decimal (baht, percent) kept as text, None when absent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        """Return the decimal that the text stands for."""
        return None if value in (None, "") else Decimal(str(value))

    def to_python(self, value: Any) -> Decimal | None:
        """Return a decimal for whatever a form or fixture holds."""
        if value is None or value == "":
            return None
        return value if isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text to keep."""
        exact = self.to_python(value)
        return None if exact is None else f"{exact:f}"


def figure_of(text: str) -> Figure:
    """Return the figure written as ``text``; raises decimal.InvalidOperation for anything else."""
    for mark in Mark:
        if text == mark.value:
            return mark
    return Decimal(text)


def text_of(figure: Figure) -> str:
    """Return a figure as text, lossless: "–", "", or the decimal in plain notation."""
    return figure.value if isinstance(figure, Mark) else f"{figure:f}"
