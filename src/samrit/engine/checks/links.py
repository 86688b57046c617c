"""Checks of links to the plans above (R273–R276, R316)."""

from __future__ import annotations

from collections.abc import Iterator

from samrit.engine.checks.national_plans import MAIN_STRATEGY, NATIONAL_PLANS, goal_number
from samrit.engine.checks.scene import Scene, on
from samrit.engine.model import Project
from samrit.vocabulary.findings import Finding


def unknown_link_code(scene: Scene) -> Iterator[Finding]:
    """A link to a number that the plan above does not have: ยุทธศาสตร์ชาติ 7, แผนแม่บท 24."""
    for project in scene.plan.projects:
        for link in project.alignments:
            above = NATIONAL_PLANS.get(link.kind)
            if above is None or scene.plan.year_be > above.until_be:
                continue
            number = goal_number(link.code)
            if number is None or not 1 <= number <= above.numbers:
                names = {"plan": above.name, "plan_en": above.name_en}
                yield on("unknown_link_code", project, code=link.code, numbers=above.numbers, **names)


def link_crosses_tree(scene: Scene) -> Iterator[Finding]:
    """A master plan linked under a national strategy that it does not mainly serve (R273): possible, worth a look."""
    for project in scene.plan.projects:
        strategies = _numbers(project, "national_strategy")
        for master_plan in sorted(_numbers(project, "master_plan")):
            main = MAIN_STRATEGY.get(master_plan)
            if strategies and main is not None and main not in strategies:
                yield on(
                    "link_crosses_tree", project, master_plan=master_plan, strategies=sorted(strategies), main=main
                )


def _numbers(project: Project, kind: str) -> set[int]:
    numbers = (goal_number(link.code) for link in project.alignments if link.kind == kind)
    return {number for number in numbers if number is not None}
