"""Findings kept work by work are those of the whole plan, and only works that changed are looked at anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.model import Mark, Plan, Project
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.engine.score import score
from samrit.package import read
from samrit.plans.evaluation.kept import Memory
from samrit.plans.evaluation.rechecking import findings_of
from samrit.plans.models import Figure
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.control.finding_list import decided_findings
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.findings import Finding
from tests.engine.checks.plans import work_by_work
from tests.engine.random_plans import random_plan
from tests.plans.office import small_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
Marked = tuple[Finding, str]


def of_work(finding: Finding, work: Project | None) -> Marked:
    return finding, work.id if work else ""


class Rechecked:
    """Findings of evaluations that follow one another, as a process remembers them."""

    def __init__(self, make: Callable[[Finding, Project | None], object]) -> None:
        self.make, self.memory = make, Memory()

    def __call__(self, now: PlanResult, year: PlanResult) -> tuple[Any, ...]:
        self.memory.entry("line", now.plan, now.ruleset).derived("result", lambda: now)
        return findings_of(self.memory.of(now), now, year, self.make)


class Scored:
    """Scores as the bridge does: a work keeps its result until it is another object."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.units: object = None
        self.known: dict[int, dict[str, ProjectResult]] = {}

    def __call__(self, plan: Plan, as_of: int) -> PlanResult:
        fresh = score(plan, self.ruleset, as_of)
        if plan.units != self.units:  # a figure of a unit that was merged counts for its successor
            self.known, self.units = {}, plan.units
        old = self.known.get(as_of, {})
        kept = tuple(
            old[r.project.id] if r.project.id in old and old[r.project.id].project is r.project else r
            for r in fresh.projects
        )
        self.known[as_of] = {r.project.id: r for r in kept}
        return replace(fresh, projects=kept)


@pytest.mark.parametrize("name", ["sso-2568", "hr-2569"])
@pytest.mark.parametrize("as_of", [0, 5, 12])
def test_the_examples_are_found_alike_work_by_work(name: str, as_of: int) -> None:
    package = read(EXAMPLES / name).package
    ruleset = package.ruleset() or PERCENT_OF_PLAN
    assert work_by_work(package.plan, ruleset, as_of) == check_plan(package.plan, ruleset, as_of)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_after_any_change_the_findings_are_those_of_the_plan_as_it_is(seed: int) -> None:
    rng, plan = Random(seed), random_plan(seed)
    scored, rechecked = Scored(PERCENT_OF_PLAN), Rechecked(of_work)
    for _ in range(6):
        found = rechecked(scored(plan, 6), scored(plan, 12))
        assert tuple(f for f, _ in found) == check_plan(plan, PERCENT_OF_PLAN, 6)
        plan = changed(plan, rng)


def changed(plan: Plan, rng: Random) -> Plan:
    """Return the plan with one thing different: a figure, a work gone or twice, a unit renamed, nothing reported."""
    works = list(plan.projects)
    at = rng.randrange(len(works))
    match rng.randrange(4):
        case 0:
            works[at] = reported(works[at], Decimal(rng.randrange(5000)))
        case 1 if len(works) > 1:
            del works[at]
        case 2:
            works.append(replace(works[at], id=f"again-{len(works)}"))
        case _:
            works = [reported(work, Mark.BLANK) for work in works]
    return replace(plan, projects=tuple(works), units=plan.units[: rng.randrange(len(plan.units) + 1)])


def reported(work: Project, figure: Decimal | Mark) -> Project:
    indicators = tuple(
        replace(i, entries=tuple(replace(e, actual=figure) for e in i.entries), overrides=()) for i in work.indicators
    )
    return replace(work, indicators=indicators)


@pytest.mark.django_db
def test_only_the_work_that_changed_is_looked_at_anew() -> None:
    plan = read(EXAMPLES / "sso-2568").package.plan
    scored, looked = Scored(PERCENT_OF_PLAN), []

    def make(finding: Finding, work: Project | None) -> Finding:
        if work is not None and finding.place.record.startswith(work.id):
            looked.append(work.id)
        return finding

    rechecked = Rechecked(make)
    first = rechecked(scored(plan, 12), scored(plan, 12))
    everything = len(looked)
    looked.clear()
    works = list(plan.projects)
    works[7] = reported(works[7], Decimal(7))
    other = replace(plan, projects=tuple(works))
    again = rechecked(scored(other, 12), scored(other, 12))
    assert again != first
    assert again == check_plan(other, PERCENT_OF_PLAN, 12)
    assert len(looked) < everything / 4, "the rest is of checks that look at the whole plan"


def test_the_page_of_findings_follows_every_figure(register, clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(indicators=2), owner=register["กนผ."])

    def codes() -> set[tuple[str, str]]:
        return {(d.finding.code, d.finding.place.record) for d in decided_findings(plan, 2)}

    before = codes()
    assert ("not_reported", "P1.1") not in before
    cells = [CellInput("P1.1", "900", explanation="–")]
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=2, cells=cells)
    after = codes()
    assert ("not_reported", "P1.2") in after - before, "one figure makes the plan one that is reported"
    revision = Figure.objects.get().revision
    cells = [CellInput("P1.1", "", expected_revision=revision)]
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=2, cells=cells)
    assert codes() == before
