"""Results where they have no place of their own: behind a target ("80 (85.5)"), and alone in the months (R295)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from samrit.intake.cleaning import cleaned
from samrit.intake.headings import Headings
from samrit.intake.repair.arithmetic import NEAR, misfit
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import Layout
from samrit.intake.tables.tokens import token
from samrit.vocabulary.numbers import is_percent_unit, parse_target

_RESULT = re.compile(r"^([^()]+?)\s*\(\s*(?:[-–]|[0-9๐-๙][0-9๐-๙.,]*\s*%?)\s*\)$")

_RESULTS = (("side", "actual"), ("column", "actual"), ("column", "percent"))  # "ผล", "ผลการดำเนินงาน" above all months
_HUNDRED = Decimal(100)


def without_result(text: str) -> str:
    """Return a target's words without a result in brackets behind them; any other words as they are."""
    match = _RESULT.match(cleaned(text))
    return match[1] if match else text


def measured_in(target: str) -> str:
    """Return the unit of measure that a target names ("1,200 คน", "ร้อยละ 90"), "" where it names none."""
    parsed = parse_target(cleaned(target))
    first = cleaned(target).split(" ")[0]
    return parsed.unit_of_measure or (first if is_percent_unit(first) else "")


def gives_results(heads: Sequence[Line], layout: Layout, words: Headings) -> bool:
    """Say whether one heading above all months calls their figures results."""
    for line in heads:
        above = {slot_at(line, at).covering for at in layout.months}
        if len(above) == 1 and (text := above.pop()):
            found = ((group, words.find(group, text)) for group in ("side", "column"))
            return any((group, match.code) in _RESULTS for group, match in found if match is not None)
    return False


def all_percents(lines: Sequence[Line], layout: Layout) -> bool:
    """Say whether the percent behind the months is in every row what their total is of the target, and not always 100.

    A plan gives its target; where it does not the figures are what was reached.
    """
    told = [_share(line, layout) for line in lines]
    shares = [share for share in told if share is not None]
    return (
        bool(shares)
        and all(misfit(made, shown) <= NEAR for made, shown in shares)
        and any(shown != _HUNDRED for _, shown in shares)
    )


def _share(line: Line, layout: Layout) -> tuple[Decimal, Decimal] | None:
    """Return what a row's total is of its target in percent, and the percent printed."""
    places = (layout.position(role) for role in ("target", "total", "percent"))
    values = [None if at is None else token(slot_at(line, at).cell, at).value for at in places]
    target, total, percent = values
    if not target or total is None or percent is None:
        return None
    return total * _HUNDRED / target, percent
