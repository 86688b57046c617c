"""Deadlines: something is due in a month or on a day, and was reached or not (AC11, R30).

The last level with a due month or day is what is due; the levels before it are its steps.  One due after the plan's
year has a day and no month (``dated``), and is not due in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO
from samrit.engine.indicators.percents import Percent
from samrit.engine.measures import Level

RULE = "AC11"


def deadline_of(levels: Sequence[Level]) -> Level | None:
    """Return the level that is the deadline, None where none has a due month or day."""
    due = [level for level in levels if level.due_period is not None or level.due_on is not None]
    return max(due, key=lambda level: level.number) if due else None


def months_late(level: Level) -> int | None:
    """Return by how many calendar months the level was reached late, at least 1 where it was; None: not reached."""
    if level.due_period is None or level.reached_period is None:
        return None
    if level.due_on is not None and level.reached_on is not None:
        return max(_months_between(level.due_on, level.reached_on), 1) if level.reached_on > level.due_on else 0
    return max(level.reached_period - level.due_period + level.due_before, 0)


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def deadline_percent(late: int, step: Decimal) -> Percent:
    """Return 100 on time, else 100 less ``step`` for each month of lateness, not below 0 (AC11)."""
    if not late:
        return Percent(HUNDRED, "deadline_kept", RULE)
    value = HUNDRED - step * late
    return Percent(value, "deadline_late", RULE) if value > ZERO else Percent(ZERO, "deadline_too_late", RULE)
