"""Taking a definition from the library into a draft: the indicator becomes one with those that are defined so."""

from __future__ import annotations

from samrit.plans.drafting.document import standing
from samrit.plans.drafting.library.uses import CARD, DEFINING, Use
from samrit.plans.errors import NotVisible
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service


@service
def definition_take(actor: Actor, *, draft: PlanDraft, indicator: str, use: Use) -> DraftOutcome:
    """Define an indicator of a draft as ``use`` is defined, and let both bear one identity.

    Its code, name, weight, targets and months stay its own.  A use without an identity lends its plan and id as one.
    Raises NotVisible for an indicator that there is not, ServiceError ``not_allowed`` or ``draft_not_open``.
    """
    draft = require_open(actor, draft)
    rows = standing(draft)
    own = next((r for r in rows["indicators"].values() if not r.is_removed and r.cells.get("id") == indicator), None)
    if own is None or not indicator:
        raise NotVisible(indicator)
    plan = next((r.cells.get("id", "") for r in rows["plan"].values() if not r.is_removed), "")
    identity = use.identity or f"{use.plan or plan}:{use.id}"
    cells = {column: use.cells[column] for column in DEFINING} | {"identity": identity}
    files = {"indicators": [RowInput(own.number, cells, own.revision)]}
    if not use.plan and not use.identity:  # another of the same draft, which bears it from now on too
        other = next((r for r in rows["indicators"].values() if not r.is_removed and r.cells.get("id") == use.id), None)
        if other is not None and other is not own:
            files["indicators"].append(RowInput(other.number, {"identity": identity}, other.revision))
    card = {column: use.cells[column] for column in CARD if use.cells[column]}
    if card:
        cards = rows["indicator_cards"].values()
        stands = next((r for r in cards if not r.is_removed and r.cells.get("indicator") == indicator), None)
        number, seen = (stands.number, stands.revision) if stands is not None else (None, 0)
        files["indicator_cards"] = [RowInput(number, {"indicator": indicator, **card}, seen)]
    return save_rows(actor, draft, files)
