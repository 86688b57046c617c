"""The summary for executives: the works that are behind with cause, action and decision, and the money kept (R263)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.choices import ActionState, CarryOverState, ReviewDecision
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.engine.year import YearRecord
from samrit.reports.document.model import Document, TableBlock
from samrit.reports.evaluation import executive
from samrit.reports.evaluation.view import view_of
from tests.reports.small_plans import D, plan, project


def record(kind: str, **values: object) -> YearRecord:
    return YearRecord(kind, "1", date(2025, 3, 5), tuple(values.items()))


KNOWN = {
    "S1-1": (
        record("causes", cause="no_bidder"),
        record("actions", words="ทบทวนราคากลาง", owner="กฝ.", due_on=date(2025, 4, 30), state=ActionState.RUNNING),
        record("reviews", decision=ReviewDecision.PREPARE_CARRY_OVER),
        record("carry_overs", amount=Decimal("1000000.25"), state=CarryOverState.REQUESTED),
    ),
    "S1-2": (record("carry_overs", amount=Decimal("0.50"), state=CarryOverState.APPROVED),),
    "S1-3": (record("carry_overs", amount=Decimal(7), state=CarryOverState.REFUSED),),
}


def built(known: dict, count: int = 3) -> Document:
    """Return the summary of works that reached nothing, a half and all of what was planned."""
    works = (project(f"S1-{n}", "1", "SSF", {3: D(10)}, {3: D((n - 1) * 5)}) for n in range(1, count + 1))
    made = plan(*(replace(work, number=n) for n, work in enumerate(works, 1)))
    return executive.build(view_of(score(made, PERCENT_OF_PLAN, 3), "th", None), known)


def texts(document: Document) -> list[str]:
    """Return every text of the document, a row of a table as one."""
    found = []
    for block in document.blocks:
        if isinstance(block, TableBlock):
            found += [" | ".join(str(cell.text) for cell in row.cells) for row in block.rows]
        else:
            found.append(str(getattr(block, "text", "")))
    return found


def test_a_work_behind_stands_with_its_cause_its_action_and_its_decision() -> None:
    said = texts(built(KNOWN))
    (row,) = [text for text in said if "ทบทวนราคากลาง" in text]
    for part in ("S1-1", "ไม่มีผู้ยื่นข้อเสนอ", "กฝ. ภายใน 30 เมษายน 2568", "5 มีนาคม 2568"):
        assert part in row


@pytest.mark.parametrize(("known", "is_told"), [(KNOWN, True), ({}, False), ({"S1-3": KNOWN["S1-3"]}, False)])
def test_money_kept_is_told_as_asked_for_and_as_granted(known: dict, is_told: bool) -> None:
    """A refused request is neither; nothing asked for is nothing said."""
    said = [text for text in texts(built(known)) if text.startswith("การกันเงิน")]
    assert bool(said) is is_told
    if is_told:
        assert "1,000,000.25 บาท" in said[0]
        assert "0.50 บาท" in said[0]


def test_works_of_which_nothing_was_recorded_stand_with_dashes() -> None:
    rows = [text for text in texts(built({})) if text.endswith("– | – | –")]
    assert len(rows) == 1, "only one of the three is in the worst band"
