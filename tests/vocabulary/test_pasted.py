"""What stands on the clipboard: cells as Excel writes them, and a figure as its format shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.pasted import Read, cells_of, figure_meant

CELLS = st.text(alphabet='ก1 "\t\n–-', max_size=6)


def as_excel_writes(rows: list[list[str]]) -> str:
    """Write a block as Excel does: quotes around cells with a tab or a line break, those within doubled."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if "\t" in text or "\n" in text else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


# A plain cell that begins with a quote and reads like a quoted one can't be told from it, in Excel either.
BLOCKS = st.lists(
    st.lists(CELLS.filter(lambda c: not c.startswith('"')), min_size=2, max_size=4), min_size=1, max_size=4
)


@given(BLOCKS)
def test_every_cell_comes_back_in_its_place(rows: list[list[str]]) -> None:
    assert cells_of(as_excel_writes(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\r\n3\t\r\n", [["1", "2"], ["3", ""]]),
        ("1\t2\r3\t4", [["1", "2"], ["3", "4"]]),
        ('"ก\nข"\t5\n', [["ก\nข", "5"]]),
        ('"ก\tข ""ค"""\t5', [['ก\tข "ค"', "5"]]),
        ('"ดี" มาก\t5\n6\t7\n', [['"ดี" มาก', "5"], ["6", "7"]]),
        ('"ดี\t5\n6\t7\n', [['"ดี', "5"], ["6", "7"]]),
        ('5" ท่อ\t7', [['5" ท่อ', "7"]]),
        ('"ดี"\t7', [['"ดี"', "7"]]),
        ("\n7\n", [[""], ["7"]]),
        ("", []),
    ],
)
def test_quotes_hold_a_cell_together_and_shift_nothing(text: str, rows: list[list[str]]) -> None:
    assert cells_of(text) == rows


@pytest.mark.parametrize(
    ("cell", "meant", "read"),
    [
        (" -   ", "0", Read.ZERO),
        ("-   ", "0", Read.ZERO),
        (" -", "0", Read.ZERO),
        ("\u00a0-\u00a0\u00a0", "0", Read.ZERO),
        ("฿ -  ", "0", Read.ZERO),
        ("-", "–", Read.NOTHING),
        ("–", "–", Read.NOTHING),
        (" – ", "–", Read.NOTHING),
        ("(1,250.50)", "-1,250.50", Read.NEGATIVE),
        (" (5) ", "-5", Read.NEGATIVE),
        ("(5 %)", "-5 %", Read.NEGATIVE),
        ("(ก)", "(ก)", None),
        ("- 5", "- 5", None),
        (" 1,250 ", "1,250", None),
        ("95%", "95%", None),
        ("", "", None),
    ],
)
def test_a_figure_means_what_its_format_shows(cell: str, meant: str, read: Read | None) -> None:
    assert figure_meant(cell) == (meant, read)
