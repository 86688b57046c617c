"""Thai dates in every form met in documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.dates import format_date, parse_date
from samrit.vocabulary.findings import sentence

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2300, 12, 31))

FORMS = """
1 มกราคม 2569             | 2026-01-01
1 ม.ค. 2569               | 2026-01-01
1 มค 2569                 | 2026-01-01
๑ มกราคม ๒๕๖๙             | 2026-01-01
1 มกราคม พ.ศ. 2569        | 2026-01-01
วันที่ 5 มกราคม พ.ศ. 2568   | 2025-01-05
วันจันทร์ที่ 5 มกราคม 2569  | 2026-01-05
5 เดือนมกราคม 2569         | 2026-01-05
01/02/2568                | 2025-02-01
1/2/2568                  | 2025-02-01
1-2-2568                  | 2025-02-01
1.2.2568                  | 2025-02-01
๑/๒/๒๕๖๘                  | 2025-02-01
2025-02-01                | 2025-02-01
2568-02-01                | 2025-02-01
2025-02-01 00:00:00       | 2025-02-01
2025-02-01T08:30:00+07:00 | 2025-02-01
12 กุมภาพันธ์ 2569 เวลา 10.30 น. | 2026-02-12
29 ก.พ. 2567              | 2024-02-29
1 มกราคม ค.ศ. 2026        | 2026-01-01
"""
GUESSED = """
1 ม.ค. 69          | 2026-01-01 | year_two_digits
๑ ม.ค. ๖๙          | 2026-01-01 | year_two_digits
1 ม.ค.69           | 2026-01-01 | year_two_digits
1มค69              | 2026-01-01 | year_two_digits
1-2-68             | 2025-02-01 | year_two_digits
31/12/25           | 2025-12-31 | year_two_digits
5-Jan-26           | 2026-01-05 | year_two_digits
1 Jan 2025         | 2025-01-01 | year_read_as_ce
January 1, 2025    | 2025-01-01 | year_read_as_ce
Monday, 5 January 2026 | 2026-01-05 | year_read_as_ce
1/2/2025           | 2025-02-01 | year_read_as_ce
2/13/2568          | 2025-02-13 | date_month_first
5 ร.ค. 2568        | 2025-12-05 | month_misprint
"""


@pytest.mark.parametrize("row", FORMS.strip().splitlines())
def test_plain_dates_are_read_without_a_guess(row: str) -> None:
    text, day = (cell.strip() for cell in row.split("|"))
    read = parse_date(text)
    assert (read.day, read.guessed, read.findings) == (date.fromisoformat(day), False, ())


@pytest.mark.parametrize("row", GUESSED.strip().splitlines())
def test_guessed_dates_show_the_guess(row: str) -> None:
    text, day, code = (cell.strip() for cell in row.split("|"))
    read = parse_date(text)
    assert (read.day, read.guessed, [f.code for f in read.findings]) == (date.fromisoformat(day), True, [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29 ก.พ. 2568", "date_impossible"),
        ("31 เมษายน 2568", "date_impossible"),
        ("0/1/2568", "date_impossible"),
        ("1/13/13/2568", "date_not_read"),
        ("เร็ว ๆ นี้", "date_not_read"),
        ("1 มกราคม", "date_not_read"),
        ("1 มกราคม 256", "date_not_read"),
        ("", "date_not_read"),
        ("1" * 10**5, "date_not_read"),
        ("1/1/3104", "year_not_read"),
    ],
)
def test_what_is_no_date_gets_a_finding(text: str, code: str) -> None:
    read = parse_date(text)
    assert (read.day, [f.code for f in read.findings]) == (None, [code])


def test_dates_are_printed_in_buddhist_years() -> None:
    day = date(2026, 1, 5)
    assert format_date(day) == "5 มกราคม 2569"
    assert format_date(day, style="short") == "5 ม.ค. 2569"
    assert format_date(day, style="numeric") == "05/01/2569"
    assert format_date(day, era=True, digits="thai") == "๕ มกราคม พ.ศ. ๒๕๖๙"
    assert format_date(day, "en") == "5 January B.E. 2569"


@given(
    DAYS,
    st.sampled_from(["th", "en"]),
    st.sampled_from(["long", "short", "numeric"]),
    st.sampled_from(["arabic", "thai"]),
)
def test_every_printed_date_reads_back(day: date, language: str, style: str, digits: str) -> None:
    read = parse_date(format_date(day, language, style=style, digits=digits))
    assert (read.day, read.findings) == (day, ())


@given(DAYS)
def test_an_iso_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()).day == day


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,2}[ /.-](ม\.ค\.|[0-9]{1,2})[ /.-][0-9]{2,4}", fullmatch=True))
def test_any_text_is_a_date_or_a_finding(text: str) -> None:
    read = parse_date(text)
    assert read.day is not None or read.findings
    assert all(sentence(f, language) for f in read.findings for language in ("th", "en"))
