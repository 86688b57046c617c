"""F.1: a day that somebody types means the same day in either era, and what is kept can always be shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.dates import FIRST_DAY, LAST_DAY, format_date, is_of_office, typed_day

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_a_day_is_read_in_both_eras(day: date) -> None:
    assert typed_day(day.isoformat()) == day
    assert typed_day(f"{day.day}/{day.month}/{day.year + 543}") == day
    if day.year + 543 >= 2444:  # a year that can't be of the Common Era
        assert typed_day(f"{day.year + 543}-{day.month:02d}-{day.day:02d}") == day


@pytest.mark.parametrize("text", ["", "2400-12-31", "9999-12-31", "0001-01-01", "1899-12-31", "31/12/2899", "x" * 500])
def test_what_no_office_can_mean_is_no_day(text: str) -> None:
    assert typed_day(text) is None


@given(st.dates())
def test_a_day_that_was_kept_can_be_shown(day: date) -> None:
    for language in ("th", "en"):
        for style in ("long", "short", "numeric"):
            assert format_date(day, language, style=style)
    assert is_of_office(day) == (FIRST_DAY <= day <= LAST_DAY)
