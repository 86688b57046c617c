"""Undoing one's own last change: the row goes back to what it was, as one more change in the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from samrit.plans.errors import ServiceError
from samrit.plans.fields import figure_of
from samrit.plans.models import Figure, HistoryEntry, LevelReached, Narrative, Unit
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.services.report.drafts import MonthDraft, draft
from samrit.plans.services.report.figures import write_figures
from samrit.plans.services.report.levels import months_touched, write_level, wrote_level
from samrit.plans.services.report.narratives import write_narrative
from samrit.plans.services.writing import Actor, person_of, service
from samrit.vocabulary.narrative import WORDS

_ROWS = {"figure": Figure, "level": LevelReached, "narrative": Narrative}


@service
def change_undo(actor: Actor, *, entry: HistoryEntry) -> HistoryEntry:
    """Take back the change of ``entry`` and return the entry that did so.

    Only one's own change of a figure, level or narrative, only while nobody changed the
    same thing after it, and only while its month is open.  Raises ServiceError
    ``undo_not_yours``, ``undo_not_possible`` or ``undo_changed_since``.
    """
    kind = entry.action.partition(".")[0]
    model = _ROWS.get(kind)
    if entry.actor_id is None or person_of(actor) is None or entry.actor_id != person_of(actor).pk:  # type: ignore[union-attr]
        raise ServiceError("undo_not_yours", record=entry.record)
    if model is None or entry.plan is None:
        raise ServiceError("undo_not_possible", record=entry.record)
    row = model.objects.select_related("plan").filter(plan=entry.plan, sequence=entry.sequence).first()  # type: ignore[attr-defined]
    if row is None:
        raise ServiceError("undo_changed_since", record=entry.record)
    book = draft(actor, entry.plan, _reporter(entry))
    months = _months(book, row, entry)
    book.require_seen(row)
    _put_back(book, row, entry.old, entry)
    if isinstance(row, LevelReached):
        wrote_level(book, row, months)
    else:
        book.wrote(row.period, row)
    return HistoryEntry.objects.get(sequence=row.sequence)


def _months(book: MonthDraft, row: Figure | LevelReached | Narrative, entry: HistoryEntry) -> list[int]:
    """Return the months that the undoing touches, of what stands and of what comes back; each has to be open."""
    if isinstance(row, LevelReached):
        return months_touched(book, row.indicator, row.reached_on, _day(entry.old["reached_on"]))
    if isinstance(row, Figure):
        book.require_covered_open(book.duty(row.indicator, row.period), row.period, row.span)
    else:
        book.require_open(row.period, row.project)
    return [row.period]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _put_back(
    book: MonthDraft, row: Figure | LevelReached | Narrative, old: dict[str, Any], entry: HistoryEntry
) -> None:
    before = snapshot(row)
    if isinstance(row, Figure):
        for name in ("actual", "numerator", "denominator"):
            setattr(row, name, figure_of(old[name]))
        row.note, row.explanation = old["note"], old["explanation"]
        row.revision += 1
        write_figures(book.actor, [(row, before)], action="figure.undo")
    elif isinstance(row, Narrative):
        for word in WORDS:
            setattr(row, word.name, old.get(word.name, ""))
        write_narrative(book.actor, row, old=before, action="narrative.undo")
    else:
        row.reached_on = _day(old["reached_on"])
        row.evidence_text = old["evidence_text"]
        write_level(book.actor, row, unit_code=entry.unit_code, period=entry.period, old=before, action="level.undo")


def _reporter(entry: HistoryEntry) -> Unit:
    """Return the unit whose month the entry belongs to: its own, or whoever reports the whole."""
    code = entry.unit_code
    if not code and entry.plan is not None:
        duty = units_reporting(entry.plan, entry.period or 12).of(entry.record, "")
        code = duty.unit if duty is not None else ""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise ServiceError("undo_not_possible", record=entry.record)
    return unit
