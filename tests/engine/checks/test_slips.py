"""Single months that are far off: a slip is found wherever it is planted, and what is told is its month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Level, Plan
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.vocabulary.findings import Severity, sentence
from tests.engine.checks.clean_plans import random_clean_plan
from tests.engine.checks.plans import codes, indicator, only, percentage

D = Decimal
SLIPS = {"month_slipped", "outlier_month", "month_below_others", "percent_as_fraction", "percent_above_100",
         "share_above_100", "actual_out_of_scale", "part_exceeds_whole"}  # fmt: skip


def _slipped(plan: Plan, factor: Decimal) -> Iterator[tuple[Indicator, Plan]]:
    """Yield the plan with one figure of one indicator slipped, for each indicator of at least three months."""
    for at, work in enumerate(plan.projects):
        for own, made in enumerate(work.indicators):
            given = [
                n for n, e in enumerate(made.entries) if (isinstance(e.actual, Decimal) and e.actual) or e.numerator
            ]
            if len(given) < 3 or made.direction is Direction.LOWER:
                continue
            entry = made.entries[given[len(given) // 2]]
            wrong = replace(entry, **_times(entry, factor))
            entries = tuple(wrong if e is entry else e for e in made.entries)
            indicators = tuple(replace(i, entries=entries) if n == own else i for n, i in enumerate(work.indicators))
            works = tuple(replace(w, indicators=indicators) if n == at else w for n, w in enumerate(plan.projects))
            yield made, replace(plan, projects=works)


def _is_reported(entry: Entry) -> bool:
    return any(isinstance(figure, Decimal) and figure for figure in (entry.actual, entry.numerator))


def _times(entry: Entry, factor: Decimal) -> dict[str, Decimal]:
    if isinstance(entry.actual, Decimal):
        return {"actual": entry.actual * factor}
    assert isinstance(entry.numerator, Decimal)
    return {"numerator": entry.numerator * factor}


@pytest.mark.parametrize("factor", [D(10), D("0.1")])
def test_a_digit_too_many_or_missing_is_found_in_every_kind_of_row(factor: Decimal) -> None:
    """Counts, percents, running totals, values on thresholds, shares and rates by their parts."""
    kinds = set()
    for seed in range(12):
        for made, plan in _slipped(random_clean_plan(seed), factor):
            found = {f.code for f in check_plan(plan, PERCENT_OF_PLAN, 12) if f.place.record == made.id}
            assert found & SLIPS, (seed, made.id, made.name, found)
            kinds.add((made.formula, made.aggregation))
    assert len(kinds) > 4


def test_a_month_is_told_once_whether_others_are_many_or_few() -> None:
    few, many = indicator("10 10 10", "9 101 10"), indicator("3 10 20 30 40 50", "30 9 20 29 41 50")
    assert (only(few, "month_slipped").params["month"], only(many, "month_slipped").params["month"]) == (2, 1)
    assert "month_slipped" not in codes(indicator("100 100 100 100 100", "98 105 9900 97 101"))


@pytest.mark.parametrize(("value", "found"), [("12.1", True), ("1.25", True), ("1", False), ("300", False)])
def test_a_hundredth_is_a_slip_where_it_has_digits_to_tell(value: str, found: bool) -> None:
    row = indicator("1250 1250 1250 1250", f"{value} 1250 1240 1270")
    assert ("month_slipped" in codes(row)) is found


@pytest.mark.parametrize(
    ("row", "months"),
    [
        ("0.94 0.95 0.96 0.95", "1, 2, 3, 4"),
        ("94 95 0.96 95", "3"),
        ("94 1 0.96 0.94", "3, 4"),  # one per cent may have been meant
        ("94 95 96 95", None),
        ("94 1.5 0.96 95", None),  # a month near one per cent: such figures come
        ("0.2 0.2 0.2 0.2", None),
    ],
)
def test_fractions_among_percents_are_named_by_month(row: str, months: str | None) -> None:
    made = percentage("95 95 95 95", row, is_share=True)
    assert (only(made, "percent_as_fraction").params["months"] if months else None) == months
    if months is None:
        assert "percent_as_fraction" not in codes(made)


def _measured(row: str, **fields: object) -> Indicator:
    given = {
        "formula": Formula.LEVELS,
        "aggregation": Aggregation.LATEST,
        "target": 5,
        "levels": tuple(Level(n, threshold=D(60 + 10 * n)) for n in range(1, 6)),
        **fields,
    }
    return indicator("5 5 5 5 5", row, **given)


def test_measured_values_are_held_against_each_other_where_the_plan_is_in_levels() -> None:
    finding = only(_measured("92 9.2 95 97 91"), "month_below_others")
    assert (finding.params["month"], finding.params["least"]) == (2, 91)
    assert "9.2" in sentence(finding, "en")
    for row in ("92 9.2 95", "92 30 95 97 91", "92 9.2 95 20 91", "92 0 95 97 91"):
        assert "month_below_others" not in codes(_measured(row)), row


def test_what_cannot_be_below_nothing_is_told_with_its_months() -> None:
    assert only(indicator("10 10 10", "9 10 -111"), "result_below_zero").params["months"] == "3"
    assert only(percentage(actual="94 -95 96", is_share=True), "result_below_zero").params["months"] == "2"
    part = (Entry(2, planned=D(80), numerator=D(-8), denominator=D(10)),)
    assert "result_below_zero" in codes(percentage(entries=part, aggregation=Aggregation.RATIO))
    for allowed in (
        indicator("10 10 10", "9 10 -11"),  # takes back what was counted too much
        indicator("-10 10 10", "-12 10 10"),  # a loss is planned
        percentage("2 2 2", "1 -0.5 2"),  # growth
    ):
        assert "result_below_zero" not in codes(allowed)


def test_months_and_running_totals_are_told_apart() -> None:
    running = {"aggregation": Aggregation.LATEST, "target": 50}
    assert only(indicator("10 20 30 40 50", "10 9 11 10 8", **running), "months_as_running_total").params["sum"] == 48
    assert only(indicator("10 10 10 10", "10 19 31 40"), "running_total_summed").params["latest"] == 40
    assert "running_total_summed" in codes(indicator("10 10 10 10", "15 20 28 30")), "twice the first month is a climb"
    for row in ("10 20 31 39 52", "10 9 11 10 48", "1 2 1 2 1"):
        assert "months_as_running_total" not in codes(indicator("10 20 30 40 50", row, **running)), row
    for row in ("10 11 12 13", "10 19 31", "20 20 20 20", "10 19 18 40"):
        assert "running_total_summed" not in codes(indicator("10 10 10 10", row)), row


def test_parts_that_do_not_count_are_an_error() -> None:
    alone = Entry(3, planned=D(90), numerator=D(90), denominator=D(100))
    latest = percentage(entries=(alone,), aggregation=Aggregation.LATEST, target=90)
    finding = only(latest, "parts_not_counted")
    assert (finding.severity, finding.params["months"]) == (Severity.ERROR, "3")
    beside = percentage(entries=(replace(alone, actual=D(90)),), aggregation=Aggregation.LATEST, target=90)
    assert "parts_not_counted" not in codes(beside)
