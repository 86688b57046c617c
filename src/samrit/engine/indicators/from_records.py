"""Figures that the year's records make in place of typed ones: steps (R78), and an assessment's total (M-E, R264)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.choices import BY_RECORDS
from samrit.engine.indicators.assessment import assessment
from samrit.engine.model import Aggregation, Direction, Entry, EntryBasis, Formula, Indicator, Mark, Project
from samrit.engine.year import Recorded
from samrit.vocabulary.periods import CALENDARS, period_in

YEAR_END, _AFTER = 12, 13


def is_recorded(project: Project) -> bool:
    """Say whether an indicator of the work takes its figures from the year's records."""
    return any(i.formula in BY_RECORDS for i in project.indicators)


def with_records(indicator: Indicator, project: Project, year_be: int, calendar: str) -> Indicator:
    """Return an indicator with the figures that the records of its work make, in the months in which they came about.

    Doing so twice gives what doing so once does.
    """
    if indicator.formula is Formula.STEPS:
        return _by_steps(indicator, steps_due(project, year_be, calendar), dict(project.recorded.steps_over))
    if indicator.formula is Formula.ASSESSMENT:
        return _by_parts(indicator, project.recorded)
    return indicator


def steps_due(project: Project, year_be: int, calendar: str) -> Mapping[int, int]:
    """Return the period in which each step of a work is due, by its number: the plan's day decides (R78).

    A step without a day is due by the year's end; one after the year in period 13.
    """
    days = {term.step: term.due_on for term in project.step_terms if term.due_on is not None}
    known = {step: period_in(day, year_be, calendar) or _AFTER for step, day in days.items() if calendar in CALENDARS}
    return {step: known.get(step, YEAR_END) for step in range(1, len(project.steps) + 1)}


def _by_steps(indicator: Indicator, due: Mapping[int, int], over: Mapping[int, int]) -> Indicator:
    """Return an indicator that plans a step in the month it is due, and has it done in the month since it is over.

    A month in which steps are due and none came has the result 0.
    """
    planned = Counter(period for period in due.values() if period <= YEAR_END)
    done = Counter(over[step] for step in due if over.get(step, _AFTER) <= YEAR_END)
    entries = (
        Entry(month, planned=Decimal(planned[month]) if month in planned else Mark.NOTHING, actual=Decimal(done[month]))
        for month in sorted({*planned, *done})
    )
    return replace(
        indicator,
        entries=tuple(entries),
        aggregation=Aggregation.SUM,
        entry_basis=EntryBasis.MONTH,
        direction=Direction.HIGHER,
    )


@exact
def _by_parts(indicator: Indicator, recorded: Recorded) -> Indicator:
    """Return an indicator whose result is the total of the parts, from the month in which every tool has one.

    What was typed stands until then.  A figure of several months has the total of its last month.
    """
    totals = _totals(recorded)
    if not totals:
        return indicator
    entries = [_with_total(entry, totals) for entry in indicator.entries]
    units = {entry.unit for entry in entries}
    standing = {entry.period for entry in entries}
    unit = units.pop() if len(units) == 1 else ""
    more = (Entry(month, unit, actual=total) for month, total in totals.items() if month not in standing)
    inside = sorted((*entries, *more), key=lambda entry: (entry.period, entry.span, entry.unit))
    return replace(indicator, entries=tuple(inside), aggregation=Aggregation.LATEST, entry_basis=EntryBasis.MONTH)


def _totals(recorded: Recorded) -> dict[int, Decimal]:
    """Return the total in each month in which it came about or changed."""
    months = sorted({part.period for part in recorded.parts if part.period <= YEAR_END})
    found: dict[int, Decimal] = {}
    for month in months:
        made = assessment(((p.tool, p.score) for p in recorded.parts if p.period <= month), recorded.terms)
        if made is not None and made.total is not None:
            found[month] = made.total
    return found


def _with_total(entry: Entry, totals: Mapping[int, Decimal]) -> Entry:
    known = _latest(totals, entry.period)
    return entry if known is None else replace(entry, actual=known, is_typed=False)


def _latest(totals: Mapping[int, Decimal], month: int) -> Decimal | None:
    past: Iterable[int] = (m for m in totals if m <= month)
    last = max(past, default=None)
    return None if last is None else totals[last]
