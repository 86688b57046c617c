"""Live values in editors' texts: ``{S2-57.percent}`` becomes the figure as of the report (R229).

An editor writes the words; the figure always comes from the evaluation, so a text
can never contradict the tables beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.reports.document.model import Run
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.findings import Finding, Place

_FIELD = re.compile(r"\{([^{}\s]+)\.([a-z_]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)

_PROJECT: dict[str, Callable[[ReportView, ProjectResult], str | None]] = {
    "percent": lambda v, r: _shown(v, r),
    "score": lambda v, r: _shown(v, r),
    "band": lambda v, r: v.band_name(r.band) if r.band else None,
    "title": lambda v, r: r.project.title,
    "budget": lambda v, r: None if r.project.budget is None else v.voice.money(r.project.budget),
}
_INDICATOR: dict[str, Callable[[ReportView, IndicatorResult], str | None]] = {
    "percent": lambda v, r: None if r.percent is None else v.percent_text(r.percent),
    "score": lambda v, r: None if r.score is None else v.percent_text(r.score),
    "actual": lambda v, r: _some(v, achieved_of(r)),
    "plan": lambda v, r: _some(v, planned_shown(r)),
    "name": lambda v, r: r.indicator.name,
    "unit": lambda v, r: r.indicator.unit_of_measure,
    "target": lambda v, r: target_text(v, r) or None,
}


def live(view: ReportView, text: str) -> str:
    """Return the text with every ``{id.field}`` filled; one that has no value is shown as missing, not hidden."""

    def fill(match: re.Match[str]) -> str:
        value = field_value(view, match[1], match[2])
        return view.voice.say("live_missing", field=f"{match[1]}.{match[2]}") if value is None else value

    return _FIELD.sub(fill, text)


def rich(view: ReportView, text: str) -> tuple[Run, ...]:
    """Return a text with live values as runs; ``**words**`` are bold (R234)."""
    runs, end = [], 0
    filled = live(view, text)
    for match in _BOLD.finditer(filled):
        runs += [Run(filled[end : match.start()]), Run(match[1], bold=True)]
        end = match.end()
    return tuple(run for run in (*runs, Run(filled[end:])) if run.text)


def field_value(view: ReportView, record: str, field: str) -> str | None:
    """Return the value of a field of a project or an indicator as printed, or None where there is none."""
    project = view.result.project(record)
    if project is not None:
        reader = _PROJECT.get(field)
        if reader is not None:
            return reader(view, project)
        single = project.indicators[0] if len(project.indicators) == 1 else None
        return _of_indicator(view, single, field)
    found = next((i for r in view.result.projects for i in r.indicators if i.indicator.id == record), None)
    return _of_indicator(view, found, field)


def fields_in(view: ReportView, text: str) -> dict[str, str | None]:
    """Return every live value that a text names, ``S2-57.percent``, as printed; None for one with nothing to show."""
    return {f"{m[1]}.{m[2]}": field_value(view, m[1], m[2]) for m in _FIELD.finditer(text)}


def missing_fields(result: PlanResult) -> tuple[Finding, ...]:
    """Return a finding for every live value in the plan's texts that has nothing to show."""
    view = view_of(result, "th", None)
    return tuple(
        Finding(
            "report_text_unknown_field",
            Place(t.source.document, t.source.page, t.source.line),
            {"field": f"{m[0]}.{m[1]}"},
        )
        for t in result.plan.texts
        for m in dict.fromkeys(f.groups() for f in _FIELD.finditer(f"{t.text}\n{t.text_en}"))
        if field_value(view, *m) is None
    )


def target_text(view: ReportView, result: IndicatorResult) -> str:
    """Return the year's target as the document prints it, else its value; empty where there is none."""
    target = result.indicator.target_of(view.result.plan.year_be)
    if target is None:
        return ""
    return target.text or view.voice.figure(target.value)


def planned_of(result: IndicatorResult) -> Decimal | None:
    """Return what was planned up to the evaluated month: the total, or the level that milestones ask for."""
    return result.level_planned if result.plan_total.value is None else result.plan_total.value


def planned_shown(result: IndicatorResult) -> Decimal | Ends | None:
    """Return what :func:`planned_of` does, as it is told: both ends of a range (AC13)."""
    return result.level_planned if result.planned is None else result.planned


def achieved_of(result: IndicatorResult) -> Decimal | None:
    """Return what was achieved up to the evaluated month: the total, or the level reached."""
    return result.level_reached if result.actual_total.value is None else result.actual_total.value


def _of_indicator(view: ReportView, result: IndicatorResult | None, field: str) -> str | None:
    reader = _INDICATOR.get(field)
    return reader(view, result) if reader is not None and result is not None else None


def _some(view: ReportView, value: Decimal | Ends | None) -> str | None:
    return None if value is None else view.voice.total(value)


def _shown(view: ReportView, result: ProjectResult) -> str | None:
    figure = view.figure_of(result)
    return None if figure is None else view.percent_text(figure)
