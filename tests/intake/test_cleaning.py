"""Text as a reader meant it: recognition errors of script put right, the original kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.intake.cleaning import clean, cleaned


@pytest.mark.parametrize(
    ("read", "meant", "repair"),
    [
        ("นํ้าหนัก", "น้ำหนัก", "hidden"),
        ("คຸ້ມครอง", "คุ้มครอง", "lao"),
        ("SSО Рlus", "SSO Plus", "look_alike"),
        ("ที่่ประชุม", "ที่ประชุม", "doubled_mark"),
        ("เเผน", "แผน", "hidden"),
        ("เ ป้าหมาย", "เป้าหมาย", "broken_space"),
        ("กิ จกรรม", "กิ จกรรม", None),
        ("ก ิจกรรม", "กิจกรรม", "broken_space"),
        ("๑,๒๓๔", "1,234", "thai_digits"),
        ("งบ\u00adประมาณ", "งบประมาณ", "hidden"),
        ("ที\u200bมา", "ทีมา", "hidden"),
    ],
)
def test_a_recognition_error_is_put_right_and_named(read: str, meant: str, repair: str | None) -> None:
    found = clean(read)
    assert found.text == meant
    assert found.original == read
    assert (repair in found.repairs) if repair else not found.repairs


@pytest.mark.parametrize(
    "text", ["โครงการพัฒนาศักยภาพ", "Lao ພາສາລາວ", "Москва", "กำ หนด", "ร้อยละ 95.50", "", "Service Smart Smile (3S)"]
)
def test_clean_text_is_left_as_it_is(text: str) -> None:
    assert clean(text).text == text
    assert not clean(text).changed


def test_a_tone_before_its_vowel_changes_places() -> None:
    assert cleaned("ท่ี") == "ที่"


@given(st.text(alphabet="กขคนมิีุู่้๊็ําำเแโ ๑๒ABcаеоЅ\u00ad\u200b ", max_size=30))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
