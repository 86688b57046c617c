"""A draft's plan scored and checked work by work: after a change only the works that it touched are looked at again.

A draft is read whole after every change, so all its works are new objects; those that say the same as the last time
are put in the place of the new ones, and what was made of them holds.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from samrit.engine.indicators.dated import dated_plan
from samrit.engine.indicators.shared import shared_plan
from samrit.engine.model import Plan, Project
from samrit.engine.rehearsal import project_as_planned
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import YEAR_END, scorer
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.rechecking import findings_of
from samrit.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks find in a plan of which nothing is reported yet, and its year as if all came out as planned."""

    findings: tuple[Finding, ...]
    trial: PlanResult


def judged(plan: Plan, ruleset: RuleSet, line: Hashable | None) -> Judged:
    """Return findings and trial of a plan; ``line`` names the draft whose works are remembered, None none.

    The same as ``check_plan(plan, ruleset, 0)`` and ``score(as_planned(plan), ruleset, 12)``, whatever is remembered.
    """
    seen = _same(line, "seen", dated_plan(shared_plan(plan)))
    # Nothing is due yet: the checks look at what is planned, not at what was not reported.
    now, year = _scored(line, seen, ruleset, 0), _scored(line, seen, ruleset, YEAR_END)
    entry = memory.entry(line, seen, ruleset)
    found = findings_of(entry, now, year, lambda finding, _: finding)
    works = _same(line, "typed", plan)
    planned = memory.entry(line, works, ruleset).per_work("as planned", project_as_planned, works.projects)
    rehearsed = _same(line, "rehearsed", dated_plan(shared_plan(replace(plan, projects=planned))))
    return Judged(found, _scored(line, rehearsed, ruleset, YEAR_END, "rehearsed"))


def _scored(line: Hashable | None, plan: Plan, ruleset: RuleSet, as_of: int, name: str = "seen") -> PlanResult:
    entry = memory.entry(line, plan, ruleset)
    results = entry.per_work((name, as_of), scorer(plan, ruleset, as_of), plan.projects)
    return PlanResult(plan, ruleset, as_of, results)


def _same(line: Hashable | None, name: str, plan: Plan) -> Plan:
    """Return the plan with the very works of the last time where they say the same; the latest are remembered."""
    if line is None:
        return plan
    kept: list[dict[str, Project]] = memory.always((line, "works", name), lambda: [{}])
    known = kept[0]
    works = tuple(before if (before := known.get(p.id)) == p and before is not None else p for p in plan.projects)
    kept[0] = {p.id: p for p in works}  # at once: another thread may read it
    return replace(plan, projects=works)
