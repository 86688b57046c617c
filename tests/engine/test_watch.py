"""Which works to look at first (EW1): the score is the sum of its parts, each shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.arithmetic import round_half_up
from samrit.engine.forecast import (
    POINTS,
    EarlyWarning,
    ProjectForecast,
    early_warnings,
    forecast,
    reason_text,
    watch_list,
    watch_test,
)
from samrit.engine.forecast.watch_test import BEHIND, RED, WATCH
from samrit.engine.model import Entry, Indicator, MoneyMovement, MoneyState, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.package import read
from samrit.package.kinds import KINDS
from samrit.vocabulary.reasons import reasons
from tests.engine.rule_tables import Case, cases
from tests.engine.test_forecast import EXAMPLE


def warned(own: str, percent: str | None, *codes: str, identity: str = "", level: str = "") -> EarlyWarning:
    forecast = object.__new__(ProjectForecast)
    object.__setattr__(forecast, "project", Project(own, 1, "", "1", identity=identity, level=level))
    object.__setattr__(forecast, "percent", None if percent is None else Decimal(percent))
    return EarlyWarning(forecast, tuple((code, {}) for code in codes))


@pytest.mark.parametrize("case", cases("watch"), ids=str)
def test_the_score_is_the_sum_of_its_parts(case: Case) -> None:
    """EW1: each reason once, the heaviest first."""
    codes = [] if case["found"] == "–" else [code.strip() for code in case["found"].split(",")]
    found = watch_list([warned("A", "40", *codes)])
    if case["score"] == "none":
        assert found == ()
        return
    assert found[0].score == int(case["score"])
    assert ", ".join(f"{part.code} {part.points}" for part in found[0].parts) == case["parts"]
    assert sum(part.count for part in found[0].parts) == len(codes)


def test_a_work_on_several_lines_is_listed_once_and_a_line_above_works_never() -> None:
    """EW1, RU1, RU5: with the reasons of all its lines, each once."""
    found = watch_list([
        warned("A", "70", "silent", "step_overdue", identity="W"),
        warned("B", "60", "silent", identity="W"),
        warned("G", "0", "silent", level="strategy"),
    ])  # fmt: skip
    assert [(w.project.id, w.score, [p.code for p in w.parts]) for w in found] == [("B", 4, ["step_overdue", "silent"])]


def test_the_highest_score_comes_first_then_the_lowest_forecast() -> None:
    works = (
        warned("A", "90", "silent"),
        warned("B", "40", "silent"),
        warned("C", None, "silent"),
        warned("D", "95", "step_overdue"),
    )
    assert [w.project.id for w in watch_list(works)] == ["D", "B", "A", "C"]


def test_every_reason_has_points_on_its_page_and_words_and_every_kind_warns_with_one() -> None:
    assert POINTS.keys() <= reasons().keys()
    assert {kind.warns for kind in KINDS} - {""} <= POINTS.keys()
    assert all(kind.waits for kind in KINDS if kind.warns)
    assert reason_text("step_overdue", {"due": "30 เม.ย. 2569", "due_en": "30 Apr 2026"}, "en").endswith("30 Apr 2026")


def month_of(as_of: int):
    plan = read(EXAMPLE).package.plan  # type: ignore[union-attr]
    now, end = (score(plan, PERCENT_OF_PLAN, period) for period in (as_of, 12))
    return now, end, watch_test(now, end, watch_list(early_warnings(forecast(plan, PERCENT_OF_PLAN, as_of))))


@pytest.mark.parametrize("as_of", [3, 6, 9])
def test_the_back_test_of_the_page_is_what_the_lists_give(as_of: int) -> None:
    """EW1, R246: recall and precision beside "red now" and "behind plan now", and at equal length."""
    _, _, tests = month_of(as_of)
    made = [
        [str(own) for own in (as_of, test.limit, one.name, one.named, one.right)]
        + [str(round_half_up(rate, 1)) for rate in (one.precision, test.recall(one)) if rate is not None]
        + [str(own) for own in (one.length, one.own, one.watch)]
        for test in tests
        for one in test.lists
    ]
    assert made == [[*case.cells.values()] for case in cases("watch_test") if case["month"] == str(as_of)]


def test_the_three_lists_counted_by_hand() -> None:
    """EW1: an independent count of the same lists, and which list the page tells to use."""
    now, end, tests = month_of(9)
    keys = {r.project.id: r.project.key for r in end.projects}
    bad = {r.project.key for r in end.projects if r.counts and r.figure is not None and r.figure < 75}
    below = tests[0]
    assert below.ended == len(bad) == 17
    red = {r.project.key for r in now.projects if r.figure is not None and r.figure < 50}
    behind = {r.project.key for r in now.projects if r.figure is not None and r.figure < 100}
    assert {one.name: (one.named, one.right) for one in below.lists if one.name != WATCH} == {
        RED: (len(red & set(keys.values())), len(red & bad)),
        BEHIND: (len(behind), len(behind & bad)),
    }
    assert (below.better, below.alike) == ((), (RED,))


def test_a_work_counts_by_the_line_that_counts_and_a_line_above_works_is_none() -> None:
    """EW1, RU1, RU5: of two lines the one in a band says how the work stands, as on every page."""
    entries = tuple(Entry(p, planned=Decimal(10), actual=Decimal(2)) for p in range(1, 13))
    bad = Project("A", 1, "", "1", indicators=(Indicator("A.1", 1, "", entries=entries),))
    unlisted = Project("B", 2, "", "1", identity="W", indicators=(Indicator("B.1", 1, ""),))
    plan = Plan("p", "", 2569, projects=(replace(bad, level="strategy"), unlisted, replace(bad, id="C", identity="W")))
    now, end = (score(plan, PERCENT_OF_PLAN, period) for period in (6, 12))
    first = watch_test(now, end, ())[0]
    assert (first.ended, [(one.named, one.right) for one in first.lists]) == (1, [(0, 0), (1, 1), (1, 1)])


def test_a_plainer_list_that_names_more_is_told() -> None:
    """EW1: where the list to watch is worse, the other one is named."""
    now, end, _ = month_of(6)
    wrong = watch_list([warned(r.project.id, "10", "silent") for r in end.projects if r.figure == 100][:20])
    assert set(watch_test(now, end, wrong)[0].better) == {RED, BEHIND}


@pytest.mark.parametrize(
    ("planned", "paid", "as_of", "warns"),
    [
        ("100@2, 100@4", "49.99@3", 3, True),
        ("100@2, 100@4", "50@3", 3, False),
        ("100@2, 100@4", "50@3", 4, True),
        ("100@2, 100@4", "", 4, False),  # no data is not 0 (MO2)
        ("100@2, 100@4", "0@1", 4, True),
        ("100@6", "0@1", 4, False),
        ("", "0@1", 4, False),
    ],
)
def test_money_behind_its_spending_plan_is_a_warning(planned: str, paid: str, as_of: int, warns: bool) -> None:
    """R127, R248: less than half paid of what was planned to date."""
    moved = [
        MoneyMovement(int(month), state, Decimal(amount))
        for state, text in ((MoneyState.PLANNED, planned), (MoneyState.DISBURSED, paid))
        for amount, _, month in (part.strip().partition("@") for part in text.split(",") if part)
    ]
    plan = Plan("p", "", 2569, projects=(Project("A", 1, "", "1", movements=tuple(moved)),))
    found = [code for own in early_warnings(forecast(plan, PERCENT_OF_PLAN, as_of)) for code, _ in own.reasons]
    assert ("spending_behind" in found) is warns
