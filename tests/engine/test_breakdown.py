"""BD1: breakdowns, from the rule's own page; and that they never change a score that has figures of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.checks import check_plan
from samrit.engine.indicators.breakdown import added_up, breakdowns, breakdowns_in
from samrit.engine.model import Aggregation, Consolidation, Entry, Indicator, Plan, Project, Unit
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.rule_tables import Case, cases, decimal, listed, unit_entries


def _part(text: str, dimension: str, number: int) -> Indicator:
    name, _, figures = text.partition(":")
    entries = unit_entries("", figures.strip())
    return Indicator(f"P.1.{name.strip()}", number, name.strip(), part_of="P.1", dimension=dimension, entries=entries)


def _indicator(own: str, categories: str, aggregation: str = "sum", consolidation: str = "") -> Indicator:
    lists = [text.split(";") for text in categories.split(" / ")]
    return Indicator(
        "P.1",
        1,
        "ผู้เข้าร่วม",
        aggregation=Aggregation(aggregation),
        consolidation=Consolidation(consolidation) if consolidation else None,
        entries=unit_entries("", own),
        parts=tuple(_part(t, f"list {n}", k) for n, texts in enumerate(lists) for k, t in enumerate(texts, 1)),
    )


@pytest.mark.parametrize("case", cases("breakdown"), ids=str)
def test_categories_are_put_together_as_units_are(case: Case) -> None:
    whole = added_up(_indicator(case["own"], case["categories"], case["aggregation"], case["consolidation"]))
    found = breakdowns(whole, int(case["as of"]))
    assert {b.total for b in found} == {decimal(case["total"])}
    assert [b.together for b in found] == [decimal(text) for text in listed(case["together"])]
    assert [b.gap for b in found] == [decimal(text) for text in listed(case["gap"])]
    assert added_up(whole) is whole


MONTHS = st.lists(st.integers(0, 50), min_size=3, max_size=3)


@given(MONTHS, MONTHS, MONTHS)
def test_a_breakdown_beside_own_figures_changes_no_score(own: list[int], women: list[int], men: list[int]) -> None:
    def joined(figures: list[int]) -> str:
        return ", ".join(map(str, figures))

    with_parts = _indicator(joined(own), f"women: {joined(women)}; men: {joined(men)}")
    with_parts = replace(with_parts, entries=tuple(replace(e, planned=Decimal(20)) for e in with_parts.entries))
    plain = replace(with_parts, parts=())
    scored = [
        score(Plan("p", "", 2568, projects=(Project("P", 1, "", "1", indicators=(i,)),)), PERCENT_OF_PLAN, 3)
        for i in (with_parts, plain)
    ]
    one, other = scored
    assert one.projects[0].percent == other.projects[0].percent


@pytest.mark.parametrize(("own", "found"), [("12, 8", ["breakdown_differs"]), ("11, 7", []), ("blank, blank", [])])
def test_a_difference_is_a_finding(own: str, found: list[str]) -> None:
    project = Project("P", 1, "", "1", indicators=(_indicator(own, "women: 6, 4; men: 5, 3"),))
    told = check_plan(Plan("p", "", 2568, projects=(project,)), PERCENT_OF_PLAN, 2)
    assert [f.code for f in told if f.code.startswith("breakdown")] == found


def test_a_scored_indicator_takes_what_its_categories_make() -> None:
    project = Project("P", 1, "", "1", indicators=(_indicator("blank, blank", "women: 6, 4; men: 5, 3"),))
    result = score(Plan("p", "", 2568, projects=(project,)), PERCENT_OF_PLAN, 2).projects[0].indicators
    assert [(i.indicator.id, i.actual_total.value) for i in result] == [("P.1", Decimal(18))]


def test_a_breakdown_counts_merged_units_as_its_indicator_does() -> None:
    """A unit that another stands for since is no second share of the whole (P2): both are told from one total."""

    def reported(old: int, new: int) -> tuple[Entry, ...]:
        return (Entry(1, "A", actual=Decimal(old)), Entry(2, "B", actual=Decimal(new)))

    own = _indicator("blank", "women: blank; men: blank", "latest", "sum")
    parts = tuple(replace(p, entries=reported(*f)) for p, f in zip(own.parts, ((3, 5), (2, 4)), strict=True))
    project = Project("P", 1, "", "1", indicators=(replace(own, entries=(), parts=parts),))
    units = (Unit("A", "old", successor="B"), Unit("B", "new"))
    result = score(Plan("p", "", 2568, units=units, projects=(project,)), PERCENT_OF_PLAN, 2)
    (whole,) = result.projects[0].indicators
    (found,) = breakdowns_in(result, whole.indicator)
    assert (whole.actual_total.value, found.total, found.together) == (9, 9, 9)
