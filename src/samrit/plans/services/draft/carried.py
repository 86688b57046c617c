"""Taking works whose money was kept over into the next year's draft, linked from both sides (R130, R132)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samrit.engine.year import YearRecord as Known
from samrit.package.tables.cells import format_cell
from samrit.plans import rights
from samrit.plans.drafting.carried import Carried, carried_works, rows_for
from samrit.plans.drafting.document import Standing, standing
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Person, Plan, PlanDraft
from samrit.plans.services.draft.rows import RowInput, require_open, save_rows
from samrit.plans.services.plan.year_records import HAPPENED, year_record_revise
from samrit.plans.services.writing import Actor, service
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.numbers import whole


@service
def draft_carry(actor: Actor, *, draft: PlanDraft, source: Plan, works: Sequence[str]) -> int:
    """Take works of last year's plan over into a draft: their money where it has them, else the works themselves.

    Each approved request then names the work that it went on in.  Return how many were taken; one whose money
    is in the draft already is left alone.  Raises ServiceError ``draft_not_open``, ``not_allowed``,
    ``carried_other_year`` or ``carried_unknown``, NotVisible for a plan that the actor may not see.
    """
    draft = require_open(actor, draft)
    if isinstance(actor, Person) and not rights.may(actor, "draft.view", plan=source):
        raise NotVisible(source.code)
    rows = standing(draft)
    code, year = frame_of(rows)
    if year != source.year_be + 1:
        raise ServiceError("carried_other_year", record=source.code, year_be=source.year_be + 1)
    package, taken = reported_plan(source), 0
    for name in dict.fromkeys(works):
        rows = standing(draft)
        found = next((c for c in carried_works(package.plan, rows) if c.work.id == name), None)
        if found is None:
            raise ServiceError("carried_unknown", record=source.code, work=name[:60])
        if found.taken:
            continue
        made = rows_for(found, package, rows, code=code, year_be=year)
        save_rows(actor, draft, {file: [RowInput(None, row.cells) for row in own] for file, own in made.items()})
        into = found.there or next(row.cells["id"] for row in made["projects"])
        for request in found.requests:
            _link(actor, source, found, request, f"{code} {into}")
        taken += 1
    return taken


def frame_of(rows: Standing) -> tuple[str, int]:
    """Return code and year of the plan that a draft is of; ("", 0) where neither is in it."""
    row = next((row for row in rows["plan"].values() if not row.is_removed), None)
    return ("", 0) if row is None else (row.cells.get("id", ""), whole(row.cells.get("year_be"), 0))


def _link(actor: Actor, source: Plan, carried: Carried, request: Known, into: str) -> None:
    """Let the old work's request name the work that it goes on in."""
    values = dict(request.values)
    if values["next_work"] == into:
        return
    given = {name: _cell(value) for name, value in {**values, "next_work": into, HAPPENED: request.happened_on}.items()}
    year_record_revise(
        actor,
        plan=source,
        kind=request.kind,
        project=carried.work.id,
        record=request.id,
        given=given,
        seen=request.revision,
    )


def _cell(value: object) -> str:
    """Return a value as a person would type it into the form of the record."""
    return format_date(value, style="numeric") if isinstance(value, date) else format_cell(value)
