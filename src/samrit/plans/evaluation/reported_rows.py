"""What was reported, and how it is laid over a version's own records: figures, levels, words, money, settled results.

A new kind of rows (or another way to read one) takes a function that yields a :class:`ReportedRow` for
every row written after a sequence, a line in ``KINDS``, and the place in :func:`overlaid`
where its values are laid over a work.  A table without a ``sequence`` yields all its rows each time.
Nothing else has to be said: what is joined in such a query is noticed, and waited for too
(``memory``); only works of which a value is another one are laid and scored again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Model

from samrit.engine.arithmetic import ZERO, divide, round_half_up
from samrit.engine.model import (
    Aggregation,
    Entry,
    Figure,
    Indicator,
    Level,
    MoneyMovement,
    MoneyState,
    Narrative,
    Override,
    Project,
    Source,
)
from samrit.engine.model import Plan as EnginePlan
from samrit.package.kinds import bare, in_order, laid
from samrit.plans import models
from samrit.plans.evaluation import watching, what_counts
from samrit.plans.evaluation.allotted import rows_since
from samrit.plans.evaluation.year_rows import year_record_of
from samrit.plans.fields import figure_of
from samrit.plans.records.chain_place import Written
from samrit.vocabulary.narrative import WORDS
from samrit.vocabulary.periods import period_in

_RESULT = ("actual", "numerator", "denominator")
_SHARE_PLACES = 20  # of a share made from its parts: far more than is ever shown, and exact enough to be written down


class ReportedFigure(NamedTuple):
    """A figure as it was reported."""

    actual: Figure
    numerator: Figure
    denominator: Figure
    note: str
    explanation: str
    revision: int
    by: int | None  # who reported it, and when
    at: datetime


class ReachedLevel(NamedTuple):
    """A level as it was reported: the day is None where it was taken back."""

    reached_on: date | None
    evidence_text: str


class ReportedRow(NamedTuple):
    """One row: the work or indicator it is about, what a later row with the same key replaces, and what it says.

    ``sequence`` is that of the history entry which wrote it, 0 in a table that keeps none.
    """

    record: str
    key: Any
    value: Any
    sequence: int


def _figures(plan: int, since: int, standing: str) -> Iterator[ReportedRow]:
    """Yield the figures that were sent: what is only typed does not count."""
    for row, sequence in what_counts.parts_sent(plan, "figures", standing=standing, after=since):
        said = ReportedFigure(
            figure_of(row["actual"]),
            figure_of(row["numerator"]),
            figure_of(row["denominator"]),
            row["note"],
            row["explanation"],
            row["revision"],
            row["changed_by"],
            datetime.fromisoformat(row["changed_at"]),
        )
        yield ReportedRow(row["indicator"], (row["unit_code"], row["period"], row["span"]), said, sequence)


def _levels(plan: int, since: int, standing: str) -> Iterator[ReportedRow]:
    for row, sequence in what_counts.parts_sent(plan, "levels", standing=standing, after=since):
        day = date.fromisoformat(row["reached_on"]) if row["reached_on"] else None
        yield ReportedRow(row["indicator"], row["number"], ReachedLevel(day, row["evidence_text"]), sequence)


def _narratives(plan: int, since: int, standing: str) -> Iterator[ReportedRow]:
    """Yield the units' words on works, in the order of months and units; None where they were emptied."""
    for row, sequence in what_counts.parts_sent(plan, "narratives", standing=standing, after=since):
        said = {word.name: row.get(word.name, "") for word in WORDS}
        words = Narrative(row["period"], **said, written_on=datetime.fromisoformat(row["changed_at"]).date())
        key = (row["period"], row["unit_code"])
        yield ReportedRow(row["project"], key, words if any(said.values()) else None, sequence)


def _money(plan: int, since: int, _: str) -> Iterator[ReportedRow]:
    """Yield the movements of works' money."""
    for row in models.MoneyMovement.objects.filter(plan=plan, sequence__gt=since).order_by("sequence"):
        yield ReportedRow(row.project, row.pk, movement_of(row), row.sequence)


def movement_of(row: models.MoneyMovement) -> MoneyMovement:
    """Return a recorded movement of a work's money; its source is the document that it names."""
    state, source = MoneyState(row.state), Source(row.document)
    return MoneyMovement(row.period, state, row.amount or ZERO, row.funding_source, row.note, source)


def _settlements(plan: int, since: int, _: str) -> Iterator[ReportedRow]:
    """Yield settled figures and bands (WE4) of works and indicators; None where one was withdrawn."""
    rows = models.Settlement.objects.filter(plan=plan, sequence__gt=since).select_related("decided_by")
    for row in rows.order_by("sequence"):
        who, day = str(row.decided_by or ""), row.decided_at.date()
        settled = Override(row.period, row.reason, row.percent, row.band, who, day)
        yield ReportedRow(row.record, row.pk, None if row.withdrawn else settled, row.sequence)


def _year(plan: int, since: int, _: str) -> Iterator[ReportedRow]:
    """Yield the year's records of works, of every kind."""
    rows = models.YearRecord.objects.filter(plan=plan, sequence__gt=since).select_related("entered_by")
    for row in rows.order_by("sequence"):
        if (record := year_record_of(row)) is not None:
            yield ReportedRow(row.project, row.pk, record, row.sequence)


class RowKind(NamedTuple):
    """A kind of rows: its table, and how those of a plan are read that were written after a sequence.

    Of what is sent, only what has come to the standing asked for is read.
    """

    model: type[Model]
    read: Callable[[int, int, str], Iterator[ReportedRow]]


FIGURES = RowKind(models.Sending, _figures)
LEVELS = RowKind(models.Sending, _levels)
NARRATIVES = RowKind(models.Sending, _narratives)
MONEY = RowKind(models.MoneyMovement, _money)
SETTLEMENTS = RowKind(models.Settlement, _settlements)
YEAR = RowKind(models.YearRecord, _year)
ALLOTMENTS = RowKind(models.Allotment, lambda plan, since, _: map(ReportedRow._make, rows_since(plan, since)))
KINDS = (FIGURES, LEVELS, NARRATIVES, MONEY, SETTLEMENTS, YEAR, ALLOTMENTS)


@dataclass
class _Known:
    """The rows of one kind as read last: by record and key, the latest entry seen, and what else was asked for them."""

    by_record: dict[str, dict[Hashable, Any]] = field(default_factory=lambda: defaultdict(dict))
    # Writers follow one another, so a look at one table never misses an earlier
    # entry of it; it may well miss one of another table.
    seen: int = 0
    joined: frozenset[str] = frozenset()


class ReportedRows:
    """All rows of one plan that are laid over it; each look reads only what was written since the one before."""

    def __init__(self, plan: int, standing: str = models.Standing.SENT) -> None:
        self._plan, self._standing = plan, standing
        self._known: dict[RowKind, _Known] = {kind: _Known() for kind in KINDS}
        self._is_read = False

    def of(self, kind: RowKind, record: str) -> Mapping[Any, Any]:
        """Return the values of one kind about a work or an indicator, by key."""
        return self._known[kind].by_record.get(record, {})

    def in_order(self, kind: RowKind, record: str) -> list[Any]:
        """Return the values of one kind about a record, in the order in which their rows were first written."""
        values = self.of(kind, record)
        return [values[key] for key in sorted(values) if values[key] is not None]

    def catch_up(self, written: frozenset[Written]) -> set[str]:
        """Read what was ``written`` since the last look, everything at the first, and return the records it changed."""
        changed: set[str] = set()
        kinds = {entry.kind for entry in written if entry.plan in (None, self._plan)}
        for kind in KINDS:
            known = self._known[kind]
            own = watching.kind_of(kind.model._meta.db_table)
            if self._is_read and known.joined & kinds:
                changed |= self._read_whole(kind)
            elif not self._is_read or own in kinds:
                changed |= self._read_fresh(kind, known)
        self._is_read = True
        return changed

    def _read_whole(self, kind: RowKind) -> set[str]:
        """Read every row again: something that is joined to them has changed."""
        old = self._known[kind].by_record
        self._known[kind] = _Known()
        self._read_fresh(kind, self._known[kind])
        new = self._known[kind].by_record
        return {record for record in old.keys() | new.keys() if _is_other(old.get(record), new.get(record))}

    def _read_fresh(self, kind: RowKind, known: _Known) -> set[str]:
        changed: set[str] = set()
        with watching.watched() as asked:
            for row in kind.read(self._plan, known.seen, self._standing):
                values = known.by_record[row.record]
                if row.sequence or row.key not in values or _is_other(values[row.key], row.value):
                    values[row.key] = row.value
                    changed.add(row.record)
                known.seen = max(known.seen, row.sequence)
        known.joined = frozenset(asked) - {watching.kind_of(kind.model._meta.db_table)}
        return changed


def _is_other(one: object, other: object) -> bool:
    """Say whether two values are written differently: 10 and 10.0 are equal, and not the same figure."""
    return repr(one) != repr(other)


def overlaid(project: Project, rows: ReportedRows, plan: EnginePlan) -> Project:
    """Return a project of the version with everything reported on it laid over it."""
    project = bare(project)
    reported = replace(
        project,
        indicators=tuple(_indicator(indicator, rows, plan) for indicator in project.indicators),
        narratives=(*project.narratives, *rows.in_order(NARRATIVES, project.id)),
        movements=(*project.movements, *rows.in_order(MONEY, project.id)),
        overrides=(*project.overrides, *rows.in_order(SETTLEMENTS, project.id)),
        records=in_order((*project.records, *rows.in_order(YEAR, project.id))),
    )
    return laid(reported, plan)


def _indicator(indicator: Indicator, rows: ReportedRows, plan: EnginePlan) -> Indicator:
    figures, levels = rows.of(FIGURES, indicator.id), rows.of(LEVELS, indicator.id)
    overrides = rows.in_order(SETTLEMENTS, indicator.id)
    if indicator.parts:
        indicator = replace(indicator, parts=tuple(_indicator(part, rows, plan) for part in indicator.parts))
    if not figures and not levels and not overrides:
        return indicator
    entries = {(e.unit, e.period, e.span): e for e in indicator.entries}
    for key, figure in figures.items():
        if (entry := laid_entry(indicator, entries.get(key), key, figure)) is not None:
            entries[key] = entry
    return replace(
        indicator,
        entries=tuple(entries[key] for key in sorted(entries)),
        levels=tuple(laid_level(level, levels.get(level.number), plan) for level in indicator.levels),
        overrides=(*indicator.overrides, *overrides),
    )


def laid_entry(
    indicator: Indicator, planned: Entry | None, key: tuple[str, int, int], figure: ReportedFigure | models.Figure
) -> Entry | None:
    """Return the entry with the figure laid over it; None for one that was taken back and never planned."""
    unit, period, span = key
    base = planned or Entry(period, unit, span=span)
    filled = replace(
        base,
        actual=as_counted(indicator, figure),
        numerator=figure.numerator,
        denominator=figure.denominator,
        note=figure.note or base.note,
    )
    if any(getattr(filled, part) != getattr(base, part) for part in _RESULT):
        filled = replace(filled, is_typed=True)
    return None if planned is None and filled == base else filled


def as_counted(indicator: Indicator, figure: ReportedFigure | models.Figure | Entry) -> Figure:
    """Return the figure as it counts: of parts alone, under any aggregation but the ratio, their share in percent."""
    numerator, denominator = figure.numerator, figure.denominator
    if indicator.aggregation is Aggregation.RATIO or isinstance(figure.actual, Decimal):
        return figure.actual
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal) and denominator:
        return round_half_up(divide(numerator * indicator.per, denominator), _SHARE_PLACES)
    return figure.actual


def laid_level(
    level: Level, reached: ReachedLevel | models.LevelReached | None, plan: EnginePlan | models.Plan
) -> Level:
    """Return a level with the day it was reached, in the period of ``plan`` in which it counts."""
    if reached is None:
        return level
    day = reached.reached_on
    within = period_in(day, plan.year_be, plan.calendar) if day is not None else None
    said = replace(level, reached_on=day, reached_period=within, evidence=reached.evidence_text)
    return said if said == level else replace(said, is_typed=True)
