"""Every fault that is planted into a plan in order is found (E.4): the table of ``planted`` is the test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samrit.engine.checks import CHECKS, check_plan
from samrit.engine.ruleset import PERCENT_OF_PLAN, Band, RuleSet
from samrit.package.ready_rules import ready_rules
from samrit.vocabulary.findings import Finding, Severity
from tests.engine.checks.clean_plans import random_clean_plan
from tests.engine.checks.planted import FAULTS, PLANS, RULES

# Faults of a printed document, planted in their own tests (test_printed, test_summary, test_cards).
ELSEWHERE = {
    "card_units_differ",
    "manpower_does_not_add",
    "printed_percent_missing",
    "printed_share_differs",
    "printed_with_other_places",
    "share_places_do_not_round",
}
# What a fault may bring with it: what follows from it is said too.
FOLLOWS = {"red_without_explanation"}


def found_in(code: str, number: int) -> tuple[Finding, ...]:
    """Return what the checks say about a clean plan with that fault in it."""
    plan = random_clean_plan(number)
    if code in RULES:
        return check_plan(plan, RULES[code], 12)
    if code in PLANS:
        return check_plan(PLANS[code](plan), PERCENT_OF_PLAN, 12)
    return check_plan(replace(plan, projects=(*plan.projects, FAULTS[code]())), PERCENT_OF_PLAN, 12)


@pytest.mark.parametrize(("number", "code"), [*enumerate([*FAULTS, *PLANS, *RULES])])
def test_a_planted_fault_is_found_and_said_where_it_is(number: int, code: str) -> None:
    """The whole page of checks; works in order beside it are left alone."""
    found = found_in(code, number)
    assert code in {f.code for f in found}
    if code in FAULTS:
        others = {f.place.record for f in found if f.severity is not Severity.NOTICE and f.code not in FOLLOWS}
        assert all(record.startswith("X1") for record in others if record != f"clean-{number}"), others


@pytest.mark.parametrize("rules", [PERCENT_OF_PLAN, *ready_rules().values()], ids=lambda rules: rules.id)
def test_rules_that_are_in_order_are_left_alone(rules: RuleSet) -> None:
    found = {f.code for f in check_plan(random_clean_plan(1), rules, 12)}
    assert found.isdisjoint(RULES)


def test_every_check_has_its_planted_fault() -> None:
    assert {check.__name__ for check in CHECKS} - {*FAULTS, *PLANS, *RULES} == ELSEWHERE
    assert len(FAULTS) + len(PLANS) >= 46


def test_a_band_named_in_one_language_is_called_so_in_both() -> None:
    """An office that names its bands once is never shown a sign without a word (BA3)."""
    assert (Band("b", "ดี", "", None).named("en"), Band("b", "", "Good", None).named("th")) == ("ดี", "Good")
    assert Band("b", "ดี", "Good", None).named("en") == "Good"
