"""Thai holidays with the office's own changes, and the due dates they give."""

from datetime import date

import pytest

from samrit.package.holidays import days_off, holiday_names
from samrit.package.model import Holiday
from samrit.vocabulary.periods import due_date

# thai-domain.md §2: the months whose report is not due on the 5th itself.
ROLLED = {
    2568: {3: "2025-04-08", 4: "2025-05-06", 6: "2025-07-07", 9: "2025-10-06", 11: "2025-12-08"},
    2569: {3: "2026-04-07", 6: "2026-07-06", 8: "2026-09-07", 11: "2026-12-08"},
    2570: {5: "2027-06-07", 8: "2027-09-06", 11: "2027-12-07"},
}


@pytest.mark.parametrize("year", ROLLED)
def test_due_days_of_a_year_roll_over_weekends_and_holidays(year: int) -> None:
    days = days_off([year, year + 1])
    due = {period: due_date(year, "calendar", period, holidays=days) for period in range(1, 13)}
    assert {period: day.isoformat() for period, day in due.items() if day.day != 5} == ROLLED[year]


def test_holidays_have_thai_and_english_names() -> None:
    assert "สงกรานต์" in holiday_names([2568])[date(2025, 4, 14)]
    assert "Songkran" in holiday_names([2568], language="en")[date(2025, 4, 14)]


def test_government_days_count_too() -> None:
    ploughing = [day for day, name in holiday_names([2568]).items() if "พืชมงคล" in name]
    assert ploughing == [date(2025, 5, 9)]


def test_the_office_adds_and_removes_days() -> None:
    special, worked = date(2025, 8, 5), date(2025, 4, 7)
    changes = [Holiday(special, "วันหยุดพิเศษตามมติคณะรัฐมนตรี"), Holiday(worked, is_working_day=True)]
    days = days_off([2568], changes)
    assert special in days
    assert worked not in days
    assert due_date(2568, "calendar", 7, holidays=days) == date(2025, 8, 6)
    assert due_date(2568, "calendar", 3, holidays=days) == date(2025, 4, 7)
    assert holiday_names([2568], changes)[special] == "วันหยุดพิเศษตามมติคณะรัฐมนตรี"


def test_only_the_years_asked_for_are_given_in_order() -> None:
    days = list(holiday_names([2569], [Holiday(date(2025, 8, 5), "x")]))
    assert {day.year for day in days} == {2026}
    assert days == sorted(days)
    assert days_off([]) == frozenset()
