"""``review.xlsx``: doubtful rows of months to correct in place, single values with a column for the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samrit.intake.facts import Fact, Status
from samrit.intake.review.corrections import Correction
from samrit.intake.review.doubts import Doubts, RowDoubt, is_doubt, shown
from samrit.intake.review.words import FIELDS, HEADINGS, SHEETS, SIDES, STATUSES, months
from samrit.package.whole import write_whole

BETWEEN = " | "
UNKNOWN = "?"  # stands for what was read where a correction took its place
_DIGITS = 15  # that a spreadsheet keeps
_COLOURS = {
    Status.MISSING: "#FDE2E0",
    Status.DOUBTFUL: "#FFF2CC",
    Status.REPAIRED: "#E8EEF7",
    Status.CORRECTED: "#E2F0D9",
}
_Typed = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Format
    plain: Format
    colours: Mapping[Status, Format]


def write_review(
    doubts: Doubts,
    path: Path,
    *,
    corrections: Sequence[Correction] = (),
    calendar: str = "calendar",
    language: str = "th",
) -> None:
    """Write the review workbook; earlier ``corrections`` are kept in it, also those that found no place.

    Raises OSError where the file cannot be written.
    """
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    styles = _styles(workbook)
    names = SHEETS[language]
    typed = {(c.record, c.field): c.text for c in corrections}
    _write_rows(workbook.add_worksheet(names["rows"]), list(doubts.rows()), styles, typed, (calendar, language))
    _write_values(workbook.add_worksheet(names["values"]), doubts, styles, typed, language)
    _write_corrections(workbook.add_worksheet(names["kept"]), corrections, styles, language)
    workbook.close()
    write_whole(path, stream.getvalue())  # corrections that a person typed are lost by no disk that is full


def _styles(workbook: Workbook) -> _Styles:
    base = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
    return _Styles(
        workbook.add_format(base | {"bold": True, "border": 1, "bg_color": "#D9E2F3", "text_wrap": True}),
        workbook.add_format(base | {"text_wrap": True}),
        {s: workbook.add_format(base | {"bg_color": c, "border": 1}) for s, c in _COLOURS.items()},
    )


def _headings(sheet: Worksheet, words: Sequence[tuple[str, int]], style: Format) -> None:
    for at, (word, width) in enumerate(words):
        sheet.write_string(0, at, word, style)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 40)


def _write_rows(
    sheet: Worksheet, rows: Sequence[RowDoubt], styles: _Styles, typed: _Typed, settings: tuple[str, str]
) -> None:
    calendar, language = settings
    words = HEADINGS[language]
    first = (("record", 12), ("side", 8), ("status", 12), ("work", 34), ("indicator", 34))
    last = (("total", 12), ("reason", 60), ("place", 20), ("printed", 60), ("as_read", 40))
    names = [(name, 9) for name in months(calendar, language)]
    heads = [*((words[n], w) for n, w in first), *names, *((words[n], w) for n, w in last)]
    _headings(sheet, heads, styles.heading)
    for at, doubt in enumerate(rows, 1):
        side, status = SIDES[language][doubt.side], STATUSES[language][doubt.status]
        for column, text in enumerate((doubt.record, side, status, doubt.work, doubt.indicator)):
            sheet.write_string(at, column, text, styles.plain)
        facts = (*doubt.months, doubt.total)
        for column, fact in enumerate(facts, len(first)):
            _figure(sheet, (at, column), fact, styles.colours[fact.status] if is_doubt(fact) else styles.plain)
        rest = (" ".join(doubt.reasons), doubt.place, BETWEEN.join(doubt.printed), _as_read(doubt, typed))
        for column, text in enumerate(rest, len(first) + len(facts)):
            sheet.write_string(at, column, text, styles.plain)


def _as_read(doubt: RowDoubt, typed: _Typed) -> str:
    """Return what was read, so that a correction can be told from it; a corrected value stands as unknown."""
    names = [*(f"{doubt.side}.{n}" for n in range(1, 13)), f"{doubt.side}_total"]
    facts = (*doubt.months, doubt.total)
    return BETWEEN.join(UNKNOWN if (doubt.record, n) in typed else f.text for n, f in zip(names, facts, strict=True))


def _figure(sheet: Worksheet, at: tuple[int, int], fact: Fact, style: Format) -> None:
    if fact.number is not None and len(fact.number.as_tuple().digits) <= _DIGITS:
        sheet.write_number(*at, float(fact.number), style)
    else:
        sheet.write_string(*at, fact.text, style)


def _write_values(sheet: Worksheet, doubts: Doubts, styles: _Styles, typed: _Typed, language: str) -> None:
    words = HEADINGS[language]
    columns = (
        ("record", 12), ("field", 20), ("status", 12), ("work", 34), ("value", 24), ("correct", 24), ("reason", 60),
        ("place", 20), ("printed", 60), ("code", 14),
    )  # fmt: skip
    _headings(sheet, [(words[n], w) for n, w in columns], styles.heading)
    for at, doubt in enumerate(doubts.values(), 1):
        texts = {
            "record": doubt.record,
            "field": FIELDS[language][doubt.field],
            "status": STATUSES[language][doubt.fact.status],
            "work": doubt.work,
            "value": shown(doubt.field, doubt.fact, language),
            "correct": typed.get((doubt.record, doubt.field), ""),
            "reason": " ".join(doubt.reasons),
            "place": doubt.place,
            "printed": BETWEEN.join(doubt.printed),
            "code": doubt.field,
        }
        for column, (name, _) in enumerate(columns):
            style = styles.colours[doubt.fact.status] if name == "correct" else styles.plain
            sheet.write_string(at, column, texts[name], style)


def _write_corrections(sheet: Worksheet, corrections: Sequence[Correction], styles: _Styles, language: str) -> None:
    """Keep every correction made so far, whether it found its place or not."""
    words = HEADINGS[language]
    _headings(sheet, [(words["record"], 14), (words["code"], 24), (words["correct"], 40)], styles.heading)
    for at, correction in enumerate(corrections, 1):
        for column, text in enumerate((correction.record, correction.field, correction.text)):
            sheet.write_string(at, column, text, styles.plain)
