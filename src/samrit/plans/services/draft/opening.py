"""Beginning a draft: from rows that were typed elsewhere, from nothing, from the plan in force, from last year."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from samrit.engine.model import Plan as EnginePlan
from samrit.package import PlanPackage
from samrit.package.rows import Files, packed, typed
from samrit.plans import rights
from samrit.plans.drafting.beginnings import empty_plan, next_year
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import reported_plan, version_in_force
from samrit.plans.models import DraftState, Person, Plan, PlanDraft, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.services.draft.deciding import require_shown
from samrit.plans.services.draft.rows import require_open, require_size
from samrit.plans.services.writing import Actor, permit, person_of, service

MOST_STAGES = 12
LONGEST_STAGE = 200  # characters of a stage's name, as its decisions keep it
LONGEST_REASON = 5_000


@service
def draft_open(actor: Actor, *, files: Files, origin: str = "package", title: str = "", reason: str = "") -> PlanDraft:
    """Begin a draft of a plan that is new to the office with the rows of ``files``, faults and all."""
    _permit_new(actor)
    named = title.strip() or next((row.cells.get("title", "") for row in files.get("plan", ())), "")
    require_size(named[:300], sum(map(len, files.values())))
    return _opened(actor, PlanDraft(origin=origin, title=named[:300]), packed(files), reason)


@service
def draft_empty(
    actor: Actor, *, code: str, title: str, year_be: int, calendar: str = "calendar", rules: str = "", era: str = ""
) -> PlanDraft:
    """Begin a draft with nothing but the plan's frame, the office's units and a ready-made rule set."""
    _permit_new(actor)
    frame = EnginePlan(code, title, year_be, calendar=calendar, ruleset=rules, era=era)
    package = empty_plan(frame, Unit.objects.select_related("parent", "successor"))
    return _begun(actor, PlanDraft(origin="empty", title=title[:300]), package)


@service
def draft_amend(actor: Actor, *, plan: Plan, effective_period: int, reason: str = "") -> PlanDraft:
    """Begin a draft with the latest version of ``plan``, to become the next one from ``effective_period`` on.

    It goes the stages on which the plan itself was approved, unless its settings say fewer (R33, R103).
    ``reason`` is why the plan is changed; it may be given later, and is needed when the draft is submitted.
    Raises ServiceError ``period_unknown`` or ``text_too_long``.
    """
    permit(actor, "draft.edit", plan=plan)
    if not 1 <= effective_period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=effective_period)
    base = version_in_force(plan, 12)
    draft = PlanDraft(plan=plan, base_id=base.pk, origin="version", title=plan.title, effective_period=effective_period)
    draft.stages, draft.reason = stages_of(plan), _reason(plan.code, reason)
    return _begun(actor, draft, package_of(base), reason)


@service
def draft_copy(actor: Actor, *, plan: Plan, code: str, year_be: int, reason: str = "") -> PlanDraft:
    """Begin a draft of another year's plan with this one: its results become last year's, years move along."""
    permit(actor, "plan.view", plan=plan)  # a year that is archived is copied, too
    _permit_new(actor)
    package = next_year(reported_plan(plan), code, year_be)
    return _begun(actor, PlanDraft(origin="year", title=package.plan.title[:300]), package, reason)


@service
def draft_settings(
    actor: Actor,
    *,
    draft: PlanDraft,
    title: str,
    stages: Sequence[str],
    effective_period: int,
    reason: str | None = None,
    shown: str | None = None,
) -> PlanDraft:
    """Say how a draft is called, who approves it in which order, and from which period it is to hold.

    ``reason`` is why an amendment is made; None leaves it.

    ``shown`` as in ``draft_decide``.  Raises ServiceError ``draft_not_open``, ``draft_changed_since``,
    ``draft_stages_too_many``, ``text_too_long`` or ``period_unknown``.
    """
    draft = require_open(actor, draft)
    require_shown(draft, shown)
    if not 1 <= effective_period <= 12:
        raise ServiceError("period_unknown", record=draft.title, period=effective_period)
    old = snapshot(draft)
    draft.title = title.strip() or draft.title
    draft.stages = [name.strip() for name in stages if name.strip()]
    if len(draft.stages) > MOST_STAGES:
        raise ServiceError("draft_stages_too_many", record=draft.title, count=len(draft.stages), limit=MOST_STAGES)
    if any(len(name) > LONGEST_STAGE for name in draft.stages):
        raise ServiceError("text_too_long", record=draft.title, limit=LONGEST_STAGE)
    draft.effective_period = effective_period
    if reason is not None and draft.plan is not None:
        draft.reason = _reason(draft.title, reason)
    if snapshot(draft) != old:
        draft.save()
        history.record(person_of(actor), "draft.settings", record=f"draft {draft.pk}", old=old, new=snapshot(draft))
    return draft


def stages_of(plan: Plan) -> list[str]:
    """Return the stages on which the plan was approved: of its first draft that was published, else of its last."""
    drafts = PlanDraft.objects.filter(plan=plan).defer("content")
    road = drafts.filter(state=DraftState.PUBLISHED).order_by("pk").first() or drafts.first()
    return list(road.stages) if road is not None else []


def _reason(record: str, text: str) -> str:
    if len(text.strip()) > LONGEST_REASON:
        raise ServiceError("text_too_long", record=record, limit=LONGEST_REASON)
    return text.strip()


def _permit_new(actor: Actor) -> None:
    if isinstance(actor, Person) and not rights.may_new(actor, "draft.edit"):
        raise ServiceError("not_allowed", record="")


def _begun(actor: Actor, draft: PlanDraft, package: PlanPackage, reason: str = "") -> PlanDraft:
    return _opened(actor, draft, packed(typed(package)), reason)


def _opened(actor: Actor, draft: PlanDraft, content: bytes, reason: str) -> PlanDraft:
    draft.content, draft.sha256 = content, digest(content)
    draft.created_at, draft.created_by = timezone.now(), person_of(actor)
    draft.save()
    history.record(person_of(actor), "draft.open", record=f"draft {draft.pk}", new=snapshot(draft), reason=reason)
    return draft
