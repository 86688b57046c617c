"""Every filled cell of a monitoring table is used, or listed as unused with its words and its work."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from samrit.intake.ledger import twice_used
from tests.intake.holding import imported
from tests.intake.random_documents import LAYOUTS, Layout, printed, works

STRAY = ("ดูภาคผนวก", "รอผู้ว่าฯ อนุมัติ", "???")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_clean_document_has_no_unused_cell(layout: Layout) -> None:
    draft = imported(printed(works(random.Random(layout.name), 5), layout))
    assert draft.unused == ()
    assert not {f.code for f in draft.findings} & {"intake_cells_unused", "intake_cell_used_twice"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("word", STRAY)
def test_a_stray_word_is_used_or_listed(layout: Layout, word: str) -> None:
    chance = random.Random(f"{layout.name} {word}")
    document = printed(works(chance, 4), layout)
    rows = [list(row) for row in document.rows]
    at = chance.choice(sorted(document.places.values()))
    column = chance.choice([n for n, text in enumerate(rows[at]) if not text] or [len(rows[at]) - 1])
    rows[at][column] = word
    draft = imported(replace(document, rows=rows))
    assert draft.package is not None
    kept = " ".join(
        " ".join((p.title, p.remark, p.responsible_text, p.note, *p.responsible_units, *(b.text for b in p.budgets)))
        + " ".join(f"{i.name} {i.unit_of_measure} {' '.join(t.text for t in i.targets)}" for i in p.indicators)
        for p in draft.package.plan.projects
    )
    said = " ".join(str(value) for f in draft.findings for value in f.params.values())
    assert word in kept or word in said


def test_a_cell_that_two_figures_claim_is_a_fault() -> None:
    """Tried with the ledger's own claims: the same work read twice claims every figure twice."""
    from samrit.intake.headings import Headings
    from samrit.intake.monitoring.reader import MonitoringReader
    from samrit.intake.monitoring.work_facts import read_work
    from samrit.intake.sources.text import grids_of

    document = printed(works(random.Random(1), 1), LAYOUTS[0])
    reader = MonitoringReader(Headings())
    reader.read(tuple(grids_of("printed.txt", document.text())))
    once = [read_work(reader.works[0], "1-1", 2568, "calendar")]
    twice = [*once, read_work(reader.works[0], "1-2", 2568, "calendar")]
    assert not list(twice_used(reader.rows, once))
    assert {f.code for f in twice_used(reader.rows, twice)} == {"intake_cell_used_twice"}
