"""Public holidays of the plan's country, in Thailand the government's too, with the office's own changes on top.

The library knows the fixed and substituted days; days that the cabinet declares
during the year are rows that people edit (thai-domain.md §2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from typing import Any

from samrit.package.model import Holiday
from samrit.vocabulary.years import to_ce

# The country that most plans name is known without the library: its import takes half as long as reading a plan.
_FIRST = "TH"


def _library() -> Any:
    """Return the library of holidays, imported when a plan's days are first asked for."""
    return import_module("holidays")


def is_country(code: str) -> bool:
    """Say whether the holidays of a country (ISO 3166, two letters) are known."""
    return code == _FIRST or code in _library().list_supported_countries(include_aliases=False)


def holiday_names(
    years_be: Iterable[int], changes: Iterable[Holiday] = (), language: str = "th", *, country: str = "TH"
) -> Mapping[date, str]:
    """Return every holiday of those Buddhist calendar years with its name, in order of date.

    The names are in ``language`` where the country's are known in it.  Raises NotImplementedError for a country
    whose holidays are not known (:func:`is_country`).
    Rows of ``changes`` outside the years are left out; of two rows for one day the later one holds.
    A report of December is due in January: ask for the year after the plan's too.
    """
    years = {to_ce(year) for year in years_be}
    if not years:
        return {}
    holidays = _library()
    offered = getattr(holidays, country, None)
    if offered is None:
        raise NotImplementedError(country)
    categories = ("public", "government") if country == _FIRST else ("public",)
    wanted = "en_US" if language == "en" else "th"
    chosen = wanted if wanted in offered.supported_languages else offered.default_language
    known = holidays.country_holidays(country, years=years, categories=categories, language=chosen)
    named = {day: name for day, name in known.items() if day.year in years}
    for change in changes:
        if change.is_working_day:
            named.pop(change.day, None)
        elif change.day.year in years:
            named[change.day] = change.name
    return dict(sorted(named.items()))


def days_off(years_be: Iterable[int], changes: Iterable[Holiday] = (), *, country: str = "TH") -> frozenset[date]:
    """Return the holidays of those Buddhist calendar years as a set, as ``periods.due_date`` wants it."""
    return frozenset(holiday_names(years_be, changes, country=country))
