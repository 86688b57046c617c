"""Works that share goal and steps with another, as the package, the form and the checks have them (R43 to R45)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from samrit.engine.checks import check_plan
from samrit.engine.model import Plan, Programme, Project, Strategy, Tactic
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.surroundings import StepTerm
from samrit.intake.forms.template import write_filled
from samrit.intake.importer import import_documents
from samrit.package import PlanPackage
from samrit.package.kinds import bare, laid
from samrit.package.reader import read
from samrit.package.writer import write

HEAD = Project(
    "A", 12, "หลัก", "3", tactic="3.1", programme="x1", goal="สมรรถนะดีขึ้น", steps=("ขออนุมัติ", "จัดอบรม"),
    step_terms=(StepTerm(1, decided_by="เลขาธิการ"),), first_period=1, last_period=4,
)  # fmt: skip
WHOLE = Project(
    "B", 13, "ใช้ร่วมทั้งหมด", "3", tactic="3.1", programme="x1", shares_with="A", first_period=2, last_period=7
)
GOAL = Project("C", 14, "ใช้ร่วมเฉพาะเป้าประสงค์", "3", tactic="3.2", programme="x2", shares_with="A", steps=("สำรวจ",))
PLAN = Plan(
    "p",
    "แผน",
    2569,
    ruleset=PERCENT_OF_PLAN.id,
    strategies=(Strategy("3", "บุคลากร"),),
    tactics=(Tactic("3.1", "3", "อบรม"), Tactic("3.2", "3", "ตั้งใจ", number="1")),
    programmes=(Programme("x1", "พัฒนา", "3.1", number="1"), Programme("x2", "พัฒนา", "3.2", goal="ดี", number="1")),
    projects=(HEAD, WHOLE, GOAL),
)


def test_what_is_blank_is_the_heads_and_is_written_blank_again(tmp_path: Path) -> None:
    write(PlanPackage(PLAN, (PERCENT_OF_PLAN,)), tmp_path / "a")
    found = read(tmp_path / "a").package
    assert found is not None
    head, whole, goal = found.plan.projects
    assert (whole.goal, whole.steps, whole.step_terms) == (HEAD.goal, HEAD.steps, HEAD.step_terms)
    assert (goal.goal, goal.steps, goal.step_terms) == (HEAD.goal, ("สำรวจ",), ())
    assert (whole.first_period, whole.last_period) == (2, 7), "each keeps a period of its own (R45)"
    assert [replace(bare(p), source=HEAD.source) for p in (head, whole, goal)] == [HEAD, WHOLE, GOAL]
    write(found, tmp_path / "b")
    for file in ("projects.csv", "steps.csv", "programmes.csv", "tactics.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_form_comes_back_with_group_and_numbers(tmp_path: Path, language: str) -> None:
    """Two programmes of one name under two tactics stay two, each with its number and goal."""
    path = tmp_path / "plan.xlsx"
    laid_over = replace(PLAN, projects=tuple(laid(p, PLAN) for p in PLAN.projects))
    write_filled(path, PlanPackage(laid_over, (PERCENT_OF_PLAN,)), language=language)
    found = import_documents([path]).package
    assert found is not None
    own = found.plan
    assert [(p.code, p.number, p.name, p.tactic, p.goal) for p in own.programmes] == [
        (p.code, p.number, p.name, p.tactic, p.goal) for p in PLAN.programmes
    ]
    assert [(t.code, t.number) for t in own.tactics] == [("3.1", ""), ("3.2", "1")]
    assert [(p.shares_with, p.goal, p.steps, p.programme) for p in map(bare, own.projects)] == [
        (p.shares_with, p.goal, p.steps, p.programme) for p in PLAN.projects
    ]


def test_a_change_of_the_head_changes_the_group() -> None:
    changed = replace(PLAN, projects=(replace(HEAD, goal="ใหม่"), *(laid(p, PLAN) for p in (WHOLE, GOAL))))
    assert {laid(p, changed).goal for p in changed.projects} == {"ใหม่"}


@pytest.mark.parametrize("other", ["A", "Z", "C"])
def test_sharing_with_oneself_with_none_or_in_a_chain_is_an_error_and_gives_nothing(other: str) -> None:
    """Z is no work; C shares with B in turn."""
    works = {"A": replace(HEAD, shares_with=other, goal=""), "B": WHOLE, "C": replace(GOAL, shares_with="B")}
    plan = replace(PLAN, projects=tuple(works.values()))
    codes = [(f.code, f.place.record) for f in check_plan(plan, PERCENT_OF_PLAN, 12) if f.code == "group_wrong"]
    assert ("group_wrong", "A") in codes
    assert laid(works["A"], plan).goal == ""
    assert not [f for f in check_plan(PLAN, PERCENT_OF_PLAN, 12) if f.code == "group_wrong"]


def test_one_number_in_two_places_is_right_and_in_one_place_told() -> None:
    """R18: programme 1 stands under tactic 3.1 and under 3.2; a second programme 1 under 3.1 is a slip."""

    def told(plan: Plan) -> list[str]:
        found = check_plan(plan, PERCENT_OF_PLAN, 12)
        return [str(f.place.record) for f in found if f.code == "heading_number_repeated"]

    assert told(PLAN) == []
    assert told(replace(PLAN, programmes=(*PLAN.programmes, Programme("x3", "อื่น", "3.1", number="1")))) == ["x3"]
    assert told(replace(PLAN, tactics=(*PLAN.tactics, Tactic("3.9", "3", "ซ้ำ", number="3.1")))) == ["3.9"]
    assert told(replace(PLAN, programmes=(*PLAN.programmes, Programme("x3", "อื่น", "3.1")))) == []


@pytest.mark.parametrize(("typed", "shares"), [("หลัก", "A"), ("12", "A"), ("a ไม่มี", "")])
def test_in_the_form_the_head_is_named_by_id_number_or_title_and_a_wrong_name_is_told(
    tmp_path: Path, typed: str, shares: str
) -> None:
    path = tmp_path / "plan.xlsx"
    write_filled(path, PlanPackage(PLAN, (PERCENT_OF_PLAN,)))
    book = load_workbook(path)
    cells = {cell.value: cell for row in book["งาน-โครงการ"].iter_rows() for cell in row if cell.value is not None}
    column = cells["ใช้ร่วมกับงาน"].column
    book["งาน-โครงการ"].cell(cells["ใช้ร่วมทั้งหมด"].row, column).value = typed
    book.save(path)
    draft = import_documents([path])
    assert draft.package is not None
    assert draft.package.plan.projects[1].shares_with == shares
    told = [finding for finding in draft.findings if finding.code == "intake_form_row_without_owner"]
    assert [finding.params["text"] for finding in told] == ([] if shares else [typed])
