"""A draft from documents: what is doubtful waits for a person, and what they did holds for the next reading too."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.intake.draft import Draft
from samrit.intake.facts import Status
from samrit.intake.review.placed import DoubtCell
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.from_documents import read_sent, safe_names
from samrit.plans.drafting.imported import imported_of, open_matters, original_content
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftConfirmation, DraftImport, PlanDraft, Role
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import backup, restore
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.importing import draft_confirm, draft_import
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parents[1] / "intake" / "cases"
LETTER = "c2-letter-in-figure.txt"  # one figure with a letter in it


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return {LETTER: (CASES / LETTER).read_bytes()}


@pytest.fixture(scope="module")
def reading(contents: dict[str, bytes]) -> Draft:
    return read_sent(contents)


@pytest.fixture
def draft(db, reading: Draft, contents: dict[str, bytes]) -> PlanDraft:
    return draft_import(SYSTEM, reading=reading, contents=contents)


def waiting(draft: PlanDraft) -> dict[tuple[str, str], list[str]]:
    found = open_matters(draft, standing(draft))
    return {(m.record, m.subject): [c.field for c in m.cells] for m in found}


def codes(draft: PlanDraft) -> set[str]:
    return {f.code for f in read_draft(draft).errors}


def test_what_is_doubtful_has_to_be_confirmed_before_a_draft_is_submitted(draft: PlanDraft) -> None:
    """R298."""
    open_ = waiting(draft)
    assert any("actual.4" in fields for fields in open_.values())
    assert "draft_values_unconfirmed" in codes(draft)
    with pytest.raises(ServiceError, match="draft_has_errors"):
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ส่ง")
    first, *rest = open_
    assert draft_confirm(SYSTEM, draft=draft, matters=[first]) == 1
    assert waiting(draft).keys() == set(rest)
    assert draft_confirm(SYSTEM, draft=draft, matters=list(open_)) == len(rest)
    assert "draft_values_unconfirmed" not in codes(draft)
    assert draft_confirm(SYSTEM, draft=draft, matters=list(open_)) == 0
    assert audit().is_clean


def test_a_value_typed_anew_needs_no_confirmation(draft: PlanDraft) -> None:
    matter = next(m for m in open_matters(draft, standing(draft)) if m.subject == "actual")
    doubtful = [cell for cell in matter.cells if cell.status.value == "doubtful"]
    for cell in doubtful:
        assert (matter.record, matter.subject) in waiting(draft)
        draft_save(SYSTEM, draft=draft, file=cell.file, rows=[RowInput(cell.number, {cell.column: "7"})])
    assert (matter.record, matter.subject) not in waiting(draft)


def test_what_was_left_empty_waits_too_until_it_is_typed_or_confirmed(db) -> None:
    """R298: an empty weight or month enters no approved plan unseen; what a document may leave out waits for nobody."""
    name = "h1-plan-only-no-side.txt"
    contents = {name: (CASES / name).read_bytes()}
    draft = draft_import(SYSTEM, reading=read_sent(contents), contents=contents)
    found = imported_of(draft)
    assert found is not None
    assert {"kind", "weight"} <= {m.subject for m in found.matters}
    assert {("0-1.1", "weight"), ("0-2.1", "weight")} <= waiting(draft).keys()
    assert not any(subject == "kind" for _, subject in waiting(draft))
    draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"weight": "100"})])
    assert ("0-1.1", "weight") not in waiting(draft)
    assert ("0-2.1", "weight") in waiting(draft)


@pytest.mark.parametrize(
    ("field", "file", "row", "settles"),
    [
        ("actual.4", "monthly", {"indicator": "1-1.1", "period": "4", "planned": "2", "actual": "1"}, True),
        ("actual.4", "monthly", {"indicator": "1-1.1", "period": "4", "planned": "2", "actual": ""}, False),
        ("actual.4", "monthly", {"indicator": "1-1.1", "period": "5", "planned": "2", "actual": "1"}, False),
        ("actual.4", "monthly", {"indicator": "1-1.2", "period": "4", "planned": "2", "actual": "1"}, False),
        ("target", "targets", {"indicator": "1-1.1", "year_be": "2568", "value": "5"}, True),
        ("budget", "budgets", {"project": "1-1.1", "amount": "5"}, True),
    ],
)
def test_a_value_without_a_cell_is_settled_by_the_row_that_was_added_for_it(
    field: str, file: str, row: dict[str, str], *, settles: bool
) -> None:
    cell = DoubtCell("indicators", 1, "", field, "", Status.MISSING, "0.5")
    assert cell.waits
    assert cell.is_home("1-1.1", file, row) is settles


def test_a_row_taken_out_waits_for_nobody(draft: PlanDraft) -> None:
    for number in standing(draft)["projects"]:
        draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(number, {}, is_removed=True)])
    assert waiting(draft) == {}


def test_the_document_and_its_reading_are_kept_as_they_were(
    draft: PlanDraft, reading: Draft, contents: dict[str, bytes]
) -> None:
    assert original_content(draft, 0) == contents[LETTER]
    assert original_content(draft, 1) is None
    found = imported_of(draft)
    assert found is not None
    assert [list(grid.texts()) for grid in found.grids] == [list(grid.texts()) for grid in reading.grids]
    assert [one.name for one in found.originals] == [LETTER]
    DraftImport.objects.update(content=b"other")
    assert [fault.code for fault in audit(with_files=False).faults] == ["draft_import_content_changed"]


def test_what_was_done_to_a_draft_holds_for_the_next_of_the_same_documents(
    draft: PlanDraft, reading: Draft, contents: dict[str, bytes]
) -> None:
    everything = list(waiting(draft))
    draft_confirm(SYSTEM, draft=draft, matters=everything[:1])
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ชื่อที่แก้แล้ว", "goal": ""})])
    draft_save(SYSTEM, draft=draft, file="steps", rows=[RowInput(None, {"project": "1-1", "text": "ขั้นแรก"})])
    again = draft_import(SYSTEM, reading=reading, contents={"อีกชื่อ.txt": contents[LETTER]})
    assert waiting(again).keys() == set(everything[1:])
    assert standing(again)["projects"][1].cells == standing(draft)["projects"][1].cells
    assert [row.cells for row in standing(again)["steps"].values()] == [
        row.cells for row in standing(draft)["steps"].values()
    ]
    other = draft_import(SYSTEM, reading=reading, contents={LETTER: contents[LETTER] + b"\n"})
    assert waiting(other).keys() == set(everything)


def test_who_may_not_write_drafts_neither_imports_nor_confirms(
    draft: PlanDraft, reading: Draft, contents: dict[str, bytes], person: People
) -> None:
    auditor = person(Role.AUDITOR)
    with pytest.raises(ServiceError, match="not_allowed"):
        draft_import(auditor, reading=reading, contents=contents)
    with pytest.raises(ServiceError, match="not_allowed"):
        draft_confirm(auditor, draft=draft, matters=list(waiting(draft)))
    with pytest.raises(NotVisible):
        draft_confirm(SYSTEM, draft=draft, matters=[("1-1", "nothing")])
    assert not DraftConfirmation.objects.exists()


def test_a_backup_holds_documents_and_confirmations(draft: PlanDraft, tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path
    draft_confirm(SYSTEM, draft=draft, matters=list(waiting(draft)))
    backup(tmp_path / "office.zip")
    restore(tmp_path / "office.zip", replace=True, unsigned=True)
    assert waiting(PlanDraft.objects.get()) == {}
    assert original_content(PlanDraft.objects.get(), 0)
    assert audit(with_files=False).is_clean


def test_nothing_is_begun_where_nothing_was_read(db) -> None:
    contents = {"empty.txt": b"nothing of a plan"}
    with pytest.raises(ServiceError, match="draft_nothing_read"):
        draft_import(SYSTEM, reading=read_sent(contents), contents=contents)
    assert not PlanDraft.objects.exists()


def test_names_of_documents_are_safe_and_differ() -> None:
    sent = ["../../etc/passwd", "แผน.xlsx", "แผน.xlsx", "C:\\งาน\\แผน.xlsx", ".pdf", "a" * 300 + ".docx"]
    names = safe_names(sent)
    assert len(set(names)) == len(sent)
    assert all("/" not in name and "\\" not in name and not name.startswith(".") for name in names)
    assert all(len(name.encode()) < 250 for name in names)
