"""Thai text made comparable, and Thai digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.text import arabic_digits, search_key, thai_digits, tidy

THAI_TEXT = st.text(
    alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" \u200b\u00a0")
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("นํ้า", "น้ำ"),  # nikhahit, tone, sara aa
        ("น้ํา", "น้ำ"),  # tone, nikhahit, sara aa
        ("นำ้", "น้ำ"),  # tone after sara am
        ("กําหนด", "กำหนด"),
        ("เเผน", "แผน"),
        ("แผน\u200bงาน", "แผนงาน"),
        ("  งาน\u00a0\n ประจำ ", "งาน ประจำ"),
    ],
)
def test_tidy_repairs_what_cannot_be_seen(written: str, seen: str) -> None:
    assert tidy(written) == seen


@given(THAI_TEXT)
def test_tidy_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_tidy_leaves_clean_text_alone() -> None:
    clean = "ร้อยละของผลการดำเนินงานเทียบค่าเป้าหมาย น้ำหนัก ๕๐ (ก.ย. 2568)"
    assert tidy(clean) == clean


def test_digits_go_both_ways() -> None:
    assert thai_digits("ปี 2568 = 1,234.50") == "ปี ๒๕๖๘ = ๑,๒๓๔.๕๐"
    assert arabic_digits("ปี ๒๕๖๘") == "ปี 2568"


@given(st.text())
def test_thai_digits_and_back_is_the_text_with_arabic_digits(text: str) -> None:
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)


def test_search_key_ignores_sara_am_spelling_case_spaces_and_digit_style() -> None:
    assert search_key("นํ้าหนัก ๕๐ KPI") == search_key("น้ำหนัก50kpi")
