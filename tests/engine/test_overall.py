"""RU5: one score above the work, from the rule's own page; by hypothesis between its lowest and its highest part."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.arithmetic import divide, settle
from samrit.engine.arithmetic import exact as exactly
from samrit.engine.checks import check_plan
from samrit.engine.explain import explain_score
from samrit.engine.model import Entry, Indicator, Mark, Plan, Project, Strategy, Tactic
from samrit.engine.overall import Scores, scores
from samrit.engine.rollup import tabulate, works_of
from samrit.engine.ruleset import PERCENT_OF_PLAN, RollUp
from samrit.engine.score import score
from tests.engine.rule_tables import Case, cases, decimal, listed


def _work(number: int, text: str) -> Project:
    place, _, rest = text.partition(" ")
    weight, _, figure = rest.partition(" × ")
    strategy, _, tactic = place.partition("/")
    actual = Mark.BLANK if figure == "none" else Decimal(figure)
    planned = Mark.NOTHING if figure == "none" else Decimal(100)
    entries = (Entry(1, planned=planned, actual=actual), Entry(12, planned=Decimal(100)))
    return Project(
        f"P{number}",
        number,
        f"งานที่ {number}",
        strategy,
        tactic=tactic,
        responsible_units=("A" if number % 2 else "B",),
        weight=_weight(weight),
        indicators=(Indicator(f"P{number}.1", 1, "", entries=entries),),
    )


def _weight(text: str) -> Decimal | None:
    return None if text == "–" else Decimal(text)


def _plan(above: str, works: str) -> Plan:
    given_ = {key: _weight(weight.strip()) for key, _, weight in (part.partition(":") for part in listed(above))}
    return Plan(
        "p",
        "แผน",
        2568,
        strategies=tuple(Strategy(code, code, weight=w) for code, w in given_.items() if "." not in code),
        tactics=tuple(
            Tactic(code, code[:1], code, weight=w, parent=code.rpartition(".")[0] * (code.count(".") > 1))
            for code, w in given_.items()
            if "." in code
        ),
        projects=tuple(_work(n, text) for n, text in enumerate(listed(works), 1)),
    )


def _scores(plan: Plan, roll_up: str = "") -> Scores | None:
    rules = replace(PERCENT_OF_PLAN, roll_up=RollUp(roll_up) if roll_up else None)
    return scores(score(plan, rules, 1))


@pytest.mark.parametrize("case", cases("above"), ids=str)
def test_a_score_above_the_works_is_the_mean_of_what_is_below_it(case: Case) -> None:
    found = _scores(_plan(case["weights above"], case["works"]), case["roll up"])
    if case["plan"] == "none":
        assert found is None
        return
    assert found is not None
    assert settle(found.plan.figure or Decimal(-1)) == decimal(case["plan"])
    told = {row.key: row.figure for row in (*found.strategies, *found.tactics)}
    assert told == {key: decimal(text.strip()) for key, _, text in (p.partition(":") for p in listed(case["scores"]))}


def test_a_unit_is_scored_by_the_share_of_its_works() -> None:
    """60 × 70 % of the plan at 90 and 40 at 60, of 82: 75.3658…; the other unit has one work at 50."""
    found = _scores(_plan("1: 60, 2: 40", "1 70 × 90, 1 30 × 50, 2 100 × 60"))
    assert found is not None
    assert found.of("unit", "B").figure == Decimal(50)
    exact = exactly(divide)(Decimal(42 * 90 + 40 * 60), Decimal(82))
    assert settle(found.of("unit", "A").figure or Decimal()) == settle(exact)


def test_what_measures_a_strategy_itself_is_scored_and_counted_nowhere() -> None:
    """RU5: its weight is part of the strategy's score, and no table of works holds it."""
    plan = _plan("1: 100", "1 60 × 90, 1 40 × 50")
    goal = replace(plan.projects[1], level="strategy")
    result = score(replace(plan, projects=(plan.projects[0], goal)), PERCENT_OF_PLAN, 1)
    found = scores(result)
    assert found is not None
    assert found.plan.figure == Decimal(74)
    assert [r.project.id for r in works_of(result.projects)] == ["P1"]
    assert tabulate(result.projects).total.total == 1
    assert (result.projects[1].figure, result.projects[1].counts) == (Decimal(50), False)


WORKS = st.lists(
    st.tuples(
        st.sampled_from(["1", "1/1.1", "1/1.2", "1/1.1.1", "1/1.1.1.1", "2", "2/2.1"]),
        st.integers(1, 100) | st.none(),
        st.integers(0, 150),
    ),
    min_size=1,
    max_size=7,
)


@given(WORKS, st.sampled_from(["levels", "works"]))
def test_a_score_lies_between_its_parts_and_the_shares_of_units_make_the_plan(
    drawn: list[tuple[str, int | None, int]], how: str
) -> None:
    works = ", ".join(f"{place} {'–' if weight is None else weight} × {figure}" for place, weight, figure in drawn)
    found = _scores(_plan("1: 60, 1.1: 50, 1.1.1: 30, 1.1.1.1: –", works), how)
    assert found is not None
    for row in (found.plan, *found.strategies, *found.tactics, *found.units):
        figures = [p.figure for p in row.parts if p.figure is not None and p.weight]
        if row.figure is not None:
            assert min(figures) <= row.figure <= max(figures)


def test_every_score_is_explained_down_to_its_works() -> None:
    plan = _plan("1: 60, 2: 40", "1 70 × 90, 1 30 × 50, 2 100 × none")
    told = explain_score(score(plan, PERCENT_OF_PLAN, 1), "plan")
    text = "\n".join(step.sentence("en") for step in told.walk())
    assert "60 × 78" in text or "100 × 78" in text
    assert "P1" in text
    assert [step.record for step in told.walk() if step.code == "score_left"] == ["2", "P3"]


@pytest.mark.parametrize(
    ("above", "works", "codes"),
    [
        ("1: 60, 2: 40", "1 70 × 90, 1 30 × 50, 2 100 × 60", []),
        ("1: 60, 2: 30", "1 70 × 90, 1 30 × 50, 2 100 × 60", ["weights_above_not_100"]),
        ("1: 60, 2: 40", "1 70 × 90, 1 20 × 50, 2 100 × 60", ["weights_above_not_100"]),
        ("1: 60, 2: –", "1 70 × 90, 1 30 × 50, 2 100 × 60", ["weight_above_missing"]),
        ("1: –, 2: –", "1 – × 90, 1 – × 50, 2 – × 60", []),
        ("1: 100, 1.1: 100, 1.1.1: 60", "1/1.1.1 100 × 90, 1/1.1 40 × 50", []),
        ("1: 100, 1.1: 100, 1.1.1: 60", "1/1.1.1 100 × 90, 1/1.1 50 × 50", ["weights_above_not_100"]),
    ],
)
def test_weights_of_a_level_are_a_hundred(above: str, works: str, codes: list[str]) -> None:
    found = [f.code for f in check_plan(_plan(above, works), PERCENT_OF_PLAN, 1)]
    assert [code for code in found if code.startswith(("weights_above", "weight_above"))] == codes


def test_tactics_that_stand_in_a_circle_stand_under_their_strategy() -> None:
    """Whatever a draft holds is scored; the fault is told."""
    plan = _plan("1: 100, 1.1: –, 1.2: –", "1/1.1 – × 80, 1/1.2 – × 60")
    around = replace(plan, tactics=tuple(replace(t, parent={"1.1": "1.2", "1.2": "1.1"}[t.code]) for t in plan.tactics))
    found = _scores(around)
    assert found is not None
    assert found.plan.figure == Decimal(70)
    told = [f.place.record for f in check_plan(around, PERCENT_OF_PLAN, 1) if f.code == "tactic_misplaced"]
    assert told == ["1.1", "1.2"]


def test_scores_stand_before_what_stands_under_them() -> None:
    plan = _plan("1: 100, 1.1: –, 1.2: –, 1.1.1: –", "1/1.2 – × 60, 1/1.1.1 – × 80, 1/1.1 – × 70")
    found = _scores(plan)
    assert found is not None
    assert [row.key for row in found.rows()] == ["", "1", "1.2", "1.1", "1.1.1"]
    assert found.weighed()["tactic", "1.1.1"].weight == Decimal(50)
