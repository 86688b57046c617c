"""Old Excel files (.xls), read by xlrd: values as shown, merged cells, and what is hidden said."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.sheets.cells import SheetCells
from samrit.intake.sources.sheets.hidden import note_hidden
from samrit.intake.sources.sheets.shown_values import meant, shown, stored_number
from samrit.intake.sources.sheets.tables import tables


def read_xls(content: bytes, job: Job) -> list[Grid]:
    """Return the tables of all visible sheets; whatever xlrd stumbles over makes a damaged file."""
    grids: list[Grid] = []
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        for number in range(book.nsheets):
            job.told(number, book.nsheets)
            sheet = book.sheet_by_index(number)
            if sheet.visibility:
                job.note("intake_hidden_sheet", column=sheet.name)
            else:
                cells = _cells(book, sheet, job)
                grids.extend(tables(cells))
            book.unload_sheet(number)
    except Refused:
        raise
    except (xlrd.XLRDError, CompDocError) as error:
        if "encrypt" in str(error).lower():
            refuse("intake_encrypted")
        refuse("intake_damaged", reason=str(error))
    except MemoryError:
        refuse("intake_too_many_cells", limit=limits.MOST_CELLS)
    except Exception as error:  # noqa: BLE001 - xlrd lets any error out on damaged records
        refuse("intake_damaged", reason=type(error).__name__)
    return grids


def _cells(book: Any, sheet: Any, job: Job) -> SheetCells:
    cells = SheetCells(job, sheet.name)
    for row in range(sheet.nrows):
        job.element()
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                cells.put(row + 1, column + 1, _shown(book, sheet, row, column).strip())
    for top, bottom, left, right in sheet.merged_cells:
        cells.merge(top + 1, left + 1, bottom, right)
    hidden_rows = [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden]
    hidden_columns = [(column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden]
    note_hidden(job, cells, hidden_rows, hidden_columns)
    return cells


def _shown(book: Any, sheet: Any, row: int, column: int) -> str:
    value = sheet.cell_value(row, column)
    match sheet.cell_type(row, column):
        case xlrd.XL_CELL_TEXT:
            return str(value)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#?"))
        case _:
            number = stored_number(float(value))
            return "" if number is None else _number(book, sheet, (row, column), number)


def _number(book: Any, sheet: Any, place: tuple[int, int], number: Decimal) -> str:
    style = book.xf_list[sheet.cell_xf_index(*place)]
    known = book.format_map.get(style.format_key)
    code = known.format_str if known is not None else "General"
    # xlrd does not say which cells are calculated; a figure with many decimals is shown as its format says anyhow.
    return meant(number, shown(number, code, since_1904=bool(book.datemode)))
