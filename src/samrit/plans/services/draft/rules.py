"""Taking a ready-made rule set into a draft: its rows stand in the draft like any others, to be changed there."""

from __future__ import annotations

from samrit.engine.model import Plan
from samrit.package import PlanPackage
from samrit.package.ready_rules import ready_rules
from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.errors import ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service

_FILES = ("rulesets", "bands", "scale_points")


@service
def draft_rules(actor: Actor, *, draft: PlanDraft, rules: str) -> DraftOutcome:
    """Judge a draft's plan by the ready-made rule set of that id; one that the draft holds already is left as it is.

    Raises ServiceError ``draft_rules_unknown`` or ``draft_not_open``.
    """
    chosen = ready_rules().get(rules)
    if chosen is None:
        raise ServiceError("draft_rules_unknown", record=draft.title, text=rules[:60])
    draft = require_open(actor, draft)
    stands = standing(draft)
    inputs: dict[str, list[RowInput]] = {}
    if not any(row.cells.get("id") == rules for row in stands["rulesets"].values() if not row.is_removed):
        rows = typed(PlanPackage(Plan("", "", 0), (chosen,)))
        inputs = {name: [RowInput(None, row.cells) for row in rows[name]] for name in _FILES}
    plan = [row for row in stands["plan"].values() if not row.is_removed]
    inputs["plan"] = [RowInput(row.number, {"ruleset": rules}, row.revision) for row in plan]
    return save_rows(actor, draft, inputs)
