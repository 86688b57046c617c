"""What a person means by a cell that they type or paste: words in place of codes, years of either era."""

from __future__ import annotations

import re

from samrit.package.schema import Field, Type
from samrit.vocabulary.terms import code_of, groups
from samrit.vocabulary.years import parse_year

LONGEST = 20_000  # characters of a cell
_YES = frozenset({"true", "yes", "y", "ใช่", "✓", "1"})
_NO = frozenset({"false", "no", "n", "ไม่ใช่", "ไม่", "✗", "0"})


def meant(field: Field, typed: str) -> str:
    """Return the text to keep for what was typed into a column: a code for its word, else the text itself, tidied.

    What can't be meant stays as it is typed, for its fault to stand beside it.
    """
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.name.endswith("year_be") and (year := parse_year(text).year_be) is not None:
        return str(year)
    if field.kind is Type.FLAG:
        word = text.casefold()
        return "true" if word in _YES else "false" if word in _NO else text
    if field.suggested and text:
        return code_of(text, field.suggested) or text
    if field.allowed and text and text not in field.allowed:
        code = code_of(text, group_of(field))
        return code if code is not None and code in field.allowed else text
    return text


def group_of(field: Field) -> str:
    """Return the group of words that a column of choices takes its labels from, "" where there is none."""
    named = field.suggested or (field.name if field.allowed else "")
    if field.choices is not None:
        named = re.sub(r"(?<!^)(?=[A-Z])", "_", field.choices.__name__).lower()
    return named if named in groups() else ""
