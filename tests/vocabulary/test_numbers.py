"""Showing a Decimal: half up, separators, Thai digits, never an exponent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.numbers import format_number

VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [("0.125", 2, "0.13"), ("2.5", 0, "3"), ("112.5", 0, "113"), ("8.085", 2, "8.09"), ("-2.5", 0, "-3")],
)
def test_p11_rounding_is_half_up_never_half_even(value: str, places: int, shown: str) -> None:
    assert format_number(Decimal(value), places) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0", 0, "0"),
        ("0", 2, "0.00"),
        ("1234567.891", 2, "1,234,567.89"),
        ("1E+5", 0, "100,000"),
        ("1E-50", 2, "0.00"),
        ("0.000001", None, "0.000001"),
        ("1E+5", None, "100,000"),
        ("95.50", None, "95.5"),
        ("100.00", None, "100"),
        ("99.99999999999999999999999999999999999999", 0, "100"),
        ("99.99999999999999999999999999999999999999", None, "99.99999999999999999999999999999999999999"),
        ("-0.001", 2, "0.00"),
        ("-0", None, "0"),
    ],
)
def test_numbers_are_written_out(value: str, places: int | None, shown: str) -> None:
    assert format_number(Decimal(value), places) == shown


def test_thai_digits_and_plain_thousands() -> None:
    assert format_number(Decimal("1234.5"), 1, "thai") == "๑,๒๓๔.๕"
    assert format_number(Decimal("1234.5"), 1, thousands=False) == "1234.5"
    assert format_number(2568, 0, thousands=False) == "2568"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000000000"])
def test_what_cannot_be_printed_is_a_fault_of_the_program(value: str) -> None:
    with pytest.raises(ValueError, match="cannot print"):
        format_number(Decimal(value), 0)


def test_unknown_digits_and_negative_places_are_faults_of_the_program() -> None:
    with pytest.raises(ValueError, match="digits"):
        format_number(1, 0, "roman")
    with pytest.raises(ValueError, match="places"):
        format_number(1, -1)


@given(VALUES, st.integers(0, 8))
def test_what_is_shown_is_the_nearest_and_ties_go_away_from_zero(value: Decimal, places: int) -> None:
    shown = Fraction(Decimal(format_number(value, places, thousands=False)))
    off = abs(Fraction(value)) - abs(shown)
    half = Fraction(1, 2 * 10**places)
    assert -half <= off < half


@given(VALUES)
def test_all_places_lose_nothing(value: Decimal) -> None:
    text = format_number(value, None, thousands=False)
    assert Decimal(text) == value
    assert "E" not in text.upper()
