"""Exact figures in the database: text, never a binary REAL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from samrit.engine.model import Figure, Mark

if TYPE_CHECKING:
    _FigureText = models.CharField[Figure | str, Figure]
    _ExactText = models.CharField[Decimal | str | None, Decimal | None]
else:
    _FigureText = _ExactText = models.CharField


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
