"""A draft judged work by work says what it says when nothing is remembered."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib import import_module

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.model import Plan
from samrit.engine.rehearsal import as_planned
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.plans.drafting.judging.works import judged
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.kept import Memory
from tests.engine.random_plans import random_plan
from tests.plans.office import small_plan


@pytest.fixture
def own_memory(monkeypatch) -> None:
    monkeypatch.setattr(memory, "_process", Memory())


def changed(plan: Plan, chance: random.Random) -> Plan:
    """Return the plan with one work changed, taken out or copied."""
    at = chance.randrange(len(plan.projects))
    project = plan.projects[at]
    what = chance.choice(("title", "weight", "out", "copy", "nothing"))
    if what == "out" and len(plan.projects) > 1:
        return replace(plan, projects=plan.projects[:at] + plan.projects[at + 1 :])
    if what == "copy":
        return replace(plan, projects=(*plan.projects, replace(project, number=project.number + 100)))
    if what == "weight":
        indicators = tuple(replace(i, weight=chance.choice((None, i.weight))) for i in project.indicators)
        project = replace(project, indicators=indicators)
    elif what == "title":
        project = replace(project, title=f"{project.title} {chance.random()}")
    return replace(plan, projects=(*plan.projects[:at], project, *plan.projects[at + 1 :]))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_remembered_changes_nothing(own_memory: None, seed: int) -> None:
    chance = random.Random(seed)
    plan, ruleset = random_plan(seed), PERCENT_OF_PLAN
    for _ in range(5):
        plan = changed(plan, chance)
        found = judged(plan, ruleset, ("draft worked", seed))
        assert found.findings == check_plan(plan, ruleset, 0)
        assert found.trial == score(as_planned(plan), ruleset, 12)


def test_only_the_work_that_was_changed_is_scored_anew(own_memory: None, monkeypatch) -> None:
    scored: list[str] = []
    scoring = import_module("samrit.engine.score")
    real = scoring.score_project
    monkeypatch.setattr(scoring, "score_project", lambda p, *a, **k: (scored.append(p.id), real(p, *a, **k))[1])
    package = small_plan()
    (one,) = package.plan.projects
    own = replace(one.indicators[0], id="P2.1")
    plan = replace(package.plan, projects=(one, replace(one, id="P2", number=2, indicators=(own,))))
    judged(plan, package.rulesets[0], "draft")
    assert sorted(set(scored)) == ["P1", "P2"]
    scored.clear()
    fresh = replace(plan, projects=(replace(plan.projects[0]), replace(plan.projects[1], title="ชื่ออื่น")))
    judged(fresh, package.rulesets[0], "draft")
    assert set(scored) == {"P2"}
