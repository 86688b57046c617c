"""Documents to drafts: every layout comes back, damage is repaired or told, nothing is invented silently."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from samrit.intake.grid import SourceReading
from samrit.intake.headings import Headings
from samrit.intake.importer import draft_of, import_documents
from samrit.intake.sources.text import grids_of
from samrit.package import read, write
from samrit.vocabulary.findings import Severity
from tests.intake.holding import imported, values
from tests.intake.random_documents import DAMAGES, LAYOUTS, Layout, printed, works

HITS = 4


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_undamaged_document_comes_back_value_by_value(layout: Layout) -> None:
    for seed in range(4):
        document = printed(works(random.Random(seed), 7), layout)
        wrong = [value for value in values(document, imported(document)) if not value.right]
        assert not wrong


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_value_of_a_damaged_document_is_wrong_without_a_finding(layout: Layout, kind: str) -> None:
    rng = random.Random(f"{layout.name} {kind}")
    document = printed(works(rng, 6), layout)
    for _ in range(HITS):
        DAMAGES[kind](rng, document)
    silent = [value for value in values(document, imported(document)) if not value.right and not value.told]
    assert not silent


def test_an_undamaged_document_gives_no_warning() -> None:
    document = printed(works(random.Random(5), 8), LAYOUTS[0])
    draft = imported(document)
    codes = {f.code for f in draft.findings if f.code.startswith("intake_") and f.severity is not Severity.NOTICE}
    assert not codes


def test_a_draft_is_a_package_that_reads_back_the_same(tmp_path: Path) -> None:
    draft = imported(printed(works(random.Random(11), 8), LAYOUTS[3]))
    assert draft.package is not None
    write(draft.package, tmp_path / "draft")
    reading = read(tmp_path / "draft")
    assert reading.package is not None
    assert reading.package.plan.projects == draft.package.plan.projects


def test_every_value_keeps_its_line_and_cell() -> None:
    draft = imported(printed(works(random.Random(2), 3), LAYOUTS[0]))
    assert draft.package is not None
    for project in draft.package.plan.projects:
        assert project.source.line is not None
        for indicator in project.indicators:
            assert all(e.source.line and e.source.cell for e in indicator.entries)


def test_headings_in_force_carry_over_pages() -> None:
    document = printed(works(random.Random(3), 6), LAYOUTS[0])
    heading = next(at for at, row in enumerate(document.rows) if row and row[0] == "ลำดับที่")
    middle = max(document.places.values()) - 3
    again = [[], ["ยุทธศาสตร์ที่ 1 การบริการที่ทันสมัย (Modern service)"], [], document.rows[heading]]
    document.rows[middle:middle] = again
    projects = imported(document).package.plan.projects
    assert [p.number for p in projects] == [w.number for w in document.works]
    assert {p.strategy for p in projects} == {"1"}


def test_a_document_without_any_plan_says_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("เรียน ผู้อำนวยการ\n\nขอส่งรายงานการประชุม\n", "utf-8")
    draft = import_documents([path])
    assert draft.package is None
    assert [f.code for f in draft.findings] == ["intake_text_not_used", "intake_no_plan"], "what it holds is named"


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    draft = import_documents([tmp_path / "nothing.xlsx"])
    assert draft.package is None
    assert any(f.severity is Severity.ERROR for f in draft.findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp874"])
def test_old_encodings_give_the_same_plan(tmp_path: Path, encoding: str) -> None:
    document = printed(works(random.Random(4), 3), LAYOUTS[0])
    path = tmp_path / "plan.txt"
    path.write_bytes(document.text().encode(encoding))
    draft = import_documents([path])
    assert draft.package is not None
    assert [p.title for p in draft.package.plan.projects] == [w.title for w in document.works]


def test_an_offices_own_words_recognise_its_table() -> None:
    document = printed(works(random.Random(6), 2), LAYOUTS[0])
    text = document.text().replace("น้ำหนัก", "ค่าถ่วง")
    grids = tuple(grids_of("own.txt", text))
    draft = draft_of([SourceReading("own.txt", "text", grids)], plan_id="own", words=Headings())
    assert draft.package is not None
    assert [len(p.indicators) for p in draft.package.plan.projects] == [len(w.indicators) for w in document.works]
