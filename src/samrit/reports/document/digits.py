"""Thai digits for a whole document, once it is built (R287).

Names of standards and systems keep their Arabic digits: a number that belongs to a
Latin word ("ISO/IEC 20000-1", "Covid 19", "S2-57") is a name, not a figure.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from samrit.reports.document.model import Document
from samrit.vocabulary.numbers import thai_digits

T = TypeVar("T")

# A Latin word with what clings to it, and a number right after it; or a number by itself.
_NAMED = re.compile(r"[0-9]*[A-Za-z][A-Za-z0-9]*(?:[-/.&][A-Za-z0-9]+)*(?:[ ]?[0-9][0-9.:-]*[0-9]|[ ]?[0-9])?|[0-9]+")
# Texts that are codes for the writer, never printed.
_CODES = frozenset(
    {"band", "style", "align", "shade", "kind", "language", "digits", "plan_id", "colour", "code", "id", "edges"}
)


def in_thai(document: Document) -> Document:
    """Return the document with every printed figure in Thai digits; charts keep their exact values."""
    return replace(
        document,
        title=thai_text(document.title),
        subject=thai_text(document.subject),
        blocks=tuple(_turned(block) for block in document.blocks),
    )


def thai_text(text: str) -> str:
    """Return the text with its figures in Thai digits and its Latin names untouched."""
    return _NAMED.sub(lambda m: thai_digits(m[0]) if m[0].isdigit() else m[0], text)


def _turned(value: T) -> T:
    """Return a block, or anything in one, with its printed texts turned over."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        if field.name in _CODES:
            continue
        old = getattr(value, field.name)
        new = _turned_field(old)
        if new is not old:
            changes[field.name] = new
    return replace(value, **changes) if changes else value


def _turned_field(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return thai_text(value)
    if isinstance(value, Decimal | int | float | None):
        return value
    if isinstance(value, tuple):
        return tuple(_turned_field(item) for item in value)
    return _turned(value)
