"""The filled rows of a form, each value typed, every value that cannot be read told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.engine.model import BudgetLine, Figure, Mark, Source
from samrit.intake.cleaning import cleaned
from samrit.intake.forms.bounds import is_within
from samrit.intake.forms.columns import FormColumn, FormTable, keys_of, tables
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import key
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.tokens import TokenKind, classify
from samrit.vocabulary.figures import NoNumber
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.money import parse_budgets, parse_money
from samrit.vocabulary.periods import ParsedYear, parse_month, parse_year
from samrit.vocabulary.terms import code_of, groups, label

_MONTH = re.compile(
    r"^(?P<span>จำนวนเดือนของตัวเลข\s+|Months covered\s+)?(?P<side>แผน|ผล|Planned|Actual)\s+(?P<month>\S+)$"
)
_FEWEST = 4  # headings by which the sheet of the plan is known
_SIDES = {"แผน": "planned", "Planned": "planned", "ผล": "actual", "Actual": "actual"}
_CHOICES = (("choices", "th"), ("choices_en", "en"))  # the words of a column, as its finding names them
_SOURCE = re.compile(r"^(?P<document>.+?)(?: p\. (?P<page>[0-9]+))?(?: line (?P<line>[0-9]+))?(?: (?P<cell>\S+))?$")


@dataclass(slots=True)
class FormRow:
    """One row of a form's table: texts and cells by column, figures by side and calendar month."""

    table: FormTable
    grid: Grid
    cells: dict[str, GridCell] = field(default_factory=dict)
    months: dict[tuple[str, int], GridCell] = field(default_factory=dict)
    spans: dict[tuple[str, int], GridCell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_void: bool = False  # it lacks what says where it belongs, and is told and passed over
    heads: dict[str, str] = field(default_factory=dict)  # as they are in the file, by the name of the cell below

    def text(self, code: str) -> str:
        """Return a column's text, "" where it is empty."""
        cell = self.cells.get(code)
        return cleaned(cell.text) if cell is not None else ""

    def number(self, code: str) -> Decimal | None:
        """Return a column's number, None where it is empty or unreadable."""
        figure = self.figure(self.cells.get(code), code)
        return figure if isinstance(figure, Decimal) else None

    def whole(self, code: str) -> int | None:
        """Return a column's whole number."""
        value = self.number(code)
        return int(value) if value is not None and value == value.to_integral_value() else None

    def figure(self, cell: GridCell | None, code: str = "") -> Figure:
        """Return the figure of a cell; text that is none is told and counts as blank."""
        if cell is None:
            return Mark.BLANK
        kind, value = classify(cell.text)
        if value is not None and code and not is_within(self.table.code, code, value):
            self._tell(cell, code)
            return Mark.BLANK
        if value is not None:
            return value
        if kind in (TokenKind.TEXT, TokenKind.UNREAD):
            self._tell(cell, code)
        return Mark.NOTHING if kind is TokenKind.DASH else Mark.BLANK

    def money(self, code: str) -> Decimal | None:
        """Return one amount of the plan's money, None where none is given or none could be read."""
        parsed = parse_money(self.text(code))
        self._tell_money(code, parsed.findings)
        return parsed.amount if isinstance(parsed.amount, Decimal) else None

    def budgets(self, code: str) -> tuple[BudgetLine, ...]:
        """Return the money of a cell by its sources: "498000 (เงินอุดหนุน); 20000 (รายได้)"; words that say none as such.

        Words in which no amount can be read are an error, never a work without a budget (R51, R123).
        """
        text, source = self.text(code), self.source()
        lines = []
        for parsed, named in parse_budgets(text):
            self._tell_money(code, parsed.findings)
            amount = parsed.amount if isinstance(parsed.amount, Decimal) else None
            if amount is not None or (parsed.text and parsed.amount is not NoNumber.NOTHING) or parsed.uses_no_budget:
                lines.append(BudgetLine(amount, named, text="" if amount is not None else parsed.text, source=source))
        return tuple(lines)

    def _tell_money(self, code: str, found: Iterable[Finding]) -> None:
        for finding in found:
            cell = self.cells[code]
            place = Place(self.grid.document, self.grid.page, cell.line, cell.name)
            self.findings.append(Finding(finding.code, place, finding.params))

    def choice(self, code: str, group: str) -> str:
        """Return the code of a word that the plan chooses from, "" where it is empty or unknown."""
        text = self.text(code)
        found = code_of(text, group) if text else ""
        if found is None:
            words = groups()[group].terms
            known = {name: ", ".join(label(one, language, group) for one in words) for name, language in _CHOICES}
            self._tell(self.cells[code], code, **known)
        return found or ""

    def year(self, code: str) -> int | None:
        """Return a year of either era as a Buddhist one."""
        parsed = self.typed_year(code)
        if parsed is not None and parsed.year_be is None:
            self._tell(self.cells[code], code)
        return parsed.year_be if parsed else None

    def typed_year(self, code: str) -> ParsedYear | None:
        """Return a year with the era in which it was typed."""
        text = self.text(code)
        return parse_year(text) if text else None

    def listed(self, code: str) -> tuple[str, ...]:
        """Return the parts of a text that "/" or "," separate."""
        return tuple(dict.fromkeys(part.strip() for part in re.split("[/,;]", self.text(code)) if part.strip()))

    def source(self) -> Source:
        """Return where the row says that it comes from, or else where it is."""
        printed = _SOURCE.match(self.text("source")) if self.text("source") else None
        if printed and (printed["line"] or printed["page"] or printed["cell"]):
            page, line = (int(printed[n]) if printed[n] else None for n in ("page", "line"))
            return Source(printed["document"], page, line, printed["cell"] or "")
        first = next(iter(self.cells.values()), None)
        return self.grid.source(first) if first is not None else Source(self.grid.document)

    def require(self, codes: Iterable[str], headings: Mapping[str, str]) -> None:
        """Tell of each of ``codes`` that is empty in a row that holds something: such a row is passed over."""
        for code in codes:
            if self.text(code):
                continue
            first = next(iter(self.cells.values()), GridCell(""))
            place = Place(self.grid.document, self.grid.page, first.line, first.name)
            heading = headings.get(code) or self.table.column(code).th
            self.findings.append(Finding("intake_form_cell_empty", place, {"heading": heading}))
            self.is_void = True

    def _tell(self, cell: GridCell, code: str, **known: str) -> None:
        """Tell of a value that can't be read; ``known`` are the words that a column chooses from."""
        heading = self.heads.get(cell.name) or next((c.th for c in self.table.columns if c.code == code), code)
        place = Place(self.grid.document, self.grid.page, cell.line, cell.name)
        kind = "intake_form_choice_not_read" if known else "intake_form_value_not_read"
        told = Finding(kind, place, {"text": cell.text[:60], "heading": heading, **known})
        if told not in self.findings:
            self.findings.append(told)


def read_rows(grids: Iterable[Grid]) -> dict[str, list[FormRow]] | None:
    """Return the rows of every table of a form, or None where the grids hold no form.

    A form is known by a table of works, or by the sheet of the plan, with the form's headings.
    """
    found: dict[str, list[FormRow]] = {}
    for grid in grids:
        if not grid.is_table:
            continue
        lines = lay_out(grid)
        if plan := _pairs(grid, lines):
            found["plan"] = [plan]
        elif lines and (table := _table_of(lines[0])):
            found.setdefault(table.code, []).extend(_rows(grid, lines, table))
    return found if {"works", "plan"} & set(found) else None


def _pairs(grid: Grid, lines: list[Line]) -> FormRow | None:
    """Return the sheet of the plan: headings in the first column, values beside them."""
    table = tables()["plan"]
    codes = {word: column.code for column in table.columns for word in column.keys}
    row = FormRow(table, grid)
    known = 0
    for line in lines:
        # The heading as it is goes before the one without its brackets: "Plan title (English)" is not the title.
        named = (key(line[0].text), *keys_of(line[0].text)) if line and line[0].text else ()
        code = next((codes[word] for word in named if word in codes), None)
        if code is None:
            continue
        known += 1
        if len(line) > 1 and line[1].cell is not None and line[1].text:
            row.cells[code] = line[1].cell
            row.heads[line[1].cell.name] = line[0].text
    return row if known >= _FEWEST else None


def _table_of(heading: Line) -> FormTable | None:
    """Return the table whose headings a row holds: all that it requires, and the most in all."""
    keys = {word for slot in heading if slot.text for word in keys_of(slot.text)}
    scored = []
    for table in tables().values():
        if table.pairs:
            continue
        matched = [column for column in table.columns if column.keys & keys]
        codes = {column.code for column in matched}
        if 2 * len(matched) < len(_own(heading, table)):
            continue  # another table that has a few headings of the form
        if codes >= set(table.required) and 2 * len(matched) >= min(len(table.columns), 6):
            scored.append((len(matched), table))
    return max(scored, key=lambda s: s[0])[1] if scored else None


def _own(heading: Line, table: FormTable) -> list[str]:
    """Return the headings of a row; months are a table's own where it has any."""
    months = _months(heading) if table.code == "indicators" else {}
    return [slot.text for at, slot in enumerate(heading) if slot.text and at not in months]


def _rows(grid: Grid, lines: list[Line], table: FormTable) -> Iterable[FormRow]:
    places = _places(lines[0], table.columns)
    months = _months(lines[0]) if table.code == "indicators" else {}
    for line in lines[1:]:
        row = FormRow(table, grid)
        for at, slot in enumerate(line):
            if not slot.text or slot.cell is None:
                continue
            if at < len(lines[0]):
                row.heads[slot.cell.name] = lines[0][at].text
            if at in places:
                row.cells[places[at]] = slot.cell
            elif at in months:
                span, side, month = months[at]
                (row.spans if span else row.months)[side, month] = slot.cell
        if any(row.text(code) for code in table.required):
            row.require(table.needs, {code: lines[0][at].text for at, code in places.items()})
            yield row


def _places(heading: Line, columns: Iterable[FormColumn]) -> Mapping[int, str]:
    """Return position → column; a heading that occurs twice belongs to its first place."""
    made: dict[int, str] = {}

    def _names(column: FormColumn, heading: str) -> bool:
        has_measure = column.type in ("money", "year")
        return bool(column.keys & (keys_of(heading) if has_measure else {key(heading)}))

    for column in columns:
        at = next((at for at, slot in enumerate(heading) if slot.text and _names(column, slot.text)), None)
        if at is not None and at not in made:
            made[at] = column.code
    return made


def _months(heading: Line) -> Mapping[int, tuple[bool, str, int]]:
    made: dict[int, tuple[bool, str, int]] = {}
    for at, slot in enumerate(heading):
        match = _MONTH.match(slot.text) if slot.text else None
        month = parse_month(match["month"]).month if match else None
        if match and month:
            made[at] = bool(match["span"]), _SIDES[match["side"]], month
    return made
