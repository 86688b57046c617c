"""The order of Thai text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.sorting import thai_sort_key

# In the order of a Thai dictionary.
DICTIONARY = (
    "ก็ กก กระ กา ก่า กุ้ง เก เกา แก โก ใกล้ ไก่ ขา ข่า ข้า เขา ไข่ งาน จังหวัด เจ้าหน้าที่ ช้าง เดือน ตัวชี้วัด ไตรมาส ทะเบียน "
    "นา นำ น้ำ น้ำหนัก แนวทาง บาท ประกัน เป้าหมาย แผน พื้นที่ มกราคม เมษายน ยุทธศาสตร์ ระดับ โรงพยาบาล ฤดู ลา เล่ม "
    "วัน แห่ง อาคาร เอกสาร โอกาส"
).split()


def test_words_stand_as_in_a_dictionary() -> None:
    assert sorted(set(DICTIONARY), key=thai_sort_key) == list(DICTIONARY)


def test_code_point_order_would_be_wrong() -> None:
    assert sorted(DICTIONARY) != list(DICTIONARY)


@pytest.mark.parametrize(
    "ordered",
    [
        ["ภาค 2", "ภาค 10"],
        ["ภาค ๒", "ภาค 10"],
        ["2.9", "2.10"],
        ["กค.", "กนผ.", "กม."],
        ["10", "ABC", "abd", "กนผ."],
        ["จังหวัด", "จังหวัด (สาขา)"],
    ],
)
def test_numbers_latin_and_punctuation(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=thai_sort_key) == ordered


def test_a_hostile_run_of_digits_is_harmless() -> None:
    assert thai_sort_key("9" * 100_000) > thai_sort_key("8" * 100_000)


@given(st.lists(st.text(max_size=12), max_size=8).flatmap(lambda w: st.tuples(st.just(w), st.permutations(w))))
def test_the_order_does_not_depend_on_where_one_starts(lists: tuple[list[str], list[str]]) -> None:
    words, shuffled = lists
    assert sorted(words, key=thai_sort_key) == sorted(shuffled, key=thai_sort_key)
