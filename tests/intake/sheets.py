"""Sheets of other offices, written in a test as rows of values, and what is asked of their drafts."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.model import Plan, Project
from samrit.intake.draft import Draft
from samrit.intake.grid import Grid, GridCell, SourceReading
from samrit.intake.importer import draft_of

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
FISCAL = [*(f"{m} 67" for m in MONTHS[9:]), *(f"{m} 68" for m in MONTHS[:9])]
TITLE = ["แผนปฏิบัติการประจำปี พ.ศ. 2568"]
Wide = dict[tuple[int, int], tuple[int, int]]  # row and column of a merged cell → rows and columns that it covers


def sheet(rows: Sequence[Sequence[object]], wide: Wide | None = None) -> Draft:
    """Return the draft of one sheet; ``wide`` are its merged cells."""
    return draft_of([SourceReading("other.xlsx", "xlsx", (grid_of(rows, wide),))], plan_id="other")


def grid_of(rows: Sequence[Sequence[object]], wide: Wide | None = None) -> Grid:
    """Return one sheet as its reader gives it."""
    spans = wide or {}
    covered = {
        (at + down, along + right)
        for (at, along), (tall, broad) in spans.items()
        for down in range(tall)
        for right in range(broad)
        if down or right
    }
    made = []
    for at, row in enumerate(rows):
        cells = []
        for along, value in enumerate(row):
            tall, broad = spans.get((at, along), (1, 1))
            cell = GridCell("" if value is None else str(value), at + 1, f"{along}:{at}", broad, tall)
            cells += [] if (at, along) in covered else [cell]
        made.append(tuple(cells))
    return Grid("other.xlsx", tuple(made), sheet="1")


def plan_of(draft: Draft) -> Plan:
    assert draft.package is not None
    return draft.package.plan


def only(draft: Draft) -> Project:
    (work,) = plan_of(draft).projects
    return work


def listed(draft: Draft) -> str:
    return " ".join(str(f.params["cells"]) for f in draft.findings if f.code == "intake_cells_unused")


def codes(draft: Draft) -> set[str]:
    return {f.code for f in draft.findings}
