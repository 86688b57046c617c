"""The whole month in a browser: from the reminder to the correction of a closed quarter (issue C, "It must show")."""

from __future__ import annotations

from pathlib import Path

from tests.browser.month import EXCEL, GRID, PHONE, Month, package
from tests.browser.month_decided import (
    accepted,
    closed_and_evaluated,
    compared,
    corrected,
    reported_in_four_formats,
    returned_and_confirmed,
    signed_in_with_a_code,
)
from tests.browser.month_entered import (
    entered_by_excel_form,
    entered_by_grid,
    entered_by_phone,
    reminded_and_signed_in,
)
from tests.browser.office import BrowserOffice


def test_the_whole_month(office: BrowserOffice, settings: object, tmp_path: Path) -> None:
    office.clock.set("2026-04-02")
    month = Month(office, office.plan(package()))
    for code in (GRID, PHONE, EXCEL):
        office.person("reporter", unit=code)
    grid = reminded_and_signed_in(month)
    entered_by_grid(month, grid)
    entered_by_phone(month)
    entered_by_excel_form(month, tmp_path)
    head = returned_and_confirmed(month, grid)
    planner = signed_in_with_a_code(month, settings)
    accepted(month, planner, head)
    first = closed_and_evaluated(month, planner)
    printed = reported_in_four_formats(planner)
    corrected(month, planner, grid)
    compared(month, planner, first, printed)
