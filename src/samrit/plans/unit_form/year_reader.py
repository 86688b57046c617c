"""Reading a form of the year's records that came back: rows by their tags, columns by their headings, nothing guessed.

The file itself is opened in the confined process (``intake.sources.confined``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.cells import LAST_ROW
from samrit.intake.sources.sheets.typed import TypedCell
from samrit.package.kinds import KINDS
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import Type
from samrit.plans.evaluation.causes import GROUP, cause_list
from samrit.plans.unit_form.model import TAGS_SHEET
from samrit.plans.unit_form.reader import as_typed, lines_of
from samrit.plans.unit_form.year_model import (
    DAY,
    HEAD_ROW,
    REASON,
    TAG,
    WORK,
    FilledRow,
    FilledYear,
    headings,
    sheet_names,
)
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.terms import label
from samrit.vocabulary.text import search_key

MOST_BYTES, MOST_ROWS, _MOST_COLUMNS = 5 * 1024 * 1024, 5_000, 40
_HEADING = HEAD_ROW + 1  # its row, counted from 1


def read_year_form(content: bytes, name: str, confined: Confined) -> FilledYear:
    """Return what a form says, or the findings that refuse the file ``name``; never raises on its content."""
    if not 0 < len(content) <= MOST_BYTES:
        return FilledYear(findings=(Finding("form_too_large", Place(document=name)),))
    wanted = {title: (LAST_ROW, _MOST_COLUMNS) for kind in KINDS for title in sheet_names(kind)}
    try:
        sheets = confined.typed(content, Job(name), {**wanted, TAGS_SHEET: (10, 2)})
    except Refused:
        return FilledYear(findings=(Finding("form_unreadable", Place(document=name)),))
    tags = {row[1].text: row[2].text for row in lines_of(sheets.get(TAGS_SHEET, ())).values() if {1, 2} <= row.keys()}
    if tags.get("form") != TAG:
        return FilledYear(findings=(Finding("year_file_not_ours", Place(document=name)),))
    findings = [
        Finding("office_file_too_many_rows", Place(document=title), {"limit": MOST_ROWS})
        for title, cells in sheets.items()
        if any(cell.row > MOST_ROWS for cell in cells)
    ]
    if findings:
        return FilledYear(findings=tuple(findings))
    rows = [
        row
        for kind in KINDS
        for title in dict.fromkeys(sheet_names(kind))
        if title in sheets
        for row in _rows(kind, title, lines_of(sheets[title]), findings)
    ]
    return FilledYear(tags.get("plan", ""), tuple(rows), tuple(findings))


def _rows(
    kind: RecordKind, title: str, lines: Mapping[int, Mapping[int, TypedCell]], findings: list[Finding]
) -> Iterator[FilledRow]:
    """Yield the rows of a sheet in which something is typed, or that say which record they are."""
    columns = _columns(kind, lines.get(_HEADING, {}))
    missing = [names[0] for name, names in headings(kind).items() if name not in columns and name != REASON]
    if missing:
        findings.append(Finding("year_file_columns", Place(document=title), {"columns": ", ".join(missing)}))
        return
    days = {DAY, *(f.name for f in kind.fields if f.kind is Type.DATE)}
    for number, line in sorted(lines.items()):
        typed = {name: as_typed(line.get(at), "day" if name in days else name).strip() for name, at in columns.items()}
        tag = line[1].text if 1 in line else ""
        if number <= _HEADING or not (tag or any(typed.values())):
            continue
        revision, project, record = (*tag.split("|", 2), "", "")[:3] if tag else ("0", typed[WORK], "")
        if not revision.isdecimal() or (tag and not record) or project != typed[WORK]:
            findings.append(Finding("year_file_row_damaged", Place(document=title, line=number)))
            continue
        given = {f.name: _meant(kind, f.name, typed[f.name]) for f in kind.fields} | {DAY: typed[DAY]}
        yield FilledRow(title, number, kind.name, project, record, whole(revision, 0), given, typed.get(REASON, ""))


def _columns(kind: RecordKind, heading: Mapping[int, TypedCell]) -> Mapping[str, int]:
    """Return where each column is, by its Thai or English heading."""
    named = {search_key(title): name for name, titles in headings(kind).items() for title in titles}
    return {named[key]: at for at, cell in heading.items() if (key := search_key(cell.text)) in named}


def _meant(kind: RecordKind, name: str, text: str) -> str:
    """Return the code of a word that was chosen; any other text as it is."""
    field, key = kind.field(name), search_key(text)
    if field.suggested == GROUP:
        return next(
            (c.code for c in cause_list().values() if key in map(search_key, (c.code, c.title, c.title_en))), text
        )
    for member in field.choices or ():
        if key in map(search_key, (str(member.value), label(member), label(member, "en"))):
            return str(member.value)
    return text
