"""What a plan package holds, and what reading one gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet
from samrit.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class Holiday:
    """A change to the public calendar: a day off that the cabinet adds, or a holiday that is worked after all."""

    day: date
    name: str = ""
    is_working_day: bool = False


@dataclass(frozen=True, slots=True)
class PlanPackage:
    """A plan with the rule sets it is evaluated by and the office's own holidays."""

    plan: Plan
    rulesets: tuple[RuleSet, ...] = ()
    holidays: tuple[Holiday, ...] = ()

    def ruleset(self, ruleset_id: str = "") -> RuleSet | None:
        """Return the rule set of that id, or the one the plan names, or None."""
        wanted = ruleset_id or self.plan.ruleset
        return next((r for r in self.rulesets if r.id == wanted), None)


@dataclass(frozen=True, slots=True)
class PackageReading:
    """A package as read, or None when an error is in the way, and every finding made on the way."""

    package: PlanPackage | None
    findings: tuple[Finding, ...]
