"""The rule sets that a draft's plan may be judged by, and what each would make of the results so far (R199, R326).

Shown before one is taken: the results are those of the plan that is amended, else of the largest plan of the year
before; where there is none, the draft's own year as planned is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samrit.engine.indicators.dated import last_reported
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.rehearsal import as_planned
from samrit.engine.rollup import by_band
from samrit.engine.ruleset import Band, RuleSet
from samrit.engine.score import YEAR_END, score
from samrit.package.ready_rules import ready_rules
from samrit.plans.drafting.reading import DraftReading
from samrit.plans.evaluation.carrying import with_results_of
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import reported_plan, ruleset_of, version_in_force
from samrit.plans.models import Plan, PlanDraft

MOST_PLANS = 6  # whose rule sets are offered besides


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule set, by what names it, where it is, and how many works come to each of its bands, the best first."""

    key: str
    ruleset: RuleSet
    of: str  # "draft", "ready", or the code of the plan that it comes from
    is_own: bool
    bands: tuple[tuple[Band, int], ...]


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """The choices; ``plan`` is whose results were judged up to ``as_of``, None where the year was judged as planned."""

    choices: tuple[RuleChoice, ...]
    plan: Plan | None
    as_of: int


def rules_offered(reading: DraftReading, plans: Iterable[Plan]) -> dict[str, tuple[str, RuleSet]]:
    """Return the rule sets that may be taken, with where each is: the draft, ready-made ones, other plans."""
    own = reading.package.rulesets if reading.package is not None else ()
    found = {f"draft:{rules.id}": ("draft", rules) for rules in own}
    known = set(own)
    for code, rules in ready_rules().items():
        if rules not in known:
            found[f"ready:{code}"] = ("ready", rules)
    known |= set(ready_rules().values())
    for plan in list(plans)[:MOST_PLANS]:
        for rules in package_of(version_in_force(plan)).rulesets:
            if rules not in known:
                known.add(rules)
                found[f"plan:{plan.code}:{rules.id}"] = (plan.code, rules)
    return found


def rule_choices(draft: PlanDraft, reading: DraftReading, plans: Iterable[Plan]) -> RuleChoices:
    """Return every choice with what it makes of the results; no bands while the draft has faulty cells."""
    seen = tuple(plans)
    offered = rules_offered(reading, seen)
    if reading.package is None:
        return RuleChoices(
            tuple(RuleChoice(k, r, of, is_own=False, bands=()) for k, (of, r) in offered.items()), None, 0
        )
    own, plan = ruleset_of(reading.package), _whose(draft, reading.package.plan, seen)
    judged, as_of = _judged(reading.package.plan, plan, amends=draft.plan is not None)
    choices = tuple(
        RuleChoice(key, rules, of, rules == own, by_band(score(judged, rules, as_of).projects, reversed(rules.bands)))
        for key, (of, rules) in offered.items()
    )
    return RuleChoices(choices, plan, as_of)


def _whose(draft: PlanDraft, own: EnginePlan, plans: Iterable[Plan]) -> Plan | None:
    """Return the plan whose results are judged: the one that is amended, else the largest of the year before.

    None where nothing is reported in it yet: there are no results to judge.
    """
    before = [plan for plan in plans if plan.year_be == own.year_be - 1]
    size = {plan.pk: len(package_of(version_in_force(plan)).plan.projects) for plan in before}
    found = draft.plan or max(before, key=lambda plan: size[plan.pk], default=None)
    return found if found is not None and last_reported(reported_plan(found).plan) else None


def _judged(drafted: EnginePlan, plan: Plan | None, *, amends: bool) -> tuple[EnginePlan, int]:
    """Return the plan that is judged, and up to which period: the draft's own works where it ``amends`` ``plan``."""
    if plan is None:
        return as_planned(drafted), YEAR_END
    before = reported_plan(plan).plan
    return (with_results_of(drafted, before) if amends else before), last_reported(before)
