"""Taking a scale of levels into an indicator of a draft: a ready-made one, or that of another indicator (R259)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samrit.engine.choices import Aggregation, Formula
from samrit.plans.drafting.document import Standing, StandingRow, standing
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.step_sets import level_sets

OF_INDICATOR = "indicator:"  # before the id of an indicator whose levels are taken
_COLUMNS = ("number", "text", "due_period", "threshold")


@service
def draft_levels(actor: Actor, *, draft: PlanDraft, indicator: str, source: str, language: str = "th") -> DraftOutcome:
    """Give an indicator without levels the scale called ``source``, or that of ``indicator:ID`` of the draft.

    It is measured by levels from then on: its formula says so, and its months keep the last figure; of another
    indicator the levels come without what was reached.  Raises NotVisible for an indicator that there is not,
    ServiceError ``levels_unknown``, ``levels_there``, ``draft_not_open`` or ``not_allowed``.
    """
    draft = require_open(actor, draft)
    rows = standing(draft)
    own = next((row for row in _there(rows, "indicators") if indicator and row.cells.get("id") == indicator), None)
    if own is None:
        raise NotVisible(indicator)
    if any(_of(rows, indicator)):
        raise ServiceError("levels_there", record=indicator)
    if source.startswith(OF_INDICATOR):
        taken = list(_of(rows, source.removeprefix(OF_INDICATOR)))
    else:
        taken = list(_ready(source, language))
    if not taken:
        raise ServiceError("levels_unknown", record=draft.title, text=source[:60])
    measured = {"formula": Formula.LEVELS.value, "aggregation": Aggregation.LATEST.value}
    levels = [RowInput(None, {"indicator": indicator, **cells}) for cells in taken]
    return save_rows(actor, draft, {"indicators": [RowInput(own.number, measured, own.revision)], "levels": levels})


def _ready(source: str, language: str) -> Iterator[Mapping[str, str]]:
    found = level_sets().get(source)
    for number, level in enumerate(found.levels if found is not None else (), 1):
        cells = (str(number), level.texts[language], level.due_period, level.threshold)
        yield {name: cell for name, cell in zip(_COLUMNS, cells, strict=True) if cell}


def _of(rows: Standing, indicator: str) -> Iterator[Mapping[str, str]]:
    own = [row.cells for row in _there(rows, "levels") if row.cells.get("indicator") == indicator]
    for cells in sorted(own, key=lambda c: whole(c.get("number"), 0)):
        yield {name: cells[name] for name in _COLUMNS if cells.get(name)}


def _there(rows: Standing, file: str) -> Iterator[StandingRow]:
    return (row for row in rows[file].values() if not row.is_removed)
