"""Printed summary tables against the details."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Kind, ManpowerRow, Plan, PrintedCell
from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import codes, indicator, only, plan, project

D = Decimal


def printed(table: str, strategy: str, column: str, value: str, fund: str = "") -> PrintedCell:
    return PrintedCell(table, fund, strategy, column, D(value))


def office(*cells: PrintedCell) -> Plan:
    """Three projects: a routine and a new one under strategy 1, a new one under strategy 2; the last is red."""
    return plan(
        project(id="P1", number=1, title="ก", kind=Kind.ROUTINE),
        project(id="P2", number=2, title="ข"),
        project(indicator("10", "8"), id="P3", number=1, title="ค", strategy="2", tactic=""),
        printed=cells,
    )


def test_cells_that_the_details_give_are_in_order() -> None:
    assert (
        codes(
            office(
                printed("kinds", "1", "routine", "1"),
                printed("kinds", "1", "project", "1"),
                printed("kinds", "1", "total", "2"),
                printed("kinds", "2", "total", "1"),
                printed("kinds", "", "total", "3"),
                printed("bands", "", "good", "2"),
                printed("bands", "", "fair", "1"),
                printed("bands", "2", "improve", "0"),
                printed("shares", "", "good", "66.67"),
            )
        )
        == []
    )


def test_a_cell_that_the_details_deny_is_found() -> None:
    finding = only(office(printed("kinds", "1", "routine", "2")), "printed_summary_differs")
    assert (finding.params["printed"], finding.params["computed"]) == (2, 1)
    assert "ยุทธศาสตร์ 1" in sentence(finding, "th")


def test_a_band_is_compared_at_the_end_of_the_year_only() -> None:
    wrong = office(printed("bands", "", "good", "3"))
    assert codes(wrong) == ["printed_summary_differs"]
    assert codes(wrong, as_of=6) == []


def test_a_total_that_its_own_row_denies_is_found() -> None:
    cells = (
        printed("kinds", "1", "routine", "1"),
        printed("kinds", "1", "project", "1"),
        printed("kinds", "1", "total", "3"),
    )
    finding = only(office(*cells), "printed_summary_does_not_add")
    assert (finding.params["printed"], finding.params["sum"]) == (3, 2)


def test_a_table_of_which_only_some_rows_are_known_is_not_added() -> None:
    assert codes(office(printed("kinds", "1", "total", "2"), printed("kinds", "", "total", "3"))) == []


def test_funds_must_add_up_to_both() -> None:
    cells = (printed("kinds", "1", "total", "2", "F"), printed("kinds", "1", "total", "1"))
    assert "printed_summary_does_not_add" in codes(office(*cells))


def test_a_share_rounded_to_one_place_and_printed_with_two_is_named() -> None:
    cells = (printed("manpower_shares", "", "ข้าราชการ", "29.10"), printed("manpower_shares", "", "พนักงาน", "70.95"))
    frame = (ManpowerRow("ส่วนกลาง", (("ข้าราชการ", 2020), ("พนักงาน", 4933))),)
    finding = only(plan(printed=cells, manpower=frame), "share_places_do_not_round")
    assert (finding.params["printed"], finding.params["computed"]) == ("29.10", D("29.05"))
    assert codes(plan(printed=cells, manpower=frame)) == ["share_places_do_not_round"]


def test_a_wrong_share_is_found() -> None:
    assert codes(office(printed("shares", "", "good", "66.60"))) == ["printed_share_differs"]


def test_a_manpower_total_must_be_the_sum_of_its_rows() -> None:
    frame = (ManpowerRow("ส่วนกลาง", (("ข้าราชการ", 355),)), ManpowerRow("ภาค", (("ข้าราชการ", 65),)))
    right, wrong = printed("manpower", "", "ข้าราชการ", "420"), printed("manpower", "", "ข้าราชการ", "402")
    assert codes(plan(manpower=frame, printed=(right,))) == []
    assert only(plan(manpower=frame, printed=(wrong,)), "manpower_does_not_add").params["computed"] == 420


def test_a_table_of_another_name_is_left_alone() -> None:
    assert codes(office(printed("regions", "", "north", "7"))) == []
