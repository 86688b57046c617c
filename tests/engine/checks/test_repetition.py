"""What stands twice: figures, projects, ids, numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.model import Aggregation, BudgetLine
from tests.engine.checks.plans import codes, indicator, only, percentage, plan, project

D = Decimal
ROW = "17.24 31.03 55.17 79.31"


def test_two_indicators_with_the_same_results_are_found() -> None:
    same = [
        percentage("10 30 50 80", ROW, aggregation=Aggregation.LATEST),
        percentage("10 30 50 90", ROW, aggregation=Aggregation.LATEST),
    ]
    finding = only(same, "identical_rows")
    assert (finding.place.record, finding.params["other"], finding.params["months"]) == ("P1.2", "P1.1", 4)


def test_the_same_results_in_two_projects_are_found() -> None:
    one = project(indicator("- - 10", "1 6 3"))
    other = project(indicator("- - 10", "1 6 3"), id="P2", number=2, title="อีกโครงการ")
    assert codes(plan(one, other)) == ["identical_rows"]


def test_results_as_planned_are_alike_without_being_copied() -> None:
    as_planned = percentage("25 50 75 100", "25 50 75 100", aggregation=Aggregation.LATEST)
    assert codes([as_planned, as_planned]) == []


def test_one_month_apart_is_not_identical() -> None:
    assert codes([indicator("5 5 5", "1 6 3"), indicator("5 5 5", "1 6 4")]) == []


def twins(**fields: object) -> object:
    second = {"id": "P2", "number": 1, "strategy": "2", "tactic": "", **fields}
    return plan(project(), project(**second))


def test_a_project_listed_twice_without_being_declared_is_a_warning() -> None:
    finding = only(twins(), "same_project_listed_twice")
    assert (finding.place.record, finding.params["other"], finding.params["budget"]) == ("P2", "P1", 1000)


def test_spaces_do_not_make_another_title() -> None:
    assert codes(twins(title="โครงการ ตัวอย่าง")) == ["same_project_listed_twice"]


def test_the_same_title_with_another_budget_is_another_project() -> None:
    assert codes(twins(budgets=(BudgetLine(D(7)),))) == []


def test_lines_declared_as_one_project_are_told_and_not_warned_of() -> None:
    finding = only(twins(identity="P1"), "project_counted_once")
    assert (finding.severity, finding.params["lines"], finding.params["budget"]) == ("notice", "P1, P2", 1000)
    assert codes(twins(identity="P1")) == ["project_counted_once"]


def test_declared_lines_that_disagree_are_found() -> None:
    assert codes(twins(identity="P1", budgets=(BudgetLine(D(7)),))) == [
        "project_counted_once",
        "repeated_project_differs",
    ]


def test_an_id_that_names_two_records_is_an_error() -> None:
    one = project()
    doubled = replace(one, indicators=(one.indicators[0], replace(one.indicators[0], number=2)))
    assert only(doubled, "id_repeated").params["count"] == 2


def test_a_number_may_restart_under_another_strategy_only() -> None:
    finding = only(twins(title="อื่น", strategy="1"), "number_repeated")
    assert finding.params["projects"] == "P1, P2"
    assert codes(twins(title="อื่น")) == []
