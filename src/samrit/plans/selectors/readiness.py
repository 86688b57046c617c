"""What a unit's report still lacks before it can be sent: figures that are due, and a word on what looks unusual.

Nothing true is ever refused: a warning only asks for an explanation beside the figure
(R172, R311, R314, R317).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED
from samrit.engine.model import Aggregation, Entry, Indicator, Mark, Project
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score_project
from samrit.plans import models
from samrit.plans.scoring import reported_plan, ruleset_of
from samrit.plans.selectors.duties import Duty, units_reporting
from samrit.vocabulary.findings import Finding, Place

_FAR = Decimal(5)  # a figure this many times the usual one, or the plan, is worth a word
_FEW = 3  # months with one and the same figure in a row


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
    reported = {p.id: p for p in package.plan.projects if p.id in {d.project.id for d in duties}}
    explained = set(
        models.Figure.objects.filter(plan=plan, period=period)
        .exclude(explanation="")
        .values_list("indicator", "unit_code")
    )
    missing, unusual, unexplained = [], [], []
    for duty in duties:
        indicator = next(i for i in reported[duty.project.id].indicators if i.id == duty.indicator.id)
        entry = _entry(indicator, duty.figure_unit, period)
        if duty.is_due(period) and not _is_reported(indicator, entry, period):
            missing.append(Finding("due_not_reported", Place(record=indicator.id), {"name": indicator.name}))
        found = _unusual(duty, indicator, entry, period)
        unusual += found
        if (indicator.id, duty.figure_unit) not in explained:
            unexplained += found
    wordless = _wordless(plan, unit, period, tuple(reported.values()), rules, duties)
    return Readiness(tuple(missing), tuple(unusual), tuple(unexplained), wordless)


def missing_for(plan: models.Plan, unit: models.Unit, period: int) -> tuple[Finding, ...]:
    """Return everything that stands between the report and its sending."""
    lacks = readiness_of(plan, unit, period)
    return (*lacks.missing, *lacks.unexplained, *lacks.wordless)


def _entry(indicator: Indicator, unit: str, period: int) -> Entry | None:
    found = [e for e in indicator.entries if e.unit == unit and e.period == period]
    return max(found, key=lambda e: (e.actual is not Mark.BLANK, -e.span), default=None)


def _is_reported(indicator: Indicator, entry: Entry | None, period: int) -> bool:
    """Say whether anything was said about the month: a figure, a zero, a dash, or a level that is dated."""
    due = [level for level in indicator.levels if level.due_period == period]
    if due and entry is None:
        return all(level.reached_on is not None for level in due)
    return entry is not None and (
        entry.actual is not Mark.BLANK or isinstance(entry.numerator, Decimal) or bool(entry.note)
    )


def _unusual(duty: Duty, indicator: Indicator, entry: Entry | None, period: int) -> list[Finding]:
    """Return what looks unusual about a figure: a share above 100, far from its months, copied again and again."""
    if entry is None or not isinstance(entry.actual, Decimal):
        return []
    value, place = entry.actual, Place(record=indicator.id)
    earlier = [
        e.actual
        for e in sorted(indicator.entries, key=lambda e: e.period)
        if e.unit == duty.figure_unit and e.period < period and e.span == entry.span and isinstance(e.actual, Decimal)
    ]
    usual = sorted(earlier)[len(earlier) // 2] if earlier else None
    planned = entry.planned if isinstance(entry.planned, Decimal) else None
    found = []
    if indicator.is_share and value > HUNDRED:
        found.append(Finding("share_above_hundred", place, {"value": value}))
    if value < 0:
        found.append(Finding("figure_negative", place, {"value": value}))
    for other, code in ((usual, "far_from_months"), (planned, "far_from_plan")):
        if other and value and not indicator.is_share and (value >= other * _FAR or value * _FAR <= other):
            found.append(Finding(code, place, {"value": value, "usual": other}))
            break
    repeats = indicator.aggregation in (Aggregation.SUM, Aggregation.AVERAGE) and value != planned
    if repeats and value and earlier[-_FEW:] == [value] * _FEW:
        found.append(Finding("same_figure_again", place, {"value": value, "months": _FEW + 1}))
    return found


def _wordless(
    plan: models.Plan,
    unit: models.Unit,
    period: int,
    projects: tuple[Project, ...],
    rules: RuleSet,
    duties: tuple[Duty, ...],
) -> tuple[Finding, ...]:
    """Return the works whose band asks for words (R314) that their lead has not written for the period."""
    worst = [b.code for b in rules.bands]
    if rules.explain_below not in worst:
        return ()
    asked = set(worst[: worst.index(rules.explain_below) + 1])
    leads = {d.project.id for d in duties if not d.figure_unit and d.is_due(period)}
    written = set(
        models.Narrative.objects.filter(plan=plan, period=period)
        .exclude(cause="")
        .exclude(next_step="")
        .values_list("project", flat=True)
    )
    found = []
    for project in projects:
        if project.id not in leads or project.id in written:
            continue
        result = score_project(project, rules, period, year_be=plan.year_be)
        if result.counts and result.band is not None and result.band.code in asked:
            params = {"title": project.title, "band": {"th": result.band.name, "en": result.band.name_en}}
            found.append(Finding("words_required", Place(record=project.id), params))
    return tuple(found)
