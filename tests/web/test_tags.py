"""The tags and filters that every number, date, band and text of a page goes through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from samrit.engine.model import Mark
from samrit.engine.ruleset import OFFICE_BANDS, PERCENT_OF_PLAN, Band

pytestmark = pytest.mark.one_database


def shown(source: str, language: str = "th", **context: Any) -> str:
    """Return what a piece of a template shows."""
    with translation.override(language):
        return Template("{% load samrit %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234567.5"), None, "1,234,567.5"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("8.085"), 2, "8.09"),
        (Decimal("-0.001"), 2, "0.00"),
        (Decimal("1E+3"), None, "1,000"),
        (0, 0, "0"),
        (Decimal(0), None, "0"),
        (Mark.NOTHING, None, "–"),
        (Mark.BLANK, None, ""),
        (None, 2, ""),
        ("", 2, ""),
    ],
)
def test_figure_rounds_half_up_and_keeps_zero_nothing_and_blank_apart(
    value: Any, places: int | None, text: str
) -> None:
    assert shown("{{ value|figure:places }}", value=value, places=places) == text


@pytest.mark.parametrize(("value", "text"), [("99.2", "99.2"), ("99", "99"), ("112.5", "113"), ("49.99", "49.99")])
def test_percent_never_contradicts_its_band(value: str, text: str) -> None:
    assert shown("{% percent value rules %}", value=Decimal(value), rules=PERCENT_OF_PLAN) == text


def test_percent_of_nothing_is_empty() -> None:
    assert shown("{% percent value rules %}", value=None, rules=PERCENT_OF_PLAN) == ""


@pytest.mark.parametrize(
    ("style", "language", "text"),
    [
        ("long", "th", "5 มีนาคม 2569"),
        ("short", "th", "5 มี.ค. 2569"),
        ("numeric", "th", "05/03/2569"),
        ("long", "en", "5 March B.E. 2569"),
    ],
)
def test_dates_stand_in_buddhist_years(style: str, language: str, text: str) -> None:
    assert shown("{{ day|thai_date:style }}", language, day=date(2026, 3, 5), style=style) == text


def test_moments_stand_in_bangkok_time() -> None:
    late = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
    assert shown('{{ at|thai_date:"time" }}', at=late) == "6 มี.ค. 2569 00:30 น."
    assert shown("{{ at|clock }}", at=late) == "00:30"


@pytest.mark.parametrize("band", OFFICE_BANDS, ids=lambda band: band.code)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_band_has_its_sign_its_word_and_its_class(band: Band, language: str) -> None:
    html = shown("{% band band %}", language, band=band)
    assert band.sign in html
    assert (band.name_en if language == "en" else band.name) in html
    assert f"band-{band.code}" in html


def test_a_band_of_another_office_gets_the_tone_of_its_colour_or_a_neutral_one() -> None:
    ours = Band("a1", "ยอดเยี่ยม", "Excellent", None, colour="#1A7F37", sign="A")
    theirs = Band("b1", "ม่วง", "Violet", None, colour="#8800cc", sign="B")
    assert "band-good" in shown("{% band band %}", band=ours)
    assert "band-other" in shown("{% band band %}", band=theirs)
    assert shown("{% band band %}", band=None) == ""


@pytest.mark.parametrize("code", ["scored", "not_reported", "not_due", "no_plan", "no_data", "not_applicable"])
def test_every_state_has_a_word_and_a_pattern(code: str) -> None:
    html = shown("{% state code %}", code=code)
    assert f"state-{code.replace('_', '-')}" in html


def test_what_fills_a_text_is_escaped_and_the_text_is_not_doubly() -> None:
    html = shown('{% t "units.saved" name=name %}', name="<b>&")
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html


def test_a_query_changes_one_part_of_the_address() -> None:
    request = RequestFactory().get("/plans/x/", {"band": "good", "page": "3", "q": "น้ำ & ไฟ"})
    assert shown("{% query page=4 %}", request=request) == (
        "?band=good&amp;page=4&amp;q=%E0%B8%99%E0%B9%89%E0%B8%B3+%26+%E0%B9%84%E0%B8%9F"
    )
    assert "page" not in shown("{% query page=None %}", request=request)


def test_names_follow_the_language_where_there_is_one() -> None:
    unit = type("Unit", (), {"name": "กองฝึกอบรม", "name_en": "Training"})()
    assert shown("{{ unit|in_language }}", unit=unit) == "กองฝึกอบรม"
    assert shown("{{ unit|in_language }}", "en", unit=unit) == "Training"
    unit.name_en = ""
    assert shown("{{ unit|in_language }}", "en", unit=unit) == "กองฝึกอบรม"


def test_periods_and_quarters_have_their_names() -> None:
    assert shown('{% period 2569 "fiscal" 1 %}') == "ตุลาคม 2568"
    assert shown("{{ 4|quarter }}", "en") == "Quarter 4"
