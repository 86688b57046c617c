"""A table of money to date: our own form, and what an accounting system exports, made and read by the same headings."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import xlsxwriter

from samrit.engine.model import MoneyState
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.cells import LAST_ROW
from samrit.intake.sources.sheets.typed import EVERY
from samrit.plans.unit_form.model import TAGS_SHEET
from samrit.plans.unit_form.reader import lines_of
from samrit.vocabulary.figures import NoNumber, parse_figure
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.terms import term
from samrit.vocabulary.text import search_key

TAG = "samrit-money-1"
STATES = tuple(state for state in MoneyState if state is not MoneyState.PLANNED)
MOST_BYTES, _MOST_ROWS, _MOST_COLUMNS, _HEADINGS = 5 * 1024 * 1024, 20_000, 60, 40
_OPEN, _EXACT = "open", 15  # digits that a spreadsheet holds exactly
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A budget line of a work with what stands to date, by state; no amount where nothing is recorded."""

    work: str
    title: str
    source: str
    budget: Decimal | None
    to_date: Mapping[MoneyState, Decimal]
    account: str = ""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of a table that came back: its work or account code as typed, and the amounts to date by state."""

    line: int
    work: str
    account: str
    source: str | None  # None: the table has no such column
    to_date: Mapping[MoneyState, Decimal]
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """A table as read; ``plan_code`` and ``period`` are those of our own form, "" and 0 of any other table."""

    plan_code: str = ""
    period: int = 0
    rows: tuple[MoneyRow, ...] = ()
    findings: tuple[Finding, ...] = ()


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("money.toml").read_text("utf-8"))


def money_sheet(
    lines: Sequence[MoneyLine], *, plan_code: str, period: int, title: str, month: str, language: str
) -> bytes:
    """Return the form of a month as an .xlsx: a row a budget line, a column a state with what stands to date."""
    words = _texts()["words"][language]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e8eef6", "border": 1, "valign": "top"})
    known, money = book.add_format({"bg_color": "#f3f4f6"}), book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet(words["sheet"])
    sheet.write_string(0, 0, words["heading"].format(month=month, title=title))
    sheet.write_string(1, 0, words["fill"])
    heads = [_texts()[name][-1 if language == "en" else 0] for name in ("work", "title", "account", "source", "budget")]
    heads += [_words_of(state)[language == "en"] for state in STATES]
    heads += [_texts()[name][-1 if language == "en" else 0] for name in ("document", "note")]
    for at, text in enumerate(heads):
        sheet.set_column(at, at, 34 if at == 1 else 18)
        sheet.write_string(2, at, text, head)
    sheet.freeze_panes(3, 2)
    for row, line in enumerate(lines, 3):
        for at, text in enumerate((line.work, line.title, line.account, line.source)):
            sheet.write_string(row, at, text, known)
        for at, amount in enumerate((line.budget, *map(line.to_date.get, STATES)), 4):
            if amount is not None and len(amount.as_tuple().digits) <= _EXACT:
                sheet.write_number(row, at, float(amount), money)
            elif amount is not None:
                sheet.write_string(row, at, f"{amount:f}")
    tags = book.add_worksheet(TAGS_SHEET)
    tags.very_hidden()
    for row, (name, value) in enumerate((("form", TAG), ("plan", plan_code), ("period", str(period)))):
        tags.write_string(row, 0, name)
        tags.write_string(row, 1, value)
    book.close()
    return stream.getvalue()


def read_money_table(content: bytes, name: str, confined: Confined) -> MoneyTable:
    """Return what a table says, or the findings that refuse the file ``name``; never raises on its content."""
    if not 0 < len(content) <= MOST_BYTES:
        return MoneyTable(findings=(Finding("form_too_large", Place(document=name)),))
    tags: Mapping[str, str] = {}
    try:
        if content.startswith(b"PK"):
            sheets = dict(confined.typed(content, Job(name), {EVERY: (LAST_ROW, _MOST_COLUMNS)}))
            tagged = lines_of(sheets.pop(TAGS_SHEET, ())).values()
            tags = {row[1].text: row[2].text for row in tagged if {1, 2} <= row.keys()}
            grids = [[(n, {c: cell.text for c, cell in line.items()}) for n, line in lines_of(cells).items()]
                     for cells in sheets.values()]  # fmt: skip
        else:
            _, read = confined.read(content, Job(name), suffix=f".{name.rpartition('.')[2]}")
            grids = [
                [
                    (row[0].line or n if row else n, {c: cell.text for c, cell in enumerate(row, 1)})
                    for n, row in enumerate(grid.rows, 1)
                ]
                for grid in read
            ]
    except Refused:
        return MoneyTable(findings=(Finding("form_unreadable", Place(document=name)),))
    findings: list[Finding] = []
    rows = next((found for lines in grids if (found := _table(lines, name, findings)) is not None), None)
    if rows is None:
        return MoneyTable(findings=(Finding("money_file_no_table", Place(document=name)),))
    own = tags.get("form") == TAG
    return MoneyTable(
        tags.get("plan", "") if own else "", whole(tags.get("period"), 0) if own else 0, tuple(rows), tuple(findings)
    )


Lines = Sequence[tuple[int, Mapping[int, str]]]


def _table(lines: Lines, name: str, findings: list[Finding]) -> list[MoneyRow] | None:
    """Return the rows below the first heading that names works or accounts and a state; None without one."""
    for at, (_, cells) in enumerate(lines[:_HEADINGS]):
        columns = {column: meant for column, text in cells.items() if (meant := _headings().get(search_key(text)))}
        named = set(columns.values())
        if named & {"work", "account"} and named & {*(s.value for s in STATES), _OPEN}:
            if lines[-1][0] > _MOST_ROWS:
                findings.append(Finding("office_file_too_many_rows", Place(document=name), {"limit": _MOST_ROWS}))
                return []
            return list(_rows(lines[at + 1 :], columns, name, findings))
    return None


def _words_of(state: MoneyState) -> tuple[str, str]:
    """Return what a state is called in Thai and English, whatever words a plan has: columns are known by them."""
    word = term(state)
    return word.th, word.en


@cache
def _headings() -> Mapping[str, str]:
    """Return what each heading means, by its text made comparable."""
    texts = _texts()
    plain = {name: texts[name] for name in ("work", "account", "source", "document", "note")}
    states = {s.value: [*_words_of(s), *texts["states"].get(s.value, ())] for s in STATES}
    every = {**states, _OPEN: texts["states"][_OPEN], **plain}
    return {search_key(text): name for name, own in every.items() for text in own}


def _rows(lines: Lines, columns: Mapping[int, str], name: str, findings: list[Finding]) -> Iterator[MoneyRow]:
    """Yield the rows with a code and an amount; every cell that holds no amount is told."""
    has_source, has_open = "source" in columns.values(), _OPEN in columns.values()
    texts_of = ("work", "account", "source", "document", "note")
    for number, cells in lines:
        said = {own: cells.get(at, "").strip() for at, own in columns.items() if own in texts_of}
        amounts: dict[str, Decimal] = {}
        for at, own in columns.items():
            read = NoNumber.BLANK if own in texts_of else parse_figure(cells.get(at, ""))
            if isinstance(read, Decimal):
                amounts[own] = amounts.get(own, Decimal()) + read
            elif isinstance(read, Finding) and (said.get("work") or said.get("account")):
                params = {"amount": cells.get(at, "")[:40]}
                findings.append(Finding("money_file_amount", Place(document=name, line=number), params))
        if not amounts or not (said.get("work") or said.get("account")):
            continue
        if _ROUNDED.fullmatch(said.get("account", "")):
            findings.append(Finding("money_file_code_rounded", Place(document=name, line=number)))
            continue
        if has_open and _OPEN in amounts:
            paid = amounts.get(MoneyState.DISBURSED.value, Decimal())
            amounts.setdefault(MoneyState.COMMITTED.value, amounts[_OPEN] + paid)
        yield MoneyRow(
            number,
            said.get("work", ""),
            said.get("account", ""),
            said.get("source", "") if has_source else None,
            {MoneyState(own): amount for own, amount in amounts.items() if own != _OPEN},
            said.get("document", ""),
            said.get("note", ""),
        )
