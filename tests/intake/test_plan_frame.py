"""The frame of a draft plan: what headings give."""

from __future__ import annotations

from samrit.intake.grid import Grid, GridCell
from samrit.intake.plan_frame import Frame, part_tactics
from samrit.intake.tables.drafts import Scope, WorkDraft


def test_one_number_under_two_strategies_is_two_tactics() -> None:
    """R18: "กลยุทธ์ที่ 1" of each strategy; what only stands under another strategy by the same name stays one."""
    scopes = [
        Scope(strategy="1", tactic="1", tactic_name="บริการ"),
        Scope(strategy="2", tactic="1", tactic_name="บุคลากร", programme="อบรม", programme_code="1"),
        Scope(strategy="2", tactic="2", tactic_name="องค์กร"),
        Scope(strategy="3", tactic="1", tactic_name="บริการ"),
        Scope(strategy="2", tactic="1", tactic_name="บุคลากร"),
    ]
    works = [WorkDraft(Grid("a.docx", ()), scope, None, "", GridCell("")) for scope in scopes]
    part_tactics(works)
    assert [(w.scope.tactic, w.scope.tactic_number) for w in works] == [
        ("1", ""), ("2.1", "1"), ("2", ""), ("1", ""), ("2.1", "1"),
    ]  # fmt: skip
    frame = Frame()
    for work in works:
        frame.take(work.scope, {("tactic", "1"): "บริการ"})
        frame.codes(work)
    assert {(t.code, t.strategy, t.name, t.printed) for t in frame.tactics.values()} == {
        ("1", "1", "บริการ", "1"), ("2.1", "2", "บุคลากร", "1"), ("2", "2", "องค์กร", "2"),
    }  # fmt: skip
    assert [(p.tactic, p.number, p.printed) for p in frame.programmes.values()] == [("2.1", "1", "1 อบรม")]
