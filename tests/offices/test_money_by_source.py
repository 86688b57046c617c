"""Money by its source: the parts make the whole, in every table of a document (R123)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.model import BudgetLine, Project
from samrit.engine.rollup import budget_total, source_totals
from samrit.engine.score import score
from samrit.reports.document.model import TableBlock
from samrit.reports.evaluation import report
from samrit.reports.plan_book import book
from tests.offices.forms import package
from tests.plans.office import example

LINES = st.lists(
    st.builds(
        BudgetLine,
        st.none() | st.decimals(0, 10**9, places=2),
        st.sampled_from(["", "A", "B"]),
        st.sampled_from(["", "", "u"]),
    ),
    max_size=4,
).map(tuple)
PROJECTS = st.lists(st.tuples(LINES, st.sampled_from(["", "shared"])), max_size=5)


@given(PROJECTS)
def test_the_sources_add_up_to_the_budget(drawn: list[tuple[tuple[BudgetLine, ...], str]]) -> None:
    made = [Project(f"P{at}", at, "", "1", identity=same, budgets=lines) for at, (lines, same) in enumerate(drawn)]
    totals = source_totals(made)
    if totals:
        assert sum(amount for _, amount in totals) == budget_total(made).once
    else:
        counted = {p.key: p for p in reversed(made)}.values()
        assert not any(b.funding_source for p in counted for b in p.budgets if b.amount is not None and not b.unit)


def test_an_office_reads_its_money_by_source_and_one_total_everywhere() -> None:
    plan = package("tambon")
    ruleset = plan.ruleset()
    assert ruleset is not None
    documents = (report.build(score(plan.plan, ruleset, 12)), book.build(plan.plan, ruleset=ruleset))
    for document in documents:
        (table,) = [b for b in document.blocks if isinstance(b, TableBlock) and "แหล่งเงิน" in b.caption]
        assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
            ("เงินอุดหนุนเฉพาะกิจ", "498,000"),
            ("เงินอุดหนุน", "90,000"),
            ("รายได้ อบต.", "30,000"),
            ("รวม", "618,000"),
        ]
    assert budget_total(plan.plan.projects).once == Decimal(618000)


def test_a_plan_whose_funds_are_its_sources_has_no_second_table() -> None:
    office = example("sso-2568").plan
    assert not [b for b in book.build(office).blocks if isinstance(b, TableBlock) and "จำแนกตามแหล่งเงิน" in b.caption]
