"""Pitfalls P1–P15 of engine/rules/33-pitfalls.md, each under its name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from samrit.engine.arithmetic import exact, round_half_up, settle
from samrit.engine.bands import band_of
from samrit.engine.explain import explain, render
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import (
    Aggregation,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Formula,
    Indicator,
    Mark,
    Plan,
    Project,
    Unit,
)
from samrit.engine.results import State
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.vocabulary.periods import parse_year, period_month, period_name, plan_dates, quarter_of

D = Decimal


def _plan(*indicators: Indicator, units: tuple[Unit, ...] = ()) -> Plan:
    return Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=indicators),), units=units)


def _indicator(*entries: Entry, number: int = 1, **fields: Any) -> Indicator:
    return Indicator(f"P.{number}", number, "ตัวชี้วัด", entries=entries, **fields)


def _total(indicator: Indicator, **successors: str) -> Decimal | None:
    merged = {unit: ((after, 1),) for unit, after in successors.items()}
    value = exact(indicator_total)(indicator, Side.ACTUAL, 12, merged).value
    return None if value is None else settle(value)


def test_p1_zero_stays_zero() -> None:
    zero, blank = (
        score(_plan(_indicator(Entry(1, planned=D(5), actual=figure))), PERCENT_OF_PLAN, 12).projects[0].indicators[0]
        for figure in (D(0), Mark.BLANK)
    )
    assert (zero.state, zero.actual_total.value) == (State.SCORED, D(0))
    assert (blank.state, blank.actual_total.value) == (State.NOT_REPORTED, None)


def test_p2_running_totals_are_not_added_over_reporters() -> None:
    entries = (Entry(3, "A", actual=D(50)), Entry(6, "B", actual=D(60)))
    assert _total(_indicator(*entries, entry_basis=EntryBasis.TO_DATE), A="B") == 60


def test_p3_the_cap_holds_from_above() -> None:
    capped = replace(PERCENT_OF_PLAN, cap=D(100))
    percents = [
        score(_plan(_indicator(Entry(1, planned=D(100), actual=actual))), capped, 12).projects[0].percent
        for actual in (D(80), D(120))
    ]
    assert percents == [80, 100]


def test_p4_a_decreasing_indicator_is_measured_from_its_baseline() -> None:
    falling = _indicator(
        Entry(12, planned=D(50), actual=D(60)),
        formula=Formula.BASELINE,
        direction=Direction.LOWER,
        baseline=D(100),
    )
    assert score(_plan(falling), PERCENT_OF_PLAN, 12).projects[0].percent == 80


def _shares(*parts: tuple[int, int]) -> tuple[Entry, ...]:
    return tuple(Entry(m, numerator=D(n), denominator=D(d)) for m, (n, d) in enumerate(parts, 1))


def test_p5_denominators_are_summed_from_denominators() -> None:
    assert _total(_indicator(*_shares((1, 2), (1, 2)), aggregation=Aggregation.RATIO)) == 50


def test_p6_the_denominator_starts_at_nothing() -> None:
    total = _total(_indicator(*_shares((1, 2), (99, 100)), aggregation=Aggregation.RATIO))
    assert total is not None
    assert round_half_up(total, 2) == D("98.04")


def test_p7_a_parent_follows_the_childrens_rule() -> None:
    entries = (
        Entry(1, "A", actual=D(90)),
        Entry(2, "A", actual=D(70)),
        Entry(1, "B", actual=D(60)),
    )
    assert _total(_indicator(*entries, aggregation=Aggregation.AVERAGE)) == D("72.5")
    summed = _indicator(*entries, aggregation=Aggregation.AVERAGE, consolidation=Consolidation.SUM)
    assert _total(summed) == 110


def test_p8_percentages_are_not_averaged_where_parts_exist() -> None:
    entries = (Entry(1, "A", numerator=D(1), denominator=D(2)), Entry(1, "B", numerator=D(99), denominator=D(100)))
    total = _total(_indicator(*entries, aggregation=Aggregation.RATIO))
    assert total is not None
    assert round_half_up(total, 2) == D("98.04")


def test_p9_nothing_is_truncated_before_the_band() -> None:
    assert band_of(D("99.6"), PERCENT_OF_PLAN).code == "good"
    assert band_of(D("49.99"), PERCENT_OF_PLAN).code == "improve"


def test_p10_bands_have_no_gaps() -> None:
    for hundredths in range(-100, 12_000):
        percent = D(hundredths).scaleb(-2)
        assert band_of(percent, PERCENT_OF_PLAN).code
    assert [band_of(D(p), PERCENT_OF_PLAN).code for p in ("75.4", "99.6")] == ["fair", "good"]


def test_p11_halves_are_rounded_up() -> None:
    assert [str(round_half_up(D("0.125"), 2)), str(round_half_up(D("2.5"), 0))] == ["0.13", "3"]


def test_p12_a_fiscal_year_is_named_by_its_end() -> None:
    first, last = plan_dates(2569, "fiscal")
    assert (first.isoformat(), last.isoformat()) == ("2025-10-01", "2026-09-30")
    assert period_name(2569, "fiscal", 1) == "ตุลาคม 2568"
    assert period_month(2569, "fiscal", 1).month == 10
    assert quarter_of(1) == 1


def test_p13_the_buddhist_era_is_not_added_twice() -> None:
    assert parse_year("2561").year_be == 2561
    assert parse_year("2018").year_be == 2561


def test_p14_missing_weights_are_spread_and_said() -> None:
    done = _indicator(Entry(1, planned=D(100), actual=D(80)), weight=D(60))
    later = _indicator(Entry(9, planned=D(100)), number=2, weight=D(40))
    result = score(_plan(done, later), PERCENT_OF_PLAN, 6)
    assert result.projects[0].percent == 80
    assert "WE3" in result.projects[0].rules
    assert "P.2" in render(explain(result, "P"), "en").split("leave the average")[0]


def test_p15_an_evaluation_keeps_the_plan_and_the_rules_it_was_made_with() -> None:
    plan = _plan(_indicator(Entry(1, planned=D(100), actual=D(80))))
    issued = score(plan, PERCENT_OF_PLAN, 12)
    amended = _plan(_indicator(Entry(1, planned=D(50), actual=D(80))))
    again = score(amended, replace(PERCENT_OF_PLAN, id="later"), 12)
    assert (issued.projects[0].percent, again.projects[0].percent) == (80, 160)
    assert issued.ruleset.id == "sso-2568"
    assert score(issued.plan, issued.ruleset, issued.as_of) == issued
