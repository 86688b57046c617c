"""Reading a filled form: rows by their tags, nothing guessed, every fault a finding.

The file itself is opened in the confined process (``intake.sources.confined``); what comes
back is the typed cells of the sheets that a form has, and no more rows than a form can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.kinds import kind_of, zip_kind
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.typed import DAY, NUMBER, TypedCell
from samrit.plans.reporting.inputs import CellInput, LevelInput, WordsInput
from samrit.plans.unit_form.model import (
    FIGURE_COLUMNS,
    FIGURES,
    FIRST_ROW,
    LEVEL_COLUMNS,
    LEVELS,
    OF_LEVELS,
    TAG,
    TAGS_SHEET,
    WORDS_COLUMNS,
    WORDS_ON_WORKS,
    Columns,
    FilledForm,
)
from samrit.plans.unit_form.words import names
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.periods import format_date, parse_date

_MOST_BYTES, _MOST_ROWS, _MOST_TAGS = 5 * 1024 * 1024, 5000, 10
_COLUMNS = {FIGURES: FIGURE_COLUMNS, LEVELS: LEVEL_COLUMNS, WORDS_ON_WORKS: WORDS_COLUMNS}
_KIND_OF = {name: kind for kind in _COLUMNS for name in names("sheet", kind)}  # a form speaks either language
_WANTED = {
    TAGS_SHEET: (_MOST_TAGS, 2),
    **{name: (_MOST_ROWS, len(_COLUMNS[kind])) for name, kind in _KIND_OF.items()},
}
_EPOCH, _LAST_DAY = date(1899, 12, 30), 2_958_465  # a spreadsheet's calendar, up to 9999-12-31
# What the confined process says of a hostile file is worth telling; the rest is "cannot be opened" to who fills forms.
_TOLD = frozenset(
    f"intake_{code}"
    for code in (
        "too_many_cells", "too_much_text", "too_slow", "too_much_memory", "no_time_left", "zip_bomb", "zip_entries",
    )
)  # fmt: skip


def read_form(content: bytes, name: str, confined: Confined) -> FilledForm | tuple[Finding, ...]:
    """Return what a filled form says, or the findings that refuse the file ``name``; never raises on its content."""
    if len(content) > _MOST_BYTES:
        return (_finding("form_too_large", name),)
    try:
        found = confined.typed(content, Job(name), _WANTED)
    except Refused as refused:
        told = refused.finding.code in _TOLD
        return (_finding(refused.finding.code if told else "form_unreadable", name, **refused.finding.params),)
    sheets = {_KIND_OF.get(sheet, sheet): cells for sheet, cells in found.items()}
    tags = {row[1].text: row[2].text for row in lines_of(sheets.get(TAGS_SHEET, ())).values() if {1, 2} <= row.keys()}
    if tags.get("form") != TAG or not _is_number(tags.get("period", "")) or FIGURES not in sheets:
        return (_finding("form_not_ours", name),)
    findings = [
        _finding("form_sheet_missing", name, sheet=" / ".join(names("sheet", kind)))
        for kind in (LEVELS, WORDS_ON_WORKS)
        if kind not in sheets and tags.get(kind, "0") != "0"
    ]
    return FilledForm(
        tags.get("plan", ""),
        tags.get("unit", ""),
        int(tags["period"]),
        tuple(_cells(_rows(sheets[FIGURES], FIGURE_COLUMNS), name, findings)),
        tuple(_levels(_rows(sheets.get(LEVELS, ()), LEVEL_COLUMNS), name, findings)),
        tuple(_words(_rows(sheets.get(WORDS_ON_WORKS, ()), WORDS_COLUMNS), name, findings)),
        tuple(findings),
    )


def forms_in(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the forms of an upload: the file itself, or every .xlsx of a zip of forms.

    Sizes are counted while a zip is unpacked, one form at a time; raises ``Refused`` where it is damaged farther on.
    Yields nothing for a zip without any.
    """
    try:
        archive = Archive(content) if kind_of(content) == "zip" else None
        if archive is None or zip_kind(archive) != "archive":
            yield name, content
            return
    except Refused:  # the reading of it as a form says why
        yield name, content
        return
    for member in archive.names():
        if member.lower().endswith(".xlsx"):
            yield member.rsplit("/", 1)[-1], archive.content(member, _MOST_BYTES + 1)


Row = tuple[int, str, Mapping[str, Any]]  # its number, its tag, and what was typed by input


def lines_of(cells: Sequence[TypedCell]) -> dict[int, dict[int, TypedCell]]:
    """Return the cells by row and column."""
    lines: dict[int, dict[int, TypedCell]] = {}
    for cell in cells:
        lines.setdefault(cell.row, {})[cell.column] = cell
    return lines


def _rows(cells: Sequence[TypedCell], columns: Columns) -> Iterator[Row]:
    """Yield the rows of a sheet that carry a tag."""
    for number, line in sorted(lines_of(cells).items()):
        if number > FIRST_ROW and 1 in line:
            typed = {field: as_typed(line.get(at), field) for at, (_, _, field) in enumerate(columns, 1) if field}
            yield number, line[1].text, typed


def _cells(rows: Iterator[Row], name: str, findings: list[Finding]) -> Iterator[CellInput]:
    for number, tag, typed in rows:
        indicator, revision, *kind = f"{tag}|".split("|")
        if not _is_number(revision):
            findings.append(_finding("form_row_damaged", name, number, tag=tag[:60]))
            continue
        values = dict(typed)
        if OF_LEVELS in kind:
            # As on the page: a word on how far it is stands for the month, and goes with its word.
            if values["note"] and not values["actual"]:
                values["actual"] = "–"
            elif not values["note"] and values["actual"] == "–":
                values["actual"] = ""
        yield CellInput(indicator, expected_revision=int(revision), **values)


def _levels(rows: Iterator[Row], name: str, findings: list[Finding]) -> Iterator[LevelInput]:
    for row, tag, typed in rows:
        key, _, revision = tag.rpartition("|")
        indicator, _, number = key.rpartition(":")
        if not (_is_number(revision) and _is_number(number)):
            findings.append(_finding("form_row_damaged", name, row, tag=tag[:60]))
            continue
        yield LevelInput(indicator, int(number), expected_revision=int(revision), **typed)


def _words(rows: Iterator[Row], name: str, findings: list[Finding]) -> Iterator[WordsInput]:
    for row, tag, typed in rows:
        project, _, revision = tag.rpartition("|")
        if not (project and _is_number(revision)):
            findings.append(_finding("form_row_damaged", name, row, tag=tag[:60]))
            continue
        yield WordsInput(project, typed, int(revision))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 9


def as_typed(cell: TypedCell | None, field: str) -> str:
    """Return a cell's content as the reporter would have typed it; a number in a field called "day" is one."""
    if cell is None:
        return ""
    if cell.kind == NUMBER and field == "day":
        return _shown_day(_day_of(cell.text))
    return _shown_day(cell.text) if cell.kind == DAY else cell.text


def _shown_day(iso: str) -> str:
    """Return a day in words of the office; of 31/3/2569 a spreadsheet makes a day in the year 2569 after Christ."""
    meant = parse_date(iso).day
    return format_date(meant, style="numeric") if meant is not None else iso


def _day_of(serial: str) -> str:
    """Return the day of a date that was pasted without its look: its number in the spreadsheet's calendar."""
    number = Decimal(serial)
    return (_EPOCH + timedelta(int(number))).isoformat() if 1 <= number <= _LAST_DAY else serial


def _finding(code: str, name: str, line: int | None = None, **params: object) -> Finding:
    return Finding(code, Place(document=name, line=line), params)
