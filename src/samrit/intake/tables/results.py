"""A target in a cell: with the result behind it ("80 (85.5)"), with its unit of measure ("1,200 คน")."""

from __future__ import annotations

import re

from samrit.intake.cleaning import cleaned
from samrit.vocabulary.numbers import is_percent_unit, parse_target

_RESULT = re.compile(r"^([^()]+?)\s*\(\s*(?:[-–]|[0-9๐-๙][0-9๐-๙.,]*\s*%?)\s*\)$")


def without_result(text: str) -> str:
    """Return a target's words without a result in brackets behind them; any other words as they are."""
    match = _RESULT.match(cleaned(text))
    return match[1] if match else text


def measured_in(target: str) -> str:
    """Return the unit of measure that a target names ("1,200 คน", "ร้อยละ 90"), "" where it names none."""
    parsed = parse_target(cleaned(target))
    first = cleaned(target).split(" ")[0]
    return parsed.unit_of_measure or (first if is_percent_unit(first) else "")
