"""Plans with one planted fault each: a work with the fault among works that are in order.

``FAULTS`` gives for each code the work that has the fault; ``PLANS`` changes of the plan itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.choices import AllotmentSort
from samrit.engine.model import (
    Aggregation,
    Alignment,
    BudgetLine,
    Claim,
    Comparator,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Formula,
    Indicator,
    IndicatorCard,
    Level,
    Mark,
    MoneyMovement,
    MoneyState,
    Override,
    Plan,
    PrintedCell,
    Project,
    ProjectStatus,
    Site,
    Tactic,
    Target,
    Unit,
)
from samrit.engine.ruleset import PERCENT_OF_PLAN, Band, Method, PointScale, RuleSet
from samrit.engine.surroundings import Allotment
from tests.engine.checks.plans import YEAR, entries, indicator, levels, percentage
from tests.engine.checks.plans import project as work

D = Decimal
EVERY = " ".join(["95"] * 12)
SHARE = {"is_share": True, "aggregation": Aggregation.RATIO}


def _of(*indicators: Indicator, **fields: object) -> Project:
    return work(*indicators, **{"id": "X1", "number": 99, "title": "งานที่มีข้อผิดพลาด", **fields})


def _weights(*weights: int | None) -> Project:
    made = _of(*(indicator() for _ in weights))
    given = zip(made.indicators, weights, strict=True)
    return replace(made, indicators=tuple(replace(i, weight=None if w is None else D(w)) for i, w in given))


def _broken_down(whole: Indicator) -> Indicator:
    """The whole twice over: each of two categories has all of it."""
    return _categories(whole, "หญิง", "ชาย")


def _categories(whole: Indicator, *names: str) -> Indicator:
    made = (
        replace(whole, id=f"X1.1.{n}", name=name, part_of=whole.id, dimension="เพศ") for n, name in enumerate(names, 1)
    )
    return replace(whole, parts=tuple(made))


def _steps(*pairs: tuple[int, int | None]) -> Indicator:
    """Levels 1, 2 … with their due months and the months in which they were reached."""
    made = tuple(Level(n, f"ขั้น {n}", due, None, reached) for n, (due, reached) in enumerate(pairs, 1))
    return levels("", "", formula=Formula.LEVELS, levels=made, targets=(Target(YEAR, D(len(pairs))),))


def _on_thresholds(planned: str, actual: str, *thresholds: int, **fields: object) -> Indicator:
    made = tuple(Level(n, threshold=D(t)) for n, t in enumerate(thresholds, 1))
    given = {"formula": Formula.LEVELS, "aggregation": Aggregation.LATEST, "levels": made, **fields}
    return percentage(planned, actual, name="ร้อยละการได้งานทำ", **given)


def _sited(*sites: Site, **fields: object) -> Project:
    counted = indicator("- - 2", "- - 2", name="หน่วยงานก่อหนี้ผูกพัน", unit_of_measure="แห่ง", **fields)
    return _of(counted, sites=sites, budgets=(BudgetLine(D(700)),))


def _paid(*amounts: tuple[int, MoneyState, int, str], **fields: object) -> Project:
    made = tuple(MoneyMovement(period, state, D(amount), note=note) for period, state, amount, note in amounts)
    return _of(movements=made, **fields)


def _ranged(uppers: str, actual: str, **fields: object) -> Indicator:
    """Months of 80 up to the ends given, and what came."""
    made = percentage("80 80 80", actual, **{"formula": Formula.RANGE, "target": 80, **fields})
    ends = [D(end) for end in uppers.split()] or [Mark.BLANK] * 3
    return replace(made, entries=tuple(replace(e, planned_upper=u) for e, u in zip(made.entries, ends, strict=True)))


PAID = MoneyState.DISBURSED
ONE, TWO = Site("a", "อาคารหนึ่ง", "กผ.", D(300), 3, 2), Site("b", "อาคารสอง", "กค.", D(400), 3, 3)

FAULTS: dict[str, Callable[[], Project]] = {
    "project_without_indicator": lambda: replace(_of(), indicators=()),
    "indicator_without_reporter": lambda: _of(responsible_units=()),
    "one_reports_for_all": lambda: _of(
        indicator("5 5", ". .", aggregation=Aggregation.LATEST), responsible_units=("ทุกหน่วยงาน",)
    ),
    "unknown_heading": lambda: _of(strategy="9", tactic=""),
    "unknown_unit": lambda: _of(responsible_units=("กฟ.",)),
    "unknown_link_code": lambda: _of(alignments=(Alignment("master_plan", "24"),)),
    "link_crosses_tree": lambda: _of(alignments=(Alignment("national_strategy", "4"), Alignment("master_plan", "20"))),
    "several_main_links": lambda: _of(
        alignments=(Alignment("master_plan", "20", main=True), Alignment("master_plan", "21", main=True))
    ),
    "shared_figure_unknown": lambda: _of(indicator(figures_of="X1.9")),
    "shared_figure_chained": lambda: _of(
        indicator(name="จำนวนคน"), indicator(figures_of="X1.1"), indicator(figures_of="X1.2")
    ),
    "shared_figure_differs": lambda: _of(indicator(), indicator(figures_of="X1.1", unit_of_measure="คน")),
    "weights_not_100": lambda: _weights(100, 74),
    "breakdown_differs": lambda: _of(_broken_down(indicator())),
    "category_repeated": lambda: _of(_categories(indicator(), "หญิง", "ชาย", "หญิง ")),
    "weight_missing": lambda: _weights(60, None),
    "weights_split_equally": lambda: _weights(0, 0),
    "weight_out_of_range": lambda: _weights(200, -100),
    "indicator_without_target": lambda: _of(indicator(targets=())),
    "indicator_without_plan": lambda: _of(indicator("- - -", "- - -", target=12)),
    "target_differs_from_plan_total": lambda: _of(indicator(target=500)),
    "percent_months_summed": lambda: _of(percentage("80 80 80", "81 82 80", target=240)),
    "target_as_fraction": lambda: _of(
        percentage(EVERY, EVERY, targets=(Target(YEAR, D("0.95"), Comparator.AT_LEAST),))
    ),
    "comparator_against_direction": lambda: _of(indicator(targets=(Target(YEAR, D(30), Comparator.AT_MOST),))),
    "target_fell": lambda: _of(indicator(targets=(Target(YEAR - 1, D(40)), Target(YEAR, D(30))))),
    "target_unit_changed": lambda: _of(
        indicator(targets=(Target(YEAR - 1, D(20), unit_of_measure="ครั้ง"), Target(YEAR, D(30))))
    ),
    "result_without_plan": lambda: _of(indicator("- - -", "- 3 4", target=7)),
    "period_invalid": lambda: _of(first_period=9, last_period=3),
    "entry_outside_year": lambda: _of(indicator(entries=(*entries("10 10 10", "10 10 10"), Entry(13, planned=D(1))))),
    "entry_repeated": lambda: _of(
        indicator(entries=(*entries("10 10 10", "10 10 10"), Entry(2, planned=D(10), actual=D(9))))
    ),
    "planned_outside_period": lambda: _of(first_period=2, last_period=3),
    "reported_outside_period": lambda: _of(indicator("- 10 10", "8 9 10"), first_period=2, last_period=3),
    "not_reported": lambda: _of(indicator("10 10 10", ". . .")),
    "partly_reported": lambda: _of(indicator("10 10 10", "15 14 .")),
    "units_silent": lambda: _of(
        indicator(
            entries=(*entries("10 10", "20 20", "กผ."), *entries("1 1", ". .", "กค.")),
            consolidation=Consolidation.SUM,
        )
    ),
    "whole_figure_beside_units": lambda: _of(
        indicator(
            entries=(*entries("10 10 10", "10 11 10"), *entries("- - -", "4 . .", "กผ.")),
            consolidation=Consolidation.SUM,
        )
    ),
    "to_date_falls": lambda: _of(indicator("10 20 30", "15 12 30", entry_basis=EntryBasis.TO_DATE)),
    "same_value_copied": lambda: _of(indicator("5000 5000 5000 5000 5000", "5111 5214 5214 4987 5020")),
    "outlier_month": lambda: _of(indicator("100 100 100 100 100", "98 105 9900 97 101")),
    "month_slipped": lambda: _of(indicator("100 100 100 100", "98 105 9.7 101")),
    "actual_out_of_scale": lambda: _of(indicator("- - - - - 1", "1 6 3 - - 4")),
    "subtotal_counted_as_month": lambda: _of(indicator("1000 1000 1000 1000", "1011 1012 1013 3036", target=4000)),
    "planned_subtotal_counted_as_month": lambda: _of(
        indicator("1011 1012 1013 3036", "1011 1012 1013 3001", target=6072)
    ),
    "increments_then_total": lambda: _of(
        percentage("- - - - - - - - - - - 100", "- - - - - 5 20 15 15 45 - 100", aggregation=Aggregation.LATEST)
    ),
    "cumulative_summed": lambda: _of(
        indicator("11650000 11800000 12000000", "11843258 11882796 12036265", unit_of_measure="คน")
    ),
    "latest_of_flat_plan": lambda: _of(indicator("10 10 10", "9 11 10", aggregation=Aggregation.LATEST)),
    "share_above_100": lambda: _of(percentage("80 80", "81 117.24", is_share=True)),
    "percent_above_100": lambda: _of(percentage("80 80", "81 105")),
    "percent_as_fraction": lambda: _of(percentage("95 95 95 95", "0.94 0.96 0.95 0.97")),
    "part_exceeds_whole": lambda: _of(
        percentage(entries=(Entry(3, planned=D(95), numerator=D(104), denominator=D(100)),), **SHARE)
    ),
    "denominator_zero": lambda: _of(
        percentage(
            entries=(
                Entry(3, planned=D(95), numerator=D(96), denominator=D(100)),
                Entry(6, planned=D(95), numerator=D(0), denominator=D(0)),
            ),
            **SHARE,
        )
    ),
    "share_differs_from_parts": lambda: _of(
        percentage(entries=(Entry(3, planned=D(50), actual=D(60), numerator=D(1), denominator=D(2)),), **SHARE)
    ),
    "rate_scale_differs": lambda: _of(
        replace(
            percentage(entries=(Entry(3, planned=D(2), numerator=D(1), denominator=D(500)),), scale=D(100), **SHARE),
            unit_of_measure="คนต่อพันคน",
        )
    ),
    "ratio_without_parts": lambda: _of(percentage("80 80", "81 82", aggregation=Aggregation.RATIO)),
    "consolidation_missing": lambda: _of(
        indicator(
            entries=(*entries("5", "5", "กผ."), *entries("6", "6", "กค.")), aggregation=Aggregation.LATEST, target=11
        )
    ),
    "levels_missing": lambda: _of(levels(formula=Formula.LEVELS)),
    "level_numbers_missing": lambda: _of(
        levels(
            "",
            "",
            formula=Formula.LEVELS,
            targets=(Target(YEAR, D(3)),),
            levels=(Level(1, "ก", 2, None, 2), Level(3, "ข", 5, None, 5)),
        )
    ),
    "level_above_scale": lambda: _of(_on_thresholds("- - 7", "- - 92", 60, 70, 80, 90, 100, target=7)),
    "month_below_others": lambda: _of(
        _on_thresholds("5 5 5 5 5", "168 17.2 171 189 175", 100, 120, 140, 160, 180, target=5)
    ),
    "result_below_zero": lambda: _of(percentage("95 95 95", "94 -95 96", is_share=True)),
    "months_as_running_total": lambda: _of(
        indicator("10 20 30 40 50", "10 9 11 10 8", aggregation=Aggregation.LATEST, target=50)
    ),
    "running_total_summed": lambda: _of(indicator("10 10 10 10 10", "10 19 31 40 52")),
    "parts_not_counted": lambda: _of(
        percentage(
            entries=(Entry(3, planned=D(90), numerator=D(90), denominator=D(100)),),
            aggregation=Aggregation.LATEST,
            target=90,
        )
    ),
    "reached_day_outside_month": lambda: _of(
        levels(
            "",
            "",
            formula=Formula.LEVELS,
            targets=(Target(YEAR, D(1)),),
            levels=(Level(1, "ก", 2, date(YEAR - 543, 1, 15), 2),),
        )
    ),
    "baseline_beyond_plan": lambda: _of(
        indicator(
            "- - 50",
            "- - 45",
            formula=Formula.BASELINE,
            baseline=D(40),
            direction=Direction.LOWER,
            aggregation=Aggregation.LATEST,
        )
    ),
    "level_falls": lambda: _of(levels("1 2 3", "1 3 2")),
    "level_planned_off_due_month": lambda: _of(
        levels("1 - 2", "1 - 2", formula=Formula.LEVELS, levels=(Level(1, "ก", 1, None, 1), Level(2, "ข", 2, None, 2)))
    ),
    "level_due_out_of_order": lambda: _of(_steps((3, 2), (2, 2))),
    "level_due_outside_period": lambda: _of(_steps((2, 2), (5, 3)), first_period=2, last_period=3),
    "level_skipped": lambda: _of(_steps((2, 2), (5, None), (6, 6), (7, None))),
    "thresholds_out_of_order": lambda: _of(_on_thresholds("- - 3", "- - 92", 60, 90, 80, target=3)),
    "baseline_missing": lambda: _of(
        indicator("- - 50", "- - 50", formula=Formula.BASELINE, aggregation=Aggregation.LATEST)
    ),
    "deadline_without_due": lambda: _of(levels("", "", formula=Formula.DEADLINE, levels=(Level(1, "ก"),))),
    "due_day_outside_month": lambda: _of(
        levels("", "", formula=Formula.DEADLINE, levels=(Level(1, "ก", 5, None, 2, due_on=date(YEAR - 543, 2, 15)),))
    ),
    "range_end_missing": lambda: _of(_ranged("", "90 90 90")),
    "range_reversed": lambda: _of(_ranged("70 90 90", "90 90 90")),
    "upper_without_range": lambda: _of(_ranged("95 95 95", "90 90 90", formula=Formula.RATIO)),
    "scale_not_positive": lambda: _of(
        percentage("80 80", "81 82", scale=D(0), **{**SHARE, "aggregation": Aggregation.AVERAGE})
    ),
    "sites_differ_from_project": lambda: _sited(replace(ONE, committed_period=None), TWO),
    "planned_sites_differ_from_project": lambda: _sited(
        replace(ONE, budget=D(200)), replace(TWO, budget=D(300)), Site("c", "สาม", "กผ.", D(200), 6, None)
    ),
    "site_budgets_differ_from_project": lambda: _sited(ONE, replace(TWO, budget=D(350))),
    "site_done_before_contract": lambda: _sited(ONE, replace(TWO, done_period=2)),
    "site_commitment_undated": lambda: _sited(ONE, TWO, Site("c", "สาม", "กผ.", D(0), 6, None, outcome="committed")),
    "site_instalments_exceeded": lambda: _sited(ONE, replace(TWO, instalments=3, instalments_accepted=4)),
    "budget_shares_differ": lambda: _of(
        budgets=(BudgetLine(D(1000)), BudgetLine(D(400), unit="กผ."), BudgetLine(D(500), unit="กค."))
    ),
    "budget_listed_twice": lambda: _of(budgets=(BudgetLine(D(500), "กองทุน"), BudgetLine(D(500), "กองทุน"))),
    "budget_not_read": lambda: _of(budgets=(BudgetLine(None, text="USD 42,000"),)),
    "budget_negative": lambda: _of(budgets=(BudgetLine(D(-5)),)),
    "spending_plan_differs": lambda: _paid((1, MoneyState.PLANNED, 900, "")),
    "money_spent_over_budget": lambda: _paid((3, PAID, 1200, "")),
    "money_without_budget": lambda: _paid((3, PAID, 10, ""), budgets=()),
    "money_before_period": lambda: _paid((2, PAID, 10, ""), first_period=3, indicators=()),
    "money_below_zero": lambda: _paid((3, PAID, 100, ""), (4, PAID, -150, "คืนเงิน")),
    "money_correction_unexplained": lambda: _paid((3, PAID, 100, ""), (4, PAID, -50, "")),
    "name_and_unit_disagree": lambda: _of(indicator(name="ร้อยละของเรื่องที่แล้วเสร็จ")),
    "unit_scale_mismatch": lambda: _of(indicator("14000000", "14016000", unit_of_measure="ล้านคน")),
    "unit_of_measure_missing": lambda: _of(indicator(unit_of_measure="")),
    "months_differ_from_printed_total": lambda: _of(indicator(claim=Claim(plan_total=D(52)))),
    "actual_months_differ_from_printed_total": lambda: _of(indicator(claim=Claim(actual_total=D(23)))),
    "printed_percent_differs": lambda: _of(indicator(claim=Claim(percent=D(60)))),
    "actual_is_percent_of_sibling": lambda: _of(
        indicator("1000 1000 1000", "1266 1267 1267"),
        percentage("80 80 80", "126.67 126.67 126.67", targets=(Target(YEAR, D(80)),)),
    ),
    "weight_repeats_target": lambda: _of(
        indicator(weight=D(100)), indicator("100 74", "99 73", target=174, weight=D(174))
    ),
    "stale_total": lambda: _of(
        indicator(
            "10000 20000 30000",
            "10111 20222 29987",
            aggregation=Aggregation.LATEST,
            claim=Claim(actual_total=D(20222)),
        )
    ),
    "percent_taken_of_percent": lambda: _of(
        percentage("85", "100", aggregation=Aggregation.LATEST, claim=Claim(D(85), D(118), D(138)))
    ),
    "rounded_before_banding": lambda: _of(indicator("50 50 50", "50 50 49", claim=Claim(D(150), D(149), D(100)))),
    "zero_hidden": lambda: _of(
        indicator("10 10 10", "30 30 30", weight=D(80)), indicator("10 10 10", "0 0 0", weight=D(20))
    ),
    "red_without_explanation": lambda: _of(indicator("10 10 10", "1 2 1")),
    "over_achieved": lambda: _of(indicator("10 10 10", "20 21 19")),
    "override_without_reason": lambda: _of(indicator(overrides=(Override(12, "", D(90)),))),
    "override_superseded": lambda: _of(
        indicator(overrides=(Override(12, "ก", D(90), decided_on=date(2026, 1, 5)), Override(12, "ข", D(95))))
    ),
    "override_band_unknown": lambda: _of(indicator(overrides=(Override(12, "ตามมติ", band="violet"),))),
    "done_with_poor_result": lambda: _of(indicator("10 10 10", "1 2 1"), status=ProjectStatus.DONE),
    "not_started_with_result": lambda: _of(status=ProjectStatus.NOT_STARTED),
}


def _two_alike(plan: Plan) -> Plan:
    row = ("20 20 20 20", "17.24 21.5 19.75 23.48")
    one, other = _of(indicator(*row)), _of(indicator(*row), id="X2", number=98, title="อีกงาน")
    return replace(plan, projects=(*plan.projects, one, other))


def _copied_line(plan: Plan, **changes: object) -> Plan:
    first = plan.projects[0]
    again = tuple(replace(i, id=f"X.{n}") for n, i in enumerate(first.indicators))
    return replace(
        plan, projects=(*plan.projects, replace(first, **{"id": "X1", "number": 99, "indicators": again, **changes}))
    )


PLANS: dict[str, Callable[[Plan], Plan]] = {
    "weights_above_not_100": lambda plan: replace(plan, projects=tuple(replace(p, weight=D(7)) for p in plan.projects)),
    "weight_above_missing": lambda plan: replace(
        plan, projects=(replace(plan.projects[0], weight=D(60)), *plan.projects[1:], replace(plan.projects[0], id="X9"))
    ),
    "kind_missing": lambda p: replace(p, projects=(replace(p.projects[0], kind=None), *p.projects[1:])),
    "period_missing": lambda p: replace(p, projects=(replace(p.projects[0], first_period=None), *p.projects[1:])),
    "work_days_differ": lambda p: replace(
        p, projects=(replace(p.projects[0], starts_on=date(2024, 10, 1), ends_on=date(2024, 9, 30)), *p.projects[1:])
    ),
    "unit_cycle": lambda p: replace(p, units=(*p.units, Unit("ก", "ก", parent="ข"), Unit("ข", "ข", parent="ก"))),
    "tactic_misplaced": lambda p: replace(p, tactics=(*p.tactics, Tactic("1.9", "1", "ใต้ตนเอง", parent="1.9"))),
    "heading_number_repeated": lambda p: replace(
        p, tactics=(*p.tactics, replace(p.tactics[0], code="1.9", number="1.1"))
    ),
    "group_wrong": lambda p: replace(p, projects=(replace(p.projects[0], shares_with="X0"), *p.projects[1:])),
    "unit_out_of_force": lambda p: replace(
        p,
        units=(*p.units, Unit("เดิม", "เดิม", valid_to=date(2024, 9, 30))),
        projects=(*p.projects, _of(responsible_units=("เดิม",))),
    ),
    "id_repeated": lambda p: replace(p, projects=(*p.projects, _of(id=p.projects[0].id))),
    "number_repeated": lambda p: _copied_line(p, number=p.projects[0].number, title="อีกงาน"),
    "same_project_listed_twice": _copied_line,
    "project_counted_once": lambda p: _copied_line(p, identity=p.projects[0].id),
    "repeated_project_differs": lambda p: _copied_line(p, identity=p.projects[0].id, budgets=(BudgetLine(D(123)),)),
    "identical_rows": _two_alike,
    "plan_not_reported": lambda p: replace(
        p, projects=(_of(indicator("5 5", ". .")), _of(indicator("6 6", ". ."), id="X2", number=98, title="อีกงาน"))
    ),
    "card_without_indicator": lambda p: replace(p, cards=(IndicatorCard("9.9", frequency="ปีละ 1 ครั้ง"),)),
    "report_frequency_invalid": lambda p: replace(
        p, cards=(IndicatorCard(p.projects[0].indicators[0].id, frequency="ร้อยละ"),)
    ),
    "card_unit_of_measure_differs": lambda p: replace(
        p, cards=(IndicatorCard(p.projects[0].indicators[0].id, unit_of_measure="ตัน"),)
    ),
    "indicator_without_card": lambda p: replace(p, cards=(IndicatorCard(p.projects[0].indicators[0].id),)),
    "fund_budget_differs": lambda p: replace(p, funds=(replace(p.funds[0], budget=D(1)),)),
    "allotments_unexplained": lambda p: replace(p, allotments=(Allotment("เงินใหม่", AllotmentSort.ADDED, D(1)),)),
    "announcement_replaces_unknown": lambda p: replace(
        p, allotments=(Allotment("ก", AllotmentSort.ANNOUNCED, D(1), "2", replaces="1"),)
    ),
    "announcement_twice": lambda p: replace(p, allotments=(Allotment("ก", AllotmentSort.ANNOUNCED, D(1), "1"),) * 2),
    "printed_summary_does_not_add": lambda p: replace(
        p,
        printed=tuple(
            PrintedCell("kinds", "", s, c, D(n)) for s, c, n in (("1", "total", 3), ("2", "total", 4), ("", "total", 9))
        ),
    ),
    "printed_summary_differs": lambda p: replace(
        p, printed=(PrintedCell("kinds", "", "", "total", D(len(p.projects) + 3)),)
    ),
}


def _bands(*uppers: int | None, **fields: object) -> RuleSet:
    """Rules whose bands end at ``uppers``."""
    made = tuple(Band(f"b{n}", f"ระดับ {n}", f"Band {n}", None if u is None else D(u)) for n, u in enumerate(uppers))
    return replace(PERCENT_OF_PLAN, **{"bands": made, "explain_below": "", **fields})


RULES: dict[str, RuleSet] = {
    "band_never_reached": _bands(75, 50, None),
    "best_band_limited": _bands(75, 100),
    "band_code_repeated": replace(PERCENT_OF_PLAN, bands=(*PERCENT_OF_PLAN.bands[1:], PERCENT_OF_PLAN.bands[1])),
    "explained_band_unknown": replace(PERCENT_OF_PLAN, explain_below="red"),
    "classes_not_five": replace(PERCENT_OF_PLAN, method=Method.TRANSPARENCY),
    "points_out_of_order": replace(
        PERCENT_OF_PLAN, method=Method.FIVE_LEVEL, scale=PointScale((D(60), D(80), D(70)), (D(1), D(2), D(3)))
    ),
}
