"""Sites and money under a project."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import BudgetLine, Claim, Formula, Fund, Site
from tests.engine.checks.plans import codes, indicator, only, plan, project

D = Decimal


def building(*sites: Site, reported: str = "- - 2", claim: Claim | None = None, **fields: object) -> object:
    measured = indicator("- - 2", reported, unit_of_measure="แห่ง", claim=claim)
    return project(measured, sites=sites, **{"budgets": (BudgetLine(D(700)),), **fields})


def site(name: str = "a", committed: int | None = 3, **fields: object) -> Site:
    return Site(
        name, f"อาคาร {name}", **{"budget": D(350), "commitment_due_period": 3, "committed_period": committed, **fields}
    )


def test_a_reported_count_that_the_sites_deny_is_found() -> None:
    finding = only(building(site("a"), site("b", None)), "sites_differ_from_project")
    assert (finding.params["reported"], finding.params["committed"], finding.params["sites"]) == (2, 1, 2)


def test_nothing_reported_beside_a_committed_site_is_found() -> None:
    silent = building(site("a"), site("b", None), reported=". . .", claim=Claim(percent=D(0)))
    assert only(silent, "sites_differ_from_project").params["reported"] == 0


def test_counts_that_agree_are_in_order() -> None:
    assert codes(building(site("a"), site("b"))) == []


def test_an_indicator_scored_from_the_sites_is_compared_with_the_print() -> None:
    counted = indicator(entries=(), unit_of_measure="แห่ง", formula=Formula.SITES, target=1, claim=Claim(D(1), D(0)))
    assert "sites_differ_from_project" in codes(project(counted, sites=(site(),), budgets=(BudgetLine(D(350)),)))


def test_more_sites_planned_than_listed_is_found() -> None:
    finding = only(building(site("a", budget=D(700)), reported="- - 1"), "planned_sites_differ_from_project")
    assert (finding.params["planned"], finding.params["sites"]) == (2, 1)


def test_another_count_of_the_project_is_not_taken_for_its_sites() -> None:
    two = [indicator("5", "5", unit_of_measure="ครั้ง"), indicator("- - 2", "- - 2", unit_of_measure="แห่ง")]
    assert codes(project(*two, sites=(site(budget=D(1000)),))) == []


def test_site_budgets_must_add_up() -> None:
    finding = only(building(site("a"), site("b", budget=D(300))), "site_budgets_differ_from_project")
    assert (finding.severity, finding.params["sum"], finding.params["difference"]) == ("error", 650, -50)


def test_a_site_without_its_own_money_is_not_added_up() -> None:
    assert codes(building(site("a"), site("b", budget=None))) == []


def test_a_site_done_before_its_contract_is_found() -> None:
    assert "site_done_before_contract" in codes(building(site("a", done_period=2), site("b")))
    assert codes(building(site("a", done_period=8), site("b"))) == []


def test_a_site_called_committed_needs_a_month() -> None:
    undated = building(site("a"), site("b", None, outcome="committed"), reported="- - 1")
    assert codes(undated) == ["site_commitment_undated"]


def test_more_instalments_than_the_contract_has_are_found() -> None:
    assert "site_instalments_exceeded" in codes(building(site("a", instalments=3, instalments_accepted=4), site("b")))
    assert codes(building(site("a", instalments=3, instalments_accepted=3), site("b"))) == []


def test_unit_shares_must_add_up_to_the_budget() -> None:
    shares = (BudgetLine(D(1000)), BudgetLine(D(400), unit="กผ."), BudgetLine(D(500), unit="กค."))
    assert only(project(budgets=shares), "budget_shares_differ").params["difference"] == -100
    assert codes(project(budgets=(BudgetLine(D(900)), *shares[1:]))) == []


def test_one_amount_from_one_source_twice_is_found() -> None:
    twice = (BudgetLine(D(500), "เงินกองทุน"), BudgetLine(D(500), "เงินกองทุน"))
    assert codes(project(budgets=twice)) == ["budget_listed_twice"]
    assert codes(project(budgets=(BudgetLine(D(500), "เงินกองทุน"), BudgetLine(D(500), "งบประมาณ")))) == []


def test_no_budget_used_is_in_order_and_a_negative_one_is_not() -> None:
    assert codes(project(budgets=(BudgetLine(None, text="ไม่ใช้งบประมาณ"),))) == []
    assert "budget_negative" in codes(project(budgets=(BudgetLine(D(-5)),)))


def test_a_fund_is_reconciled_with_its_projects_counted_once() -> None:
    same = [project(id="P1"), project(id="P2", number=2, identity="P1", strategy="2", tactic="")]
    finding = only(plan(*same, funds=(Fund("F", "กองทุน", budget=D(1500)),)), "fund_budget_differs")
    assert (finding.severity, finding.params["sum"], finding.params["difference"]) == ("notice", 1000, -500)
