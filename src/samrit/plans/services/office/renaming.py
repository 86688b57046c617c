"""Names and parents of units change from a day on: what a unit was called until then is kept beside it (E.8).

A register says of each unit since when its name and its parent hold.  A later day with another name is a change: what
was there before holds for the months before.  The same day, or none, is a correction of what is there; a
correction back to what was before takes the change back.  Another day beside the same name moves the change.

A day that has not come keeps the row as it is: what changes then is beside it, at most one change at a time, and
holds from that day on (``turned``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from samrit.plans.errors import ServiceError
from samrit.plans.models import Unit
from samrit.vocabulary.dates import format_date

SINCE, NEXT = "called_since", "called_next"
COLUMNS = (SINCE, "called_before", NEXT, "name", "name_en", "parent")  # what a change of a day sets
_DATED = ("name", "name_en", "parent")
_DAY = timedelta(days=1)
Units = Mapping[str, Unit]


def called_from(
    unit: Unit, before: Mapping[str, Any] | None, day: date | None, *, units: Units, today: date, reason: str = ""
) -> bool:
    """Set since when the unit's name and parent hold, keep what they were, and say whether anything was set.

    ``before`` is its row until now, as the history keeps it, None for a new one; ``units`` are all by code.  A day to
    come leaves name and parent as they were and keeps what was given for that day.  Raises ServiceError
    ``unit_change_ahead`` for such a day where nothing changes, ``unit_change_waits`` where another change is to come on
    another day, and ``unit_change_order`` for a day that is not after the change before.
    """
    now = _called(unit)
    was = now if before is None else {name: before[name] or "" for name in _DATED}
    if day is not None and day != unit.called_since:
        if day > today:
            _announced(unit, {name: now[name] for name in _DATED if now[name] != was[name]}, day, reason)
            _set(unit, was, units)
        elif was != now:
            _changed(unit, was, day)
        else:
            _moved(unit, day)
        _settled(unit)
        return True
    last = unit.called_before[-1] if unit.called_before else None
    is_taken_back = was != now and last is not None and all(last[name] == now[name] for name in _DATED)
    if is_taken_back:
        unit.called_before = unit.called_before[:-1]
        unit.called_since = unit.earlier[-1].until + _DAY if unit.called_before else None
    return _settled(unit) or is_taken_back


def taken_back(unit: Unit) -> bool:
    """Forget the change that is to come, and say whether there was one."""
    had = bool(unit.called_next)
    unit.called_next = {}
    return had


def is_due(unit: Unit, today: date) -> bool:
    """Say whether the day of the unit's coming change is here."""
    return unit.coming is not None and unit.coming.since <= today


def turned(unit: Unit, units: Units) -> str:
    """Let the change whose day has come hold from that day on, and return the reason that was given for it."""
    coming, was = unit.coming, _called(unit)
    if coming is None:
        return ""
    unit.called_next = {}
    _changed(unit, was, coming.since)
    _set(unit, {"name": coming.name, "name_en": coming.name_en, "parent": coming.parent}, units)
    return coming.reason


def _called(unit: Unit) -> dict[str, str]:
    return {"name": unit.name, "name_en": unit.name_en, "parent": unit.parent.code if unit.parent is not None else ""}


def _set(unit: Unit, called: Mapping[str, str], units: Units) -> None:
    unit.name, unit.name_en = called["name"], called["name_en"]
    unit.parent = units[called["parent"]] if called["parent"] else None


def _announced(unit: Unit, given: Mapping[str, str], day: date, reason: str) -> None:
    """Keep what changes on a day to come; the change that is kept already is added to, or moved to that day."""
    kept = {name: unit.called_next[name] for name in _DATED if name in unit.called_next}
    if not given and not kept:
        raise ServiceError("unit_change_ahead", record=unit.code, day=_said(day))
    if kept and given and kept != given and unit.called_next["since"] != day.isoformat():
        other = date.fromisoformat(unit.called_next["since"])
        raise ServiceError("unit_change_waits", record=unit.code, day=_said(day), other=_said(other))
    said = reason or unit.called_next.get("reason", "")
    unit.called_next = {"since": day.isoformat(), "reason": said, **kept, **given}


def _settled(unit: Unit) -> bool:
    """Drop of a coming change what is there already, and say whether anything was dropped."""
    now = _called(unit)
    left = {name: unit.called_next[name] for name in _DATED if unit.called_next.get(name, now[name]) != now[name]}
    was = unit.called_next
    unit.called_next = {"since": was["since"], "reason": was["reason"], **left} if left else {}
    return unit.called_next != was


def _changed(unit: Unit, was: Mapping[str, str], day: date) -> None:
    _in_order(unit, day, unit.called_since)
    unit.called_before = [*unit.called_before, {"until": (day - _DAY).isoformat(), **was}]
    unit.called_since = day


def _moved(unit: Unit, day: date) -> None:
    """Another day beside the same name: the last change was on that day."""
    earlier = unit.earlier
    _in_order(unit, day, earlier[-2].until + _DAY if len(earlier) > 1 else None)
    if earlier:
        unit.called_before = [*unit.called_before[:-1], {**unit.called_before[-1], "until": (day - _DAY).isoformat()}]
    unit.called_since = day


def _in_order(unit: Unit, day: date, after: date | None) -> None:
    if after is not None and day <= after:
        raise ServiceError("unit_change_order", record=unit.code, day=_said(day), after=_said(after))


def _said(day: date) -> dict[str, str]:
    return {language: format_date(day, language) for language in ("th", "en")}
