"""Searching works: exact first, then without marks, then nearly alike; never everything."""

from __future__ import annotations

import pytest

from samrit.plans.selectors.office.search import rank, searched

TEXTS = {
    "A": ("S2-6", "โครงการสำรวจความพึงพอใจ", "กองวิจัย"),
    "B": ("S2-37", "งานบริหารและการพัฒนาบุคลากร", "กองบริหารทรัพยากรบุคคล"),
    "C": ("S1-6", "โครงการจัดซื้อครุภัณฑ์คอมพิวเตอร์ ประจำปี 2568", "สำนักเทคโนโลยี"),
    "D": ("S1-17", "ระบบดับเพลิงแบบหมอกน้ำ (Water Mist)", "กองคลัง"),
}
TEXTS = {key: searched(texts) for key, texts in TEXTS.items()}


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("สำรวจ", "A"),
        ("ส\u0e4dารวจ", "A"),  # sara am in two pieces
        ("สำ\u200bรวจ", "A"),  # a zero-width space inside
        ("น\u0e49\u0e4d\u0e32", "D"),  # น้ำ typed as tone mark, nikhahit, sara aa
        ("นำ\u0e49", "D"),  # tone mark after sara am
        ("พัฒนาบุคคลากร", "B"),  # a common misspelling
        ("คอมพิวเต้อร์", "C"),  # marks too many
        ("คอมพิวเตอ", "C"),  # cut short
        ("ครุพัน", "C"),  # letters of one sound, ending missing
        ("WATER mist", "D"),
        ("๒๕๖๘ คอมพิวเตอร์", "C"),  # Thai digits, two words in another order
        ("s1-17", "D"),
        ("กองคลัง", "D"),
    ],
)
def test_a_misspelt_search_still_finds_the_work(wanted: str, key: str) -> None:
    found = rank(wanted, TEXTS)
    assert max(found, key=found.__getitem__) == key


def test_every_word_of_the_search_must_be_there() -> None:
    assert rank("คอมพิวเตอร์ กองคลัง", TEXTS) == {}


@pytest.mark.parametrize("wanted", ["", "   ", "\u200b", "xyz", "ไม่มีคำนี้เลย", "S9-99"])
def test_what_is_nowhere_is_not_found(wanted: str) -> None:
    assert rank(wanted, TEXTS) == {}


def test_true_matches_stand_before_those_that_are_only_alike() -> None:
    texts = {"near": searched(["พัฒนาบุคลากร"]), "exact": searched(["พัฒนาบุคคลากร"])}
    found = rank("พัฒนาบุคคลากร", texts)
    assert max(found, key=found.__getitem__) == "exact"
    assert rank("พัฒนาบุคคลากร", {"near": texts["near"]})


def test_a_number_is_never_guessed() -> None:
    assert rank("S1-71", TEXTS) == {}


def test_a_very_long_search_is_cut_and_answered() -> None:
    assert rank("ก" * 100_000, TEXTS) == {}
