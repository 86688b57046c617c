"""Taking steps into a work of a draft: a ready-made set, or those of another work of the draft (R43, R105)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samrit.plans.drafting.document import Standing, StandingRow, standing
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.step_sets import step_sets

OF_WORK = "work:"  # before the id of a work whose steps are taken
_COLUMNS = ("text", "decided_by")


@service
def draft_steps(actor: Actor, *, draft: PlanDraft, work: str, source: str, language: str = "th") -> DraftOutcome:
    """Add steps after those that a work has: of the set called ``source``, or of the work ``work:ID`` of the draft.

    Of another work they come without its days.  Raises NotVisible for a work that there is not, ServiceError
    ``steps_unknown``, ``draft_not_open`` or ``not_allowed``.
    """
    draft = require_open(actor, draft)
    rows = standing(draft)
    if work not in {row.cells.get("id") for row in _there(rows, "projects")} or not work:
        raise NotVisible(work)
    taken = list(
        _of_work(rows, source.removeprefix(OF_WORK)) if source.startswith(OF_WORK) else _ready(source, language)
    )
    if not taken:
        raise ServiceError("steps_unknown", record=draft.title, text=source[:60])
    return save_rows(actor, draft, {"steps": [RowInput(None, {"project": work, **cells}) for cells in taken]})


def _ready(source: str, language: str) -> Iterator[Mapping[str, str]]:
    found = step_sets().get(source)
    for step in found.steps if found is not None else ():
        yield {"text": step.texts[language], "decided_by": step.decided_by.get(language, "")}


def _of_work(rows: Standing, work: str) -> Iterator[Mapping[str, str]]:
    own = [row.cells for row in _there(rows, "steps") if row.cells.get("project") == work]
    for cells in sorted(own, key=lambda c: whole(c.get("order"), 0)):
        yield {name: cells[name] for name in _COLUMNS if cells.get(name)}


def _there(rows: Standing, file: str) -> Iterator[StandingRow]:
    return (row for row in rows[file].values() if not row.is_removed)
