"""Names of months, full, short and misprinted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.findings import sentence
from samrit.vocabulary.months import ENGLISH, ENGLISH_SHORT, THAI, THAI_SHORT, month_name, month_pattern, parse_month


@pytest.mark.parametrize("names", [THAI, THAI_SHORT, ENGLISH, ENGLISH_SHORT])
def test_every_name_is_read_without_a_guess(names: tuple[str, ...]) -> None:
    for number, name in enumerate(names, 1):
        for written in (
            name,
            name.replace(".", ""),
            name.replace(".", ". "),
            name.rstrip("."),
            f" {name} ",
            name.upper(),
        ):
            assert (parse_month(written).month, parse_month(written).findings) == (number, ())
        assert parse_month(f"เดือน{name}").month == number


def test_names_are_given_in_both_languages() -> None:
    assert (month_name(1), month_name(1, short=True)) == ("มกราคม", "ม.ค.")
    assert (month_name(9, "en"), month_name(9, "en", short=True)) == ("September", "Sep")


@pytest.mark.parametrize(
    ("misprint", "month"),
    [
        ("ม.ย.", 4),
        ("มี.ย.", 6),
        ("ร.ค.", 12),
        ("มย", 4),
        ("กรกฏาคม", 7),
        ("กุมภาพันธุ์", 2),
        ("พฤษจิกายน", 11),
        ("มกราาคม", 1),
        ("ธนวาคม", 12),
        ("พ.ด.", 5),
        ("Febuary", 2),
    ],
)
def test_misprints_are_read_and_the_guess_is_shown(misprint: str, month: int) -> None:
    read = parse_month(misprint)
    assert (read.month, read.guessed, [f.code for f in read.findings]) == (month, True, ["month_misprint"])
    assert month_name(month) in sentence(read.findings[0], "th")
    assert month_name(month, "en") in sentence(read.findings[0], "en")


@pytest.mark.parametrize(
    ("misprint", "after", "month"), [("ม.ย.", 3, 4), ("ม.ย.", 5, 6), ("มี.ย.", 3, 4), ("มี.ย.", 5, 6)]
)
def test_the_month_before_decides_what_a_misprint_stands_for(misprint: str, after: int, month: int) -> None:
    assert parse_month(misprint, after=after).month == month


@pytest.mark.parametrize("word", ["พ.ศ.", "แผน", "รวม", "ผล", "", "ม.", "น.ค.", "13", "ไตรมาส", "มหาคม"])
def test_other_words_are_no_month(word: str) -> None:
    read = parse_month(word)
    assert (read.month, [f.code for f in read.findings]) == (None, ["month_not_read"])


def test_the_pattern_finds_months_in_running_text() -> None:
    text = "ต.ค. 68 ถึง กันยายน 69, มิ.ย. และ มค 2568 มีย่าม สมค. Marketing May"
    assert re.findall(month_pattern(), text) == ["ต.ค.", "กันยายน", "มิ.ย.", "มค", "May"]


@given(st.text(max_size=20))
def test_any_text_is_a_month_or_a_finding(text: str) -> None:
    read = parse_month(text)
    assert read.month in range(1, 13) or read.findings
    assert all(sentence(f, language) for f in read.findings for language in ("th", "en"))
