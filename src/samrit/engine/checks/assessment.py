"""Checks of an evaluation: what a band hides, what it asks for, what was settled by hand (R314, R318, WE4, WE5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samrit.engine.arithmetic import HUNDRED, divide
from samrit.engine.bands import band_by_code
from samrit.engine.checks.scene import Scene, on
from samrit.engine.indicators.achievement import override_at
from samrit.engine.model import Indicator, Narrative, Project, ProjectStatus
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding

_QUARTER = 3


def zero_hidden(scene: Scene) -> Iterator[Finding]:
    """A project in the best band with an indicator in the worst: the average hides it (WE5, R186)."""
    worst, best = scene.ruleset.bands[0], scene.ruleset.bands[-1]
    for result in scene.now.projects:
        lowest = result.lowest
        # A band settled by hand was not made from the indicators.
        if result.band is not best or result.override is not None or lowest is None:
            continue
        hidden = [i.indicator.id for i in result.indicators if i.band is worst and i.weight > 0]
        if hidden:
            percents = {"percent": lowest.percent, "project_percent": result.figure}
            yield on("zero_hidden", result.project, indicators=hidden, **percents)


def red_without_explanation(scene: Scene) -> Iterator[Finding]:
    """A project in a band that must be explained, without a word on it (R205, R314)."""
    for result in scene.now.projects if scene.has_results else ():
        if _is_to_be_explained(result, scene.ruleset) and not _is_explained(result.project, scene.as_of):
            percent = result.figure
            yield on("red_without_explanation", result.project, title=result.project.title, percent=percent)


def over_achieved(scene: Scene) -> Iterator[Finding]:
    """A result so far above the year's plan that the target should be looked at (R318)."""
    limit = scene.ruleset.target_review_above
    for line in scene.lines:
        plan, actual = line.year.plan_total.value, line.now.actual_total.value
        percent = line.year.computed_percent
        if percent is None or not plan or actual is None or percent <= limit:
            continue
        # Within the year the year's own plan is the measure: running ahead of the months is no fault of the target.
        if scene.as_of == YEAR_END or divide(actual * HUNDRED, plan) > limit:
            totals = {"plan_total": plan, "actual_total": actual}
            yield on("over_achieved", line.indicator, percent=percent, limit=limit, **totals)


def override_without_reason(scene: Scene) -> Iterator[Finding]:
    """A figure or band settled by hand that does not say why (WE4)."""
    for record in _with_overrides(scene):
        for override in record.overrides:
            if not override.reason.strip():
                yield on("override_without_reason", record, period=override.period, percent=override.percent)


def override_superseded(scene: Scene) -> Iterator[Finding]:
    """A record settled more than once for one month: the latest holds (WE6)."""
    for record in _with_overrides(scene):
        counts = Counter(override.period for override in record.overrides)
        for period, count in counts.items():
            held = override_at(record.overrides, period)
            if count > 1 and held is not None:
                settled = held.score if held.score is not None else held.percent
                yield on("override_superseded", record, period=period, count=count, settled=settled)


def override_band_unknown(scene: Scene) -> Iterator[Finding]:
    """A band settled by hand that the rule set does not have (WE4)."""
    for record in _with_overrides(scene):
        for override in record.overrides:
            if override.band and band_by_code(override.band, scene.ruleset) is None:
                yield on("override_band_unknown", record, period=override.period, band=override.band)


def done_with_poor_result(scene: Scene) -> Iterator[Finding]:
    """Marked as done, yet in the worst band (R60)."""
    for result in scene.now.projects:
        if result.project.status is ProjectStatus.DONE and result.computed_band is scene.ruleset.bands[0]:
            yield on("done_with_poor_result", result.project, percent=result.computed_percent)


def not_started_with_result(scene: Scene) -> Iterator[Finding]:
    """Marked as not started, yet with results (R60)."""
    for result in scene.now.projects:
        if result.project.status is ProjectStatus.NOT_STARTED and result.computed_percent:
            yield on("not_started_with_result", result.project, percent=result.computed_percent)


def _with_overrides(scene: Scene) -> Iterator[Project | Indicator]:
    for project in scene.plan.projects:
        yield project
        yield from project.indicators


def _is_to_be_explained(result: ProjectResult, ruleset: RuleSet) -> bool:
    codes = [band.code for band in ruleset.bands]
    if ruleset.explain_below not in codes or result.band is None:
        return False
    return codes.index(result.band.code) <= codes.index(ruleset.explain_below)


def _is_explained(project: Project, as_of: int) -> bool:
    """Say whether a narrative of the evaluated quarter tells the result or its cause."""

    def tells(narrative: Narrative) -> bool:
        is_current = as_of - _QUARTER < narrative.period <= as_of
        return is_current and bool(narrative.result.strip() or narrative.cause.strip())

    return any(map(tells, project.narratives))
