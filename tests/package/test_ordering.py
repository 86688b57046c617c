"""Numbers inside identifiers are counted as numbers, and no two identifiers share a place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.package.ordering import natural

names = st.text(alphabet="0123S-.งก\0", max_size=8)


def pieces(text):
    """The same order spelled out: runs of digits as numbers, everything else as text."""
    found, digits = [], None
    for letter in text:
        if letter.isdigit() is not digits:
            found.append("")
        digits = letter.isdigit()
        found[-1] += letter
    return [(0, Decimal(part), "") if part.isdigit() else (1, Decimal(), part) for part in found]


@given(names.filter(lambda text: "\0" not in text), names.filter(lambda text: "\0" not in text))
def test_the_order_is_that_of_the_pieces(one, other):
    if pieces(one) != pieces(other):
        assert (natural(one) < natural(other)) == (pieces(one) < pieces(other))


@given(names, names)
def test_different_texts_never_share_a_place(one, other):
    assert (natural(one) == natural(other)) == (one == other)


@pytest.mark.parametrize(("first", "second"), [("S2-9", "S2-10"), ("S2", "S2-1"), ("07", "7"), ("7", "08"), ("9", "ก")])
def test_what_comes_first(first, second):
    assert natural(first) < natural(second)


def test_a_number_of_any_length_has_a_place():
    assert natural("9" * 5000) < natural("1" + "0" * 5000)
