"""The units of a plan as they were called, and where they stood, in the evaluated month (E.8).

A version brings the names of its day.  For units that the register knows under other names before, the register says
what holds in a month: earlier months keep the old name and parent, later ones have the new.  Frozen evaluations hold
the names that they were closed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from samrit.engine.model import Plan, Unit
from samrit.plans import models
from samrit.plans.evaluation import memory
from samrit.vocabulary.periods import period_dates

Renamed = Mapping[str, models.Unit]


def renamed_units() -> Renamed:
    """Return the register's units that had another name or parent before, or will have, by code."""
    return memory.read("units called otherwise", _read)


def as_called(plan: Plan, period: int, renamed: Renamed) -> Plan:
    """Return ``plan`` with its units as they were called in the month ``period`` (1..12)."""
    day = period_dates(plan.year_be, plan.calendar, max(period, 1))[1]
    codes = {unit.code for unit in plan.units}
    units = tuple(
        _called(unit, renamed[unit.code], day, codes) if unit.code in renamed else unit for unit in plan.units
    )
    return plan if units == plan.units else replace(plan, units=units)


def _called(unit: Unit, row: models.Unit, day: date, codes: set[str]) -> Unit:
    then = row.called_on(day)
    if then is not None:
        name, name_en, parent = then.name, then.name_en, then.parent
    elif not row.called_before:
        return unit  # it changes later only: until then the version says what it is called
    else:
        name, name_en, parent = row.name, row.name_en, row.parent.code if row.parent is not None else ""
    # A parent that the plan doesn't name would lead nowhere.
    return replace(unit, name=name, name_en=name_en, parent=parent if parent in codes else unit.parent)


def _read() -> Renamed:
    rows = models.Unit.objects.select_related("parent")
    return {row.code: row for row in rows if row.called_before or row.called_next}
