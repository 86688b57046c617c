"""Checks for what occurs twice: rows of figures, projects, ids, numbers (R10, R19, R121, R171, R307)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from samrit.engine.arithmetic import ZERO
from samrit.engine.checks.scene import CheckedLine, CheckedRow, Scene, found, on
from samrit.engine.model import Project
from samrit.engine.rollup import budget_total
from samrit.vocabulary.findings import Finding

_TELLING_MONTHS = 3


def identical_rows(scene: Scene) -> Iterator[Finding]:
    """Two indicators with the same results month by month (R171, R307): one figure copied, or typed twice.

    Months that only repeat the plan (25, 50, 75, 100 as planned) say nothing and do not count, and
    lines declared to be one project have the same figures by right (RU1).
    """
    first: dict[tuple[tuple[int, Decimal], ...], CheckedLine] = {}
    for line in scene.lines:
        for row in line.rows:
            if not _is_telling(row):
                continue
            key = tuple(row.actual.items())
            other = first.setdefault(key, line)
            if other is not line and (other.project is line.project or other.project.key != line.project.key):
                yield on("identical_rows", line.indicator, other=other.indicator.id, months=len(key))


def same_project_listed_twice(scene: Scene) -> Iterator[Finding]:
    """Two lines with the same title, period and budget that are not declared to be one project (R10, R121)."""
    for lines in _same_title(scene.plan.projects):
        first, *others = lines
        for other in others:
            if other.key != first.key and _same_frame(first, other):
                yield on("same_project_listed_twice", other, title=other.title, other=first.id, budget=other.budget)


def project_counted_once(scene: Scene) -> Iterator[Finding]:
    """Lines declared to be one project: counted once in every table and sum (RU1, R121)."""
    for lines in _declared_same(scene.plan.projects):
        total = budget_total(lines)
        yield on(
            "project_counted_once", lines[-1], title=lines[0].title, lines=[p.id for p in lines], budget=total.once
        )


def repeated_project_differs(scene: Scene) -> Iterator[Finding]:
    """Lines declared to be one project whose budget or period differ: which holds? (RU1)."""
    for lines in _declared_same(scene.plan.projects):
        for other in lines[1:]:
            if not _same_frame(lines[0], other):
                budgets = {"budget": other.budget, "other_budget": lines[0].budget}
                yield on("repeated_project_differs", other, other=lines[0].id, **budgets)


def id_repeated(scene: Scene) -> Iterator[Finding]:
    """An identifier that names two records: figures, overrides and links can no longer be told apart."""
    ids = [p.id for p in scene.plan.projects] + [line.indicator.id for line in scene.lines]
    for record, count in Counter(ids).items():
        if count > 1:
            yield found("id_repeated", record, count=count)


def number_repeated(scene: Scene) -> Iterator[Finding]:
    """A project number that occurs twice under one strategy of one fund (R19); what measures a goal is no work."""
    same: dict[tuple[str, str, int], list[str]] = {}
    for project in (p for p in scene.plan.projects if not p.level):
        same.setdefault((project.fund, project.strategy, project.number), []).append(project.id)
    for (_, _, number), projects in same.items():
        if len(projects) > 1:
            yield found("number_repeated", projects[-1], number=number, projects=projects)


def _is_telling(row: CheckedRow) -> bool:
    """Say whether the results carry information of their own: enough different ones that are not just the plan."""
    own = {value for month, value in row.actual.items() if value and value != row.planned.get(month)}
    return len(own) >= _TELLING_MONTHS


def _same_title(projects: Sequence[Project]) -> list[list[Project]]:
    groups: dict[str, list[Project]] = {}
    for project in projects:
        groups.setdefault("".join(project.title.split()), []).append(project)
    return [group for title, group in groups.items() if title and len(group) > 1]


def _declared_same(projects: Sequence[Project]) -> list[list[Project]]:
    groups: dict[str, list[Project]] = {}
    for project in projects:
        groups.setdefault(project.key, []).append(project)
    return [group for group in groups.values() if len(group) > 1]


def _same_frame(one: Project, other: Project) -> bool:
    same_period = (one.first_period, one.last_period) == (other.first_period, other.last_period)
    return same_period and (one.budget or ZERO) == (other.budget or ZERO) and one.fund == other.fund
