"""The forecast: its worked table, its bounds, what it may not look at, and its back-test."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import pytest

from samrit.engine.arithmetic import round_half_up
from samrit.engine.forecast import back_test, early_warnings, forecast, forecast_indicator, out_of_fold, reason_text
from samrit.engine.forecast.folds import _chosen
from samrit.engine.forecast.paces import Expectation, _whole_of
from samrit.engine.forecast.rivals import all_best
from samrit.engine.model import (
    Aggregation,
    Direction,
    Entry,
    EntryBasis,
    Formula,
    Indicator,
    Level,
    Mark,
    Override,
    Plan,
    Project,
    Site,
)
from samrit.engine.ruleset import OFFICE_BANDS, PERCENT_OF_PLAN, Method, PointScale
from samrit.engine.score import score
from samrit.package import read
from samrit.vocabulary.reasons import reasons
from tests.engine import rule_tables
from tests.engine.random_plans import random_office, random_plan

D = Decimal
FIVE = replace(
    PERCENT_OF_PLAN,
    method=Method.FIVE_LEVEL,
    bands=tuple(map(lambda band, upper: replace(band, upper=upper), OFFICE_BANDS, (D("1.5"), D(3), D("4.5"), None))),
    scale=PointScale(tuple(map(D, (60, 70, 80, 90, 100))), tuple(map(D, (1, 2, 3, 4, 5)))),
)
EXAMPLE = Path(__file__).parents[2] / "examples" / "sso-2568"
FOLDS = Path(__file__).with_name("forecast_folds.csv")


def _shown(value: Decimal | None) -> str:
    return "none" if value is None else f"{round_half_up(value, 2).normalize():f}"


@pytest.mark.parametrize("case", rule_tables.cases("run_rate"), ids=str)
def test_the_worked_table_of_the_rule_page(case: rule_tables.Case) -> None:
    indicator = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation(case["aggregation"]),
        entries=rule_tables.entries(case["plan"], case["actual"]),
    )
    made = forecast_indicator(indicator, PERCENT_OF_PLAN, int(case["as of"]))
    assert (_shown(made.percent), _shown(made.low), _shown(made.high)) == (case["percent"], case["low"], case["high"])


def _future_changed(plan: Plan, as_of: int) -> Plan:
    """Every actual figure after ``as_of`` replaced: a forecast that looks ahead would change."""

    def indicator(i: Indicator) -> Indicator:
        entries = tuple(
            replace(e, actual=D(987), numerator=Mark.BLANK, denominator=Mark.BLANK) if e.period > as_of else e
            for e in i.entries
        )
        return replace(i, entries=entries)

    return replace(
        plan, projects=tuple(replace(p, indicators=tuple(map(indicator, p.indicators))) for p in plan.projects)
    )


@pytest.mark.parametrize("start", range(0, 600, 200))
def test_a_forecast_never_looks_at_what_is_not_reported_yet(start: int) -> None:
    for seed in range(start, start + 200):
        plan, as_of = random_plan(seed), seed % 12
        for now, changed in zip(
            forecast(plan, PERCENT_OF_PLAN, as_of).projects,
            forecast(_future_changed(plan, as_of), PERCENT_OF_PLAN, as_of).projects,
            strict=True,
        ):
            assert (now.percent, now.low, now.high) == (changed.percent, changed.low, changed.high), seed


def test_the_expected_figure_lies_within_its_range() -> None:
    """FC3: the range holds the expected figure, whatever is foretold."""
    for seed in range(400):
        for item in forecast(random_plan(seed), PERCENT_OF_PLAN, seed % 13).projects:
            for part in item.indicators:
                if part.percent is not None:
                    assert part.low is not None
                    assert part.high is not None
                    assert part.low <= part.percent <= part.high, (seed, part.indicator.id)


def test_at_the_years_end_the_forecast_is_the_evaluation() -> None:
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    scored = score(plan, PERCENT_OF_PLAN, 12)
    for expected, result in zip(forecast(plan, PERCENT_OF_PLAN, 12).projects, scored.projects, strict=True):
        assert expected.percent == result.percent, result.project.id
        assert expected.band is result.band


def test_last_years_pattern_pulls_the_expected_figure() -> None:
    """FC4: the mean of the run rate and of last year's share up to the same month."""
    entries = rule_tables.entries("10, 10, 10, 10", "5, 5")
    without = Indicator("I", 1, "", entries=entries)
    late = replace(without, last_year=(D(1), D(1), *[Mark.BLANK] * 8, D(3), D(5)))
    plain, seasonal = (forecast_indicator(i, PERCENT_OF_PLAN, 2) for i in (without, late))
    assert plain.percent == 50
    # Last year 2 of 10 had been reached by then: 10 now would end at 50 of 40 planned, 125 %; the mean of 50 and 125.
    assert seasonal.percent == D("87.5")
    assert {"last_year"} <= {code for code, _ in seasonal.reasons}


def _project(*indicators: Indicator, sites: tuple[Site, ...] = ()) -> Plan:
    return Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=indicators, sites=sites),))


def _codes(plan: Plan, as_of: int) -> list[str]:
    return [code for w in early_warnings(forecast(plan, PERCENT_OF_PLAN, as_of)) for code, _ in w.reasons]


@pytest.mark.parametrize(
    "indicator",
    [
        Indicator(
            "P.1",
            1,
            "",
            formula=Formula.LEVELS,
            levels=(Level(1, due_period=2, reached_period=2), Level(2, due_period=3), Level(3, due_period=12)),
        ),
        Indicator("P.1", 1, "", direction=Direction.LOWER, entries=rule_tables.entries("4, 4, 4, 4", "5, 5, 5")),
        Indicator("P.1", 1, "", aggregation=Aggregation.MIN, entries=rule_tables.entries("8, 8, 8, 8", "6, 7, 6")),
    ],
    ids=["levels", "lower is better", "least"],
)
def test_what_is_no_flow_keeps_todays_percent(indicator: Indicator) -> None:
    """FC2: levels, lower-is-better and "least" are not carried on at a rate."""
    plan = _project(indicator)
    (today,), (expected,) = (f(plan, PERCENT_OF_PLAN, 3).projects for f in (score, forecast))
    assert expected.indicators[0].percent == today.indicators[0].percent is not None


def test_indicators_foretold_are_weighted_to_their_project() -> None:
    """FC5: by the same weights as the evaluation, the lowest ends to the low end."""
    one = Indicator("P.1", 1, "", weight=D(30), entries=rule_tables.entries("10, 10, 10, 10", "5, 5"))
    other = Indicator("P.2", 2, "", weight=D(70), entries=rule_tables.entries("10, 10, 10, 10", "9, 8"))
    (whole,) = forecast(_project(one, other), PERCENT_OF_PLAN, 2).projects
    for end in ("percent", "low", "high"):
        a, b = (getattr(part, end) for part in whole.indicators)
        assert getattr(whole, end) == (30 * a + 70 * b) / 100, end


def test_an_overdue_level_is_warned_of() -> None:
    levels = (Level(1, due_period=3, reached_period=3), Level(2, due_period=6), Level(3, due_period=12))
    plan = _project(Indicator("P.1", 1, "", formula=Formula.LEVELS, levels=levels))
    assert "level_overdue" not in _codes(plan, 5)
    assert "level_overdue" in _codes(plan, 6)


def test_silence_of_two_planned_months_is_warned_of() -> None:
    plan = _project(Indicator("P.1", 1, "", entries=rule_tables.entries("1, 1, 1, 1", "1, 1")))
    assert "silent" not in _codes(plan, 3)
    assert "silent" in _codes(plan, 4)


def test_a_site_that_is_not_committed_in_time_is_warned_of() -> None:
    sites = (Site("1", "อาคาร", commitment_due_period=6, committed_period=8),)
    plan = _project(Indicator("P.1", 1, "", formula=Formula.SITES), sites=sites)
    assert "site_uncommitted" in _codes(plan, 6)
    assert "site_uncommitted" not in _codes(plan, 8)


def test_a_month_that_has_passed_is_named_in_the_reader_s_language() -> None:
    levels = (Level(1, due_period=6),)
    plan = _project(
        Indicator("P.1", 1, "", formula=Formula.LEVELS, levels=levels),
        sites=(Site("1", "HQ", commitment_due_period=6),),
    )
    (warning,) = early_warnings(forecast(plan, PERCENT_OF_PLAN, 6))
    thai, english = ([reason_text(*reason, language) for reason in warning.reasons] for language in ("th", "en"))
    assert sum("มิ.ย. 2568" in text for text in thai) == 2
    assert sum("Jun B.E. 2568" in text for text in english) == 2


def test_a_range_of_one_figure_is_told_as_one() -> None:
    """30–30 is no range: where both ends are one figure, that stands alone (FC4)."""
    plan = _project(Indicator("P.1", 1, "", entries=rule_tables.entries("10, 10, 10", "3, 3, 3")))
    (over,) = (w.reasons[0] for w in early_warnings(forecast(plan, PERCENT_OF_PLAN, 12)))
    assert over == ("band_at_risk", {"band": "ปรับปรุง", "band_en": "Needs improvement", "expected": "30"})
    begun = _project(Indicator("P.1", 1, "", entries=rule_tables.entries("10, 10, 10", "3, 3, ")))
    (open_,) = (w.reasons[0] for w in early_warnings(forecast(begun, PERCENT_OF_PLAN, 2)))
    assert re.fullmatch(r"[\d.]+–[\d.]+", str(open_[1]["expected"]))


def test_what_goes_well_is_not_warned_of() -> None:
    assert not _codes(_project(Indicator("P.1", 1, "", entries=rule_tables.entries("1, 1, 1, 1", "1, 1, 1"))), 3)


def test_a_settled_figure_is_not_forecast() -> None:
    plan = _project(
        Indicator(
            "P.1", 1, "", entries=rule_tables.entries("1, 1", ""), overrides=(Override(6, "เหตุผล", percent=D(90)),)
        )
    )
    (item,) = forecast(plan, PERCENT_OF_PLAN, 6).projects
    assert (item.percent, item.low, item.high) == (90, 90, 90)


def test_every_reason_reads_in_both_languages() -> None:
    named = [name for both in reasons().values() for text in both for _, name, _, _ in Formatter().parse(text) if name]
    params = dict.fromkeys(named, "7")
    for code in reasons():
        thai, english = reason_text(code, params, "th"), reason_text(code, params, "en")
        assert thai != english
        assert "{" not in thai + english


def test_the_back_test_counts_what_it_says() -> None:
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    test = back_test(plan, PERCENT_OF_PLAN, 6)
    assert sum(test.pairs.values()) == test.projects
    assert sum(n for (told, true), n in test.pairs.items() if told == true) == test.hits


@pytest.mark.parametrize("as_of", [3, 6, 9])
def test_the_table_of_the_rule_page_is_what_the_back_test_gives(as_of: int) -> None:
    """FC6: the forecast is published only beside its rivals."""
    test = back_test(read(EXAMPLE).package.plan, PERCENT_OF_PLAN, as_of)  # type: ignore[union-attr]
    rows = [c for c in rule_tables.cases("back_test") if c["made at month"] == str(as_of)]
    assert [c["way"] for c in rows] == list(test.measured)
    for case in rows:
        measured = test.measured[case["way"]]
        shown = ["none" if f is None else str(round_half_up(f, 1)) for f in measured.f1]
        assert [str(measured.hits), *shown] == [case["bands hit"], case["F1, below 75"], case["F1, below 50"]]


@pytest.mark.parametrize("as_of", [3, 6, 9])
def test_the_forecast_is_not_worse_than_as_now(as_of: int) -> None:
    """FC7: bands hit, and F1 for "will end below 75" and "below 50", beside what is plainly known today."""
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    test = back_test(plan, PERCENT_OF_PLAN, as_of)
    ours, rival = test.measured["forecast"], test.measured["as_now"]
    assert set(test.measured) == {"forecast", "as_now", "straight_line", "all_best"}
    assert ours.hits >= rival.hits
    for mine, other in zip(ours.f1, rival.f1, strict=True):
        assert mine is not None
        assert other is not None
        assert mine >= other


def test_the_figures_printed_are_out_of_fold() -> None:
    """FC6: what a fold is foretold with was chosen on the others, and the folds stand in a file."""
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    with FOLDS.open(encoding="utf-8") as file:
        folds = {row["project"]: row["fold"] for row in csv.DictReader(file)}
    assert folds.keys() == {project.id for project in plan.projects}
    months = (3, 6, 9)
    found = out_of_fold(plan, PERCENT_OF_PLAN, months, folds)
    assert found.chosen.keys() == set("12345")
    for month, test in zip(months, found.tests, strict=True):
        rows = [c for c in rule_tables.cases("back_test") if c["made at month"] == str(month)]
        assert [str(m.hits) for m in test.measured.values()] == [c["bands hit"] for c in rows]
        assert test.measured["forecast"].hits >= test.measured["as_now"].hits


def test_a_choice_follows_the_other_folds_and_never_its_own_works() -> None:
    """Works that end in full after a poor start choose "in full" for the others, and have no part in their own."""
    late = _finished("late", {1: 2, **dict.fromkeys(range(2, 13), 10)})
    slow = _finished("slow", dict.fromkeys(range(1, 13), 2))
    works = [replace(late, id=f"L{n}", number=n) for n in range(8)] + [replace(slow, id=f"S{n}") for n in range(8)]
    plan = Plan("p", "แผน", 2568, projects=tuple(works))
    found = out_of_fold(plan, PERCENT_OF_PLAN, (1,), {p.id: p.id[0] for p in works})
    assert found.chosen == {"S": Expectation.IN_FULL, "L": Expectation.HELD}
    assert found.tests[0].hits == 0, "each was foretold with what is right for the other"


def test_all_green_is_in_the_best_band_of_two() -> None:
    """FC6: the rival that promises the best band to every work, whatever the bands are."""
    worst, best = replace(PERCENT_OF_PLAN.bands[0], upper=D(120)), replace(PERCENT_OF_PLAN.bands[-1], upper=None)
    assert all_best(replace(PERCENT_OF_PLAN, bands=(worst, best))) == 121
    assert all_best(replace(PERCENT_OF_PLAN, bands=(best,))) == 100


def test_the_size_of_shares_to_come_is_the_mean_of_those_up_to_the_month() -> None:
    """TO6, FC7: the month itself counts, later ones do not, and another unit's neither."""
    wholes = [(1, "", 10), (2, "", 30), (3, "", 50), (2, "A", 900)]
    entries = tuple(Entry(m, unit, numerator=D(1), denominator=D(w)) for m, unit, w in wholes)
    share = Indicator("I", 1, "", aggregation=Aggregation.RATIO, entries=entries)
    assert [_whole_of(share, "", month) for month in (1, 2, 3)] == [10, 20, 30]


@pytest.mark.parametrize(("held", "chosen"), [(93, Expectation.HELD), (92, Expectation.IN_FULL)])
def test_the_plainest_expectation_within_one_standard_error_is_chosen(held: int, chosen: Expectation) -> None:
    """FC6: of 100 works 95 hit, one standard error is √(95 × 5 ÷ 100) = 2.18 works."""
    hits = {Expectation.HELD: held, Expectation.RECENT: 0, Expectation.COMES_IN: 0, Expectation.IN_FULL: 95}
    works = {(e, 6): [SimpleNamespace(is_hit=n < count) for n in range(100)] for e, count in hits.items()}
    assert _chosen(works, (6,)) is chosen  # type: ignore[arg-type]


def _finished(code: str, actual: dict[int, int]) -> Project:
    entries = tuple(Entry(month, planned=D(10), actual=D(done)) for month, done in actual.items())
    return Project(code, 1, "งาน", "1", indicators=(Indicator("I", 1, "", entries=entries),))


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_at_month_12_every_random_plan_is_foretold_as_it_is_scored(start: int) -> None:
    """I4: two roads, one number; all methods."""
    for seed in range(start, start + 100):
        for make, ruleset in ((random_plan, PERCENT_OF_PLAN), (random_office, PERCENT_OF_PLAN), (random_plan, FIVE)):
            plan = make(seed)
            ends = zip(forecast(plan, ruleset, 12).projects, score(plan, ruleset, 12).projects, strict=True)
            for ahead, result in ends:
                assert (ahead.percent, ahead.band) == (result.figure, result.band), (seed, result.project.id)


def test_a_plan_to_date_that_is_on_track_ends_on_track() -> None:
    """FC7: the engine's own totals; one twelfth of the year is not divided by the year again."""
    entries = rule_tables.entries("10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120", "10, 20, 30, 40, 50, 60")
    for aggregation in (Aggregation.SUM, Aggregation.LATEST, Aggregation.AVERAGE):
        running = Indicator("I", 1, "", aggregation=aggregation, entry_basis=EntryBasis.TO_DATE, entries=entries)
        assert forecast_indicator(running, PERCENT_OF_PLAN, 6).percent == 100


def test_a_share_goes_on_in_its_parts_and_a_silent_unit_stays_silent() -> None:
    """FC7: ratio parts, and how a unit reported so far."""
    parts = (
        tuple(replace(e, planned=D(80)) for e in rule_tables.parts_entries("1/2, 99/100"))
        + rule_tables.entries("–, –, 80, 80", "")[2:]
    )
    share = Indicator("I", 1, "", aggregation=Aggregation.RATIO, entries=parts)
    now = score(_project(share), PERCENT_OF_PLAN, 2).projects[0].percent
    assert forecast(_project(share), PERCENT_OF_PLAN, 2).projects[0].percent == now
    mute = Indicator(
        "I",
        1,
        "",
        aggregation=Aggregation.AVERAGE,
        entries=rule_tables.unit_entries("A: 9, 9; B: 9, 9", "A: 9; B: blank"),
    )
    assert forecast_indicator(mute, PERCENT_OF_PLAN, 1).percent == 50


def test_bands_are_those_of_the_plans_method() -> None:
    """FC7: under points a percent of 40 is the lowest band, whatever a percent of 40 would be called."""
    plan = _project(Indicator("P.1", 1, "", weight=D(100), entries=rule_tables.entries("10, 10, 10, 10", "4, 4")))
    (item,) = forecast(plan, FIVE, 2).projects
    assert (item.percent, item.band) == (1, FIVE.bands[0])


def test_the_back_test_of_a_finished_year_is_perfect() -> None:
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    test = back_test(plan, PERCENT_OF_PLAN, 12)
    assert test.hits == test.measured["as_now"].hits == test.within_range == test.projects > 0


def test_an_empty_plan_has_nothing_to_foretell() -> None:
    empty = Plan("p", "แผน", 2568)
    assert forecast(empty, PERCENT_OF_PLAN, 6).projects == ()
    assert back_test(empty, PERCENT_OF_PLAN, 6).hit_rate == 0


def test_a_month_outside_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="13"):
        forecast(Plan("p", "แผน", 2568), PERCENT_OF_PLAN, 13)
