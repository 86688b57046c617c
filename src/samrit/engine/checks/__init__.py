"""Checks: what looks wrong in a plan and its figures, as findings (requirements §21, rules.md).

``CHECKS`` is the whole list; each check is one small function named for what is wrong, which is the finding's code.
It looks at a :class:`Scene`, never changes a figure, never raises on what a plan holds; rules/checks.md lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from samrit.engine.arithmetic import exact
from samrit.engine.checks import (
    assessment,
    breakdowns,
    cards,
    levels,
    links,
    money,
    movements,
    printed,
    rules,
    sharing,
    sites,
    structure,
    summary,
    targets,
    ways,
    weights,
)
from samrit.engine.checks.figures import accumulation, months, repetition, shares, silence, slips
from samrit.engine.checks.scene import Scene, scene_of
from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet
from samrit.vocabulary.findings import Finding, Severity

Check = Callable[[Scene], Iterator[Finding]]

_OF_RULES: tuple[Check, ...] = (
    rules.band_never_reached,
    rules.best_band_limited,
    rules.band_code_repeated,
    rules.explained_band_unknown,
    rules.classes_not_five,
    rules.points_out_of_order,
)

CHECKS: tuple[Check, ...] = (
    # The frame of the plan: is everything there, and does every name lead somewhere?
    structure.project_without_indicator,
    structure.indicator_without_reporter,
    structure.one_reports_for_all,
    structure.kind_missing,
    structure.period_missing,
    structure.work_days_differ,
    structure.unknown_heading,
    structure.tactic_misplaced,
    structure.heading_number_repeated,
    structure.group_wrong,
    structure.unknown_unit,
    structure.unit_out_of_force,
    structure.unit_cycle,
    links.unknown_link_code,
    links.link_crosses_tree,
    links.several_main_links,
    sharing.shared_figure_unknown,
    sharing.shared_figure_chained,
    sharing.shared_figure_differs,
    repetition.id_repeated,
    repetition.number_repeated,
    repetition.same_project_listed_twice,
    repetition.project_counted_once,
    repetition.repeated_project_differs,
    # The rules that the plan is judged by
    *_OF_RULES,
    # Weights
    weights.weights_not_100,
    weights.weight_missing,
    weights.weights_above_not_100,
    breakdowns.breakdown_differs,
    breakdowns.category_repeated,
    weights.weight_above_missing,
    weights.weights_split_equally,
    weights.weight_out_of_range,
    weights.weight_repeats_target,
    # Targets against the monthly plan, and over the years
    targets.indicator_without_target,
    targets.indicator_without_plan,
    targets.target_differs_from_plan_total,
    targets.percent_months_summed,
    targets.target_as_fraction,
    targets.comparator_against_direction,
    targets.target_fell,
    targets.target_unit_changed,
    targets.result_without_plan,
    # Months: where they are and how they run
    months.period_invalid,
    months.entry_outside_year,
    months.entry_repeated,
    months.planned_outside_period,
    months.reported_outside_period,
    months.not_reported,
    months.plan_not_reported,
    silence.partly_reported,
    silence.units_silent,
    silence.whole_figure_beside_units,
    months.to_date_falls,
    months.same_value_copied,
    *slips.CHECKS,
    months.actual_out_of_scale,
    repetition.identical_rows,
    # How months become a total
    *accumulation.CHECKS,
    # Percentages and their parts
    shares.share_above_100,
    shares.percent_above_100,
    shares.percent_as_fraction,
    shares.actual_is_percent_of_sibling,
    shares.part_exceeds_whole,
    shares.parts_not_counted,
    shares.denominator_zero,
    shares.share_differs_from_parts,
    shares.rate_scale_differs,
    shares.ratio_without_parts,
    shares.consolidation_missing,
    # Levels
    levels.levels_missing,
    levels.level_numbers_missing,
    levels.level_above_scale,
    levels.level_falls,
    levels.level_planned_off_due_month,
    levels.level_due_out_of_order,
    levels.level_due_outside_period,
    levels.level_skipped,
    levels.thresholds_out_of_order,
    levels.baseline_missing,
    levels.baseline_beyond_plan,
    # Deadlines, ranges, rates
    ways.deadline_without_due,
    ways.due_day_outside_month,
    ways.reached_day_outside_month,
    ways.range_end_missing,
    ways.range_reversed,
    ways.upper_without_range,
    ways.scale_not_positive,
    # Sites and money
    sites.sites_differ_from_project,
    sites.planned_sites_differ_from_project,
    sites.site_budgets_differ_from_project,
    sites.site_done_before_contract,
    sites.site_commitment_undated,
    sites.site_instalments_exceeded,
    money.budget_shares_differ,
    money.budget_listed_twice,
    money.budget_not_read,
    money.budget_negative,
    money.fund_budget_differs,
    money.allotments_unexplained,
    money.announcement_replaces_unknown,
    money.announcement_twice,
    movements.spending_plan_differs,
    movements.money_spent_over_budget,
    movements.money_without_budget,
    movements.money_before_period,
    movements.money_below_zero,
    movements.money_correction_unexplained,
    # Names, units of measure, cards
    cards.name_and_unit_disagree,
    cards.unit_scale_mismatch,
    cards.unit_of_measure_missing,
    cards.report_frequency_invalid,
    cards.card_unit_of_measure_differs,
    cards.card_units_differ,
    cards.card_without_indicator,
    cards.indicator_without_card,
    # What a document prints against what its figures give
    printed.months_differ_from_printed_total,
    printed.actual_months_differ_from_printed_total,
    printed.stale_total,
    printed.percent_taken_of_percent,
    printed.printed_percent_differs,
    printed.rounded_before_banding,
    printed.printed_with_other_places,
    printed.printed_percent_missing,
    summary.printed_summary_differs,
    summary.printed_summary_does_not_add,
    summary.share_places_do_not_round,
    summary.printed_share_differs,
    summary.manpower_does_not_add,
    # The evaluation itself
    assessment.zero_hidden,
    assessment.red_without_explanation,
    assessment.over_achieved,
    assessment.override_without_reason,
    assessment.override_superseded,
    assessment.override_band_unknown,
    assessment.done_with_poor_result,
    assessment.not_started_with_result,
)


# Checks that hold works against one another or against the whole plan.  Every other check
# looks at one work at a time, so its findings on a work hold as long as the work is the same.
ACROSS_WORKS: frozenset[Check] = frozenset(
    {
        structure.one_reports_for_all,
        structure.kind_missing,
        structure.period_missing,
        structure.unknown_unit,
        structure.unit_out_of_force,
        structure.unit_cycle,
        structure.tactic_misplaced,
        structure.heading_number_repeated,
        structure.group_wrong,
        *_OF_RULES,
        sharing.shared_figure_unknown,
        sharing.shared_figure_chained,
        sharing.shared_figure_differs,
        repetition.id_repeated,
        repetition.number_repeated,
        repetition.same_project_listed_twice,
        repetition.project_counted_once,
        repetition.repeated_project_differs,
        repetition.identical_rows,
        weights.weights_above_not_100,
        weights.weight_above_missing,
        months.plan_not_reported,
        silence.partly_reported,
        weights.weights_split_equally,
        money.fund_budget_differs,
        money.allotments_unexplained,
        money.announcement_replaces_unknown,
        money.announcement_twice,
        movements.spending_plan_differs,
        movements.money_spent_over_budget,
        movements.money_without_budget,
        movements.money_before_period,
        movements.money_below_zero,
        movements.money_correction_unexplained,
        cards.report_frequency_invalid,
        cards.card_unit_of_measure_differs,
        cards.card_units_differ,
        cards.card_without_indicator,
        printed.printed_percent_missing,
        summary.printed_summary_differs,
        summary.printed_summary_does_not_add,
        summary.share_places_do_not_round,
        summary.printed_share_differs,
        summary.manpower_does_not_add,
    }
)
_ACROSS = tuple((rank, check) for rank, check in enumerate(CHECKS) if check in ACROSS_WORKS)
_WITHIN = tuple((rank, check) for rank, check in enumerate(CHECKS) if check not in ACROSS_WORKS)

Ranked = tuple[int, Finding]  # a finding with its check's place in CHECKS


@exact
def check_plan(plan: Plan, ruleset: RuleSet, as_of: int) -> tuple[Finding, ...]:
    """Return what looks wrong in ``plan`` evaluated over periods 1..``as_of``, gravest first, then in plan order.

    Printed figures (claims, summary tables) are compared with the whole year, or with
    the figures to date where those fit.  Raises ValueError for a period outside 0..12.
    """
    scene = scene_of(plan, ruleset, as_of)
    return tuple(finding for _, finding in in_order(plan, (*across_works(scene), *within_works(scene))))


@exact
def across_works(scene: Scene) -> tuple[Ranked, ...]:
    """Return the findings of the checks that look at the whole plan."""
    return tuple((rank, finding) for rank, check in _ACROSS for finding in check(scene))


@exact
def within_works(scene: Scene) -> tuple[Ranked, ...]:
    """Return the findings of the checks that look at one work at a time, on all works of the scene."""
    return tuple((rank, finding) for rank, check in _WITHIN for finding in check(scene))


def in_order(plan: Plan, found: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Return findings gravest first, then in plan order, then in the order of the checks."""
    position = _positions(plan)
    gravity = {severity: rank for rank, severity in enumerate(Severity)}

    def place(ranked: Ranked) -> tuple[int, int, int]:
        rank, finding = ranked
        return gravity[finding.severity], position.get(finding.place.record, len(position)), rank

    return tuple(sorted(found, key=place))


def _positions(plan: Plan) -> dict[str, int]:
    """Return the place of every record in the plan's own order."""
    position: dict[str, int] = {}
    for project in plan.projects:
        for record in (project.id, *(i.id for i in project.indicators), *(s.id for s in project.sites)):
            position.setdefault(record, len(position))
    return position
