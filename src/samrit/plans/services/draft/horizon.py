"""Putting a draft under a plan of several years, and taking the year's targets from there (R13, R14)."""

from __future__ import annotations

from collections.abc import Mapping

from samrit.engine.model import Indicator, Plan
from samrit.package.rows import typed
from samrit.package.schema import SOURCE
from samrit.plans.drafting.document import StandingRow, standing
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.horizon import LongerPlan, longer_of
from samrit.plans.models import Person, PlanDraft
from samrit.plans.models import Plan as PlanModel
from samrit.plans.rights import may
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service
from samrit.vocabulary.numbers import whole

_PROVENANCE = frozenset(field.name for field in SOURCE)


@service
def draft_under(actor: Actor, *, draft: PlanDraft, plan: str, version: int | None = None) -> DraftOutcome:
    """Say which plan of several years a draft is under, and which version of it; "" for none.

    Raises ServiceError ``draft_not_open`` or ``draft_longer_unknown``.
    """
    draft = require_open(actor, draft)
    if plan:
        _longer(actor, draft, Plan("", "", 0, under_plan=plan, under_version=version))
    cells = {"under_plan": plan, "under_version": str(version) if plan and version else ""}
    own = _plan_row(draft)
    return save_rows(actor, draft, {"plan": [RowInput(own.number, cells, own.revision)]})


@service
def draft_take_targets(actor: Actor, *, draft: PlanDraft) -> DraftOutcome:
    """Take the targets of the draft's year from the plan of several years that it is under.

    Indicators are matched by what makes them the same ones, never by name; what matches no indicator is left, and
    a target that says the same already is not written.  Raises ServiceError ``draft_not_open``,
    ``draft_longer_unknown`` (it is under none) or ``draft_no_targets`` (nothing matches).
    """
    draft = require_open(actor, draft)
    own = _plan_row(draft).cells
    year = own.get("year_be", "")
    cited = whole(own.get("under_version"), 0) or None
    longer = _longer(actor, draft, Plan("", "", 0, under_plan=own.get("under_plan", ""), under_version=cited))
    rows = _rows(draft, longer, year)
    if not rows:
        raise ServiceError("draft_no_targets", record=draft.title, text=longer.plan.title)
    return save_rows(actor, draft, {"targets": rows}, reason=f"{longer.plan.code} {longer.version.number}")


def _longer(actor: Actor, draft: PlanDraft, named: Plan) -> LongerPlan:
    """Return the plan that is named; one that the actor may not see is not there for them."""
    longer = longer_of(named)
    if longer is None or (isinstance(actor, Person) and not _sees(actor, longer.plan)):
        raise ServiceError("draft_longer_unknown", record=draft.title, text=named.under_plan[:60])
    return longer


def _sees(person: Person, plan: PlanModel) -> bool:
    return plan.is_public or may(person, "plan.view", plan=plan)


def _rows(draft: PlanDraft, longer: LongerPlan, year: str) -> list[RowInput]:
    """Return the rows of targets to write: a new one, or over the one that the indicator has for the year."""
    stands = standing(draft)
    there = {
        (row.cells.get("indicator", ""), row.cells.get("year_be", "")): row
        for row in stands["targets"].values()
        if not row.is_removed
    }
    aims = _aims(longer, year)
    inputs = []
    for row in stands["indicators"].values():
        name = row.cells.get("id", "")
        cells = None if row.is_removed else aims.get(row.cells.get("identity", "") or name)
        if cells is not None:
            known = there.get((name, year))
            taken = {**cells, "indicator": name, "year_be": year}
            inputs.append(RowInput(known.number if known else None, taken, known.revision if known else 0))
    return inputs


def _aims(longer: LongerPlan, year: str) -> Mapping[str, dict[str, str]]:
    """Return the cells of the longer plan's targets of a year, by what makes an indicator the same one.

    A target without a unit of its own is in its indicator's, which may be another one in the year's plan (R93).
    """
    every: dict[str, Indicator] = {i.id: i for p in longer.package.plan.projects for i in p.indicators}
    found: dict[str, dict[str, str]] = {}
    for row in typed(longer.package)["targets"]:
        indicator = every.get(row.cells.get("indicator", ""))
        if indicator is None or row.cells.get("year_be") != year:
            continue
        cells = {name: text for name, text in row.cells.items() if name not in _PROVENANCE}
        cells["unit_of_measure"] = cells.get("unit_of_measure", "") or indicator.unit_of_measure
        found.setdefault(indicator.key, cells)
    return found


def _plan_row(draft: PlanDraft) -> StandingRow:
    return next(row for row in standing(draft)["plan"].values() if not row.is_removed)
