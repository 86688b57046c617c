"""What scoring one of many plans gives: rows of four tables, with every figure exact, and a digest over them.

The same function runs in one process, in a pool and on Spark; nothing here knows which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from samrit.engine.indicators.dated import last_reported
from samrit.engine.model import Plan, Unit
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.rollup import works_of
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score
from samrit.package import PackageReading, PlanPackage
from samrit.package.ready_rules import default_rules
from samrit.vocabulary.findings import Finding, Place, Severity, sentence

Row = dict[str, Any]

SCORED, BROKEN = "scored", "broken"


@dataclass(frozen=True, slots=True)
class Settings:
    """How plans are scored: up to which period (None: the latest with a result), by which rule set ("": the plan's)."""

    as_of: int | None = None
    ruleset: str = ""
    places: Mapping[str, tuple[str, str]] | None = None  # plan id: ministry and region, where a list gives them


@dataclass(frozen=True, slots=True)
class Outcome:
    """One plan's row of ``plans`` and its rows of ``works``, ``indicators`` and ``findings``."""

    plan: Row
    works: tuple[Row, ...] = ()
    indicators: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()


def outcome(source: str, plan_id: str, reading: PackageReading, settings: Settings) -> Outcome:
    """Return the outcome of one plan as read; a plan that can't be used gives its findings and nothing else."""
    package = reading.package
    findings = reading.findings
    if package is not None and settings.ruleset and package.ruleset(settings.ruleset) is None:
        known = ", ".join(r.id for r in package.rulesets) or "–"
        place = Place(record=package.plan.id)
        findings = (*findings, Finding("score_ruleset_unknown", place, {"ruleset": settings.ruleset, "known": known}))
        plan_id, package = package.plan.id, None
    if package is None:
        return broken(source, plan_id, findings)
    return _scored(source, package, findings, settings)


def broken(source: str, plan_id: str, findings: Iterable[Finding]) -> Outcome:
    """Return the outcome of a plan that can't be scored."""
    rows = tuple(_finding_row(source, plan_id, f) for f in findings)
    plan = {"source": source, "plan": plan_id, "state": BROKEN}
    return _sealed(Outcome(plan, findings=rows))


def digest(plans: Iterable[str]) -> str:
    """Return one digest over those of many plans, whatever their order."""
    return hashlib.sha256("\n".join(sorted(plans)).encode()).hexdigest()


def _scored(source: str, package: PlanPackage, findings: Iterable[Finding], settings: Settings) -> Outcome:
    plan = package.plan
    ruleset = package.ruleset(settings.ruleset) or default_rules()
    as_of = last_reported(plan) if settings.as_of is None else settings.as_of
    result = score(plan, ruleset, as_of)
    places = _Places(plan, (settings.places or {}).get(plan.id))
    counted = {item.project.id for item in works_of(result.projects) if item.counts}
    own = {"source": source, "plan": plan.id}
    works = tuple(own | _work_row(item, places, is_counted=item.project.id in counted) for item in result.projects)
    indicators = tuple(own | _indicator_row(item, i) for item in result.projects for i in item.indicators)
    rows = tuple(_finding_row(source, plan.id, f) for f in findings if f.severity is not Severity.NOTICE)
    made = Outcome(_plan_row(source, result, places, len(counted)), works, indicators, rows)
    return _sealed(made)


def _plan_row(source: str, result: PlanResult, places: _Places, counted: int) -> Row:
    plan = result.plan
    return {
        "source": source,
        "plan": plan.id,
        "state": SCORED,
        "title": plan.title,
        "title_en": plan.title_en,
        "organisation": plan.organisation,
        "organisation_en": plan.organisation_en,
        "ministry": places.ministry or plan.organisation,
        "region": places.region,
        "year_be": plan.year_be,
        "as_of": result.as_of,
        "ruleset": result.ruleset.id,
        "bands": _bands(result.ruleset),
        "works": len(result.projects),
        "counted": counted,
        "reported": last_reported(plan),
    }


def _bands(ruleset: RuleSet) -> str:
    """Return how the rule set's bands look, worst first, as JSON."""
    looks = [[b.code, b.name, b.name_en, b.sign, b.colour] for b in ruleset.bands]
    return json.dumps(looks, ensure_ascii=False)


def _work_row(item: ProjectResult, places: _Places, *, is_counted: bool) -> Row:
    project = item.project
    unit = project.responsible_units[0] if project.responsible_units else ""
    return {
        "work": project.id,
        "title": project.title,
        "strategy": project.strategy,
        "fund": project.fund,
        "unit": unit,
        "ministry": places.ministry_of(unit),
        "region": places.region_of(unit),
        "state": item.state.value,
        "band": item.band.code if item.band else "",
        "counted": is_counted,
        "percent": _exact(item.percent),
        "normalised_percent": _exact(item.normalised_percent),
        "second_percent": _exact(item.second_percent),
        "score": _exact(item.score),
        "budget": _exact(project.budget),
    }


def _indicator_row(item: ProjectResult, result: IndicatorResult) -> Row:
    return {
        "work": item.project.id,
        "indicator": result.indicator.id,
        "name": result.indicator.name,
        "state": result.state.value,
        "band": result.band.code if result.band else "",
        "plan_total": _exact(result.plan_total.value),
        "actual_total": _exact(result.actual_total.value),
        "computed_percent": _exact(result.computed_percent),
        "percent": _exact(result.percent),
        "weight": _exact(result.weight),
        "effective_weight": _exact(result.effective_weight),
        "score": _exact(result.score),
        "rules": " ".join(result.rules),
    }


def _finding_row(source: str, plan_id: str, finding: Finding) -> Row:
    place = finding.place
    return {
        "source": source,
        "plan": plan_id,
        "code": finding.code,
        "severity": finding.severity.value,
        "document": place.document,
        "line": place.line,
        "column": place.column,
        "record": place.record,
        "th": sentence(finding, "th"),
        "en": sentence(finding, "en"),
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


# What a row is called and words made from it are no values; a source is a path that differs from machine to machine.
_UNSEALED = ("source", "th", "en", "document")


def _sealed(made: Outcome) -> Outcome:
    """Return the outcome with the digest of its exact values in the plan's row."""
    rows = (made.plan, *made.works, *made.indicators, *made.findings)
    lines = ["\x1f".join([str(value) for name, value in row.items() if name not in _UNSEALED]) for row in rows]
    sealed = hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
    return replace(made, plan={**made.plan, "digest": sealed, "findings": len(made.findings)})


class _Places:
    """Ministry and region of each unit of a plan: its own region or the nearest above; the topmost unit above it.

    A list of places that is given for the whole nation comes first.
    """

    def __init__(self, plan: Plan, listed: tuple[str, str] | None) -> None:
        self.plan = plan
        self.ministry, self.region = listed or ("", "")
        self._units: dict[str, Unit] = {unit.code: unit for unit in plan.units}

    def ministry_of(self, unit: str) -> str:
        if self.ministry:
            return self.ministry
        above = self._above(unit)
        return above[-1].name if above else self.plan.organisation

    def region_of(self, unit: str) -> str:
        return next((u.region for u in self._above(unit) if u.region), self.region)

    def _above(self, code: str) -> list[Unit]:
        """Return a unit and all above it; no unit twice, since a register may have been damaged."""
        found: dict[str, Unit] = {}
        while code in self._units and code not in found:
            found[code] = self._units[code]
            code = found[code].parent
        return list(found.values())
