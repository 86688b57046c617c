"""Names and parents of units change from a day on: what a unit was called until then is kept beside it (E.8).

A register says of each unit since when its name and its parent hold.  A later day with another name is a change: what
stood there before holds for the months before.  The same day, or none, is a correction of what stands there; a
correction back to what was before takes the change back.  Another day beside the same name moves the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Unit
from samrit.vocabulary.dates import format_date

SINCE = "called_since"
_DATED = ("name", "name_en", "parent")
_DAY = timedelta(days=1)


def called_from(unit: Unit, before: Mapping[str, Any] | None, day: date | None) -> bool:
    """Set since when the unit's name and parent hold, keep what they were, and say whether anything was set.

    ``before`` is its row until now, as the history keeps it, None for a new one.  Raises ServiceError
    ``unit_change_ahead`` for a day that has not come, and ``unit_change_order`` for one that is not after the change
    before.
    """
    now = {"name": unit.name, "name_en": unit.name_en, "parent": unit.parent.code if unit.parent is not None else ""}
    was = now if before is None else {name: before[name] or "" for name in _DATED}
    if day is not None and day != unit.called_since:
        if was != now:
            _changed(unit, was, day)
        else:
            _moved(unit, day)
        return True
    last = unit.called_before[-1] if unit.called_before else None
    is_taken_back = was != now and last is not None and all(last[name] == now[name] for name in _DATED)
    if is_taken_back:
        unit.called_before = unit.called_before[:-1]
        unit.called_since = unit.earlier[-1].until + _DAY if unit.called_before else None
    return is_taken_back


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
    if day > timezone.localdate():
        raise ServiceError("unit_change_ahead", record=unit.code, day=_said(day))
    if after is not None and day <= after:
        raise ServiceError("unit_change_order", record=unit.code, day=_said(day), after=_said(after))


def _said(day: date) -> dict[str, str]:
    return {language: format_date(day, language) for language in ("th", "en")}
