"""Column widths that hold what may not break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samrit.reports.document import columns
from samrit.reports.document.columns import Setting
from samrit.reports.document.model import Cell, Row, TableBlock


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
    number, text = columns.minimums(table, Setting(12, 0))
    assert number > 1.5 * text


def test_smaller_type_is_chosen_only_where_numbers_would_be_cut() -> None:
    wide = TableBlock((), (Row(tuple(Cell("1,234,567.89") for _ in range(12))),), (1,) * 12)
    narrow = TableBlock((), (Row((Cell("1"),)),), (1,))
    settings = [Setting(points, padding=40) for points in (12, 10, 8)]
    assert columns.setting_that_fits([(narrow, 9000)], settings).points == 12
    assert columns.setting_that_fits([(narrow, 9000), (wide, 11_000)], settings).points < 12


def test_the_months_stay_equally_wide_and_one_long_number_does_not_widen_them() -> None:
    usual = Row(tuple(Cell("12") for _ in range(12)))
    odd = Row((*(Cell("12") for _ in range(11)), Cell("4,000,000")))
    table = TableBlock((), (*(usual for _ in range(50)), odd), (1,) * 12)
    assert len(set(columns.minimums(table, Setting(12, 0, 92, 1)))) == 1
    assert max(columns.minimums(table, Setting(12, 0, 92, 1))) < 300
    assert min(columns.minimums(table, Setting(12, 0))) > 500


def test_a_number_too_long_for_its_column_is_set_smaller_but_never_unreadable() -> None:
    sizes = [columns.size_in(Cell(text), 600, Setting(12, 0)) for text in ("12", "4,000,000", "9" * 40)]
    assert sizes[0] == 12
    assert 7 < sizes[1] < 12
    assert sizes[2] == 7


def test_at_the_smallest_type_every_number_fits_and_names_keep_their_room() -> None:
    row = Row((Cell("ชื่อโครงการที่ยาวมากจนต้องขึ้นบรรทัดใหม่"), *(Cell("4,000,000") for _ in range(12))))
    table = TableBlock((), (row,), (4, *(0.8,) * 12))
    setting = Setting(12, 80, 92)
    widths = columns.widths_of(table, setting, 11_000)
    assert widths[0] >= 0.6 * 11_000 * 4 / 13.6
    sizes = {columns.size_in(cell, width, setting) for cell, width in zip(row.cells[1:], widths[1:], strict=True)}
    assert min(sizes) >= 7
    assert all(width - 80 >= columns.minimums(table, Setting(7, 0))[1] for width in widths[1:])
