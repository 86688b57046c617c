"""The front page's context: counts, changes, what needs attention, money, the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Entry, Mark, Strategy
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.rollup import NO_PLAN_COLUMN, tabulate, works_of
from samrit.engine.ruleset import PERCENT_OF_PLAN, WithoutPlan
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import memory
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.duties import units_reporting_by_period
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.results.front import MOST_TILES, Front, _front, _states, front
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.silence import silent_units
from samrit.plans.selectors.results.tallies import bar_of_all, bars_by
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.engine.random_plans import random_plan

TODAY = date(2026, 11, 22)


def seen(plan: Plan, month: int, *, public: bool = False, language: str = "th") -> Look:
    return look(plan, month=month, today=TODAY, language=language, public=public, with_previous=True)


def page(plan: Plan, month: int = 12, **kwargs: object) -> Front:
    return front(seen(plan, month, **kwargs))  # type: ignore[arg-type]


def counts(shown: Front) -> dict[str, int]:
    return {part.band.code: part.count for part in shown.bar.parts}


def test_the_whole_year_shows_the_printed_bands(sso: Plan) -> None:
    shown = page(sso)
    assert counts(shown) == {"good": 199, "fair": 19, "low": 5, "improve": 12}
    assert (shown.works, shown.bar.total, shown.bar.waiting) == (235, 235, 0)


@pytest.mark.parametrize("seed", range(60))
def test_the_parts_of_every_bar_add_up_to_what_the_printed_tables_count(seed: int) -> None:
    """Over random plans and months, whatever the rule set does with works that had no plan (AC4)."""
    rules = replace(PERCENT_OF_PLAN, without_plan=tuple(WithoutPlan)[seed % 3])
    plan = unplanned(random_plan(seed), seed)
    for as_of in (3, 8, 12):
        result = score(plan, rules, as_of)
        names = Names(result, "th")
        printed = tabulate([r for r in result.projects if r.counts])
        bars = [bar_of_all(names, None), *bars_by(names, "strategy", None), *bars_by(names, "fund", None)]
        for bar in bars:
            assert sum(part.count for part in bar.parts) + bar.without == bar.total
        whole = bars[0]
        assert (whole.total, whole.without) == (printed.total.total, printed.total.cell(NO_PLAN_COLUMN))
        states = sum(count for *_, count in _states(names))
        assert whole.total + states == whole.total + whole.waiting == len(works_of(result.projects))


def unplanned(plan: EnginePlan, seed: int) -> EnginePlan:
    """Return the plan with one more work, for which something was reported and nothing planned."""
    work = plan.projects[0]
    entries = (Entry(2, planned=Mark.NOTHING, actual=Decimal(5)),) if seed % 2 else ()
    alone = replace(work.indicators[0], id="PX.1", entries=entries, targets=(), levels=())
    more = replace(work, id="PX", number=99, identity="", indicators=(alone,), sites=(), overrides=())
    return replace(plan, strategies=(Strategy("1", "ก"),), funds=(), projects=(*plan.projects, more))


def test_a_work_without_a_plan_stands_in_the_bar_at_the_years_end() -> None:
    results = [score(unplanned(random_plan(seed), 1), PERCENT_OF_PLAN, 12) for seed in range(20)]
    assert any(bar_of_all(Names(result, "th"), None).without for result in results)


def test_small_multiples_add_up_to_the_whole(sso: Plan) -> None:
    shown = page(sso)
    for bars in (shown.funds, shown.strategies):
        assert sum(bar.total for bar in bars) == shown.bar.total
        for at, part in enumerate(shown.bar.parts):
            assert sum(bar.parts[at].count for bar in bars) == part.count


def test_a_bar_is_filled_from_end_to_end(sso: Plan) -> None:
    for bar in (page(sso).bar, *page(sso, 6).strategies):
        assert bar.parts[0].start == 0
        assert abs(sum(part.width for part in bar.parts) - 100) <= Decimal("0.02")


def test_the_change_is_against_the_end_of_the_quarter_before(sso: Plan) -> None:
    third, fourth = page(sso, 9), page(sso, 11)
    assert fourth.previous is not None
    assert fourth.previous.number == 9
    assert sum(part.change for part in fourth.bar.parts) == 0, "like with like: no work is counted for the first time"
    assert (fourth.same, fourth.same + fourth.fresh) == (third.bar.total, fourth.bar.total)


def test_changes_since_the_quarter_are_of_the_works_counted_both_times(sso: Plan) -> None:
    shown = page(sso)
    assert (shown.same, shown.fresh, shown.risen, shown.fallen) == (163, 72, 20, 3)
    assert {part.band.code: part.change for part in shown.bar.parts} == {
        "good": 13,
        "fair": 2,
        "low": 0,
        "improve": -15,
    }


def test_the_first_quarter_has_nothing_to_compare_with(sso: Plan) -> None:
    shown = page(sso, 2)
    assert shown.previous is None
    assert [part.change for part in shown.bar.parts] == [None] * 4
    assert shown.newly_worst == ()


def test_newly_red_works_are_red_now_and_were_not(sso: Plan) -> None:
    shown = page(sso, 9)
    red_now = {t.id for g in shown.tiles for t in g.tiles if t.band and t.band.code == "improve"}
    red_then = {t.id for g in page(sso, 6).tiles for t in g.tiles if t.band and t.band.code == "improve"}
    assert {w.id for w in shown.newly_worst} == red_now - red_then
    assert shown.newly_worst


def test_the_forecast_warns_before_the_year_ends_and_not_after(sso: Plan) -> None:
    assert page(sso, 6).at_risk
    assert all(work.reasons for work in page(sso, 6).at_risk)
    assert page(sso, 12).at_risk == ()
    assert {work.id for work in page(sso, 12).overdue} >= {"S2-80", "S2-82"}, (
        "what is overdue stays so at the year's end"
    )


def test_every_work_has_one_tile(sso: Plan) -> None:
    tiles = [tile.id for group in page(sso, 6).tiles for tile in group.tiles]
    assert len(tiles) == len(set(tiles)) == 235 <= MOST_TILES


def test_money_by_band_adds_up_to_what_is_given(sso: Plan) -> None:
    for fund in (page(sso, 6).money.total, *page(sso, 6).money.funds):
        assert sum((part.amount for part in fund.parts), Decimal()) == fund.given


def test_silent_units_are_told_with_what_they_owe(sso: Plan) -> None:
    silent = page(sso, 6).silent
    assert silent
    assert all(unit.indicators >= unit.works >= 1 for unit in silent)


def test_the_same_figures_give_the_same_page_object(sso: Plan) -> None:
    assert page(sso, 6) is page(sso, 6)
    assert page(sso, 6) is not page(sso, 6, language="en")


def test_other_results_give_another_page(sso: Plan) -> None:
    looked = seen(sso, 6)
    first = front(looked)
    worse = looked.result.projects[0]._replace(percent=Decimal(1))
    changed = replace(looked, result=replace(looked.result, projects=(worse, *looked.result.projects[1:])))
    assert front(changed) is not first


def test_the_public_is_not_told_who_is_silent_or_what_waits(sso: Plan) -> None:
    shown = page(sso, 6, public=True)
    assert (shown.silent, shown.reports, shown.frozen) == ((), (), None)


def test_before_the_first_evaluation_the_public_sees_no_work_counted_and_never_all_red(sso: Plan) -> None:
    shown = page(sso, 6, public=True)
    assert set(counts(shown).values()) == {0}
    assert (shown.works, shown.bar.waiting, shown.newly_worst, shown.overdue) == (235, 235, (), ())


def test_a_plan_without_results_has_a_front_page_too(hr: Plan) -> None:
    shown = page(hr, 1)
    # 33 lines, of which two are works that stand in the plan already (RU1)
    assert (shown.works, shown.bar.total, shown.bar.waiting) == (31, 0, 31)
    assert shown.money.total.framework is None


@pytest.mark.parametrize(("today", "period"), [(date(2024, 1, 1), 1), (date(2025, 3, 6), 2), (date(2026, 6, 1), 12)])
def test_without_a_month_the_last_one_that_is_due_is_shown(sso: Plan, today: date, period: int) -> None:
    for month in (None, "", "0", "13", "๙๙", "x", "-1"):
        assert look(sso, month=month, today=today).as_of == period


def test_after_a_report_the_page_says_what_one_made_of_nothing_kept_would_say(sso: Plan, clock) -> None:
    clock.set("2025-07-20")
    before = page(sso, 6)
    sent = next(unit.code for unit in before.silent if is_sent(sso, unit.code))
    after = page(sso, 6)
    assert {u.code for u in before.silent} - {u.code for u in after.silent} == {sent}
    memory.forget()
    whole = seen(sso, 6)
    assert _front(whole, whole.previous, after.reports, silent_units(whole), after.frozen) == after


def is_sent(plan: Plan, code: str) -> bool:
    """Send a unit's June for it with something for all that is due; say whether it could be sent."""
    unit = Unit.objects.get(code=code)
    due = units_reporting_by_period(plan)[6].by_unit.get(code, ())
    cells = [CellInput(duty.indicator.id, "1") for duty in due if duty.is_due(6)]
    figures_save(SYSTEM, plan=plan, unit=unit, period=6, cells=cells)
    try:
        report_submit(SYSTEM, plan=plan, unit=Unit.objects.get(code=code), period=6)
    except ServiceError:
        return False
    return True
