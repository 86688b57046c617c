"""A year of an office has to be told within a minute: while it is told, the clock is on the day it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import cast

from django.utils import timezone

_real_now = timezone.now


class _Moment:
    """The moment that is being told of; each question is a second later than the one before."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> datetime:
        self.at += 1
        return datetime.fromtimestamp(self.at, tz=timezone.get_current_timezone())


class Telling:
    """Sets the day and hour, as the office's clocks showed them."""

    def __init__(self, moment: _Moment) -> None:
        self._moment = moment

    def on(self, day: date, hour: int = 9) -> None:
        """Go to a day; never back before what was told already on it."""
        start = datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_current_timezone()).timestamp()
        self._moment.at = max(self._moment.at, start)


@contextmanager
def telling() -> Iterator[Telling]:
    """Put the framework's clock under the story's control, in this process and until it is told.

    Only a process that serves nobody may do this; the history keeps the order in which entries were written.
    """
    moment = _Moment()
    timezone.now = cast("type[datetime]", moment)  # type: ignore[assignment]
    try:
        yield Telling(moment)
    finally:
        timezone.now = _real_now
