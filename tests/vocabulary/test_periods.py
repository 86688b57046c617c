"""Plan years, periods, quarters and due dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.periods import (
    CALENDARS,
    YearMonth,
    due_date,
    parse_span,
    period_dates,
    period_month,
    period_name,
    period_of_month,
    plan_dates,
    plan_year_of,
    quarter_name,
    quarter_of,
    quarter_periods,
    span_periods,
)

YEARS = st.integers(2500, 2700)
KINDS = st.sampled_from(sorted(CALENDARS))
PERIODS = st.integers(1, 12)


def test_p12_a_fiscal_year_is_named_by_its_end() -> None:
    assert plan_dates(2569, "fiscal") == (date(2025, 10, 1), date(2026, 9, 30))
    assert plan_year_of(date(2025, 10, 1), "fiscal") == (2569, 1)
    assert plan_year_of(date(2026, 9, 30), "fiscal") == (2569, 12)
    assert plan_year_of(date(2026, 10, 1), "fiscal") == (2570, 1)


def test_p12_quarter_one_is_october_only_in_a_fiscal_plan() -> None:
    first = quarter_periods(1)
    assert [period_month(2569, "fiscal", p) for p in first] == [YearMonth(2568, m) for m in (10, 11, 12)]
    assert [period_month(2569, "calendar", p) for p in first] == [YearMonth(2569, m) for m in (1, 2, 3)]


def test_a_calendar_plan_runs_january_to_december() -> None:
    assert plan_dates(2568, "calendar") == (date(2025, 1, 1), date(2025, 12, 31))
    assert period_dates(2567, "calendar", 2) == (date(2024, 2, 1), date(2024, 2, 29))


@given(YEARS, KINDS, PERIODS)
def test_a_day_of_a_period_belongs_to_that_period(year: int, calendar: str, period: int) -> None:
    first, last = period_dates(year, calendar, period)
    for day in (first, last, first + timedelta(days=14)):
        assert plan_year_of(day, calendar) == (year, period)
    assert period_of_month(calendar, first.month) == period


@given(YEARS, KINDS)
def test_the_twelve_periods_follow_each_other_through_the_plan_year(year: int, calendar: str) -> None:
    days = [period_dates(year, calendar, period) for period in range(1, 13)]
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(days))
    assert (days[0][0], days[-1][1]) == plan_dates(year, calendar)


def test_a_period_outside_the_year_is_a_fault_of_the_program() -> None:
    for period in (0, 13):
        with pytest.raises(ValueError, match="not 1"):
            period_month(2568, "calendar", period)
    with pytest.raises(KeyError):
        period_month(2568, "lunar", 1)


def test_names_of_periods_and_quarters() -> None:
    assert period_name(2569, "fiscal", 1) == "ตุลาคม 2568"
    assert period_name(2569, "fiscal", 1, "en", short=True) == "Oct B.E. 2568"
    assert period_name(2568, "calendar", 4, short=True, digits="thai") == "เม.ย. ๒๕๖๘"
    assert [quarter_name(4), quarter_name(4, short=True)] == ["ไตรมาสที่ 4", "ไตรมาส 4"]
    assert [quarter_name(4, "en"), quarter_name(4, "en", short=True)] == ["Quarter 4", "Q4"]
    assert quarter_name(4, digits="thai") == "ไตรมาสที่ ๔"


@given(PERIODS)
def test_a_period_is_in_its_quarter(period: int) -> None:
    assert period in quarter_periods(quarter_of(period))


def test_the_report_of_a_month_is_due_on_the_5th_of_the_next() -> None:
    assert due_date(2568, "calendar", 1) == date(2025, 2, 5)
    assert due_date(2568, "calendar", 12) == date(2026, 1, 5)
    assert due_date(2569, "fiscal", 1) == date(2025, 11, 5)
    assert due_date(2569, "fiscal", 12) == date(2026, 10, 5)


def test_a_weekend_or_holiday_moves_the_day_on_only_where_it_rolls() -> None:
    assert due_date(2568, "calendar", 3) == date(2025, 4, 7)  # the 5th is a Saturday
    holidays = frozenset({date(2025, 4, 7)})
    assert due_date(2568, "calendar", 3, holidays=holidays) == date(2025, 4, 8)
    assert due_date(2568, "calendar", 3, rolls=False, holidays=holidays) == date(2025, 4, 5)


def test_another_due_day_stays_within_its_month() -> None:
    assert due_date(2568, "calendar", 1, due_day=31, rolls=False) == date(2025, 2, 28)
    assert due_date(2568, "calendar", 1, due_day=10) == date(2025, 2, 10)


@given(YEARS, KINDS, PERIODS, st.sets(st.dates(date(1957, 1, 1), date(2160, 1, 1)), max_size=20))
def test_a_rolled_day_is_a_working_day_not_before_the_5th(
    year: int, calendar: str, period: int, holidays: set[date]
) -> None:
    due = due_date(year, calendar, period, holidays=holidays)
    plain = due_date(year, calendar, period, rolls=False)
    assert plain.day == 5
    assert due >= plain
    assert due.weekday() < 5
    assert due not in holidays


@pytest.mark.parametrize(
    ("text", "calendar", "periods", "codes"),
    [
        ("มกราคม - ธันวาคม 2569", "calendar", (1, 12), []),
        ("ต.ค. 2568 - ก.ย. 2569", "fiscal", (1, 12), []),
        ("สิงหาคม 2569", "calendar", (8, 8), []),
        ("สิงหาคม 2569", "fiscal", (11, 11), []),
        ("ต.ค. 2568 - ก.ย. 2569", "calendar", (1, 9), ["span_outside_plan"]),
        ("มกราคม - ธันวาคม 2569", "fiscal", (4, 12), ["span_outside_plan"]),
        ("มีนาคม 2571", "calendar", (None, None), ["span_outside_plan"]),
        ("ไม่ทราบ", "calendar", (None, None), []),
    ],
)
def test_a_range_is_cut_to_the_plan_year(
    text: str, calendar: str, periods: tuple[int | None, int | None], codes: list[str]
) -> None:
    found = span_periods(parse_span(text), 2569, calendar)
    assert (found.first, found.last) == periods
    assert [f.code for f in found.findings] == codes
