"""Column widths that hold what may not break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samrit.reports import columns
from samrit.reports.model import Cell, Row, TableBlock


def test_widths_keep_their_proportions_where_there_is_room() -> None:
    assert columns.fit((1, 3), (10, 10), 400) == (100, 300)


def test_a_column_is_widened_to_what_it_must_hold() -> None:
    assert columns.fit((1, 1, 8), (90, 0, 0), 100) == (90, 1, 9)


def test_columns_that_cannot_all_have_their_minimum_shrink_alike() -> None:
    assert columns.fit((1, 9), (300, 100), 200) == (150, 50)


@given(
    st.lists(st.tuples(st.floats(0.1, 50), st.integers(0, 900)), min_size=1, max_size=30),
    st.integers(1000, 20_000),
)
def test_widths_always_add_up_and_minimums_hold_when_they_can(pairs: list[tuple[float, int]], total: int) -> None:
    widths, least = zip(*pairs, strict=True)
    fitted = columns.fit(widths, least, total)
    assert sum(fitted) == total
    if sum(least) <= total:
        assert all(got >= need - 1 for got, need in zip(fitted, least, strict=True))


def test_a_long_number_needs_its_whole_width_and_thai_only_a_word() -> None:
    thai = "การพัฒนาเทคโนโลยีและนวัตกรรมเพื่อสร้างการให้บริการเชิงรุกแก่ทุกคน"
    table = TableBlock((), (Row((Cell("1,234,567,890.25"), Cell(thai))),), (1, 1))
    number, text = columns.minimums(table, points=12, padding=0)
    assert number > 1.5 * text


def test_smaller_type_is_chosen_only_where_numbers_would_be_cut() -> None:
    wide = TableBlock((), (Row(tuple(Cell("1,234,567.89") for _ in range(12))),), (1,) * 12)
    narrow = TableBlock((), (Row((Cell("1"),)),), (1,))
    assert columns.size_that_fits([(narrow, 9000)], (12, 10, 8), 40) == 12
    assert columns.size_that_fits([(narrow, 9000), (wide, 11_000)], (12, 10, 8), 40) < 12
