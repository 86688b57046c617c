"""Links to the plans above: coverage by goal, the filter of the plan page, and the work's page (R273, R275, R276)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from samrit.engine.model import Alignment, BudgetLine, Plan, Project
from samrit.package.rows import typed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.table import draft_table
from samrit.plans.models import Plan as PlanRow
from samrit.plans.selectors.above.coverage import KindCoverage, coverage
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.work.choices import choices_from
from samrit.plans.selectors.work.work import work
from samrit.plans.selectors.work.works import works
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

LAST = Alignment("master_plan", "17", main=True)
FIRST = Alignment("master_plan", "20")
HEALTH = Alignment("sdg", "3.8")


def seen(plan: PlanRow, month: int = 12) -> Look:
    return look(plan, month=month, today=date(2026, 1, 1))


@pytest.fixture
def linked(register, clock) -> PlanRow:
    """Three works: two links with a main one; a second line of it; one without a link."""
    package = small_plan()
    one = package.plan.projects[0]

    def line(name: str, *links: Alignment, identity: str = "", budget: str = "100") -> Project:
        indicators = tuple(replace(i, id=f"{name}.{i.number}") for i in one.indicators)
        fields = {"alignments": links, "identity": identity, "indicators": indicators}
        return replace(one, id=name, number=int(name[1:]), budgets=(BudgetLine(Decimal(budget)),), **fields)

    works_ = (
        line("P1", FIRST, LAST, HEALTH, identity="same"),
        line("P2", LAST, identity="same"),
        line("P3", budget="7"),
    )
    whole: Plan = replace(package.plan, projects=works_)
    return plan_import(SYSTEM, package=replace(package, plan=whole), owner=register["กนผ."])


def of_kind(plan: PlanRow, kind: str, *, main_only: bool = False) -> KindCoverage:
    return next(k for k in coverage(seen(plan), main_only=main_only).kinds if k.kind == kind)


def counts(kind: KindCoverage) -> dict[str, tuple[int, Decimal]]:
    return {row.code: (row.works, row.budget) for row in kind.rows if row.works}


def test_a_work_on_several_lines_counts_once_with_its_money_once(linked: PlanRow) -> None:
    found = of_kind(linked, "master_plan")
    assert counts(found) == {"17": (1, Decimal(100)), "20": (1, Decimal(100))}
    assert (found.total.works, found.total.budget) == (2, Decimal(107))
    assert (found.without.works, found.without.budget) == (1, Decimal(7))
    assert (found.unserved, found.twice, len(found.rows)) == (21, 1, 23)


def test_by_main_links_alone_rows_and_the_works_without_add_up(linked: PlanRow) -> None:
    found = of_kind(linked, "master_plan", main_only=True)
    assert counts(found) == {"17": (1, Decimal(100))}
    assert sum(row.works for row in found.rows) + found.without.works == found.total.works
    assert found.twice == 0


def test_a_target_of_a_goal_counts_for_the_goal(linked: PlanRow) -> None:
    assert counts(of_kind(linked, "sdg")) == {"3": (1, Decimal(100))}


def test_the_filter_finds_works_by_a_goal_and_those_without_a_link(linked: PlanRow) -> None:
    def ids(query: str) -> list[str]:
        return [row.id for row in works(seen(linked), choices_from(parse_qs(query))).rows]

    assert ids("link=master_plan:20") == ["P1"]
    assert ids("link=sdg:3") == ["P1"]
    assert ids("link=none") == ["P3"]
    assert ids("link=master_plan:17&link=none") == ["P1", "P2", "P3"]
    assert ids("link=nothing") == []
    options = next(f for f in works(seen(linked), choices_from({})).filters if f.name == "link").options
    assert [(o.value, o.count) for o in options] == [
        ("none", 1), ("master_plan:17", 1), ("master_plan:20", 1), ("sdg:3", 1)  # P1 and P2 are one work
    ]  # fmt: skip
    assert "17" in options[1].name
    assert "ความเสมอภาคและหลักประกันทางสังคม" in options[1].name


def test_the_works_page_names_its_goals_and_which_of_several_is_the_main_one(linked: PlanRow) -> None:
    links = work(seen(linked), "P1", None).links
    assert [(link.code, link.is_main, link.value) for link in links] == [
        ("20", False, "master_plan:20"), ("17", True, "master_plan:17"), ("3.8", False, "sdg:3")
    ]  # fmt: skip
    assert links[2].name == "การมีสุขภาพและความเป็นอยู่ที่ดี"


def test_the_example_office_is_counted_as_its_document_prints_the_links(sso: PlanRow) -> None:
    """The remarks of the evaluation 2568: (6,20) 88, (4,17) 43, (4,20) 5, (4,13) 3, (6,17) 2, (4,15) 1 (R273)."""
    rows = {row.code: row.works for row in of_kind(sso, "master_plan").rows if row.works}
    assert {code: rows[code] for code in ("13", "15")} == {"13": 3, "15": 1}
    found = of_kind(sso, "national_strategy")
    assert found.total.works == len({p.key for p in seen(sso).result.plan.projects})
    assert sum(r.works for r in found.rows) + found.without.works - found.twice == found.total.works


def test_a_draft_offers_the_goals_of_its_year_and_says_what_a_code_stands_for(db) -> None:
    draft = draft_open(SYSTEM, files=typed(small_plan()))
    rows = [
        RowInput(None, {"project": "P1", "order": "1", "kind": "แผนแม่บท", "code": "17", "main": "ใช่"}),
        RowInput(None, {"project": "P1", "order": "2", "kind": "แผนของอำเภอ", "code": "ก"}),
    ]
    draft_save(SYSTEM, draft=draft, file="links", rows=rows)
    table = draft_table(read_draft(draft), "links", "th")
    first, second = ({cell.column.name: cell for cell in row.cells} for row in table.rows)
    assert (first["kind"].text, first["kind"].shown) == ("master_plan", "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ")
    assert first["code"].said == "ความเสมอภาคและหลักประกันทางสังคม"
    assert (second["kind"].text, second["kind"].is_foreign, second["code"].said) == ("แผนของอำเภอ", True, "")
    offered = table.names["goals"]
    assert ("17", "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ: ความเสมอภาคและหลักประกันทางสังคม") in offered
    assert ("5.2", "ด้านการประเมินผลทุนหมุนเวียน: การบริหารทรัพยากรบุคคล") in offered
