"""Every worked table of the rules' pages holds: the page is the test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.arithmetic import exact, round_half_up, settle
from samrit.engine.bands import band_of, shown_percent, transparency_band
from samrit.engine.checks import check_plan
from samrit.engine.choices import AssessmentTool, TransparencyClass
from samrit.engine.indicators.achievement import achievement
from samrit.engine.indicators.assessment import assessment
from samrit.engine.indicators.levels import in_force, level_of, points
from samrit.engine.indicators.mergers import Successors
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import (
    Aggregation,
    BudgetLine,
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
    Project,
    Quantity,
    Rhythm,
    Target,
    Unit,
)
from samrit.engine.money import money_total, moved_by_key
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.rollup import NO_PLAN_COLUMN, adds_up, budget_total, share, tabulate
from samrit.engine.ruleset import (
    OFFICE_BANDS,
    PERCENT_OF_PLAN,
    Band,
    Method,
    PointScale,
    RuleSet,
    SilentUnits,
    WithoutPlan,
)
from samrit.engine.score import score, score_project
from samrit.vocabulary.periods import period_dates
from tests.engine import rule_tables
from tests.engine.rule_tables import Case, cases, decimal, listed

YEAR = 2568
# read by test_allotments, test_breakdown, test_forecast, test_from_records, test_overall, test_sites and test_watch
TESTED: set[str] = {
    "money_source", "money_differences",
    "run_rate", "back_test", "sites_committed", "sites_recorded", "site_progress", "watch", "above", "breakdown",
    "sites_progress", "watch_test", "steps_over", "assessed",
}  # fmt: skip


def table(name: str) -> pytest.MarkDecorator:
    """Run a test on every row of the tables of that name."""
    TESTED.add(name)
    return pytest.mark.parametrize("case", cases(name), ids=str)


def _settled(value: Decimal | None) -> Decimal | None:
    return None if value is None else settle(value)


def _total(indicator: Indicator, as_of: int = 12, successors: Successors | None = None) -> tuple[Decimal | None, str]:
    made = exact(indicator_total)(indicator, Side.ACTUAL, as_of, successors)
    return _settled(made.value), made.note


def _evaluated(project: Project, as_of: int = 12, ruleset: RuleSet = PERCENT_OF_PLAN) -> ProjectResult:
    return score(Plan("p", "แผน", YEAR, projects=(project,)), ruleset, as_of).projects[0]


@table("total")
def test_totals(case: Case) -> None:
    """TO1, TO2, TO3, TO4, TO5: months that were reported give the total up to a period."""
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation(case["aggregation"]), entries=rule_tables.entries("", case["months"])
    )
    assert _total(indicator)[0] == decimal(case["total"])


@table("span")
def test_figures_for_several_months(case: Case) -> None:
    """TO1: a figure for several months counts once, in the month in which it ends."""
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation(case["aggregation"]), entries=rule_tables.span_entries(case["entries"])
    )
    assert _total(indicator, int(case["as of"]))[0] == decimal(case["total"])


@table("to_date")
def test_running_totals(case: Case) -> None:
    """TO1: totals to date replace each other within a series."""
    successors, made = {}, ()
    for part in case["entries"].split(";"):
        unit, _, figures = part.strip().partition(":")
        code, *note = unit.split(" ", 1)
        if note and note[0].startswith("(takes over from"):
            successors[note[0].removeprefix("(takes over from ").rstrip(")")] = ((code, 1),)
        made += rule_tables.span_entries(figures, code)
    indicator = Indicator("I", 1, "", entry_basis=EntryBasis.TO_DATE, entries=made)
    assert _total(indicator, successors=successors)[0] == decimal(case["total"])


@table("ratio")
def test_ratios(case: Case) -> None:
    """TO6: the ratio of the sums, not the mean of the ratios."""
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation.RATIO, entries=rule_tables.parts_entries(case["parts by month"])
    )
    assert _total(indicator) == (decimal(case["total"]), case["note"])


@table("units")
def test_several_units(case: Case) -> None:
    """RU3: what several units report is put together as declared."""
    made = ()
    for part in case["units"].split(";"):
        unit, _, figures = (p.strip() for p in part.partition(":"))
        code = "" if unit == "whole" else unit
        read = rule_tables.parts_entries if "/" in figures else _unit_months
        made += read(figures, code)
    consolidation = Consolidation(case["consolidation"]) if case["consolidation"] else None
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation(case["aggregation"]), consolidation=consolidation, entries=made
    )
    assert _total(indicator) == (decimal(case["total"]), case["note"])


def _joint(case: Case) -> Indicator:
    return Indicator(
        "P.1",
        1,
        "",
        aggregation=Aggregation(case["aggregation"]),
        consolidation=Consolidation(case["consolidation"]) if case["consolidation"] else None,
        entry_basis=EntryBasis(case["basis"]),
        direction=Direction(case["direction"]),
        entries=rule_tables.unit_entries(case["plan"], case["actual"]),
    )


def _merged(text: str) -> tuple[Unit, ...]:
    """Return the register of ``B into A after 6``: B closed on the last day of month 6."""
    if not text:
        return ()
    one, _, rest = text.partition(" into ")
    other, _, month = rest.partition(" after ")
    closed = period_dates(YEAR, "calendar", int(month))[1] if month else None
    return Unit(one, one, successor=other, valid_to=closed), Unit(other, other)


@table("joint")
def test_months_over_their_units(case: Case) -> None:
    project = Project("P", 1, "", "1", indicators=(_joint(case),))
    plan = Plan("p", "", YEAR, projects=(project,), units=_merged(case["merged"]))
    made = score(plan, PERCENT_OF_PLAN, int(case["as of"])).projects[0].indicators[0]
    totals = (_settled(made.plan_total.value), _settled(made.actual_total.value))
    assert totals == (decimal(case["plan total"]), decimal(case["actual total"]))
    assert _settled(made.percent) == decimal(case["percent"])


@table("rhythm")
def test_figures_count_up_to_the_last_month_that_is_reported(case: Case) -> None:
    """SP2: the plan's rhythm and the indicator's own say the same, and scoring once more changes nothing."""
    aggregation = Aggregation(case["aggregation"])
    entries = rule_tables.entries(case["plan"], case["actual"])
    indicator = Indicator("P.1", 1, "", aggregation=aggregation, entries=entries)
    rhythm, as_of = Rhythm(case["rhythm"]), int(case["as of"])
    own = _scored_in(indicator, as_of, rhythm=rhythm)
    totals = (_settled(own.plan_total.value), _settled(own.actual_total.value))
    assert (own.state.value, *totals) == (case["state"], decimal(case["plan total"]), decimal(case["actual total"]))
    assert _settled(own.percent) == decimal(case["percent"])
    for again in (replace(indicator, rhythm=rhythm), own.indicator):
        assert _scored_in(again, as_of)[1:] == own[1:]


def _scored_in(indicator: Indicator, as_of: int, rhythm: Rhythm | None = None) -> IndicatorResult:
    plan = Plan("p", "", YEAR, rhythm=rhythm, projects=(Project("P", 1, "", "1", indicators=(indicator,)),))
    return score(plan, PERCENT_OF_PLAN, as_of).projects[0].indicators[0]


@table("partly")
def test_what_is_partly_reported(case: Case) -> None:
    made = _evaluated(Project("P", 1, "", "1", indicators=(_joint(case),))).indicators[0]
    coverage = made.coverage
    assert _settled(made.percent) == decimal(case["percent"])
    assert f"{coverage.reported} of {coverage.due}" == case["figures"]
    assert f"{coverage.units_reported} of {coverage.units_due}" == case["units"]


@table("left_out")
def test_what_is_partly_reported_with_silent_units_left_out(case: Case) -> None:
    """AC8 (d) as a rule set may have it; sums keep their own rules."""
    project = Project("P", 1, "", "1", indicators=(_joint(case),))
    made = _evaluated(project, ruleset=replace(PERCENT_OF_PLAN, silent_units=SilentUnits.LEFT_OUT)).indicators[0]
    assert _settled(made.percent) == decimal(case["percent"])
    assert f"{made.coverage.reported} of {made.coverage.due}" == case["figures"]
    assert f"{made.coverage.units_reported} of {made.coverage.units_due}" == case["units"]


def _unit_months(text: str, unit: str) -> tuple:
    return tuple(replace(e, unit=unit) for e in rule_tables.entries("", text))


@table("achievement")
def test_achievement(case: Case) -> None:
    """AC1, AC4, AC6: percent of plan, nothing planned, and due but not reported."""
    value = rule_tables.figure(case["target"]) if case["target"] else Mark.BLANK
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation(case["aggregation"]),
        entries=rule_tables.entries(case["plan"], case["actual"]),
        targets=(Target(YEAR, value),),
    )
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, 12, year_be=YEAR)
    assert (_settled(made.percent), made.state.value) == (decimal(case["percent"]), case["state"])


@table("as_of")
def test_to_date(case: Case) -> None:
    """AC2: what is not due yet does not count."""
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation(case["aggregation"]),
        entries=rule_tables.entries(case["plan"], case["actual"]),
    )
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, int(case["as of"]))
    assert (_settled(made.percent), made.state.value) == (decimal(case["percent"]), case["state"])


@table("direction")
def test_direction_and_baseline(case: Case) -> None:
    """AC3: lower is better, and ways from a baseline."""
    indicator = Indicator(
        "I",
        1,
        "",
        formula=Formula(case["formula"]),
        direction=Direction(case["direction"]),
        baseline=decimal(case["baseline"]),
        entries=rule_tables.entries(case["plan"], case["actual"]),
    )
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, 12)
    assert (_settled(made.percent), made.state.value) == (decimal(case["percent"]), case["state"])


@table("thresholds")
def test_threshold_levels(case: Case) -> None:
    """AC5: levels by thresholds."""
    levels = tuple(Level(n, threshold=Decimal(t)) for n, t in enumerate(listed(case["thresholds"]), 1))
    indicator = Indicator(
        "I", 1, "", direction=Direction(case["direction"]), interpolated=case["interpolated"] == "yes", levels=levels
    )
    assert level_of(Decimal(case["value"]), indicator) == decimal(case["level"])


@table("periods")
def test_thresholds_of_a_period(case: Case) -> None:
    """AC5: the thresholds that hold at the evaluated month decide, in scoring too."""
    first, *later = case["levels"].split(", from ")
    held: dict[int, list[tuple[int, Decimal]]] = {}
    for text in later:
        start, _, values = text.partition(": ")
        for number, value in enumerate(values.split(), 1):
            held.setdefault(number, []).append((int(start), Decimal(value)))
    levels = tuple(
        Level(n, threshold=Decimal(t), thresholds=tuple(held.get(n, ()))) for n, t in enumerate(first.split(), 1)
    )
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation.LATEST, formula=Formula.LEVELS, levels=levels,
        entries=(Entry(1, actual=Decimal(case["value"])), Entry(12, planned=Decimal(3))),
    )  # fmt: skip
    as_of = int(case["as of"])
    assert level_of(Decimal(case["value"]), in_force(indicator, as_of)) == decimal(case["level"])
    (made,) = score_project(Project("P", 1, "", "1", indicators=(indicator,)), PERCENT_OF_PLAN, as_of).indicators
    assert [level.threshold for level in made.indicator.levels] == [
        level.threshold for level in in_force(indicator, as_of).levels
    ]


@table("before_thresholds")
def test_values_before_any_threshold_holds(case: Case) -> None:
    """AC5: a value is of no level yet, and no check compares it with one (AC12)."""
    start, _, values = case["levels"].removeprefix("from ").partition(": ")
    levels = tuple(Level(n, thresholds=((int(start), Decimal(t)),)) for n, t in enumerate(values.split(), 1))
    indicator = Indicator(
        "I", 1, "", aggregation=Aggregation.LATEST, formula=Formula.LEVELS, levels=levels,
        quantity=Quantity(case["quantity"]) if case["quantity"] else None,
        entries=(Entry(1, planned=Decimal(case["plan"]), actual=Decimal(case["value"])),),
    )  # fmt: skip
    as_of, project = int(case["as of"]), Project("P", 1, "", "1", indicators=(indicator,))
    (made,) = score_project(project, PERCENT_OF_PLAN, as_of).indicators
    assert (made.state.value, _settled(made.percent)) == (case["state"], decimal(case["percent"]))
    found = check_plan(Plan("p", "", 2568, projects=(project,)), PERCENT_OF_PLAN, as_of)
    assert not {"level_above_scale", "levels_missing", "actual_out_of_scale"} & {each.code for each in found}


@table("milestones")
def test_milestone_levels(case: Case) -> None:
    """AC5: levels by what was reached."""
    levels = []
    for number, text in enumerate(listed(case["levels"]), 1):
        due, reached = text.split("/")
        levels.append(Level(number, due_period=int(due), reached_period=None if reached == "–" else int(reached)))
    indicator = Indicator("I", 1, "", formula=Formula.LEVELS, levels=tuple(levels))
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, int(case["as of"]))
    assert (made.level_planned, made.level_reached) == (decimal(case["planned"]), decimal(case["reached"]))
    assert _settled(made.percent) == decimal(case["percent"])


@table("deadline")
def test_deadlines(case: Case) -> None:
    """AC11: on time, late by calendar months, not reached, not due."""
    due, due_on = _month_and_day(case["due"])
    reached, reached_on = _month_and_day(case["reached"]) if case["reached"] != "–" else (None, None)
    level = Level(1, due_period=due, reached_period=reached, reached_on=reached_on, due_on=due_on)
    indicator = Indicator("I", 1, "", formula=Formula.DEADLINE, levels=(level,))
    step = Decimal(case["late_month"] or "10")
    project = Project("P", 1, "", "1", indicators=(indicator,))
    (made,) = _evaluated(project, int(case["as of"]), replace(PERCENT_OF_PLAN, late_month=step)).indicators
    assert (_settled(made.percent), made.state.value) == (decimal(case["percent"]), case["state"])


_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month_and_day(text: str) -> tuple[int | None, date | None]:
    """Read ``2``, ``2 (15 Feb)`` and, where only the day is given, ``(15 Nov 2024)``."""
    month, _, day = text.partition("(")
    number = int(month) if month.strip() else None
    if not day:
        return number, None
    of_month, name, *year = day.rstrip(")").split()
    return number, date(int(year[0]) if year else 2025, _MONTH_NAMES.index(name) + 1, int(of_month))


@table("quantity")
def test_measured_values_and_levels(case: Case) -> None:
    """AC12: people plan and report values or levels, and levels are compared."""
    is_lower = case["direction"] == "lower"
    thresholds = ("10", "9.5", "9", "8.5", "8") if is_lower else ("60", "70", "80", "90", "100")
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation.LATEST,
        formula=Formula.LEVELS,
        direction=Direction(case["direction"]),
        levels=tuple(Level(n, threshold=Decimal(t)) for n, t in enumerate(thresholds, 1)),
        quantity=Quantity(case["quantity"]) if case["quantity"] else None,
        entries=rule_tables.entries(case["plan"], case["actual"]),
    )
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, 12)
    assert (made.level_planned, made.level_reached) == (decimal(case["planned level"]), decimal(case["level"]))
    assert _settled(made.percent) == decimal(case["percent"])


@table("levels_in_words")
def test_levels_that_only_words_describe(case: Case) -> None:
    """AC12: what is reported on them is a level."""
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation.LATEST,
        formula=Formula.LEVELS,
        levels=tuple(Level(n, f"ขั้น {n}") for n in range(1, int(case["levels"]) + 1)),
        quantity=Quantity(case["quantity"]) if case["quantity"] else None,
        entries=rule_tables.entries(case["plan"], case["actual"]),
    )
    made = exact(achievement)(indicator, PERCENT_OF_PLAN, 12)
    assert (made.state.value, _settled(made.percent)) == (case["state"], decimal(case["percent"]))


@table("range")
def test_ranges(case: Case) -> None:
    """AC13: inside, and how far outside."""
    uppers = rule_tables.months(case["upper"])
    made = rule_tables.entries(case["lower"], case["actual"])
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation(case["aggregation"]) if case["aggregation"] != "–" else Aggregation.LATEST,
        formula=Formula.RANGE,
        entries=tuple(replace(e, planned_upper=uppers.get(e.period, Mark.BLANK)) for e in made),
    )
    result = exact(achievement)(indicator, PERCENT_OF_PLAN, 12)
    assert (_settled(result.percent), result.state.value) == (decimal(case["percent"]), case["state"])


@table("rate")
def test_rates(case: Case) -> None:
    """AC14: parts give a rate in the scale of its plan."""
    parts = rule_tables.parts_entries(case["parts by month"])
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation.RATIO,
        direction=Direction(case["direction"]),
        scale=decimal(case["scale"]) if case["scale"] else None,
        unit_of_measure=case["unit of measure"],
        entries=tuple(replace(e, planned=Decimal(case["plan"])) for e in parts),
    )
    result = exact(achievement)(indicator, PERCENT_OF_PLAN, 12)
    assert _settled(result.actual_total.value) == decimal(case["total"])
    assert _settled(result.percent) == decimal(case["percent"])


def _weighted_project(weights: str, percents: str) -> Project:
    """A project whose indicators have plan 100 and the given percents as actual figures."""
    indicators = []
    for number, (weight, percent) in enumerate(zip(listed(weights), listed(percents), strict=True), 1):
        plan, actual = {
            "not due": ("–, –", "–, –"),
            "no plan": ("–, –", "5, –"),
            "not reported": ("100, –", "–, –"),
        }.get(percent, ("100, –", f"{percent}, –"))
        made = rule_tables.entries(plan, actual)
        if percent == "not due":
            made = tuple(replace(e, actual=Decimal(0)) for e in made)
        indicators.append(
            Indicator(f"P.{number}", number, "", weight=decimal(weight), entries=made, aggregation=Aggregation.SUM)
        )
    return Project("P", 1, "", "1", indicators=tuple(indicators))


@table("weights")
def test_weights(case: Case) -> None:
    """WE1, WE2, WE3, M-A: weighted, equal and spread weights give the percent of a work."""
    # Month 11, so that what is not due stays out instead of turning red at the year's end (BA4).
    made = _evaluated(_weighted_project(case["weights"], case["percents"]), 11)
    assert made.percent == decimal(case["percent"])
    assert made.normalised_percent == decimal(case["normalised"])


@table("cap")
def test_caps(case: Case) -> None:
    """AC7: the cap, and the second reading beside it."""
    made = _evaluated(
        _weighted_project(case["weights"], case["percents"]), 12, replace(PERCENT_OF_PLAN, cap=decimal(case["cap"]))
    )
    assert made.percent == decimal(case["percent"])
    assert made.second_percent == decimal(case["second reading (cap 100)"])


@table("override")
def test_overrides(case: Case) -> None:
    """WE4: a result settled by hand stands, with the computed one beside it."""
    settled = case["override"]
    override = Override(
        int(case["period"]),
        "เหตุผล",
        percent=None if settled.startswith("band ") else Decimal(settled),
        band=settled.removeprefix("band ") if settled.startswith("band ") else "",
    )
    project = replace(_weighted_project("100", case["computed"]), overrides=(override,))
    made = _evaluated(project, int(case["as of"]))
    assert made.percent == decimal(case["percent"])
    assert made.computed_percent == decimal(case["computed beside"])
    assert made.band is not None
    assert made.band.code == case["band"]


@table("lowest")
def test_the_lowest_indicator(case: Case) -> None:
    """WE5: the lowest indicator is named beside the average."""
    made = _evaluated(_weighted_project(case["weights"], case["percents"]), 11)
    assert made.percent == decimal(case["percent"])
    assert made.lowest is not None
    assert made.lowest.indicator.number == int(case["lowest"])


@table("band")
def test_bands(case: Case) -> None:
    """BA1: each percent has one band."""
    assert band_of(Decimal(case["percent"]), PERCENT_OF_PLAN).code == case["band"]


@table("shown")
def test_what_is_printed_beside_a_band(case: Case) -> None:
    """BA2: what is printed never contradicts the band."""
    assert str(shown_percent(Decimal(case["percent"]), PERCENT_OF_PLAN)) == case["shown"]


@table("signs")
def test_signs_and_names(case: Case) -> None:
    """BA3: a sign and a name beside every colour."""
    band = next(b for b in OFFICE_BANDS if b.code == case["band"])
    assert (band.sign, band.name) == (case["sign"], case["name"])


@table("counts")
def test_what_counts(case: Case) -> None:
    """BA4: what counts in the tables."""
    plan, actual = ("" if case[side] == "–" else case[side] for side in ("plan", "actual"))
    project = Project("P", 1, "", "1", indicators=(Indicator("P.1", 1, "", entries=rule_tables.entries(plan, actual)),))
    made = _evaluated(project, int(case["as of"]))
    assert made.counts is (case["counts"] == "yes")
    assert (made.band.code if made.band else "none") == case["band"]


@table("without_plan")
def test_works_without_a_plan(case: Case) -> None:
    """AC4, R187: what a work without any scored indicator comes to at the year's end."""
    plan, actual = ("" if case[side] == "–" else case[side] for side in ("plan", "actual"))
    project = Project("P", 1, "", "1", indicators=(Indicator("P.1", 1, "", entries=rule_tables.entries(plan, actual)),))
    for choice in WithoutPlan:
        made = _evaluated(project, int(case["as of"]), replace(PERCENT_OF_PLAN, without_plan=choice))
        said = f"{made.percent} {made.band.code}" if made.band else "no_plan" if made.counts else "not counted"
        assert said == case[choice.value]
        column = tabulate([made], columns="band", where=lambda r: r.counts).total
        assert adds_up(tabulate([made], where=lambda r: r.counts))
        assert column.cell(NO_PLAN_COLUMN) == (said == "no_plan")


@table("lowest_for_best")
def test_what_the_best_band_asks_of_every_indicator(case: Case) -> None:
    """WE5, R186: no indicator below 50, where a rule set says so."""
    ruleset = replace(PERCENT_OF_PLAN, lowest_for_best=decimal(case["lowest_for_best"]))
    made = _evaluated(_weighted_project(case["weights"], case["percents"]), 11, ruleset)
    assert made.percent == decimal(case["percent"])
    assert made.band is not None
    assert made.band.code == case["band"]
    assert ("WE5" in made.rules) is (made.band.code != band_of(made.percent or Decimal(), ruleset).code)


@table("rounding")
def test_rounding(case: Case) -> None:
    """DI1: half up, once, at the end."""
    assert str(round_half_up(Decimal(case["value"]), int(case["places"]))) == case["shown"]


@table("share")
def test_shares(case: Case) -> None:
    """DI2: shares are rounded each by itself, and not forced to add up."""
    assert str(share(int(case["count"]), int(case["total"]), PERCENT_OF_PLAN)) == case["share"]


@table("once")
def test_projects_count_once(case: Case) -> None:
    """RU1: a work on several lines counts once."""
    projects = []
    for number, line in enumerate(listed(case["lines"]), 1):
        record, _, rest = line.partition("=")
        identity, strategy, budget = rest.split("/")
        projects.append(
            Project(record, number, "", strategy, identity=identity, budgets=(BudgetLine(Decimal(budget)),))
        )
    result = score(Plan("p", "", YEAR, projects=tuple(projects)), PERCENT_OF_PLAN, 12)
    counted = tabulate(result.projects)
    assert counted.total.total == int(case["counted"])
    assert sum(row.total for row in counted.rows) == int(case["listed"])
    assert adds_up(counted)
    money = budget_total(projects)
    assert (money.once, money.listed) == (decimal(case["money once"]), decimal(case["money listed"]))


@table("table")
def test_tables_add_up(case: Case) -> None:
    """RU2: rows and columns add up to the total."""
    percents = {"good": "100", "fair": "80", "low": "60", "improve": "10"}
    projects = []
    for number, text in enumerate(listed(case["projects (strategy/band)"]), 1):
        strategy, band = text.split("/")
        projects.append(
            replace(_weighted_project("100", percents[band]), id=f"P{number}", number=number, strategy=strategy)
        )
    made = tabulate(score(Plan("p", "", YEAR, projects=tuple(projects)), PERCENT_OF_PLAN, 12).projects)
    assert ", ".join(f"{row.key}:{row.total}" for row in made.rows) == case["rows"]
    assert made.total.total == int(case["total"])
    assert adds_up(made) is (case["adds up"] == "yes")


@table("points")
def test_points(case: Case) -> None:
    """M-B, M-C, M-D: percents to points."""
    scale = PointScale(
        tuple(map(Decimal, listed(case["thresholds"]))),
        tuple(map(Decimal, listed(case["points"]))),
        interpolated=case["interpolated"] == "yes",
        floor=Decimal(case["floor"]),
    )
    made = points(Decimal(case["value"]), scale, lower_is_better=case["direction"] == "lower")
    assert made == decimal(case["score"])


_SCORE_BANDS = tuple(Band(str(n), str(n), str(n), None if n == 5 else Decimal(n)) for n in range(1, 6))


@table("lowest_points")
def test_what_the_best_band_asks_of_every_indicator_under_points(case: Case) -> None:
    """WE5, I6: points are held against points."""
    ruleset = replace(
        PERCENT_OF_PLAN, method=Method.FIVE_LEVEL, bands=_SCORE_BANDS, scale=_FIVE,
        lowest_for_best=decimal(case["lowest_for_best"]),
    )  # fmt: skip
    made = _evaluated(_weighted_project(case["weights"], case["percents"]), 11, ruleset)
    assert (made.score, made.band.code if made.band else "") == (decimal(case["score"]), case["band"])


@table("points_of_levels")
def test_the_points_of_a_level(case: Case) -> None:
    """M-B, M-C, M-D: a level is worth the rule set's points of its place, or its number."""
    worth = listed(case["points"])
    scale = PointScale(
        tuple(Decimal(70 + 10 * n) for n in range(len(worth))), tuple(map(Decimal, worth)),
        case["interpolated"] == "yes", Decimal(case["floor"]),
    )  # fmt: skip
    ruleset = replace(PERCENT_OF_PLAN, method=Method.ANCHORS, bands=_SCORE_BANDS, scale=scale)
    indicator = Indicator(
        "P.1", 1, "", aggregation=Aggregation.LATEST, formula=Formula.LEVELS, quantity=Quantity.LEVEL,
        levels=tuple(Level(n, threshold=Decimal(n)) for n in range(1, int(case["levels"]) + 1)),
        entries=rule_tables.entries(case["levels"], case["level"]),
    )  # fmt: skip
    (made,) = _evaluated(Project("P", 1, "", "1", indicators=(indicator,)), ruleset=ruleset).indicators
    assert made.score == decimal(case["score"])


@table("method")
def test_methods_over_a_project(case: Case) -> None:
    """M-B: points over a work."""
    scale, _, floor = case["scale"].partition(" floor ")
    thresholds, _, worth = scale.partition(" = ")
    ruleset = RuleSet(
        "r",
        "",
        "",
        date(2025, 1, 1),
        Method(case["method"]),
        _SCORE_BANDS,
        scale=PointScale(
            tuple(map(Decimal, listed(thresholds))), tuple(map(Decimal, listed(worth))), floor=Decimal(floor)
        ),
    )
    made = _evaluated(_weighted_project(case["weights"], case["percents"]), 11, ruleset)
    assert made.score == decimal(case["score"])


_FIVE = PointScale(tuple(map(Decimal, (60, 70, 80, 90, 100))), tuple(map(Decimal, (1, 2, 3, 4, 5))))


@table("settled")
def test_what_was_settled(case: Case) -> None:
    overrides = []
    for text in listed(case["settled"]):
        kind, figure, *day = text.split(" ")
        fields = {kind: Decimal(figure), "decided_on": date.fromisoformat(day[1]) if day else None}
        overrides.append(Override(12, "เหตุผล", **fields))  # type: ignore[arg-type]
    ruleset = PERCENT_OF_PLAN
    if case["method"] == "M-B":
        ruleset = replace(ruleset, method=Method.FIVE_LEVEL, bands=_SCORE_BANDS, scale=_FIVE)
    whole = replace(_weighted_project("100", "100"), overrides=tuple(overrides))
    made = _evaluated(whole, ruleset=ruleset)
    assert made.figure == decimal(case["figure"])
    assert made.band is not None
    assert made.band.code == case["band"]
    part = replace(whole, overrides=(), indicators=(replace(whole.indicators[0], overrides=tuple(overrides)),))
    assert _evaluated(part, ruleset=ruleset).figure == decimal(case["figure"])


@pytest.mark.parametrize(("frequency", "missing_from"), [("ทุกเดือน", 1), ("รายไตรมาส", 3), ("", 12), ("ปีละ 1 ครั้ง", 12)])
def test_a_value_on_thresholds_without_a_plan_is_missing_once_it_is_measured(frequency: str, missing_from: int) -> None:
    """M-B+: assessed once it is there, 1.0000 when it is not and its card says that it is measured."""
    ruleset = replace(PERCENT_OF_PLAN, method=Method.FIVE_LEVEL, bands=_SCORE_BANDS, scale=_FIVE)
    levels = tuple(Level(n, threshold=Decimal(50 + 10 * n)) for n in range(1, 6))
    bare = Indicator("P.1", 1, "", formula=Formula.LEVELS, aggregation=Aggregation.LATEST, levels=levels)
    card = IndicatorCard("P.1", frequency=frequency)

    def scored(indicator: Indicator, month: int) -> Decimal | None:
        project = Project("P", 1, "", "1", indicators=(indicator,))
        plan = Plan("p", "", YEAR, projects=(project,), cards=(card,))
        return score(plan, ruleset, month).projects[0].indicators[0].score

    assert [scored(bare, m) for m in (missing_from, max(missing_from - 1, 0))] == [1, None]
    assert scored(replace(bare, entries=rule_tables.entries("", "85")), 2) == Decimal("3.5")


@table("transparency")
def test_transparency_classes(case: Case) -> None:
    """M-E: the class by the result and the three tools."""
    codes = ("urgent", "improve", "passed", "good", "excellent")
    ruleset = replace(
        PERCENT_OF_PLAN, method=Method.TRANSPARENCY, bands=tuple(Band(code, code, code, None) for code in codes)
    )
    tools = [] if case["tools"] == "none" else list(map(Decimal, listed(case["tools"])))
    made = transparency_band(Decimal(case["total"]), tools, ruleset)
    assert made.code == case["class"]


@table("assessment")
def test_an_assessment_by_its_parts(case: Case) -> None:
    """M-E, R264: tools are means of their parts, the total needs all three."""
    parts = [] if case["parts"] == "–" else [own.split() for own in case["parts"].split(", ")]
    made = assessment((AssessmentTool(tool), Decimal(score)) for tool, score in parts)
    if case["tools"] == "none":
        assert made is None
        return
    assert made is not None
    assert [score for _, score in made.tools] == list(map(Decimal, listed(case["tools"])))
    assert made.total == (None if case["total"] == "none" else Decimal(case["total"]))
    assert made.standing == (None if case["class"] == "none" else TransparencyClass(case["class"]))


def _movement(text: str) -> MoneyMovement:
    state, moved = text.split()
    amount, month = moved.split("@")
    return MoneyMovement(int(month), MoneyState(state), Decimal(amount))


def _funded(own: str, identity: str, budget: str, movements: tuple[MoneyMovement, ...]) -> Project:
    lines = (BudgetLine(decimal(budget)),)
    return Project(own, 1, "งาน", "1", identity=identity, budgets=lines, movements=movements)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round_half_up(value, 2)


@table("money")
def test_money_of_a_work(case: Case) -> None:
    """MO1, MO2, MO3: what was spent of a work's money, corrections taken off."""
    movements = tuple(map(_movement, listed(case["movements"])))
    project = _funded("A", "", case["budget"], movements)
    moved = moved_by_key(Plan("p", "แผน", YEAR, projects=(project,)), int(case["as of"]))
    made = money_total([project], moved)
    assert made.moved.get(MoneyState.COMMITTED) == decimal(case["committed"])
    assert made.spent == decimal(case["disbursed"])
    assert made.remaining == decimal(case["remaining"])
    assert _rounded(made.percent) == decimal(case["percent"])


@table("money_sum")
def test_money_of_several_works(case: Case) -> None:
    """MO2: money of several works, each counted once."""
    projects = []
    for work in listed(case["works"]):
        own, _, rest = work.partition("=")
        identity, budget, spent = rest.split("/")
        paid = () if spent == "none" else (_movement(f"disbursed {spent}@1"),)
        projects.append(_funded(own, identity, budget, paid))
    made = money_total(projects, moved_by_key(Plan("p", "แผน", YEAR, projects=tuple(projects)), 12))
    assert (made.budget, made.spent) == (decimal(case["budget"]), decimal(case["disbursed"]))
    assert (made.funded, made.unknown) == (int(case["funded"]), int(case["no data"]))
    assert _rounded(made.percent) == decimal(case["percent"])


def test_every_table_of_the_pages_is_tested() -> None:
    assert rule_tables.table_names() == TESTED


def test_every_rule_has_its_page_in_the_index() -> None:
    index = (rule_tables.PAGES / "README.md").read_text("utf-8")
    for page in rule_tables.PAGES.glob("[0-9]*.md"):
        assert f"]({page.name})" in index, page.name


def test_every_page_has_a_thai_sentence_a_source_and_edge_cases() -> None:
    for page in sorted(rule_tables.PAGES.glob("[0-9]*.md")):
        text = page.read_text("utf-8")
        assert re.search(r"^> .*[ก-๙]", text, re.MULTILINE), page.name
        assert "**Source.**" in text, page.name
        assert "**Edge cases.**" in text, page.name


def _named_rules(results: Sequence[PlanResult]) -> set[str]:
    named: set[str] = set()
    for result in results:
        for project in result.projects:
            named.update(project.rules)
            for indicator in project.indicators:
                named.update(indicator.rules)
    return named


def test_every_rule_that_a_result_names_has_a_page() -> None:
    from tests.engine.random_plans import random_plan

    titles = " ".join(page.read_text("utf-8").splitlines()[0] for page in rule_tables.PAGES.glob("[0-9]*.md"))
    capped = replace(PERCENT_OF_PLAN, cap=Decimal(100))
    for rule in _named_rules([score(random_plan(seed), capped, 12) for seed in range(200)]):
        if not re.fullmatch(r"R\d+", rule):
            assert f"{rule} " in titles, rule


def test_the_code_named_on_each_page_exists() -> None:
    for page in rule_tables.PAGES.glob("[0-9]*.md"):
        for path in re.findall(r"`((?:src|tests)/[\w/.]+)`", page.read_text("utf-8")):
            assert (Path(__file__).parents[2] / path).exists(), f"{page.name}: {path}"
