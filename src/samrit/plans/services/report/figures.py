"""Monthly figures: saved cell by cell over the revision that was seen, never over somebody else's (R152–R171)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from samrit.engine.as_planned import can_be_result, planned_for
from samrit.engine.model import Aggregation, Entry, Indicator, Mark
from samrit.engine.model import Figure as Value
from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, Plan, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.report.drafts import MonthDraft, draft
from samrit.plans.services.report.outcomes import Conflict, Refusal, SaveOutcome
from samrit.plans.services.writing import Actor, person_of, service
from samrit.vocabulary.figures import shortened
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import NoNumber, is_percent_unit, parse_figure

_HUNDRED = Decimal(100)
_LONGEST = 38  # characters of a stored figure; far beyond any amount
_VALUES = ("actual", "numerator", "denominator")
_TEXTS = ("note", "explanation")


FiguresOutcome = SaveOutcome[CellInput, Figure]


@service
def figures_save(actor: Actor, *, plan: Plan, unit: Unit, period: int, cells: Sequence[CellInput]) -> FiguresOutcome:
    """Save what can be saved of ``cells`` and say what became of each; conflicts are returned, never overwritten.

    Raises ServiceError ``not_allowed`` when the actor may not write for ``unit`` at all.
    """
    return _saved(draft(actor, plan, unit), period, cells)


@service
def figures_as_planned(actor: Actor, *, plan: Plan, unit: Unit, period: int) -> FiguresOutcome:
    """Report what is due and still blank exactly as it was planned, where a plan figure can be a result (AC12)."""
    book = draft(actor, plan, unit)
    book.require_open(period)
    book.reports_for("", period)
    cells = []
    known: dict[tuple[str, str], dict[int, Figure]] = defaultdict(dict)
    for row in Figure.objects.filter(plan=plan, period=period):
        known[row.indicator, row.unit_code][row.span] = row
    for duty in book.duties[period].by_unit.get(unit.code, ()):
        planned = planned_for(duty.reported, duty.figure_unit, period)
        # What its categories make is an indicator's figure, too (BD1): the plan's would take its place.
        own = (duty.indicator, *duty.indicator.parts)
        if not duty.is_due(period) or planned is None or any(_is_said(i, duty.figure_unit, period, known) for i in own):
            continue
        standing = known[duty.indicator.id, duty.figure_unit].get(planned.span)
        if can_be_result(duty.indicator, planned):
            parts = (planned.planned_numerator, planned.planned_denominator)
            seen = standing.revision if standing is not None else 0
            cells.append(
                CellInput(duty.indicator.id, planned.planned, *parts, expected_revision=seen, span=planned.span)
            )
    return _saved(book, period, cells)


Key = tuple[str, str, int, int]


def _saved(book: MonthDraft, period: int, cells: Sequence[CellInput]) -> FiguresOutcome:
    conflicts, refused, unchanged = [], [], []
    standing = _standing(book, cells, period)
    staged: list[tuple[Figure, dict[str, Any]]] = []
    for given in cells:
        cell = given if given.period is not None else replace(given, period=period)
        try:
            kind, row, old = _staged(book, cell, standing)
        except ServiceError as error:
            refused.append(Refusal(given, error))
            continue
        if kind == "conflict":
            conflicts.append(Conflict(given, row))
        elif kind == "unchanged":
            unchanged.append(row)
        else:
            staged.append((row, old))
    saved = write_figures(book.actor, staged, action="figure.save")
    for month in sorted({row.period for row in saved}):
        book.wrote(month, *(row for row in saved if row.period == month))
    return FiguresOutcome(tuple(saved), tuple(conflicts), tuple(refused), tuple(unchanged))


def _standing(book: MonthDraft, cells: Sequence[CellInput], period: int) -> dict[Key, Figure]:
    """Return the rows that the cells are about, read at once: an indicator of a group has many others."""
    rows = Figure.objects.select_related("changed_by", "plan")
    months = {cell.period or period for cell in cells}
    own = {duty.figure_unit for month in months if 1 <= month <= 12 for duty in book.duties_in(month)}
    found = rows.filter(
        plan=book.plan, indicator__in={c.indicator for c in cells}, period__in=months, unit_code__in=own
    )
    return {(f.indicator, f.unit_code, f.period, f.span): f for f in found}


def _staged(book: MonthDraft, cell: CellInput, standing: dict[Key, Figure]) -> tuple[str, Figure, dict[str, Any]]:
    """Prepare one cell's row; return "saved", "unchanged" or "conflict", the row, and what it was."""
    period = cell.period or 0
    book.require_open(period, cell.indicator)
    duty = book.duty(cell.indicator, period)
    book.require_covered_open(duty, period, cell.span)
    key = (cell.indicator, duty.figure_unit, period, cell.span)
    row = standing.get(key) or _imported(book.plan, duty.indicator, duty.figure_unit, period, cell.span)
    book.require_seen(row)
    old = snapshot(row)
    fresh = _typed(cell, row, duty.indicator)
    if all(getattr(row, name) == value for name, value in fresh.items()):
        return "unchanged", row, old
    if row.revision != cell.expected_revision:
        return "conflict", row, old
    for name, value in fresh.items():
        setattr(row, name, value)
    row.revision += 1
    standing[key] = row
    return "saved", row, old


def write_figures(
    actor: Actor, changed: Sequence[tuple[Figure, dict[str, Any]]], *, action: str, reason: str = ""
) -> list[Figure]:
    """Write rows whose revision was raised, each with its history entry, and return them."""
    now, person = timezone.now(), person_of(actor)
    for row, _ in changed:
        row.changed_at, row.changed_by = now, person
    notes = [
        history.Note(action, row.plan, row.indicator, row.unit_code, row.period, old, snapshot(row), reason)
        for row, old in changed
    ]
    for (row, _), entry in zip(changed, history.record_all(person, notes), strict=True):
        row.sequence = entry.sequence
    rows = list({id(row): row for row, _ in changed}.values())
    fresh, kept = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    Figure.objects.bulk_create(fresh)
    for row in kept:  # a statement of its own for each costs a fraction of one for all with its cases
        row.save(update_fields=[*_VALUES, *_TEXTS, "revision", "sequence", "changed_at", "changed_by"])
    return rows


def _imported(plan: Plan, indicator: Indicator, unit: str, period: int, span: int) -> Figure:
    """Return the unsaved row of a figure as the plan's version holds it: what an undo goes back to."""
    known = next((e for e in indicator.entries if (e.unit, e.period, e.span) == (unit, period, span)), None)
    entry = known or Entry(period, unit, span=span)
    return Figure(
        plan=plan,
        indicator=indicator.id,
        unit_code=unit,
        period=period,
        span=span,
        actual=entry.actual,
        numerator=entry.numerator,
        denominator=entry.denominator,
        revision=0,
    )


def _is_said(
    indicator: Indicator, unit: str, period: int, known: Mapping[tuple[str, str], Mapping[int, Figure]]
) -> bool:
    """Say whether a month has a result, reported (``known`` by indicator and unit, then span) or come with the plan."""
    imported = {e.span: e for e in indicator.entries if (e.unit, e.period) == (unit, period)}
    standing: Mapping[int, Entry | Figure] = {**imported, **known.get((indicator.id, unit), {})}
    return any(one.actual is not Mark.BLANK or isinstance(one.numerator, Decimal) for one in standing.values())


def _typed(cell: CellInput, base: Figure, indicator: Indicator) -> dict[str, Any]:
    """Return the columns that the cell sets; raises ServiceError for what is no figure."""
    fresh: dict[str, Any] = {
        name: _value(getattr(cell, name), indicator.id, in_percent=name == "actual" and takes_percent(indicator))
        for name in _VALUES
        if getattr(cell, name) is not None
    }
    fresh |= {name: getattr(cell, name).strip() for name in _TEXTS if getattr(cell, name) is not None}
    numerator = fresh.get("numerator", base.numerator)
    denominator = fresh.get("denominator", base.denominator)
    if isinstance(numerator, Decimal) != isinstance(denominator, Decimal):
        raise ServiceError("figure_parts_incomplete", record=indicator.id)
    if isinstance(denominator, Decimal) and not denominator:
        raise ServiceError("figure_denominator_zero", record=indicator.id)
    return fresh


def takes_percent(indicator: Indicator) -> bool:
    """Say whether a result may be typed with a percent sign: 95 % of an indicator in percent is 95."""
    is_share = indicator.is_share or indicator.aggregation is Aggregation.RATIO
    return is_percent_unit(indicator.unit_of_measure) or (is_share and indicator.per == _HUNDRED)


def _value(typed: str | Value, record: str, *, in_percent: bool = True) -> Value:
    if isinstance(typed, str) and typed.rstrip().endswith(("%", "％")) and not in_percent:
        raise ServiceError("figure_percent_elsewhere", record=record, text=shortened(typed))
    if isinstance(typed, Mark):
        return typed
    read = typed if isinstance(typed, Decimal) else parse_figure(typed)
    if isinstance(read, NoNumber):
        return Mark[read.name]
    if isinstance(read, Finding):
        raise ServiceError(read.code, record=record, **read.params)
    if not read.is_finite() or len(f"{read:f}") > _LONGEST:
        raise ServiceError("figure_too_long", record=record, text=str(read), limit=_LONGEST)
    return read
