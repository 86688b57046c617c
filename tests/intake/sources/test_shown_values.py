"""Stored numbers come as the spreadsheet shows them; what a person typed keeps its decimals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from samrit.intake.sources import read_document
from samrit.intake.sources.sheets.shown_values import meant, shown, stored_number, with_typed_decimals
from tests.intake.sources.documents import converted, needs_office

# value, format, what Excel shows
SHOWN = [
    ("1234.5", "General", "1234.5"),
    ("1234567", "#,##0", "1,234,567"),
    ("1234.5", "#,##0.00", "1,234.50"),
    ("0", "#,##0.00", "0.00"),
    ("0.956", "0%", "96%"),
    ("0.956", "0.00%", "95.60%"),
    ("-1234", "#,##0", "-1,234"),
    ("-1234", "#,##0;(#,##0)", "-1,234"),
    ("-1234", "#,##0_);[Red](#,##0)", "-1,234"),
    ("0", '#,##0;-#,##0;"–"', "–"),
    ("0", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
    ("1500", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "1,500.00"),
    ("0", "0;-0;;@", ""),
    ("2500000", '#,##0.0,,"M"', "2.5M"),
    ("5", "00", "05"),
    ("0.5", "#.##", ".5"),
    ("3", "0.0#", "3.0"),
    ("20", '0 "แห่ง"', "20 แห่ง"),
    ("20", "0\\ แห่ง", "20 แห่ง"),
    ("1234.5", "[$฿-41E]#,##0.00", "฿1,234.50"),
    ("12", "[>100]0.0;[<=100]0", "12"),
    ("150", "[>100]0.0;[<=100]0", "150.0"),
    ("1234", "t#,##0", "๑,๒๓๔"),
    ("1234", "[$-D00041E]#,##0", "๑,๒๓๔"),
    ("1", "@", "1"),
    ("45", "", "45"),
    ("12.345678901234", "0.00", "12.35"),
    ("0.1", "# ?/?", "0.1"),
    ("1234567890123456789012", "General", "1.23456789012346E+21"),
]

DATES = [
    ("45657", "yyyy-mm-dd", "2024-12-31"),
    ("45657", "[$-107041E]d mmm yyyy;@", "31 ธ.ค. 2567"),
    ("45657", "[$-1070000]d/m/yy;@", "31/12/67"),
    ("45657", "[$-D07041E]d mmmm yyyy", "๓๑ ธันวาคม ๒๕๖๗"),
    ("45657", "[$-41E]mmm-yy", "ธ.ค.-24"),
    ("45657", "d/m/bbbb", "31/12/2567"),
    ("45657", "mmm-yy", "Dec-24"),
    ("45657", "dd/mm/yyyy hh:mm", "31/12/2024 00:00"),
    ("45657.75", "d/m/yyyy h:mm AM/PM", "31/12/2024 6:00 PM"),
    ("1.5", "[h]:mm", "36:00"),
    ("0.5", "h:mm:ss", "12:00:00"),
    ("59", "yyyy-mm-dd", "1900-02-28"),
    ("61", "yyyy-mm-dd", "1900-03-01"),
    ("-1", "yyyy-mm-dd", "-1"),
    ("99999999", "yyyy-mm-dd", "99999999"),
]


@pytest.mark.parametrize(("stored", "code", "text"), [*SHOWN, *DATES])
def test_a_calculated_number_shows_as_its_format_says(stored: str, code: str, text: str) -> None:
    assert shown(stored_number(stored), code, computed=True) == text


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert shown(Decimal(0), "yyyy-mm-dd", since_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("stored", "code", "typed", "computed"),
    [
        ("33.333", "0.00", "33.333", "33.33"),
        ("0.9567", "0%", "95.67%", "96%"),
        ("1234.5678", "#,##0", "1,234.5678", "1,235"),
        ("84.680851063829792", "0.00", "84.68", "84.68"),
        ("0.1", "0", "0.1", "0"),
    ],
)
def test_typed_decimals_stay_and_calculated_ones_round(stored: str, code: str, typed: str, computed: str) -> None:
    assert shown(stored_number(stored), code) == typed
    assert shown(stored_number(stored), code, computed=True) == computed


@pytest.mark.parametrize(("raw", "value"), [("0.1", "0.1"), ("33.333333333333336", "33.3333333333333")])
def test_noise_of_binary_fractions_goes(raw: str, value: str) -> None:
    assert stored_number(raw) == Decimal(value)
    assert stored_number(float(raw)) == Decimal(value)


@pytest.mark.parametrize("raw", ["", "abc", "NaN", "Infinity", "1E+9999", "1e999999999999999999999"])
def test_what_is_no_number_is_none(raw: str) -> None:
    assert stored_number(raw) is None


@pytest.mark.parametrize(
    ("text", "value", "full"),
    [("33.33", "33.333", "33.333"), ("96%", "0.9567", "95.67%"), ("1,235", "1234.5", "1,234.5"),
     ("5 แห่ง", "5", "5 แห่ง"), ("ม.ค.", "1.5", "ม.ค."), ("12", "99.5", "12")],
)  # fmt: skip
def test_a_shown_text_gets_the_typed_decimals_of_its_figure(text: str, value: str, full: str) -> None:
    assert with_typed_decimals(text, Decimal(value)) == full


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12), st.text(max_size=40))
def test_no_format_code_breaks_the_reader(value: Decimal, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["0.00", "#,##0.00", "0.000"]))
def test_figures_with_two_decimals_are_shown_whole(value: Decimal, code: str) -> None:
    assert Decimal(shown(value, code, computed=True).replace(",", "")) == value


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0"),
        ("0", '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "0"),
        ("-50", "#,##0_);(#,##0)", "-50"),
        ("7", '#,##0;-#,##0;"–"', "7"),
    ],
)
def test_a_number_cell_means_its_number_however_it_is_shown(stored: str, code: str, text: str) -> None:
    """A dash in a number cell is a zero (P1), brackets are a minus."""
    assert meant(Decimal(stored), shown(Decimal(stored), code)) == text


@needs_office
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    """LibreOffice prints the same workbook as a page; formats that it reads otherwise are not in the list."""
    asked = [
        (s, c) for s, c, _ in SHOWN if not c.startswith(("[$", "t", "0;-0", "# ?", '#,##0.0,,"M"')) and "(" not in c
    ]
    asked = [(s, c) for s, c in asked if len(s) < 12 and s != "0"]  # a zero shown as a dash is read as 0
    path = tmp_path / "formats.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, (stored, code) in enumerate(asked):
            style = book.add_format({"num_format": code or "General"})
            sheet.write_formula(row, 0, f"={stored}", style, float(stored))
    (grid,) = read_document(path).grids
    (page,) = read_document(converted(path, "html:HTML (StarCalc)")).grids
    ours, theirs = ([row[0].text for row in table.rows] for table in (grid, page))
    assert dict(zip(asked, ours, strict=True)) == dict(zip(asked, theirs, strict=True))
