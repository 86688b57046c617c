"""The review workbook and page: every doubt beside its row, corrections taken back and never lost."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from samrit.engine.model import Aggregation, Indicator, Mark
from samrit.intake.draft import Draft
from samrit.intake.facts import Status
from samrit.intake.grid import SourceReading
from samrit.intake.importer import draft_of, import_documents
from samrit.intake.review.corrections import Correction, figure
from samrit.intake.review.doubts import Doubts, shown
from samrit.intake.review.page import write_page
from samrit.intake.review.reading import read_corrections
from samrit.intake.review.workbook import write_review
from samrit.intake.sources.text import grids_of
from samrit.vocabulary.findings import Severity
from tests.intake.printed_work import drafted, work_of
from tests.intake.random_documents import DAMAGES, LAYOUTS, Document, printed, works

FIRST_MONTH = 6  # column of the first month in the sheet of rows
ROWS, KEPT = "แถวรายเดือน", "ที่แก้แล้ว"


def damaged(seed: int = 1, hits: int = 6) -> Document:
    """Return a document with several cells lost."""
    rng = random.Random(seed)
    document = printed(works(rng, 6), LAYOUTS[0])
    for _ in range(hits):
        DAMAGES["number dropped"](rng, document)
    return document


def imported(document: Document, corrections: list[Correction] | None = None) -> Draft:
    """Return the draft of a document, with corrections."""
    reading = SourceReading("plan.txt", "text", tuple(grids_of("plan.txt", document.text())))
    return draft_of([reading], plan_id="plan", corrections=corrections or [])


def indicator(draft: Draft, record: str) -> Indicator:
    """Return the indicator of a record such as "1-5.2"."""
    assert draft.package is not None
    return next(i for p in draft.package.plan.projects for i in p.indicators if i.id == record)


@pytest.fixture
def draft() -> Draft:
    return imported(damaged())


@pytest.fixture
def book(draft: Draft, tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    write_review(Doubts(draft), path)
    return path


def test_every_doubtful_row_shows_its_reason_and_its_source_row(draft: Draft) -> None:
    rows = list(Doubts(draft).rows())
    assert rows
    assert all(row.reasons and row.printed and row.place for row in rows)


def test_an_unchanged_review_changes_nothing(book: Path) -> None:
    assert read_corrections(book) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_an_unchanged_review_in_either_language_changes_nothing(draft: Draft, tmp_path: Path, language: str) -> None:
    path = tmp_path / "review.xlsx"
    write_review(Doubts(draft, language), path, language=language)
    assert read_corrections(path) == []


def test_a_month_typed_into_the_review_is_taken(draft: Draft, book: Path) -> None:
    record, number = _type_month(book, row=2, period=4, figure_typed=7)
    corrections = read_corrections(book)
    assert [(c.record, c.text) for c in corrections] == [(record, "7")]
    after = imported(damaged(), corrections)
    entry = next(e for e in indicator(after, record).entries if e.period == number)
    assert Decimal(7) in (entry.planned, entry.actual)
    assert Status.CORRECTED in after.summary.counts


def test_a_cleared_month_is_taken_as_blank(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[ROWS]
    column = next(c for c in range(FIRST_MONTH, FIRST_MONTH + 12) if sheet.cell(2, c).value not in (None, ""))
    sheet.cell(2, column).value = None
    workbook.save(book)
    assert [c.text for c in read_corrections(book)] == [""]


def test_corrections_survive_any_number_of_imports(draft: Draft, book: Path, tmp_path: Path) -> None:
    record, _ = _type_month(book, row=2, period=4, figure_typed=7)
    path, corrections = book, read_corrections(book)
    for round_ in range(3):
        again = imported(damaged(), corrections)
        path = tmp_path / f"review-{round_}.xlsx"
        write_review(Doubts(again), path, corrections=corrections)
        corrections = read_corrections(path)
        assert [(c.record, c.text) for c in corrections] == [(record, "7")]


def test_a_value_typed_later_wins_over_the_one_kept(book: Path, tmp_path: Path) -> None:
    record, _ = _type_month(book, row=2, period=4, figure_typed=7)
    first = read_corrections(book)
    path = tmp_path / "second.xlsx"
    write_review(Doubts(imported(damaged(), first)), path, corrections=first)
    workbook = openpyxl.load_workbook(path)
    row = next(r for r in range(2, 40) if workbook[ROWS].cell(r, 1).value == record)
    assert row
    _type_month(path, row=row, period=4, figure_typed=9)
    assert [(c.record, c.text) for c in read_corrections(path)] == [(record, "9")]


def test_a_correction_without_its_place_is_told_and_kept(tmp_path: Path) -> None:
    lost = [Correction("9-99.1", "target", "5")]
    again = imported(damaged(), lost)
    assert "intake_correction_not_placed" in {f.code for f in again.findings}
    path = tmp_path / "review.xlsx"
    write_review(Doubts(again), path, corrections=lost)
    assert read_corrections(path) == lost


@pytest.mark.parametrize("content", [b"garbage", b"PK\x03\x04 no zip", b"", b"record,code\n1,2\n"])
def test_a_review_that_is_none_is_told_and_nothing_is_imported(tmp_path: Path, content: bytes) -> None:
    """What a person corrected would be lost unseen."""
    review, document = tmp_path / "review.xlsx", tmp_path / "plan.csv"
    review.write_bytes(content)
    document.write_text("งาน,ผล\nก,1\n", "utf-8")
    draft = import_documents([document], review=review)
    assert draft.package is None
    assert [f.place.document for f in draft.findings] == ["review.xlsx"]
    assert draft.findings[0].severity is Severity.ERROR


def test_an_unreadable_correction_is_told_and_changes_nothing(draft: Draft) -> None:
    record = indicator_of_first(draft)
    again = imported(damaged(), [Correction(record, "weight", "มาก")])
    assert "intake_correction_not_read" in {f.code for f in again.findings}
    assert indicator(again, record).weight == indicator(draft, record).weight


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("weight", "45", lambda i: i.weight == 45),
        ("name", "ชื่อที่ถูกต้อง", lambda i: i.name == "ชื่อที่ถูกต้อง"),
        ("unit_of_measure", "แห่ง", lambda i: i.unit_of_measure == "แห่ง"),
        ("aggregation", "ค่าล่าสุด", lambda i: i.aggregation is Aggregation.LATEST),
        ("target", "80", lambda i: i.targets[0].value == 80),
        ("plan_total", "๑๒", lambda i: i.claim is not None and i.claim.plan_total == 12),
    ],
)
def test_every_field_of_an_indicator_can_be_corrected(draft: Draft, name: str, text: str, read: object) -> None:
    record = indicator_of_first(draft)
    assert callable(read)
    assert read(indicator(imported(damaged(), [Correction(record, name, text)]), record))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", Decimal("1234.5")),
        ("๑๒", Decimal(12)),
        ("-", Mark.NOTHING),
        ("–", Mark.NOTHING),
        ("", Mark.BLANK),
        ("ว่าง", Mark.BLANK),
        ("มาก", None),
    ],
)
def test_a_figure_is_typed_as_people_type_it(text: str, value: object) -> None:
    assert figure(text) == value


def test_the_page_escapes_what_the_document_holds(tmp_path: Path) -> None:
    document = damaged()
    for row in document.rows:
        row[:] = [cell.replace("โครงการ", "โครงการ<script>alert(1)</script>") for cell in row]
    draft = imported(document)
    page = tmp_path / "review.html"
    write_page(draft, Doubts(draft), page)
    text = page.read_text("utf-8")
    assert "<script>alert" not in text
    assert "โครงการ" in text


def test_a_formula_in_the_document_stays_text_in_the_review(tmp_path: Path) -> None:
    document = damaged()
    for row in document.rows:
        row[:] = [f"=1+1 {cell}" if cell.startswith("จำนวน") else cell for cell in row]
    path = tmp_path / "review.xlsx"
    write_review(Doubts(imported(document)), path)
    sheet = openpyxl.load_workbook(path)[ROWS]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def indicator_of_first(draft: Draft) -> str:
    """Return the record of the first indicator."""
    assert draft.package is not None
    return draft.package.plan.projects[0].indicators[0].id


def _type_month(book: Path, *, row: int, period: int, figure_typed: int) -> tuple[str, int]:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[ROWS]
    sheet.cell(row, FIRST_MONTH + period - 1).value = figure_typed
    record = str(sheet.cell(row, 1).value)
    workbook.save(book)
    return record, period


def test_corrected_months_say_which_aggregation_they_prove() -> None:
    rows = f"|ตัวชี้วัดที่ 1 จำนวนครั้ง|||20|แผน|ครั้ง|100|{'2|' * 12}2|", f"|||||ผล|||{'3|' * 12}3|150"
    assert work_of(drafted(*rows, average="150")).indicators[0].aggregation is not Aggregation.SUM
    right = [Correction("0-1.1", f"plan.{n}", "0" if n > 10 else "2") for n in range(1, 13)]
    corrected = work_of(drafted(*rows, average="150", corrections=[*right, Correction("0-1.1", "plan_total", "20")]))
    assert corrected.indicators[0].aggregation is Aggregation.SUM


def test_choices_are_shown_and_typed_by_their_words(draft: Draft, tmp_path: Path) -> None:
    values = [v for v in Doubts(draft).values() if v.field == "aggregation"]
    assert values
    assert all(v.fact.text != shown(v.field, v.fact, "th") for v in values)
    record = values[0].record
    after = imported(damaged(), [Correction(record, "aggregation", "ค่าสูงสุด")])
    assert indicator(after, record).aggregation is Aggregation.MAX
