"""Targets and results over the years, and where a year's plan parts from the longer one (R14-R16, R93, R99)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.horizon.over_years import horizon_of, meets, over_years
from samrit.engine.horizon.parting import parted
from samrit.engine.model import Comparator, Direction, Indicator, Mark, Plan, Strategy, Target
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import indicator, plan, project

D = Decimal
FIVE = (2566, 2570)


def longer(*indicators: Indicator, **fields: object) -> Plan:
    """A plan of five years with these indicators."""
    made = plan(project(*indicators))
    return replace(made, id="five", year_be=FIVE[0], until_year_be=FIVE[1], **fields)


def aimed(*targets: object, unit: str = "", **fields: object) -> Indicator:
    """An indicator with a target for each year from 2566 on; None leaves a year out."""
    made = tuple(
        Target(2566 + at, D(t) if isinstance(t, int) else t, unit_of_measure=unit)
        for at, t in enumerate(targets)
        if t is not None
    )
    return indicator(targets=made, **fields)


def year(year_be: int, done: str, **fields: object) -> Plan:
    """The plan of one year whose indicator came to ``done`` in its first month."""
    return replace(plan(project(indicator("10", done, **fields))), year_be=year_be)


def test_of_a_year_that_is_not_over_nothing_is_said_to_be_below_its_target() -> None:
    plans = {2566: score(year(2566, "9"), PERCENT_OF_PLAN, 12), 2567: score(year(2567, "9"), PERCENT_OF_PLAN, 3)}
    (line,) = over_years(longer(aimed(10, 10)), plans)
    assert [(y.value, y.met, y.is_running) for y in line.years[:3]] == [
        (9, False, False), (9, None, True), (None, None, False)
    ]  # fmt: skip


def scored(*plans: Plan) -> dict[int, object]:
    return {p.year_be: score(p, PERCENT_OF_PLAN, 12) for p in plans}


def test_the_horizon_is_all_years_of_a_longer_plan_and_one_of_any_other() -> None:
    assert list(horizon_of(longer())) == [2566, 2567, 2568, 2569, 2570]
    assert list(horizon_of(plan())) == [plan().year_be]
    assert list(horizon_of(replace(plan(), year_be=2569, until_year_be=2560))) == [2569]


def test_every_year_has_its_target_and_what_its_plan_came_to() -> None:
    (line,) = over_years(longer(aimed(8, 10, None, Mark.NOTHING, 12)), scored(year(2566, "9"), year(2567, "9")))
    assert [y.value for y in line.years] == [9, 9, None, None, None]
    assert [y.met for y in line.years] == [True, False, None, None, None]
    assert [y.target.value if y.target else None for y in line.years] == [8, 10, None, Mark.NOTHING, 12]
    assert (line.target_sum, line.value_sum) == (None, None)


def test_a_year_finds_its_indicator_by_identity_whatever_its_code_name_and_number() -> None:
    renamed = year(2567, "7", name="ชื่อใหม่")
    works = tuple(
        replace(p, id="Z9", indicators=tuple(replace(i, id="Z9.4", number=4, identity="P1.1") for i in p.indicators))
        for p in renamed.projects
    )
    (line,) = over_years(longer(aimed(8, 7)), scored(replace(renamed, projects=works)))
    assert [(y.value, y.met) for y in line.years][:2] == [(None, None), (7, True)]
    stranger = replace(works[0], indicators=tuple(replace(i, identity="") for i in works[0].indicators))
    (line,) = over_years(longer(aimed(8, 7)), scored(replace(renamed, projects=(stranger,))))
    assert line.years[1].value is None


def test_years_that_add_up_are_one_sum_to_date_and_of_the_whole() -> None:
    """TDRM: 10 + 12 + 12 positions over three years (R99)."""
    road_map = aimed(None, None, 10, 12, 12, years_add_up=True)
    (line,) = over_years(longer(road_map), scored(year(2568, "10"), year(2569, "11")))
    assert (line.target_sum, line.target_to_date, line.value_sum) == (34, 22, 21)


def test_a_result_in_another_unit_is_shown_and_not_compared_nor_summed() -> None:
    """From places to percent between two years (R93)."""
    (line,) = over_years(
        longer(aimed(8, 8, unit="แห่ง", years_add_up=True)), scored(year(2566, "90", unit_of_measure="ร้อยละ"))
    )
    assert (line.years[0].value, line.years[0].met) == (90, None)
    assert (line.target_sum, line.value_sum) == (None, None)


@pytest.mark.parametrize(
    ("comparator", "aim", "upper", "value", "direction", "met"),
    [
        ("eq", 10, None, 12, "higher", True),
        ("eq", 10, None, 9, "higher", False),
        ("eq", 10, None, 9, "lower", True),
        ("eq", 10, None, 11, "lower", False),
        ("ge", 10, None, 10, "higher", True),
        ("gt", 10, None, 10, "higher", False),
        ("le", 10, None, 10, "higher", True),
        ("lt", 10, None, 10, "lower", False),
        ("eq", 10, 20, 15, "higher", True),
        ("eq", 10, 20, 21, "higher", False),
    ],
)
def test_what_meets_a_target(comparator, aim, upper, value, direction, met) -> None:
    target = Target(2569, D(aim), Comparator(comparator), upper=None if upper is None else D(upper))
    assert meets(target, D(value), Direction(direction)) is met


def codes(annual: Plan, over: Plan) -> list[str]:
    return [finding.code for finding in parted(annual, over)]


def test_a_plan_that_follows_the_longer_one_parts_nowhere() -> None:
    over = longer(aimed(8, 10))
    assert codes(replace(year(2567, "9"), projects=(project(aimed(None, 10)),)), over) == []


def test_names_and_targets_that_part_are_told() -> None:
    over = longer(aimed(8, 10))
    other = replace(year(2567, "9"), projects=(project(aimed(None, 9, name="ชื่อใหม่")),))
    found = list(parted(other, over))
    assert [f.code for f in found] == ["year_indicator_renamed", "year_target_differs"]
    assert (found[1].params["own"], found[1].params["longer"]) == ("9 เรื่อง", "10 เรื่อง")
    assert "2567" in sentence(found[1], "th")
    unit = replace(year(2567, "9"), projects=(project(aimed(None, 10, unit="แห่ง")),))
    assert codes(unit, over) == ["year_target_differs"]


def test_what_the_longer_plan_asks_for_and_the_year_does_not_have_is_told() -> None:
    other = replace(year(2567, "9"), projects=(project(replace(aimed(None, 9), id="P1.7")),))
    asked = longer(replace(aimed(8, 10), id="Q.1"))
    assert "year_indicator_missing" in codes(
        other, replace(asked, projects=(replace(asked.projects[0], indicators=(replace(aimed(8, 10), id="Q.1"),)),))
    )
    assert (
        codes(other, replace(asked, projects=(replace(asked.projects[0], indicators=(replace(aimed(8), id="Q.1"),)),)))
        == []
    )


def test_a_dash_and_no_target_are_the_same_and_a_year_outside_says_only_that() -> None:
    over = longer(aimed(8, Mark.NOTHING))
    assert codes(replace(year(2567, "9"), projects=(project(aimed()),)), over) == []
    assert codes(year(2572, "9"), over) == ["year_outside_horizon"]


def test_strategies_are_matched_by_code_and_their_names_compared_without_spaces() -> None:
    over = replace(longer(aimed(8, 10)), strategies=(Strategy("1", "ประสิทธิผล"), Strategy("2", "ข")))
    own = replace(year(2567, "9"), projects=(project(aimed(None, 10)),))
    told = replace(own, strategies=(Strategy("1", "ประสิทธิ ผล"), Strategy("2", "ค"), Strategy("7", "ใหม่")))
    assert codes(told, over) == ["year_strategy_renamed", "year_strategy_unknown"]
