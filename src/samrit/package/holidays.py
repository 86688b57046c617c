"""Thai public and government holidays, with the office's own additions and removals on top.

The library knows the fixed and substituted days; days that the cabinet declares
during the year are rows that people edit (thai-domain.md §2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import holidays

from samrit.package.model import Holiday
from samrit.vocabulary.years import to_ce


def holiday_names(years_be: Iterable[int], changes: Iterable[Holiday] = (), language: str = "th") -> Mapping[date, str]:
    """Return every holiday of those Buddhist calendar years with its name, in order of date.

    Rows of ``changes`` outside the years are left out; of two rows for one day the later one holds.
    A report of December is due in January: ask for the year after the plan's too.
    """
    years = {to_ce(year) for year in years_be}
    if not years:
        return {}
    known = holidays.country_holidays(
        "TH", years=years, categories=("public", "government"), language="en_US" if language == "en" else "th"
    )
    named = {day: name for day, name in known.items() if day.year in years}
    for change in changes:
        if change.is_working_day:
            named.pop(change.day, None)
        elif change.day.year in years:
            named[change.day] = change.name
    return dict(sorted(named.items()))


def thai_holidays(years_be: Iterable[int], changes: Iterable[Holiday] = ()) -> frozenset[date]:
    """Return the holidays of those Buddhist calendar years as a set, as ``periods.due_date`` wants it."""
    return frozenset(holiday_names(years_be, changes))
