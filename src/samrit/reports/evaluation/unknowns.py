"""What is behind the limits of a report: what is missing, not due, settled, read otherwise (P14, AC7, WE4).

It is the planner's file: the board's report has ``limits``, five lines that lead here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from samrit.engine.model import Override
from samrit.engine.results import IndicatorResult, ProjectResult, State
from samrit.reports.document.model import Cell, Heading, Paragraph, Row, Section, TableBlock
from samrit.reports.evaluation.as_planned import as_planned
from samrit.reports.evaluation.readings import hidden_lows, second_reading
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.reports.evaluation.words.live_values import planned_shown
from samrit.vocabulary.findings import Finding, Severity, sentence
from samrit.vocabulary.numbers import format_number

_STATES = (State.NOT_REPORTED, State.NOT_DUE, State.NO_PLAN, State.NO_DATA, State.NOT_APPLICABLE)
_FULL = Decimal(100)
FULL_WEIGHT = format_number(_FULL, None)

Pairs = list[tuple[ProjectResult, IndicatorResult]]


def unknowns(view: ReportView, findings: Sequence[Finding] | None = None) -> Blocks:
    """Return the section on what the report does not cover; the findings of the checks only where they are given."""
    if not view.voice.template.unknowns:
        return ()
    return (
        Section(),
        Heading(view.voice.say("unknowns_heading"), 1),
        Paragraph(_method(view)),
        _table(view),
        *_not_reported(view),
        *_weights(view),
        *_overrides(view),
        *as_planned(view),
        *hidden_lows(view),
        *second_reading(view),
        *_checks(view, findings),
    )


def _method(view: ReportView) -> str:
    rules, voice = view.ruleset, view.voice
    fields = {"name": voice.name(rules.name, rules.name_en), "id": rules.id, "date": voice.date(rules.effective_from)}
    if not view.result.as_of:
        return voice.say("unknowns_method_start", **fields)
    return voice.say("unknowns_method", **fields, month=view.timing.month_year(view.result.as_of))


def _table(view: ReportView) -> TableBlock:
    """Return one row per kind of gap: how many indicators and projects, and what it does to the figures."""
    rows = []
    for state in _STATES:
        pairs = in_state(view, state)
        rows.append(_row(view, f"unknown_{state.value}", len(pairs), _projects_of(pairs)))
    outside = [r for r in view.result.projects if not r.counts and not r.project.level]
    rows.append(_row(view, "unknown_outside", sum(len(r.indicators) for r in outside), _distinct(outside)))
    wrong = wrong_weights(view)
    rows.append(_row(view, "unknown_weights", sum(len(r.indicators) for r in wrong), _distinct(wrong)))
    settled = [(r, i) for r in view.result.projects for i in r.indicators if i.override]
    projects = [r for r in view.result.projects if r.override or any(i.override for i in r.indicators)]
    rows.append(_row(view, "unknown_overrides", len(settled), _distinct(projects)))
    keys = ("unknowns_what", "unknowns_indicators", "unknowns_projects", "unknowns_effect")
    heads = head_row(*(view.voice.say(key) for key in keys))
    return TableBlock(heads, tuple(rows), (2.6, 1.0, 1.2, 4.2), view.voice.say("unknowns_caption"))


def _row(view: ReportView, key: str, indicators: int, projects: int) -> Row:
    counts = (Cell(view.voice.count_or_dash(n), "right") for n in (indicators, projects))
    return Row((Cell(view.voice.say(key, full=FULL_WEIGHT)), *counts, Cell(view.voice.say(f"{key}_effect"))))


def in_state(view: ReportView, state: State) -> Pairs:
    """Return the indicators in a state, with their works; those that the evaluators settled are in none."""
    return [(r, i) for r in view.result.projects for i in r.indicators if i.state is state and not i.override]


def _distinct(results: Iterable[ProjectResult]) -> int:
    return len({r.project.key for r in results})


def _projects_of(pairs: Pairs) -> int:
    return _distinct(r for r, _ in pairs)


def wrong_weights(view: ReportView) -> list[ProjectResult]:
    """Return the projects with printed weights that do not add up to 100 (WE1, R177)."""
    return [
        r
        for r in view.result.projects
        if any(i.indicator.weight is not None for i in r.indicators) and r.weight_sum != _FULL
    ]


def _not_reported(view: ReportView) -> Blocks:
    """Return which indicators were due and silent, so that the zero can be told from a failure (AC6)."""
    silent = in_state(view, State.NOT_REPORTED)
    if not silent:
        return ()
    rows = tuple(
        Row(
            (
                Cell(r.project.id),
                Cell(view.project_name(r)),
                Cell(i.indicator.name),
                _right(view.voice.total(planned_shown(i))),
            )
        )
        for r, i in silent
    )
    keys = ("head_id", "head_project", "head_indicator", "row_plan")
    heads = head_row(*(view.voice.say(key) for key in keys))
    return (TableBlock(heads, rows, (1.0, 3.6, 3.0, 1.0), view.voice.say("not_reported_caption")),)


def _weights(view: ReportView) -> Blocks:
    """Return both readings where weights do not add up to 100 (WE1)."""
    wrong = wrong_weights(view)
    if not wrong or view.by_points:
        return ()
    rows = tuple(
        Row(
            (
                Cell(r.project.id),
                Cell(view.project_name(r)),
                _right(format_number(r.weight_sum, None)),
                _right(view.percent_text(r.computed_percent)),
                _right(view.percent_text(r.normalised_percent)),
            )
        )
        for r in wrong
    )
    keys = ("head_id", "head_project", "weights_sum", "weights_as_printed", "weights_normalised")
    heads = head_row(*(view.voice.say(key) for key in keys))
    return (TableBlock(heads, rows, (1.0, 4.0, 1.2, 1.4, 1.4), view.voice.say("weights_caption", full=FULL_WEIGHT)),)


def _overrides(view: ReportView) -> Blocks:
    """Return every settled result beside the computed one, under what was said of it (WE4)."""
    said: dict[str, list[Row]] = {}
    for r in view.result.projects:
        if r.override:
            is_figure = r.override.percent is not None or (view.by_points and r.override.score is not None)
            settled = view.percent_text(view.figure_of(r)) if is_figure else _band_text(view, r)
            figures = view.percent_text(view.computed_figure(r)), settled
            said.setdefault(_said(view, r.override), []).append(_settled(r.project.id, view.project_name(r), figures))
        for i in r.indicators:
            if i.override:
                both = view.computed_indicator_figure(i), view.indicator_figure(i)
                figures = view.percent_text(both[0]), view.percent_text(both[1])
                name = " – ".join(part for part in (r.project.title, i.indicator.name) if part)
                said.setdefault(_said(view, i.override), []).append(_settled(i.indicator.id, name, figures))
    if not said:
        return ()
    keys = ("head_id", "head_project", "override_computed", "override_settled")
    heads = head_row(*(view.voice.say(key) for key in keys))
    rows = tuple(row for words, own in said.items() for row in (_group(words, len(keys)), *own))
    return (TableBlock(heads, rows, (1.0, 5.6, 1.2, 1.2), view.voice.say("overrides_caption")),)


def _said(view: ReportView, override: Override) -> str:
    """Return reason, person and day: what many settled results usually share."""
    day = view.voice.date(override.decided_on) if override.decided_on else ""
    by = " ".join(part for part in (override.decided_by, day) if part)
    return view.voice.say("override_said", reason=override.reason, by=by) if by else override.reason


def _group(words: str, columns: int) -> Row:
    return Row((Cell(words, bold=True, colspan=columns, shade="group"),), keep_with_next=True)


def _settled(code: str, name: str, figures: tuple[str, str]) -> Row:
    return Row((Cell(code), Cell(name), *(_right(text) for text in figures)))


def _band_text(view: ReportView, result: ProjectResult) -> str:
    return view.band_name(result.band) if result.band else ""


def _checks(view: ReportView, findings: Sequence[Finding] | None) -> Blocks:
    """Return the findings of the checks: one row a code, gravest first, with one sentence as example."""
    if findings is None:
        return ()
    heading = Heading(view.voice.say("checks_heading"), 2)
    if not findings:
        return heading, Paragraph(view.voice.say("checks_none"))
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    order = list(Severity)
    ranked = sorted(groups.values(), key=lambda g: (order.index(g[0].severity), -len(g)))
    rows = tuple(
        Row(
            (
                Cell(view.voice.say(f"severity_{group[0].severity.value}")),
                _right(view.voice.count(len(group))),
                Cell(sentence(group[0], view.voice.language)),
            )
        )
        for group in ranked
    )
    heads = head_row(*(view.voice.say(k) for k in ("check_severity", "check_count", "check_example")))
    return heading, TableBlock(heads, rows, (1.2, 0.8, 6.0), view.voice.say("checks_caption"))


def _right(text: str) -> Cell:
    return Cell(text, "right")
