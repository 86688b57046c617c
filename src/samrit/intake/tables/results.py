"""Results where they have no place of their own: behind a target ("80 (85.5)"), and alone in the months (R295)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samrit.intake.cleaning import cleaned
from samrit.intake.headings import Headings, pattern
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import Layout
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import is_percent_unit, parse_figure, parse_target

_UNIT_BEHIND = re.compile(r"\S\s*\(\s*(%|[^()\d%:;,]{1,20}?)\s*\)$")
_NO_UNIT = re.compile(f"(?:{pattern('no_unit')}).*", re.IGNORECASE)
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


def measured_in_name(name: str, target: str) -> str:
    """Return the unit in brackets behind an indicator's name ("จำนวนผู้เข้าร่วม (คน)") whose target is a bare figure."""
    match = _UNIT_BEHIND.search(cleaned(name))
    if match is None or isinstance(parse_figure(cleaned(target)), Finding) or _NO_UNIT.fullmatch(match[1]):
        return ""
    return match[1]


def names_results(text: str, words: Headings) -> bool:
    """Say whether a heading begins with a word for results ("ผลการดำเนินงาน"); a plan's differs by two letters."""
    side, label = words.begins("side", text), words.begins("label", text)
    return side is not None and side[0] == "actual" and (label is None or label[0] != "outcome")


def gives_results(heads: Sequence[Line], layout: Layout, words: Headings) -> bool:
    """Say whether one heading above all months calls their figures results."""
    above = ({slot_at(line, at).covering for at in layout.months} for line in heads)
    return any(len(texts) == 1 and names_results(texts.pop(), words) for texts in above)
