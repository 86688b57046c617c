"""A unit's words on a project's month (``vocabulary.narrative``; R164, R165)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Narrative, Plan, Unit
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.inputs import WordsInput
from samrit.plans.services.report.drafts import draft
from samrit.plans.services.report.outcomes import SaveOutcome, taken
from samrit.plans.services.writing import Actor, person_of, service, write_row
from samrit.vocabulary.narrative import WORDS, texts_of

LONGEST = 10_000  # characters of one text


WordsOutcome = SaveOutcome[WordsInput, Narrative]


@service
def narrative_save(
    actor: Actor,
    *,
    plan: Plan,
    project: str,
    unit: Unit,
    period: int,
    expected_revision: int = 0,
    **texts: str | None,
) -> Narrative:
    """Save what a unit says about a project in a period, by the words' names; None leaves that text as it is.

    Raises ServiceError ``narrative_conflict`` with ``theirs`` when somebody saved
    another revision meanwhile, and the reasons of a locked or foreign month.
    """
    book = draft(actor, plan, unit)
    book.require_open(period, project)
    if not book.reports_for(project, period):
        raise ServiceError("figure_not_yours", record=project, unit=unit.name)
    fresh = {word.name: text.strip() for word in WORDS if (text := texts.pop(word.name, None)) is not None}
    if texts:
        raise TypeError(f"no words of a report: {', '.join(texts)}")
    if any(len(text) > LONGEST for text in fresh.values()):
        raise ServiceError("text_too_long", record=project, limit=LONGEST)
    row = Narrative.objects.filter(plan=plan, project=project, unit_code=unit.code, period=period).first()
    standing = row or Narrative(plan=plan, project=project, unit_code=unit.code, period=period, revision=0)
    book.require_seen(standing)
    old = snapshot(standing)
    if all(getattr(standing, name) == text for name, text in fresh.items()):
        return standing
    if standing.revision != expected_revision:
        raise ServiceError("narrative_conflict", record=project, person=str(standing.changed_by or ""), theirs=standing)
    for name, text in fresh.items():
        setattr(standing, name, text)
    written = write_narrative(actor, standing, old=old, action="narrative.save")
    book.wrote(period, written)
    return written


def save_words(actor: Actor, *, plan: Plan, unit: Unit, period: int, cells: Sequence[WordsInput]) -> WordsOutcome:
    """Save what can be saved of the words in a unit's form of ``period``, and say what became of each that is new.

    For a service that has opened its transaction: the whole of a form is written together.
    """
    rows = Narrative.objects.filter(plan=plan, unit_code=unit.code, period=period)
    standing = {row.project: row for row in rows}

    def take(cell: WordsInput) -> tuple[Narrative, bool]:
        row = standing.get(cell.project)
        if not _is_new(cell, row):
            return row or Narrative(revision=0), False
        return narrative_save(
            actor,
            plan=plan,
            project=cell.project,
            unit=unit,
            period=period,
            expected_revision=cell.expected_revision,
            **cell.texts,
        ), True

    return taken(cells, take)


def _is_new(cell: WordsInput, row: Narrative | None) -> bool:
    """Say whether a form says something else than what stands; a row left empty says nothing of what came after it."""
    if not any(cell.texts.values()) and cell.expected_revision != (row.revision if row is not None else 0):
        return False
    known = texts_of(row) if row is not None else {}
    return any(text.split() != known.get(name, "").split() for name, text in cell.texts.items())


def write_narrative(actor: Actor, row: Narrative, *, old: dict[str, Any], action: str) -> Narrative:
    """Write a narrative's row as its next revision with its history entry, and return it."""
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), person_of(actor)
    return write_row(actor, row, action, record=row.project, unit_code=row.unit_code, period=row.period, old=old)
