"""A work's links to the plans above: on its own page, and as values of the plan page's filter (R273–R276)."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.model import Plan, Project
from samrit.plans.selectors.above.coverage import linked
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.plans_above import goal_code, goal_name, kind_name, kinds

UNLINKED = "none"  # the filter's value for works without a link


@dataclass(frozen=True, slots=True)
class WorkLink:
    """One link: kind and goal in words, the code as written, and the value of the filter that finds its goal."""

    kind: str
    code: str
    name: str
    is_main: bool  # of several of its kind
    value: str


def work_links(names: Names, project: Project) -> tuple[WorkLink, ...]:
    """Return the links of a work in the order of the plan."""
    plan = names.result.plan
    return tuple(
        WorkLink(
            kind_name(link.kind, names.language),
            link.code,
            goal_name(link.kind, link.code, plan.year_be, names.language),
            link in linked(project, link.kind, main=True) and len(linked(project, link.kind)) > 1,
            _value(plan, link.kind, link.code),
        )
        for link in project.alignments
    )


def link_values(plan: Plan, project: Project) -> tuple[str, ...]:
    """Return the filter's values of a work: a kind with its goal for every link, or that there is none."""
    found = dict.fromkeys(_value(plan, link.kind, link.code) for link in project.alignments)
    return tuple(found) or (UNLINKED,)


def link_name(names: Names, value: str) -> str:
    """Return how a value of the filter is called: "ยุทธศาสตร์ชาติ 6 ด้าน…"."""
    if value == UNLINKED:
        return names.word("unlinked", "link_known")
    kind, _, code = value.partition(":")
    goal = goal_name(kind, code, names.result.plan.year_be, names.language)
    return " ".join(part for part in (kind_name(kind, names.language), code, goal) if part)


def link_order(value: str) -> tuple[int, int, str, str]:
    """Return the place of a value: by kind as the vocabulary lists them, by number; works without links first."""
    kind, _, code = value.partition(":")
    order = kinds().index(kind) + 1 if kind in kinds() else 0 if value == UNLINKED else len(kinds()) + 1
    return order, int(code) if code.isdecimal() and len(code) < 9 else 0, kind, code


def _value(plan: Plan, kind: str, code: str) -> str:
    return f"{kind}:{goal_code(kind, code, plan.year_be)}"
