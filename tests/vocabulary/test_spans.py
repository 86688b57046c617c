"""Ranges of months as documents print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.findings import sentence
from samrit.vocabulary.spans import YearMonth, format_month, format_span, parse_span
from tests.documents import facts

MONTHS = st.builds(YearMonth, st.integers(2450, 2700), st.integers(1, 12))

READ = """
มกราคม - ธันวาคม 2568                       | 2568-1  | 2568-12
มกราคม – ธันวาคม 2568                       | 2568-1  | 2568-12
มกราคม-ธันวาคม ๒๕๖๘                         | 2568-1  | 2568-12
ระยะเวลาโครงการ : มีนาคม - มิถุนายน 2568      | 2568-3  | 2568-6
ธันวาคม 2568                                | 2568-12 | 2568-12
ต.ค. 2568 - ก.ย. 2569                       | 2568-10 | 2569-9
ต.ค. - ก.ย. 2569                            | 2568-10 | 2569-9
ต.ค. 2568 - ก.ย.                            | 2568-10 | 2569-9
ม.ค. - มี.ค.                                | 2568-1  | 2568-3
1 ม.ค. 2568 - 31 มี.ค. 2568                  | 2568-1  | 2568-3
1 - 30 เมษายน 2568                          | 2568-4  | 2568-4
ระหว่างเดือนมกราคม ถึง เดือนมีนาคม พ.ศ. 2568  | 2568-1  | 2568-3
ตั้งแต่เดือนมกราคม 2568 จนถึงเดือนมีนาคม 2568  | 2568-1  | 2568-3
(ม.ค. - มี.ค. 2568)                          | 2568-1  | 2568-3
ปี 2569                                     | 2569-1  | 2569-12
ปีงบประมาณ 2569                             | 2568-10 | 2569-9
ปีงบประมาณ พ.ศ. 2569                        | 2568-10 | 2569-9
ไตรมาส 1/2569                               | 2569-1  | 2569-3
ไตรมาสที่ 1 - 3 ปี 2569                      | 2569-1  | 2569-9
ไตรมาส 4                                    | 2568-10 | 2568-12
ตลอดปี                                      | 2568-1  | 2568-12
"""


def as_month(text: str) -> YearMonth:
    year, month = map(int, text.split("-"))
    return YearMonth(year, month)


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_ranges_are_read_without_a_finding(row: str) -> None:
    text, first, last = (cell.strip() for cell in row.split("|"))
    span = parse_span(text, plan_year_be=2568)
    assert (span.first, span.last, span.findings) == (as_month(first), as_month(last), ())


def test_two_digit_years_and_misprints_are_shown() -> None:
    span = parse_span("มี.ย. - ร.ค. 68", plan_year_be=2568)
    assert (span.first, span.last) == (YearMonth(2568, 6), YearMonth(2568, 12))
    assert [f.code for f in span.findings] == ["month_misprint", "month_misprint", "year_two_digits"]
    assert parse_span("ต.ค. 68 - ก.ย. 69").first == YearMonth(2568, 10)


@pytest.mark.parametrize("text", ["ภายในเดือนมิถุนายน 2568", "ภายในมิถุนายน 2568", "ภายในเดือน มิ.ย. 2568"])
def test_a_deadline_is_a_month_and_says_so(text: str) -> None:
    span = parse_span(text)
    assert (span.first, span.last, span.is_deadline, span.findings) == (
        YearMonth(2568, 6),
        YearMonth(2568, 6),
        True,
        (),
    )
    assert not parse_span("มิถุนายน 2568").is_deadline


def test_p12_quarter_one_of_a_fiscal_plan_starts_in_october() -> None:
    fiscal = parse_span("ไตรมาส 1", plan_year_be=2569, calendar="fiscal")
    assert (fiscal.first, fiscal.last) == (YearMonth(2568, 10), YearMonth(2568, 12))
    named = parse_span("ไตรมาส 1 ปีงบประมาณ 2569", plan_year_be=2569)
    assert (named.first, named.last) == (YearMonth(2568, 10), YearMonth(2568, 12))
    calendar = parse_span("ไตรมาส 1", plan_year_be=2569)
    assert (calendar.first, calendar.last) == (YearMonth(2569, 1), YearMonth(2569, 3))


def test_months_without_a_year_fall_into_the_plan_year() -> None:
    assert parse_span("พ.ย.", plan_year_be=2569, calendar="fiscal").first == YearMonth(2568, 11)
    assert parse_span("มี.ค.", plan_year_be=2569, calendar="fiscal").first == YearMonth(2569, 3)
    span = parse_span("ต.ค. - ก.ย.", plan_year_be=2569, calendar="fiscal")
    assert (span.first, span.last) == (YearMonth(2568, 10), YearMonth(2569, 9))
    assert [f.code for f in parse_span("มี.ค.").findings] == ["span_without_year"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ม.ค., มี.ค. และ มิ.ย. 2568", "span_several"),
        ("มกราคม " * 10**4, "span_several"),
        ("ธ.ค. 2569 - ม.ค. 2569", "span_backwards"),
        ("ตามที่ได้รับมอบหมาย", "span_not_read"),
        ("", "span_not_read"),
    ],
)
def test_what_is_no_range_gets_a_finding(text: str, code: str) -> None:
    span = parse_span(text, plan_year_be=2568)
    assert (span.first, span.last) == (None, None)
    assert [f.code for f in span.findings] == [code]


def test_other_words_in_a_range_are_pointed_out() -> None:
    span = parse_span("ลงนามสัญญา มีนาคม 2568")
    assert span.first == YearMonth(2568, 3)
    assert [f.code for f in span.findings] == ["span_other_words"]


def test_ranges_are_printed_with_each_year_once() -> None:
    january, december = YearMonth(2568, 1), YearMonth(2568, 12)
    assert format_span(january, december) == "มกราคม – ธันวาคม 2568"
    assert format_span(YearMonth(2568, 10), YearMonth(2569, 9), short=True) == "ต.ค. 2568 – ก.ย. 2569"
    assert format_span(january, december, "en") == "January – December B.E. 2568"
    assert format_month(december, digits="thai") == "ธันวาคม ๒๕๖๘"


@given(MONTHS, st.integers(0, 30), st.sampled_from(["th", "en"]), st.booleans(), st.sampled_from(["arabic", "thai"]))
def test_every_printed_range_reads_back(first: YearMonth, more: int, language: str, short: bool, digits: str) -> None:
    last = YearMonth(first.year_be + (first.month - 1 + more) // 12, (first.month - 1 + more) % 12 + 1)
    span = parse_span(format_span(first, last, language, short=short, digits=digits))
    assert (span.first, span.last, span.findings) == (first, last, ())


@given(st.text(max_size=60) | st.text(alphabet="ม.ค.กยตธ2568 -–ไตรมาสปี/", max_size=40))
def test_any_text_is_a_range_or_a_finding(text: str) -> None:
    for plan_year in (None, 2568):
        span = parse_span(text, plan_year_be=plan_year)
        assert (span.first is not None and span.last is not None) or span.findings
        assert all(sentence(f, language) for f in span.findings for language in ("th", "en"))


def test_every_period_of_the_hr_plan_is_read() -> None:
    wrong = {}
    for text, period in facts()["hr_periods"].items():
        span = parse_span(text, plan_year_be=2569)
        if [[m.year_be, m.month] for m in (span.first, span.last) if m] != period:
            wrong[text] = span
    assert wrong == {}


def test_every_period_of_the_evaluation_is_read_without_doubt() -> None:
    printed = facts()["evaluation_periods"]
    assert len(printed) > 40
    assert {p: parse_span(p).findings for p in printed if parse_span(p).findings} == {}
