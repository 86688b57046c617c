"""Works that a document prints with one goal or one list of steps, as a group of the plan (R43 to R45)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from samrit.engine.model import Plan, Project
from samrit.intake.monitoring.work_facts import WorkReading
from samrit.package.kinds import laid


def grouped(projects: Sequence[Project], works: Sequence[WorkReading]) -> tuple[Project, ...]:
    """Return the works with what is in another's cells left to that one; the rest stays each work's own.

    ``works`` are their readings.  A work shares with the first in whose cells something stands that it says no
    otherwise, never with one that shares itself: a group has one head.
    """
    names = {id(work.draft): work.facts.record for work in works}
    heads = {w.facts.record: names.get(id(w.draft.grouped_with), "") for w in works if w.draft.grouped_with is not None}
    known = {project.id: project for project in projects}
    return tuple(_in_group(project, known.get(_head(project.id, heads))) for project in projects)


def laid_over(plan: Plan) -> Plan:
    """Return the plan with its works as their groups have them, as a package that is read."""
    return replace(plan, projects=tuple(laid(p, plan) if p.shares_with else p for p in plan.projects))


def _head(work: str, heads: Mapping[str, str]) -> str:
    head, seen = heads.get(work, ""), {work}
    while head in heads and head not in seen:
        seen.add(head)
        head = heads[head]
    return head


def _in_group(project: Project, head: Project | None) -> Project:
    if head is None or head.id == project.id:
        return project
    has_goal = bool(head.goal) and project.goal == head.goal
    has_steps = bool(head.steps) and project.steps == head.steps
    if not has_goal and not has_steps:
        return project
    goal, steps = "" if has_goal else project.goal, () if has_steps else project.steps
    return replace(project, goal=goal, steps=steps, shares_with=head.id)
