"""What looks unusual in a month's figures: only what the month itself brings, and each thing said once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Entry, Indicator, Mark, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.plans.reporting.plausibility import unusual
from samrit.vocabulary.findings import sentence

PLAN = Plan("p", "แผน", 2569)


def project(*figures: str, planned: str = "10", **more: object) -> Project:
    """A project of one indicator with results for the first months; "" is blank."""
    entries = tuple(
        Entry(m, planned=Decimal(planned), actual=Decimal(f) if f else Mark.BLANK) for m, f in enumerate(figures, 1)
    )
    indicator = replace(Indicator("P1.1", 1, "จำนวน", "ครั้ง", Decimal(100), entries=entries), **more)  # type: ignore[arg-type]
    return Project("P1", 1, "โครงการ", "1", first_period=1, last_period=12, indicators=(indicator,))


def codes(*figures: str, period: int | None = None, **more: object) -> list[str]:
    found = unusual(PLAN, PERCENT_OF_PLAN, (project(*figures, **more),), period or len(figures))
    for finding in found:
        for language in ("th", "en"):
            assert "{" not in sentence(finding, language)
    return [f.code for f in found]


def test_a_figure_near_its_plan_is_not_unusual() -> None:
    assert codes("10", "9", "12") == []


def test_zero_and_a_small_true_result_are_not_unusual() -> None:
    assert codes("10", "9", "0") == []
    assert codes("10", "9", "3") == []


def test_ten_times_the_plan_asks_for_a_word_once() -> None:
    assert codes("10", "9", "11", "10", "400") == ["month_out_of_scale"]


def test_a_misplaced_decimal_point_asks_for_a_word() -> None:
    assert codes("98", "97", "0.98", planned="98") == ["month_far_below_scale"]


def test_what_was_unusual_in_an_earlier_month_is_not_asked_again() -> None:
    assert codes("10", "400", "10") == []


def test_a_share_above_100_asks_for_a_word() -> None:
    share = {"unit_of_measure": "ร้อยละ", "is_share": True, "aggregation": Aggregation.AVERAGE, "planned": "98"}
    assert codes("98", "102", **share) == ["share_above_100"]


def test_a_figure_copied_from_the_month_before_asks_for_a_word() -> None:
    assert codes("1283", "1294", "1294", planned="1300") == ["month_repeated"]
    assert codes("1283", "1300", "1300", planned="1300") == [], "as planned twice is no copy"
    assert codes("9", "9", "9") == [], "small figures repeat by themselves"


@pytest.mark.parametrize("aggregation", [Aggregation.LATEST, Aggregation.MAX])
def test_a_level_may_stand_still(aggregation: Aggregation) -> None:
    assert codes("1283", "1294", "1294", planned="1300", aggregation=aggregation) == []


def test_a_member_of_a_group_is_held_against_its_own_months_only() -> None:
    entries = tuple(Entry(m, unit, actual=Decimal(v)) for m in (1, 2, 3, 4) for unit, v in (("ก", "5"), ("ข", "5000")))
    indicator = Indicator("P1.1", 1, "จำนวน", "ครั้ง", Decimal(100), entries=entries)
    group = Project("P1", 1, "โครงการ", "1", indicators=(indicator,))
    assert unusual(PLAN, PERCENT_OF_PLAN, (group,), 4, unit="ก") == ()
    jumped = replace(entries[-1], actual=Decimal(900_000))
    group = replace(group, indicators=(replace(indicator, entries=(*entries[:-1], jumped)),))
    assert [f.code for f in unusual(PLAN, PERCENT_OF_PLAN, (group,), 4, unit="ข")] == ["outlier_month"]
    assert unusual(PLAN, PERCENT_OF_PLAN, (group,), 4, unit="ก") == ()
