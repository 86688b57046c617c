"""What is behind figures in the tables: who reported when, evidence, and the history of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samrit.engine.model import Project
from samrit.plans.evaluation.scoring import sent_figures
from samrit.plans.evaluation.what_counts import evidence_sent, only_typed
from samrit.plans.models import Evidence, HistoryEntry, Person, Plan
from samrit.plans.records.snapshots import SIGNATURES

UNTOLD = SIGNATURES | {"id", "fingerprint"}  # of a row's columns: what names it, and who and when
MOST_CHANGES = 50  # on a page; all of them go out as a table


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reported a figure last, and when."""

    by: str
    at: datetime
    revision: int
    note: str
    explanation: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A file of evidence."""

    id: int
    name: str
    size: int
    content_type: str
    indicator: str
    unit: str
    period: int
    added_at: datetime
    by: str
    sha256: str
    erased: int = 0  # the number of the decision that erased it


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One entry of the history: who, when, what, from which to which value, why."""

    sequence: int
    at: datetime
    by: str
    action: str
    record: str
    unit: str
    period: int | None
    values: tuple[tuple[str, str, str], ...]  # name, old, new
    reason: str
    is_typed: bool = False  # not sent yet: the values are its unit's own


Place = tuple[str, str, int, int]  # indicator, unit, period, span


def reported(plan: Plan, indicators: Iterable[str]) -> Mapping[Place, Reported]:
    """Return who reported the figures of these indicators, by place; figures that came with the plan are not there."""
    rows = sent_figures(plan, indicators)
    people = Person.objects.in_bulk({said.by for said in rows.values() if said.by is not None})
    return {
        at: Reported(str(people.get(said.by) or ""), said.at, said.revision, said.note, said.explanation)
        for at, said in rows.items()
    }


def evidence_of(plan: Plan, project: str) -> tuple[EvidenceLine, ...]:
    """Return a project's evidence that was sent and not withdrawn, oldest first."""
    rows = Evidence.objects.filter(plan=plan, project=project, withdrawn=False).select_related("added_by")
    sent = evidence_sent(plan, rows)
    return tuple(
        EvidenceLine(
            e.pk, e.name, e.size, e.content_type, e.indicator, e.unit_code, e.period, e.added_at,
            str(e.added_by or ""), e.sha256, e.erased,
        )
        for e in rows if e.pk in sent
    )  # fmt: skip


def history_of(plan: Plan, project: Project, most: int | None = MOST_CHANGES) -> tuple[HistoryChange, ...]:
    """Return the changes to a project and its indicators, latest first; None for ``most`` gives them all."""
    return _changes(plan, _entries(plan, project).select_related("actor").order_by("-sequence")[:most])


def changes_of(plan: Plan, project: Project) -> int:
    """Return how many changes to a project and its indicators there were."""
    return _entries(plan, project).count()


def history_of_entry(plan: Plan, indicator: str, period: int) -> tuple[HistoryChange, ...]:
    """Return the changes to an indicator's figures of one period, latest first, as many as a page takes."""
    rows = HistoryEntry.objects.filter(plan=plan, record=indicator, period=period).order_by("-sequence")
    rows = rows.select_related("actor")
    return _changes(plan, rows[:MOST_CHANGES])


def changes_of_entry(plan: Plan, indicator: str, period: int) -> int:
    """Return how many changes to an indicator's figures of one period there were."""
    return HistoryEntry.objects.filter(plan=plan, record=indicator, period=period).count()


def _entries(plan: Plan, project: Project) -> QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(plan=plan, record__in=[project.id, *(i.id for i in project.measures)])


def _changes(plan: Plan, entries: Iterable[HistoryEntry]) -> tuple[HistoryChange, ...]:
    """Return entries as changes; of what was typed and not sent it is told that, and not what."""
    rows = tuple(entries)
    typed = only_typed(plan, rows)
    return tuple(_change(entry, is_typed=entry.sequence in typed) for entry in rows)


def _change(entry: HistoryEntry, *, is_typed: bool) -> HistoryChange:
    before, after = _spread(entry.old), _spread(entry.new)
    kept = [] if is_typed else [*before, *after]
    names = [name for name in dict.fromkeys(kept) if name not in UNTOLD]
    both = ((n, _text(before.get(n)), _text(after.get(n))) for n in names)
    values = tuple((n, old, new) for n, old, new in both if old != new)
    return HistoryChange(
        entry.sequence, entry.at, entry.by, entry.action, entry.record, entry.unit_code, entry.period,
        values, entry.reason, is_typed,
    )  # fmt: skip


def _spread(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state of a row with the cells of one of the year's records as ``kind.field``, each for itself."""
    cells = {f"{state.get('kind', '')}.{name}": cell for name, cell in state.get("cells", {}).items()}
    return {name: value for name, value in state.items() if name != "cells"} | cells


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "✓" if value else ""  # in any language; what is not so needs no saying
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
