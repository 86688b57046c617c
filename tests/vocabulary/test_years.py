"""Buddhist and Common Era years, told apart and never shifted twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.findings import sentence
from samrit.vocabulary.years import FIRST_BE, LAST_BE, parse_year, to_be, to_ce


def test_p13_a_buddhist_year_is_never_shifted_again() -> None:
    assert to_be(2018) == 2561
    with pytest.raises(ValueError, match="2561"):
        to_be(2561)  # would be 3104
    assert parse_year(2561).year_be == 2561
    assert parse_year("พ.ศ. 2561").year_be == 2561
    assert parse_year(3104).year_be is None


def test_p13_a_common_era_year_is_never_shifted_down() -> None:
    assert to_ce(2568) == 2025
    with pytest.raises(ValueError, match="2025"):
        to_ce(2025)  # would be 1482
    assert parse_year("พ.ศ. 2025").year_be == 2568


@given(st.integers(FIRST_BE, LAST_BE))
def test_p13_reading_a_year_that_was_read_changes_nothing(year: int) -> None:
    once = parse_year(year).year_be
    assert once == year
    assert to_be(to_ce(year)) == year
    assert parse_year(to_ce(year)).year_be in (year, None if to_ce(year) > LAST_BE else year)


@pytest.mark.parametrize(
    ("text", "year_be", "codes"),
    [
        ("2568", 2568, []),
        ("๒๕๖๘", 2568, []),
        ("พ.ศ. 2568", 2568, []),
        ("พ.ศ.2568", 2568, []),
        ("พศ 2568", 2568, []),
        ("ปี 2568", 2568, []),
        ("ปีงบประมาณ พ.ศ. 2569", 2569, []),
        ("ประจำปี 2569", 2569, []),
        ("B.E. 2568", 2568, []),
        ("ค.ศ. 2025", 2568, []),
        ("2025 CE", 2568, []),
        ("A.D. 2025", 2568, []),
        ("2025", 2568, ["year_read_as_ce"]),
        ("2400", 2943, ["year_read_as_ce"]),
        ("2401", 2401, []),
        ("68", 2568, ["year_two_digits"]),
        ("๖๘", 2568, ["year_two_digits"]),
        ("25", 2568, ["year_two_digits"]),
        ("ค.ศ. 2568", 2568, ["year_wrong_era"]),
        ("พ.ศ. 2025", 2568, ["year_wrong_era"]),
        ("999", None, ["year_not_read"]),
        ("12345", None, ["year_not_read"]),
        ("สองพัน", None, ["year_not_read"]),
        ("", None, ["year_not_read"]),
        ("9" * 10**5, None, ["year_not_read"]),
    ],
)
def test_years_are_read_and_every_guess_is_shown(text: str, year_be: int | None, codes: list[str]) -> None:
    year = parse_year(text)
    assert (year.year_be, [f.code for f in year.findings]) == (year_be, codes)
    assert year.guessed == (bool(codes) and year_be is not None)


def test_two_digits_take_the_year_nearest_to_the_plan() -> None:
    assert parse_year("68", near_be=2569).year_be == 2568
    assert parse_year("25", near_be=2569).year_be == 2568
    assert parse_year("02", near_be=2598).year_be == 2602
    assert parse_year("พ.ศ. 39", near_be=2540).year_be == 2539


@given(st.text(max_size=30) | st.from_regex(r"(พ\.ศ\.|ค\.ศ\.)? ?[0-9]{1,6}", fullmatch=True))
def test_any_text_is_a_year_or_a_finding(text: str) -> None:
    year = parse_year(text)
    assert year.year_be is not None or year.findings
    assert all(sentence(f, language) for f in year.findings for language in ("th", "en"))
