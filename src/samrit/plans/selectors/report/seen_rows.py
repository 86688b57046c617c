"""A unit's own rows as somebody may see them: as typed for the unit, its heads and auditors, as sent for the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from samrit.engine.model import Indicator, Project
from samrit.plans import models, rights
from samrit.plans.evaluation import what_counts
from samrit.plans.evaluation.reported_rows import laid_entry, laid_level
from samrit.plans.reporting.duties import Duty

Place = tuple[str, str, int, int]  # indicator, unit, period, span


def sees_typed(person: models.Person | None, plan: models.Plan, unit: models.Unit) -> bool:
    """Say whether ``person`` sees what ``unit`` has typed and not sent; None is the machine, which does."""
    return person is None or rights.may(person, "figure.view_typed", plan=plan, unit=unit)


@dataclass
class SeenRows:
    """Figures, levels, words and evidence of a unit's report, by what names them."""

    figures: dict[Place, models.Figure] = field(default_factory=dict)
    levels: dict[tuple[str, int], models.LevelReached] = field(default_factory=dict)
    words: dict[str, models.Narrative] = field(default_factory=dict)
    evidence: tuple[models.Evidence, ...] = ()
    is_typed: bool = True

    @cached_property
    def by_line(self) -> Mapping[tuple[str, str], list[models.Figure]]:
        """The figures by indicator and unit."""
        grouped: dict[tuple[str, str], list[models.Figure]] = defaultdict(list)
        for row in self.figures.values():
            grouped[row.indicator, row.unit_code].append(row)
        return grouped


def rows_seen(
    plan: models.Plan, unit: models.Unit, period: int, duties: Iterable[Duty], *, typed: bool = True
) -> SeenRows:
    """Return the rows of ``unit``: figures and levels of all months, words and evidence of ``period``."""
    own = tuple(duties)
    return _typed(plan, unit, period, own) if typed else _sent(plan, unit, period, own)


def _typed(plan: models.Plan, unit: models.Unit, period: int, duties: tuple[Duty, ...]) -> SeenRows:
    indicators, projects = {d.indicator.id for d in duties}, {d.project.id for d in duties}
    # An indicator of a group has many others' figures.
    figures = models.Figure.objects.filter(
        plan=plan, indicator__in=indicators, unit_code__in={d.figure_unit for d in duties}
    )
    levels = models.LevelReached.objects.filter(plan=plan, indicator__in=indicators)
    words = models.Narrative.objects.filter(plan=plan, project__in=projects, unit_code=unit.code, period=period)
    return SeenRows(
        {(f.indicator, f.unit_code, f.period, f.span): f for f in figures.select_related("changed_by")},
        {(x.indicator, x.number): x for x in levels},
        {w.project: w for w in words},
        tuple(_evidence(plan, unit, period, projects)),
    )


def _sent(plan: models.Plan, unit: models.Unit, period: int, duties: tuple[Duty, ...]) -> SeenRows:
    indicators, projects = {d.indicator.id for d in duties}, {d.project.id for d in duties}
    seen = SeenRows(is_typed=False)
    rows = list(what_counts.sendings(plan.pk).filter(unit=unit))
    for sending in rows:
        for row in sending.content.get("figures", ()):
            if row["indicator"] in indicators:
                figure = models.Figure(plan=plan, **what_counts.values_of(row))
                seen.figures[figure.indicator, figure.unit_code, figure.period, figure.span] = figure
        for row in sending.content.get("levels", ()):
            if row["indicator"] in indicators:
                seen.levels[row["indicator"], row["number"]] = models.LevelReached(
                    plan=plan, **what_counts.values_of(row)
                )
        for row in sending.content.get("narratives", ()):
            if row["period"] == period:
                seen.words[row["project"]] = models.Narrative(plan=plan, **what_counts.values_of(row))
    people = models.Person.objects.in_bulk({f.changed_by_id for f in seen.figures.values()} - {None})
    for figure in seen.figures.values():
        figure.changed_by = people.get(figure.changed_by_id)
    known = what_counts.evidence_in(rows)
    seen.evidence = tuple(e for e in _evidence(plan, unit, period, projects) if e.pk in known)
    return seen


def _evidence(plan: models.Plan, unit: models.Unit, period: int, projects: Iterable[str]) -> Iterable[models.Evidence]:
    rows = models.Evidence.objects.filter(plan=plan, project__in=projects, unit_code=unit.code, period=period)
    return rows.filter(withdrawn=False).select_related("added_by")


def laid_over(project: Project, seen: SeenRows, duties: Iterable[Duty], plan: models.Plan) -> Project:
    """Return ``project`` with what the unit typed laid over what counts: the same object where that is nothing new."""
    if not seen.is_typed:
        return project
    units: Mapping[str, str] = {d.indicator.id: d.figure_unit for d in duties if d.project.id == project.id}

    def laid(indicator: Indicator) -> Indicator:
        parts = tuple(map(laid, indicator.parts))
        own = indicator if parts == indicator.parts else replace(indicator, parts=parts)
        return _indicator(own, seen, units[own.id], plan) if own.id in units else own

    made = tuple(map(laid, project.indicators))
    return project if made == project.indicators else replace(project, indicators=made)


def _indicator(indicator: Indicator, seen: SeenRows, unit: str, plan: models.Plan) -> Indicator:
    entries = {(e.unit, e.period, e.span): e for e in indicator.entries}
    for row in seen.by_line[indicator.id, unit]:
        key = (row.unit_code, row.period, row.span)
        if (entry := laid_entry(indicator, entries.get(key), key, row)) is not None:
            entries[key] = entry
    levels = tuple(laid_level(level, seen.levels.get((indicator.id, level.number)), plan) for level in indicator.levels)
    return replace(indicator, entries=tuple(entries[key] for key in sorted(entries)), levels=levels)
