"""Columns between months that hold sums of a quarter, a third or half of the year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from samrit.intake.headings import Headings, pattern
from samrit.intake.tables.lattice import Line, slot_at

_PART_SUM = re.compile(rf"^{pattern('part_sum')}", re.IGNORECASE)
_FEWEST = 2  # sums among the months, for one beside them to be of a part of the year too


def is_part_sum(rows: Sequence[Line], at: int, *, actuals: bool) -> bool:
    """Say whether a column holds sums of a quarter or half year: its heading says so, or that of the plan beside it."""
    texts = [slot_at(row, at).covering for row in rows]
    below = [f"{lower} {upper}" for upper, lower in pairwise(texts) if upper and lower]  # "รวม" under "ไตรมาสที่ 4"
    if any(_PART_SUM.search(text) for text in (*texts, *below) if text):
        return True
    beside = [slot_at(row, at - 1).covering for row in rows] if actuals and at else []
    return not texts[0] and any(_PART_SUM.search(text) for text in beside if text)


def sums_among_months(rows: Sequence[Line], months: Collection[int], words: Headings) -> set[int]:
    """Return the columns headed as sums of parts of the year: among the months, and the one that begins or ends them.

    "ต.ค. พ.ย. ธ.ค. รวม … ก.ย. รวม รวม": each part has its sum before or behind its months, so of
    several behind the last month the first is a part's, and the year's stands after it.
    """
    first, last = min(months), max(months)
    inner = {at for at in range(first, last) if at not in months and _is_sum(rows, at, words)}
    if len(inner) < _FEWEST:
        return set()
    leads = first - 1 >= 0 and _is_sum(rows, first - 1, words)
    return inner | ({first - 1} if leads else {last + 1} if _is_sum(rows, last + 1, words) else set())


def _is_sum(rows: Sequence[Line], at: int, words: Headings) -> bool:
    texts = {slot_at(row, at).covering for row in rows} - {""}
    return any((match := words.find("column", text)) is not None and match.code == "total" for text in texts)
