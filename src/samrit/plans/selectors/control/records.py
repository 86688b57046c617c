"""Works and indicators of a plan by what somebody types: code or title, misspelt or not."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Plan
from samrit.plans.selectors.office.search import rank, searched

MOST_RECORDS = 20


@dataclass(frozen=True, slots=True)
class Record:
    """A work, or an indicator, by its code."""

    code: str
    name: str


def records_like(plan: Plan, period: int, wanted: str) -> tuple[Record, ...]:
    """Return the works and indicators that resemble ``wanted``, the likest first, no more than a list shows.

    They are those of the version that holds in ``period``; without anything wanted, the first of the plan.
    """
    names = {
        code: name
        for project in package_of(version_in_force(plan, period)).plan.projects
        for code, name in ((project.id, project.title), *((i.id, i.name) for i in project.measures))
    }
    found = list(names)
    if wanted.strip():
        scores = rank(wanted, {code: searched((code, name)) for code, name in names.items()})
        found = sorted(scores, key=lambda code: -scores[code])
    return tuple(Record(code, names[code]) for code in found[:MOST_RECORDS])
