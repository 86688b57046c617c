"""What a unit's report still lacks before it can be sent: figures that are due, and a word on what looks unusual.

Nothing true is ever refused: a warning only asks for an explanation beside the figure
(R172, R311, R314, R317).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.breakdown import added_up
from samrit.engine.indicators.rhythm import months_with
from samrit.engine.model import Indicator, Mark, Project
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import scorer
from samrit.plans import models
from samrit.plans.evaluation.scoring import reported_plan, ruleset_of
from samrit.plans.reporting.duties import Duty, units_reporting
from samrit.plans.reporting.plausibility import unusual
from samrit.plans.selectors.report.entry_reader import must_explain
from samrit.plans.selectors.report.seen_rows import laid_over, rows_seen
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.narrative import ASKED


@dataclass(frozen=True, slots=True)
class Readiness:
    """A month's report of one unit: what is due and blank, what looks unusual, what still needs words."""

    missing: tuple[Finding, ...] = ()  # due, nothing reported
    unusual: tuple[Finding, ...] = ()  # every unusual figure
    unexplained: tuple[Finding, ...] = ()  # unusual figures without a word of explanation
    wordless: tuple[Finding, ...] = ()  # works below the band from which words are required

    @property
    def is_ready(self) -> bool:
        """Whether the report can be sent."""
        return not (self.missing or self.unexplained or self.wordless)


def readiness_of(plan: models.Plan, unit: models.Unit, period: int) -> Readiness:
    """Return what ``unit``'s report of ``period`` lacks."""
    package = reported_plan(plan, period)
    rules = ruleset_of(package)
    duties = units_reporting(plan, period).by_unit.get(unit.code, ())
    wanted = {d.project.id for d in duties}
    seen = rows_seen(plan, unit, period, duties)
    projects = {p.id: laid_over(p, seen, duties, plan) for p in package.plan.projects if p.id in wanted}
    indicators = {i.id: i for p in projects.values() for i in map(added_up, p.measures)}
    missing = [
        Finding("due_not_reported", Place(record=d.indicator.id), {"name": d.indicator.name})
        for d in duties
        if d.is_due(period) and not is_reported(indicators[d.indicator.id], d, period)
    ]
    noticed = tuple(_unusual(package.plan, rules, projects, duties, period))
    explained = _explained(plan, duties, period)
    return Readiness(
        tuple(missing),
        noticed,
        tuple(f for f in noticed if not _records(f) & explained),
        _wordless(plan, period, package.plan, projects, rules, duties),
    )


def missing_for(plan: models.Plan, unit: models.Unit, period: int) -> tuple[Finding, ...]:
    """Return everything that is between the report and its sending."""
    lacks = readiness_of(plan, unit, period)
    return (*lacks.missing, *lacks.unexplained, *lacks.wordless)


def is_reported(indicator: Indicator, duty: Duty, period: int) -> bool:
    """Say whether anything was said about the month: a figure, a zero, a dash, parts, or a level that is dated."""
    due = [level for level in indicator.levels if level.due_period in months_with(duty.rhythm, period)]
    if due and all(level.reached_on is not None for level in due):
        return True
    return any(
        e.actual is not Mark.BLANK or isinstance(e.numerator, Decimal)
        for e in indicator.entries
        if e.unit == duty.figure_unit and e.period == period
    )


def _unusual(
    plan: EnginePlan, rules: RuleSet, projects: Mapping[str, Project], duties: Iterable[Duty], period: int
) -> Iterator[Finding]:
    """Yield what looks unusual in the unit's own figures, as the entry pages show it."""
    units: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        units[duty.project.id].add(duty.figure_unit)
        own[duty.project.id].add(duty.indicator.id)
    for code, project in projects.items():
        unit = next(iter(units[code])) if len(units[code]) == 1 else None
        for finding in unusual(plan, rules, (project,), period, unit=unit):
            if _records(finding) & {*own[code], code}:
                yield finding


def _records(finding: Finding) -> set[str]:
    """Return the record that a finding stands with, and the indicators that it names beside it."""
    named = str(finding.params.get("indicators", "")).split(", ")
    return {finding.place.record, *named} - {""}


def _explained(plan: models.Plan, duties: Iterable[Duty], period: int) -> set[str]:
    """Return the indicators, and their works, beside which the unit wrote a word of explanation."""
    own = {(d.indicator.id, d.figure_unit): d.project.id for d in duties}
    rows = models.Figure.objects.filter(plan=plan, period=period).exclude(explanation="")
    return {
        code
        for indicator, unit in rows.values_list("indicator", "unit_code")
        if (indicator, unit) in own
        for code in (indicator, own[indicator, unit])
    }


def _wordless(
    plan: models.Plan,
    period: int,
    engine_plan: EnginePlan,
    projects: Mapping[str, Project],
    rules: RuleSet,
    duties: Iterable[Duty],
) -> tuple[Finding, ...]:
    """Return the works whose band asks for words (R314) that nobody has written for the period."""
    leads = {d.project.id for d in duties if not d.figure_unit and d.is_due(period)}
    rows = models.Narrative.objects.filter(plan=plan, period=period, project__in=leads)
    for word in ASKED:
        rows = rows.exclude(**{word.name: ""})
    written = set(rows.values_list("project", flat=True))
    found = []
    for code in sorted(leads - written):
        result = scorer(engine_plan, rules, period)(projects[code])
        if must_explain(result, rules) and result.band is not None:
            params = {"title": projects[code].title, "band": result.band.name}
            found.append(Finding("words_required", Place(record=code), params))
    return tuple(found)
