"""A target with the result behind it in one cell: "80 (85.5)"."""

from __future__ import annotations

import re

from samrit.intake.cleaning import cleaned

_RESULT = re.compile(r"^([^()]+?)\s*\(\s*(?:[-–]|[0-9๐-๙][0-9๐-๙.,]*\s*%?)\s*\)$")


def without_result(text: str) -> str:
    """Return a target's words without a result in brackets behind them; any other words as they are."""
    match = _RESULT.match(cleaned(text))
    return match[1] if match else text
