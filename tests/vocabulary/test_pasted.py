"""What stands on the clipboard: cells as Excel writes them, and a figure as its format shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.intake.sources.sheets.shown_values import meant as cell_meant
from samrit.intake.sources.sheets.shown_values import shown
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.findings import Finding
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


@pytest.mark.parametrize("money", ["฿", "$", "US$", "€", "₭", "kr"])
@pytest.mark.parametrize("behind", [False, True])
def test_what_accounting_shows_of_a_number_means_that_number(money: str, behind: bool) -> None:
    """P1: in any money, 0 is 0 in a cell and in a paste, whether the sign stands before or behind."""
    number, zero = ('#,##0.00_-"M"', '_-* "-"??_-"M"_-') if behind else ('"M"* #,##0.00_-', '_-"M"* "-"??_-')
    code = ";".join((number, f"-{number}", zero)).replace("M", money)
    assert cell_meant(Decimal(0), shown(Decimal(0), code)) == "0"
    assert figure_meant(f" {shown(Decimal(0), code)} ") == ("0", Read.ZERO)
    if money == "฿":  # the sign of the plan's own money; another money is never taken for it
        for value in (Decimal("1250.50"), Decimal("-1250.50")):
            assert parse_figure(cell_meant(value, shown(value, code))) == value
            assert parse_figure(figure_meant(shown(value, code))[0]) == value
    else:
        assert isinstance(parse_figure(shown(Decimal(5), code)), Finding)


@pytest.mark.parametrize(
    ("cell", "meant", "read"),
    [
        (" -   ", "0", Read.ZERO),
        ("-   ", "0", Read.ZERO),
        (" -", "0", Read.ZERO),
        ("\u00a0-\u00a0\u00a0", "0", Read.ZERO),
        ("฿ -  ", "0", Read.ZERO),
        (" US$ -", "0", Read.ZERO),
        ("-   € ", "0", Read.ZERO),
        (" kr -   ", "0", Read.ZERO),
        ("- Rs. ", "0", Read.ZERO),
        ("THB -", "0", Read.ZERO),
        ("no -", "no -", None),
        ("A-", "A-", None),
        ("(฿1,250)", "-฿1,250", Read.NEGATIVE),
        (" ฿ (1,250.50)", "-฿1,250.50", Read.NEGATIVE),
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
