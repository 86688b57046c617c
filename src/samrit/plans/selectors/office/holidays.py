"""The calendar that due days follow: the public holidays of a year, and the office's own changes to them (R153)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.package import Holiday
from samrit.package.holidays import holiday_names
from samrit.plans.models import HolidayChange
from samrit.vocabulary.speech import speech
from samrit.vocabulary.years import to_ce


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """A Buddhist calendar year: its days off as they hold, and the changes that made them so."""

    year_be: int
    days: tuple[tuple[date, str], ...]
    changes: tuple[HolidayChange, ...]


def holiday_year(year_be: int, language: str) -> HolidayYear:
    """Return the days off of a year, with the office's changes laid over the public calendar."""
    rows = tuple(HolidayChange.objects.filter(day__year=to_ce(year_be)).order_by("day"))
    changes = [Holiday(row.day, row.name, row.is_working_day) for row in rows]
    named = holiday_names([year_be], changes, language, country=speech().country)
    return HolidayYear(year_be, tuple(named.items()), rows)
