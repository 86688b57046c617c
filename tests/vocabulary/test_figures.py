"""Reading one printed figure: number, dash, blank, or a finding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.model import Mark
from samrit.vocabulary.figures import MAX_DIGITS, MAX_LENGTH, NoNumber, parse_figure
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.numbers import format_number


def test_p1_zero_dash_and_blank_are_three_things() -> None:
    read = [parse_figure(text) for text in ("0", "–", "")]
    assert read == [Decimal(0), NoNumber.NOTHING, NoNumber.BLANK]
    assert isinstance(read[0], Decimal)


@pytest.mark.parametrize("zero", ["0", "0.00", "๐", "-0", "0%"])
def test_p1_every_zero_stays_a_number(zero: str) -> None:
    figure = parse_figure(zero)
    assert isinstance(figure, Decimal)
    assert figure == 0


def test_marks_have_the_names_and_values_of_the_engine() -> None:
    assert {m.name: m.value for m in NoNumber} == {m.name: m.value for m in Mark}


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", "‐", "--", "- -", " - ", "\u200b–"])
def test_any_dash_means_nothing_planned(dash: str) -> None:
    assert parse_figure(dash) is NoNumber.NOTHING


@pytest.mark.parametrize("blank", [None, "", "  ", "\u00a0", "\u200b", "\t\n"])
def test_an_empty_cell_is_blank(blank: str | None) -> None:
    assert parse_figure(blank) is NoNumber.BLANK


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,297", "1297"),
        ("11,069,900", "11069900"),
        ("1234567", "1234567"),
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("95.50%", "95.50"),
        ("95.5 %", "95.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_with_the_places_printed(printed: str, value: str) -> None:
    assert str(parse_figure(printed)) == value


@pytest.mark.parametrize("printed", ["15,30", "1,2345", "12,34,567", "1 234", "1.234.567", "1.", ",123"])
def test_doubtful_separators_are_never_guessed_at(printed: str) -> None:
    found = parse_figure(printed, place=Place(record="S2-57.1"))
    assert isinstance(found, Finding)
    assert found.code == "figure_separator"
    assert printed in sentence(found, "th")
    assert "S2-57.1" in sentence(found, "en")


@pytest.mark.parametrize("printed", ["สิบ", "1e5", "NaN", "Infinity", "๕ แห่ง", "12a", "໑໒", "１２", "1/2", "0x10", "%"])
def test_what_is_not_a_number_is_a_finding(printed: str) -> None:
    found = parse_figure(printed)
    assert isinstance(found, Finding)
    assert found.code == "figure_not_a_number"


@pytest.mark.parametrize("hostile", ["9" * (MAX_DIGITS + 1), "0." + "1" * MAX_LENGTH, "9" * 10**6, "-" * 10**6])
def test_hostile_lengths_are_refused(hostile: str) -> None:
    found = parse_figure(hostile)
    assert isinstance(found, Finding)
    assert found.code == "figure_too_long"
    assert len(sentence(found, "th")) < 300


def test_the_longest_allowed_number_is_read_exactly() -> None:
    assert parse_figure("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=4))
def test_every_printed_number_reads_back(value: Decimal) -> None:
    for digits in ("arabic", "thai"):
        assert parse_figure(format_number(value, 4, digits)) == value


@given(st.text(max_size=40) | st.text(alphabet="0123456789๐๑๒,.-–% ", max_size=40))
def test_any_text_is_read_or_found_fault_with(text: str) -> None:
    figure = parse_figure(text)
    assert isinstance(figure, Decimal | NoNumber | Finding)
    if isinstance(figure, Finding):
        assert sentence(figure, "th")
        assert sentence(figure, "en")
    elif isinstance(figure, Decimal):
        assert figure.is_finite()
