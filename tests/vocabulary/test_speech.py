"""A plan's own words in every sentence: era, money, levels; of a plan that says nothing, none is changed."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.dates import format_date, parse_date
from samrit.vocabulary.findings import Finding, catalogue, sentence
from samrit.vocabulary.periods import CALENDARS, YearMonth, format_span, plan_dates, plan_year_of
from samrit.vocabulary.speech import PLAIN, LevelName, Speech, currency, speaking, speech
from samrit.vocabulary.years import parse_year, to_be

NGO = Speech(
    "ce",
    currency("USD"),
    strategy=LevelName("ผลลัพธ์", "Outcome/Outcomes"),
    tactic=LevelName("ผลผลิต", "Output"),
    project=LevelName("กิจกรรม", "Activity"),
    has_funds=False,
)
SAID = (
    ("such as 1/10/2568 (Buddhist year)", "such as 1/10/2025"),
    ("a budget of {amount} baht", "a budget of {amount} US dollars"),
    ("งบประมาณ {amount} บาท ตามบทบาท", "งบประมาณ {amount} ดอลลาร์สหรัฐ ตามบทบาท"),
    ("the year {year} (B.E.)", "the year {year} (CE)"),
    ("Jan B.E. {year}", "Jan {year}"),
    ("ปี พ.ศ. {year}", "ปี ค.ศ. {year}"),
    ("A strategy of the plan; strategies", "An outcome of the plan; outcomes"),
    ("{strategy}: a work has no tactic", "{strategy}: an activity has no output"),
    ("{n:work has|works have} a budget", "{n:activity has|activities have} a budget"),
    ("Works and projects to work on", "Activities to work on"),
    ("a national strategy above the strategy", "a national strategy above the outcome"),
    ("ยุทธศาสตร์ชาติ ตามยุทธศาสตร์ของงาน/โครงการ", "ยุทธศาสตร์ชาติ ตามผลลัพธ์ของกิจกรรม"),
)


@pytest.mark.parametrize(("plain", "own"), SAID)
def test_a_sentence_of_the_product_is_said_in_the_plans_words(plain: str, own: str) -> None:
    language = "en" if plain.isascii() else "th"
    assert NGO.says(plain, language) == own
    assert PLAIN.says(plain, language) == plain


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_sentence_loses_a_field_or_keeps_other_money(language: str) -> None:
    for message in catalogue().values():
        plain = message.en if language == "en" else message.th
        own = NGO.says(plain, language)
        # What is said of funds in passing is left out for a plan without any.
        assert [f for f in _fields(own) if f != "fund"] == [f for f in _fields(plain) if f != "fund"]
        assert "baht" not in own
        assert "บาท" not in own.replace("บทบาท", "")
        bare = re.sub(r"\{[^}]*\}|national strategy", "", own)
        assert "strateg" not in bare


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_the_plans_era_holds_while_it_is_spoken_and_no_longer() -> None:
    day = date(2026, 1, 5)
    with speaking(NGO):
        assert (format_date(day, "en"), format_date(day), format_date(day, era=True)) == (
            "5 January 2026",
            "5 มกราคม 2026",
            "5 มกราคม ค.ศ. 2026",
        )
        assert format_span(YearMonth(2569, 1), YearMonth(2569, 6), "en") == "January – June 2026"
        assert parse_year("2026").findings == ()  # no guess, where the plan counts so
        told = sentence(Finding("span_outside_plan", params={"text": "x", "plan_year_be": 2569}), "en")
        assert "2026" in told
        assert "2569" not in told
    assert speech() is PLAIN
    assert format_date(day, "en") == "5 January B.E. 2569"
    assert [f.code for f in parse_year("2026").findings] == ["year_read_as_ce"]


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.sampled_from(["be", "ce"]), st.sampled_from(["th", "en"]))
def test_a_date_comes_back_from_either_era(day: date, era: str, language: str) -> None:
    with speaking(Speech(era)):
        assert parse_date(format_date(day, language)).day == day
        assert parse_date(format_date(day, language, style="numeric")).day == day


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.sampled_from(list(CALENDARS)))
def test_every_day_lies_in_the_plan_year_that_it_is_counted_to(day: date, calendar: str) -> None:
    """P12: whatever month a year starts in, it has twelve months, and is named by its end."""
    year_be, period = plan_year_of(day, calendar)
    first, last = plan_dates(year_be, calendar)
    assert first <= day <= last
    assert first.month == CALENDARS[calendar]
    assert to_be(last.year) == year_be
    assert 1 <= period <= 12


@pytest.mark.parametrize(
    ("typed", "one", "several"),
    [
        ("Outcome", "outcome", "outcomes"),
        ("Activity", "activity", "activities"),
        ("Key result/Key results", "key result", "key results"),
        ("Process", "process", "processes"),
        ("Survey", "survey", "surveys"),
        ("", "", ""),
    ],
)
def test_an_english_word_has_its_plural(typed: str, one: str, several: str) -> None:
    level = LevelName("", typed)
    assert (level.one, level.several) == (one, several)


def test_a_currency_without_a_name_is_called_by_its_code() -> None:
    assert (currency().code, currency("usd").places, currency("JPY").places) == ("THB", 2, 0)
    assert (currency("XYZ").th, currency("XYZ", 0, "สตางค์", "cents").en) == ("XYZ", "cents")
