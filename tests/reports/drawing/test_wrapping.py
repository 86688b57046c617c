"""Breaking lines between Thai words: nothing lost, nothing too wide, nothing torn."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.reports.drawing.wrapping import balanced, words, wrap
from samrit.reports.look.fonts import text_width

LONG = "การพัฒนาเทคโนโลยีและนวัตกรรมเพื่อสร้างการให้บริการเชิงรุกแก่ทุกคน (Modernized service) ดำเนินงานน้ำท่วมประจำปี"
clusters = ("น้ำ", "ที่", "เก่า", "แผน", "ปู่", "ใช้", "ฯ", "ๆ", "การ", "ญี่", " ", "SSO-57", "1,234", "(", ")", "”", "\n")
texts = st.lists(st.sampled_from(clusters), max_size=25).map("".join)


def test_lines_break_between_words() -> None:
    assert wrap("สำนักงานประกันสังคม ดำเนินงานประจำปี", 130, 15) == ("สำนักงาน", "ประกันสังคม ดำเนิน", "งานประจำปี")


def test_numbers_and_latin_words_stay_whole() -> None:
    assert "1,297" in words("จำนวน 1,297 คน")[1]
    assert any("SSO-57" in word for word in words("งาน SSO-57 ต่อเนื่อง"))


@pytest.mark.parametrize("word", ["องค์กร", "ตำแหน่ง", "ไตรมาส", "ก้าวหน้า", "ยุทธศาสตร์", "ร้อยละ"])
def test_words_of_the_office_are_never_cut(word: str) -> None:
    text = f"ปลูกฝังวัฒนธรรม{word}อย่างเป็นรูปธรรมสู่{word}การบริหารและ{word}"
    for width in range(60, 300, 7):
        assert "".join(wrap(text, width, 13)) == text
        assert sum(line.count(word) for line in wrap(text, width, 13)) == 3


def test_signs_of_repetition_and_abbreviation_stay_with_their_word() -> None:
    for line in wrap("แผนแม่บทฯ เรื่องต่างๆ กรุงเทพฯ", 40, 15):
        assert line[0] not in "ฯๆ"


def test_a_balanced_text_takes_no_more_lines() -> None:
    assert len(balanced(LONG, 300, 15)) == len(wrap(LONG, 300, 15))
    widths = [text_width(line, 15) for line in balanced(LONG, 300, 15)]
    assert max(widths) - min(widths) < max(text_width(line, 15) for line in wrap(LONG, 300, 15))


def test_a_word_wider_than_the_line_is_broken_and_not_cut() -> None:
    lines = wrap("A" * 200, 100, 15)
    assert "".join(lines) == "A" * 200
    assert all(text_width(line, 15) <= 100 for line in lines)


@given(texts, st.floats(30, 400))
def test_nothing_is_lost_nothing_is_too_wide_and_no_cluster_is_torn(text: str, width: float) -> None:
    lines = wrap(text, width, 15)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert text_width(line, 15) <= width or len(line) <= 4, "only a single cluster may be wider than the line"
        assert not line or not (unicodedata.category(line[0]) == "Mn" or line[0] in "าำะ")
        assert line[-1:] not in tuple("เแโใไ")


@pytest.mark.parametrize("text", ["", " ", "\n", "ก"])
def test_short_texts_give_lines_too(text: str) -> None:
    assert len(wrap(text, 100, 15)) == text.count("\n") + 1
