"""The headings of a plan table: which column holds what (R42)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from samrit.intake.headings import Headings
from samrit.intake.plans.activities import names_activities
from samrit.intake.tables.lattice import Line

_ROLES = (
    "number",
    "name",
    "goal",
    "indicator",
    "target",
    "steps",
    "period",
    "budget",
    "unit",
    "unit_of_measure",
    "weight",
    "budget_and_unit",
    "strategy",
    "tactic",
    "evidence",
)
_ANY_OF = {"goal", "steps", "period", "budget", "budget_and_unit", "unit", "evidence"}
FEWEST_ROLES = 3
_HEADED_BY = ("column", "band", "kind_group", "side")
_DIGIT = re.compile("[0-9]")


def heading_of(line: Line, months: Container[int], words: Headings) -> dict[str, int] | None:
    """Return role → position where a row is the heading of a plan table, None where it is not.

    ``months`` are positions of months that are ticked.
    """
    found = _roles(line, months, words)
    roles = set(found)
    filled = sum(1 for at, slot in enumerate(line) if slot.text and at not in months)
    few = len(roles) < FEWEST_ROLES or 2 * len(roles) < filled
    if few or not roles & {"name", "indicator"} or not roles & _ANY_OF:
        return None
    if "indicator" not in roles and "target" not in roles and not _lists_projects(line, found, words):
        return None
    return {role: at for role, (_, at) in found.items()} | _in_pairs(line, months, words)


def _roles(line: Line, months: Container[int], words: Headings) -> dict[str, tuple[float, int]]:
    """Return role → how well the heading fits and where it is; activities beside works have a column of theirs."""
    found: dict[str, tuple[float, int]] = {}
    for at, slot in enumerate(line):
        match = words.find("column", slot.text) if slot.text and at not in months else None
        if match is None or match.code not in _ROLES:
            continue
        beside = match.code == "name" and "name" in found and names_activities(slot.text)
        code = "activity" if beside else match.code
        if code not in found or match.score > found[code][0]:
            found[code] = (match.score, at)
    return found


def is_headed(lines: Iterable[Line], words: Headings) -> bool:
    """Say whether the first row of a table is a heading of its own, of a plan table or another (a summary by bands)."""
    texts = next((told for line in lines if (told := {slot.text for slot in line if slot.text})), set())
    known = sum(any(words.find(group, text) for group in _HEADED_BY) for text in texts)
    return known >= FEWEST_ROLES and 2 * known > len(texts) and not any(map(_DIGIT.search, texts))


def _in_pairs(line: Line, months: Container[int], words: Headings) -> dict[str, int]:
    """Return the columns of indicators and targets where they are in pairs: "indicator", "target", "indicator 2" …"""
    matches = ((at, words.find("column", slot.text)) for at, slot in enumerate(line) if slot.text and at not in months)
    told = [(match.code, at) for at, match in matches if match is not None and match.code in ("indicator", "target")]
    turns = ["indicator", "target"] * (len(told) // 2)
    if len(told) < 4 or [code for code, _ in told] != turns:
        return {}
    return {code if order < 2 else f"{code} {order // 2 + 1}": at for order, (code, at) in enumerate(told)}


def _lists_projects(line: Line, found: Mapping[str, tuple[float, int]], words: Headings) -> bool:
    """Say whether a heading without indicators is that of projects with number, name, budget and more."""
    if not {"number", "name", "budget"} <= set(found) or not {"period", "unit", "goal", "steps"} & set(found):
        return False
    return words.begins("work", line[found["name"][1]].text) is not None
