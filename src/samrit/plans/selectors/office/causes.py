"""The office's list of causes with how many works each held up, by the year of their plan (R242, R243)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from samrit.engine.model import Plan as EnginePlan
from samrit.engine.year import told
from samrit.package.kinds.work import CAUSES
from samrit.plans.evaluation.causes import ListedCause, cause_list
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Person
from samrit.plans.rights import may
from samrit.plans.selectors.office.visible import visible_plans


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause, and the works that it held up: in all plans that the reader may see, and by year."""

    cause: ListedCause
    works: int
    by_year: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CausePage:
    """Every cause, those that held up most works first; ``years`` are Buddhist, the latest first."""

    years: tuple[int, ...]
    rows: tuple[CauseRow, ...]


def cause_page(person: Person) -> CausePage:
    """Return the list with its counts; a work that names a cause twice counts once (R242)."""
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    years = set()
    for seen in visible_plans(person):
        if seen.public or not may(person, "causes.view", plan=seen.plan) or not seen.plan.versions.exists():
            continue
        for year_be, code in _causes(evaluate(seen.plan, 12).plan):
            counts[code][year_be] += 1
            years.add(year_be)
    order = sorted(years, reverse=True)
    known = cause_list()
    every = (*known.values(), *(ListedCause(code, code, "", is_closed=True) for code in counts if code not in known))
    rows = [CauseRow(c, sum(counts[c.code].values()), tuple(counts[c.code][year] for year in order)) for c in every]
    return CausePage(tuple(order), tuple(sorted(rows, key=lambda row: -row.works)))


def _causes(plan: EnginePlan) -> list[tuple[int, str]]:
    """Return the year with each cause of each work, a work by its key (RU1)."""
    found = {
        (project.key, str(record.value("cause")))
        for project in plan.projects
        for record in told(project.records)
        if record.kind == CAUSES.name and record.value("cause")
    }
    return [(plan.year_be, code) for _, code in found]
