"""Taking a rule set into a draft, as it is or as a copy: its rows are there like any others, to be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet
from samrit.package import PlanPackage
from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service

_FILES = ("rulesets", "bands", "scale_points")
_LONGEST_CODE = 60


@service
def draft_rules_take(actor: Actor, *, draft: PlanDraft, ruleset: RuleSet) -> DraftOutcome:
    """Judge a draft's plan by a rule set of the draft, or by one from elsewhere, which comes into the draft then.

    Raises ServiceError ``draft_rules_id_borne`` where the draft holds another one under its id.
    """
    draft = require_open(actor, draft)
    held = {row.cells.get("id") for row in standing(draft)["rulesets"].values() if not row.is_removed}
    known = next((r for r in _held(draft) if r.id == ruleset.id), None) if ruleset.id in held else ruleset
    if known is not None and known != ruleset:
        raise ServiceError("draft_rules_id_borne", record=draft.title, text=ruleset.id)
    return _judged_by(actor, draft, ruleset)


@service
def draft_rules_copy(
    actor: Actor, *, draft: PlanDraft, ruleset: RuleSet, code: str, name: str, effective_from: date | None
) -> DraftOutcome:
    """Copy a rule set into a draft under a code and name of its own, from a day on, to be changed there; it judges.

    Raises ServiceError ``draft_rules_code_wrong``, ``draft_rules_id_borne``, ``draft_rules_name_missing`` and
    ``draft_rules_day_wrong``; all at once.
    """
    draft, code = require_open(actor, draft), code.strip()
    wrong = []
    if not 0 < len(code) <= _LONGEST_CODE or not code.isascii() or not all(c.isalnum() or c in "-_." for c in code):
        wrong.append(ServiceError("draft_rules_code_wrong", record=draft.title, text=code[:60] or "–"))
    if code in {row.cells.get("id") for row in standing(draft)["rulesets"].values() if not row.is_removed}:
        wrong.append(ServiceError("draft_rules_id_borne", record=draft.title, text=code))
    if not name.strip():
        wrong.append(ServiceError("draft_rules_name_missing", record=draft.title))
    if effective_from is None:
        wrong.append(ServiceError("draft_rules_day_wrong", record=draft.title))
    refuse_all(wrong)
    since = effective_from or ruleset.effective_from
    return _judged_by(actor, draft, replace(ruleset, id=code, name=name.strip(), name_en="", effective_from=since))


def _held(draft: PlanDraft) -> tuple[RuleSet, ...]:
    """Return the rule sets that a draft holds, none while it can't be read."""
    package = read_draft(draft).package
    return package.rulesets if package is not None else ()


def _judged_by(actor: Actor, draft: PlanDraft, chosen: RuleSet) -> DraftOutcome:
    """Bring a rule set's rows into a draft that does not hold its id, and name it in the plan's row."""
    stands = standing(draft)
    inputs: dict[str, list[RowInput]] = {}
    if not any(row.cells.get("id") == chosen.id for row in stands["rulesets"].values() if not row.is_removed):
        rows = typed(PlanPackage(Plan("", "", 0), (chosen,)))
        inputs = {name: [RowInput(None, row.cells) for row in rows[name]] for name in _FILES}
    plan = [row for row in stands["plan"].values() if not row.is_removed]
    inputs["plan"] = [RowInput(row.number, {"ruleset": chosen.id}, row.revision) for row in plan]
    return save_rows(actor, draft, inputs)
