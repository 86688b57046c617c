"""The page of one work or project: what it is, where it is, and each indicator with its months and curve."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from samrit.engine.explain import explain
from samrit.engine.forecast import reason_text
from samrit.engine.model import Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.forecasts import courses_of, forecast_of
from samrit.plans.models import Person
from samrit.plans.rights import may, unit_codes
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.traces import HistoryChange, changes_of, evidence_of, history_of
from samrit.plans.selectors.work.closed_measures import closed_measures
from samrit.plans.selectors.work.work_context import (
    Expected,
    IndicatorBlock,
    Neighbour,
    WeightNote,
    WorkContext,
    WorkFact,
    WorkWords,
)
from samrit.plans.selectors.work.work_indicators import indicator_block
from samrit.plans.selectors.work.work_links import work_links
from samrit.plans.selectors.work.work_money import work_money
from samrit.plans.selectors.work.work_registers import work_registers
from samrit.plans.selectors.work.work_shared import shared_figure
from samrit.plans.selectors.work.work_sites import work_sites
from samrit.plans.selectors.work.work_steps import work_steps
from samrit.plans.selectors.work.work_year import work_timeline, work_year
from samrit.plans.selectors.work.work_years import other_years
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.narrative import said

__all__ = ["WorkContext", "sees_history_of", "whole_history", "work"]


def work(seen: Look, project_id: str, person: Person | None) -> WorkContext:
    """Return the page of a work; raises NotVisible when the plan has none of that id."""
    at = _place(seen, project_id)
    names, result = Names.of(seen), seen.result.projects[at]
    project, sees_inside = result.project, not seen.public
    sees_history = sees_inside and sees_history_of(seen, project, person)
    blocks = _blocks(seen, result, person)
    lowest = next((b for b in blocks if b.is_lowest), None) if len(blocks) > 1 else None
    return WorkContext(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        id=project.id,
        title=project.title,
        facts=_facts(names, project, sees_inside=sees_inside),
        group=_group(names, project),
        state=result.state.value,
        percent=names.percent(result.figure),
        by_points=result.score is not None,
        band=result.band,
        computed=names.percent(result.computed_percent if result.score is None else result.computed_score),
        override=result.override if sees_inside else None,
        second=_second(names, result),
        second_band=result.second_band,
        notes=_notes(names, result),
        lowest=lowest,
        lowest_hides=_hides(seen, lowest.band if lowest else None, result.band),
        course=courses_of(seen.result, [project])[0][: seen.as_of],
        expected=_expected(names, result),
        indicators=blocks,
        words=_words(names, project, sees_inside=sees_inside),
        **_recorded(seen, names, project, person),
        evidence=evidence_of(seen.plan, project.id) if sees_inside else (),
        history=history_of(seen.plan, project) if sees_history else (),
        changes=changes_of(seen.plan, project) if sees_history else 0,
        sees_inside=sees_inside,
        sees_history=sees_history,
        previous=_neighbour(seen, at - 1),
        next=_neighbour(seen, at + 1),
    )


def _blocks(seen: Look, result: ProjectResult, person: Person | None) -> tuple[IndicatorBlock, ...]:
    names = Names.of(seen)
    return tuple(indicator_block(names, result, i, shared_figure(seen, i.indicator, person)) for i in result.indicators)


def _recorded(seen: Look, names: Names, project: Project, person: Person | None) -> dict[str, Any]:
    """Return the work's links, its money and what was recorded in its year, by field of the page."""
    year = work_year(seen, project, person)
    return {
        "links": work_links(names, project),
        "years": other_years(seen, project, person, today=timezone.localdate()),
        "money": work_money(seen, project, person),
        "year": year,
        "sites": work_sites(names, project),
        "closed": closed_measures(seen, project.id),
        "registers": work_registers(names, project, year.until),
        "steps": work_steps(names, project, today=timezone.localdate(), until=year.until),
        "timeline": work_timeline(seen, project, year.until),
    }


def whole_history(seen: Look, project_id: str, person: Person | None) -> tuple[HistoryChange, ...]:
    """Return every change to a work and its indicators, latest first; raises NotVisible for who may not read it."""
    project = seen.result.projects[_place(seen, project_id)].project
    if seen.public or not sees_history_of(seen, project, person):
        raise NotVisible(project_id)
    return history_of(seen.plan, project, None)


def _place(seen: Look, project_id: str) -> int:
    for at, result in enumerate(seen.result.projects):
        if result.project.id == project_id:
            return at
    raise NotVisible(project_id)


def _hides(seen: Look, lowest: Band | None, band: Band | None) -> bool:
    """Say whether the average is in a better band than the lowest indicator (WE5)."""
    bands = seen.result.ruleset.bands
    return lowest is not None and band is not None and bands.index(lowest) < bands.index(band)


def sees_history_of(seen: Look, project: Project, person: Person | None) -> bool:
    """Say whether the person may read the work's history: overseers all, reporters and heads their own units'."""
    if may(person, "history.view", plan=seen.plan):
        return True
    if person is None or not may(person, "history.view_own", plan=seen.plan):
        return False
    return may(person, "report_file.make", plan=seen.plan) or not unit_codes(person).isdisjoint(
        project.responsible_units
    )


def _neighbour(seen: Look, at: int) -> Neighbour | None:
    if not 0 <= at < len(seen.result.projects):
        return None
    project = seen.result.projects[at].project
    return Neighbour(project.id, project.title)


def _facts(names: Names, project: Project, *, sees_inside: bool) -> tuple[WorkFact, ...]:
    word = names.word
    facts = [
        ("fund", names.named("fund", project.fund)),
        ("strategy", _coded(project.strategy, names.named("strategy", project.strategy))),
        (
            "tactic",
            " › ".join(
                _coded(names.number("tactic", t), names.named("tactic", t)) for t in names.tactics.line(project.tactic)
            ),
        ),
        ("programme", names.headed("programme", project.programme)),
        ("kind", word(project.kind.value, "kind") if project.kind else ""),
        ("unit", ", ".join(map(names.unit, project.responsible_units)) or project.responsible_text),
        ("period", _span(names, project)),
        ("status", word(project.status.value, "project_status") if project.status else ""),
        ("goal", project.goal),
        ("verification", project.verification),
        ("assumptions", project.assumptions),
        ("risk", project.risk),
        ("remark", project.remark),
        ("note", project.note if sees_inside else ""),
    ]
    return tuple(WorkFact(key, text) for key, text in facts if text)


def _group(names: Names, project: Project) -> tuple[Neighbour, ...]:
    """Return the works that share goal and steps with a work (R43)."""
    head = project.shares_with or project.id
    works = (p for p in names.result.plan.projects if head in (p.id, p.shares_with))
    return tuple(Neighbour(p.id, p.title) for p in works if p.id != project.id)


def _coded(code: str, name: str) -> str:
    return name if name == code or not code else f"{code} {name}"


def _span(names: Names, project: Project) -> str:
    if project.starts_on is not None and project.ends_on is not None:  # a period may cross the year (R47)
        days = (format_date(day, names.language, style="short") for day in (project.starts_on, project.ends_on))
        return " – ".join(days)
    if project.first_period is None or project.last_period is None:
        return project.period_text
    first, last = names.period(project.first_period).month, names.period(project.last_period).month
    return first if first == last else f"{first} – {last}"


def _notes(names: Names, result: ProjectResult) -> tuple[WeightNote, ...]:
    """Return what the derivation says about weights: wrong sums, equal shares, those spread over the rest (P14).

    Of one indicator alone, or where none is left to take the weight over, nothing is to be said.
    """
    told = {"weights_wrong", "band_nothing_reported"}
    if len(result.indicators) > 1:
        told |= {"weights_equal"} | ({"weights_spread"} if result.band else set())
    steps = explain(names.result, result.project.id).children
    return tuple(
        WeightNote(step.sentence(names.language), step.rule, step.code == "weights_wrong")
        for step in steps
        if step.code in told
    )


def _second(names: Names, result: ProjectResult) -> str:
    """Return the second reading (AC7) where it says something else than the official one."""
    shown = names.percent(result.second_percent)
    return shown if result.second_percent is not None and shown != names.percent(result.computed_percent) else ""


def _expected(names: Names, result: ProjectResult) -> Expected | None:
    if names.result.as_of == 12:
        return None
    forecast = forecast_of(names.result).project(result.project.id)
    if forecast is None or forecast.percent is None:
        return None
    reasons = tuple(
        f"{part.indicator.id}: {reason_text(code, params, names.language)}"
        for part in forecast.indicators
        for code, params in part.reasons
    )
    percent, low, high = (names.percent(value) for value in (forecast.percent, forecast.low, forecast.high))
    return Expected(percent, low, high, forecast.band, reasons)


def _words(names: Names, project: Project, *, sees_inside: bool) -> tuple[WorkWords, ...]:
    """Return the reports' words, latest first; those of later periods than the evaluated one are left out."""
    told = sorted((n for n in project.narratives if n.period <= names.result.as_of), key=lambda n: -n.period)
    return tuple(
        WorkWords(
            names.period(n.period) if 1 <= n.period <= 12 else None,
            said(n, public=not sees_inside),
            n.written_on,
        )
        for n in told
        if sees_inside or said(n, public=True)
    )
