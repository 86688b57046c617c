"""What was reported, carried over from one version of a plan to the next: an amendment changes what is planned only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from samrit.engine.model import Entry, Indicator, Level, Mark, Plan, Project
from samrit.package.kinds import bare, laid


def with_results_of(amended: Plan, before: Plan) -> Plan:
    """Return the amended plan with the results that the plan before it holds, and no others."""
    known = {p.id: p for p in before.projects}
    return replace(amended, projects=tuple(laid(_project(p, known.get(p.id)), amended) for p in amended.projects))


def _project(project: Project, before: Project | None) -> Project:
    indicators = {i.id: i for i in before.measures} if before is not None else {}
    return replace(
        bare(project),
        movements=before.movements if before is not None else (),
        records=before.records if before is not None else (),
        narratives=bare(before).narratives if before is not None else (),
        overrides=before.overrides if before is not None else (),
        indicators=tuple(_indicator(i, indicators) for i in project.indicators),
    )


def _indicator(indicator: Indicator, known: Mapping[str, Indicator]) -> Indicator:
    before = known.get(indicator.id)
    results = {(e.unit, e.period, e.span): e for e in before.entries} if before is not None else {}
    planned = {(e.unit, e.period, e.span): e for e in indicator.entries}
    entries = []
    for key in sorted({*planned, *results}):
        entry = _entry(planned.get(key), results.get(key))
        if entry is not None:
            entries.append(entry)
    levels = {v.number: v for v in before.levels} if before is not None else {}
    return replace(
        indicator,
        entries=tuple(entries),
        levels=tuple(_level(v, levels.get(v.number)) for v in indicator.levels),
        overrides=before.overrides if before is not None else (),
        parts=tuple(_indicator(part, known) for part in indicator.parts),
    )


def _entry(planned: Entry | None, result: Entry | None) -> Entry | None:
    if planned is None:
        # The month is no longer planned; what was reported in it stays.
        kept = (
            replace(result, planned=Mark.BLANK, planned_numerator=Mark.BLANK, planned_denominator=Mark.BLANK)
            if result is not None
            else None
        )
        return kept if kept is not None and kept.actual is not Mark.BLANK else None
    if result is None:
        return replace(planned, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK, is_typed=False)
    # The source is the new plan figure's; the result keeps it only where it was read at the same place.
    typed = result.is_typed or result.source != planned.source
    return replace(
        planned,
        actual=result.actual,
        numerator=result.numerator,
        denominator=result.denominator,
        is_typed=typed and _has_result(result),
    )


def _has_result(entry: Entry) -> bool:
    return any(part is not Mark.BLANK for part in (entry.actual, entry.numerator, entry.denominator))


def _level(level: Level, before: Level | None) -> Level:
    if before is None:
        return replace(level, reached_on=None, reached_period=None, is_typed=False)
    return replace(
        level,
        reached_on=before.reached_on,
        reached_period=before.reached_period,
        evidence=before.evidence,
        is_typed=before.is_typed,
    )
