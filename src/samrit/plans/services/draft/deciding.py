"""The way of a draft: submitted, approved stage by stage, returned, published as a version, withdrawn.

``drafting.states`` is the one table of who may do what when; what is decided on is kept with the hash of its rows.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from samrit.engine.indicators.shared import origin_named
from samrit.engine.model import Plan as EnginePlan
from samrit.plans.drafting.document import hash_of, mark_of
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.drafting.states import STEPS, boards_open, hands_of, is_own, may_do, waiver_for
from samrit.plans.errors import NotVisible, ServiceError, refuse_all
from samrit.plans.evaluation.scoring import planned_elsewhere, version_in_force
from samrit.plans.models import DraftDecision, DraftState, Person, Plan, PlanDraft
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.separation import LONGEST
from samrit.plans.rights import may
from samrit.plans.services.plan.plans import plan_amend, plan_import
from samrit.plans.services.writing import Actor, person_of, service


@service
def draft_decide(
    actor: Actor,
    *,
    draft: PlanDraft,
    step: str,
    remark: str = "",
    meeting: str = "",
    decided_on: date | None = None,
    board: str = "",
    shown: str | None = None,
) -> PlanDraft:
    """Take a draft one step on its way, and return it as it is then.

    Open errors stop it and warnings need a word; nobody approves what they submitted, nor two stages of it, unless the
    draft has a waiver; what is published becomes the plan's next version, or a new plan.  ``shown`` is the mark of what
    the decider saw (``document.mark_of``); a draft that was changed meanwhile is refused.  ``board`` names which of the
    boards side by side approves, where more than one still has to.  Raises ServiceError ``not_allowed``,
    ``draft_step_not_now``, ``amendment_reason_missing``, ``draft_changed_since``, ``draft_same_person``,
    ``draft_board_unknown``, ``reason_missing``, ``draft_has_errors``, ``draft_warnings_unexplained``,
    ``draft_figures_unseen``, ``draft_base_old`` and whatever making the version refuses.
    """
    draft = PlanDraft.objects.select_related("plan").defer("content").get(pk=draft.pk)
    _permitted(actor, draft, step)
    require_shown(draft, shown)
    found, word, old = read_draft(draft), remark.strip(), snapshot(draft)
    _require_ready(draft, step, found, word)
    if step in ("submit", "publish"):
        _require_seen(actor, draft, found)
    decision = DraftDecision(draft=draft, step=step, remark=word, meeting=meeting.strip(), decided_on=decided_on)
    decision.stage, decision.waived = _stage(draft, step, board), _waived(actor, draft, step)
    if step == "publish":
        _publish(actor, draft, found, word)
    _move(actor, draft, step, word, has_more=step == "approve" and len(boards_open(draft)) > 1)
    draft.save()
    history.record(
        person_of(actor), f"draft.{step}", record=f"draft {draft.pk}", old=old, new=snapshot(draft), reason=word
    )
    _note(actor, decision, hash_of(found.rows))
    return draft


def _require_ready(draft: PlanDraft, step: str, found: DraftReading, word: str) -> None:
    """Refuse a step without the word that it needs, or over open errors."""
    rule = STEPS[step]
    if rule.needs_word and not word:
        raise ServiceError("reason_missing")
    if rule.stops and found.errors:
        raise ServiceError("draft_has_errors", record=draft.title, count=len(found.errors))
    if step == "submit" and draft.plan is not None and not (draft.reason or word):
        raise ServiceError("amendment_reason_missing", record=draft.title)
    if step == "submit" and found.warnings and not word:
        raise ServiceError("draft_warnings_unexplained", record=draft.title, count=len(found.warnings))


def _require_seen(actor: Actor, draft: PlanDraft, found: DraftReading) -> None:
    """Refuse figures newly taken from a plan that the person may not see: the next version would show them (R171)."""
    if found.package is None or not isinstance(actor, Person):
        return
    before = _origins(planned_elsewhere(draft.plan.code)) if draft.plan else frozenset()
    codes = {code for code, _ in _origins(found.package.plan) - before} - {found.package.plan.id}
    taken = Plan.objects.filter(code__in=codes)
    unseen = sorted(plan.code for plan in taken if not (plan.is_public or may(actor, "plan.view", plan=plan)))
    if unseen:
        raise ServiceError("draft_figures_unseen", record=draft.title, plans=", ".join(unseen))


def _origins(plan: EnginePlan | None) -> frozenset[tuple[str, str]]:
    every = (i for p in plan.projects for i in p.indicators if i.figures_of) if plan else ()
    return frozenset(origin_named(i.figures_of, plan.id if plan else "") for i in every)


def _stage(draft: PlanDraft, step: str, board: str) -> str:
    """Return the name of the stage, or of the board of it, that a step approves; "" for any other."""
    waiting = boards_open(draft) if step == "approve" else ()
    if not waiting:
        return ""
    if board not in waiting and (board or len(waiting) > 1):
        raise ServiceError("draft_board_unknown", record=draft.title, boards=", ".join(waiting))
    return board or waiting[0]


@service
def draft_waive(actor: Actor, *, draft: PlanDraft, reason: str, until: date | None) -> PlanDraft:
    """Let one person take several steps of a draft up to and including ``until``; None ends that.

    Given by who may waive separate hands, never by who has had a hand in it, and never of use to who gave it.
    Raises ServiceError ``not_allowed``, or ``draft_waiver_for_self``, ``reason_missing``, ``waiver_day_wrong`` at once.
    """
    draft = PlanDraft.objects.select_related("plan").defer("content").get(pk=draft.pk)
    person = person_of(actor)
    if person is not None and not may_do(person, "draft.view", draft):
        raise NotVisible(str(draft.pk))
    if person is not None and not may_do(person, "separation.waive", draft):
        raise ServiceError("not_allowed", record=draft.title)
    today, why, wrong = timezone.localdate(), reason.strip(), list[ServiceError]()
    if person is not None and person.pk in hands_of(draft):
        wrong.append(ServiceError("draft_waiver_for_self", record=draft.title))
    if not why:
        wrong.append(ServiceError("reason_missing"))
    if until is not None and not today <= until <= today + timedelta(days=LONGEST):
        wrong.append(ServiceError("waiver_day_wrong", record=draft.title))
    refuse_all(wrong)
    old = snapshot(draft)
    draft.hands_reason, draft.hands_until, draft.hands_by = ("", None, None) if until is None else (why, until, person)
    if snapshot(draft) != old:
        draft.save(update_fields=["hands_reason", "hands_until", "hands_by"])
        history.record(person, "draft.waive", record=f"draft {draft.pk}", old=old, new=snapshot(draft), reason=why)
    return draft


def require_shown(draft: PlanDraft, shown: str | None) -> None:
    """Refuse a decision about something else than what is there now; None is a decision made without a page."""
    if shown is not None and shown != mark_of(draft):
        raise ServiceError("draft_changed_since", record=draft.title)


def _waived(actor: Actor, draft: PlanDraft, step: str) -> str:
    """Return the reason for which somebody takes a second step of it, "" where each has a person of its own."""
    person = person_of(actor)
    if step != "approve" or person is None or person.pk not in hands_of(draft):
        return ""
    return waiver_for(person, draft)


def _permitted(actor: Actor, draft: PlanDraft, step: str) -> None:
    rule = STEPS.get(step)
    if rule is None:
        raise NotVisible(step)
    if isinstance(actor, Person):
        if not may_do(actor, "draft.view", draft):
            raise NotVisible(str(draft.pk))
        if not may_do(actor, rule.right, draft):
            raise ServiceError("not_allowed", record=draft.title)
        if is_own(actor, draft, step):
            raise ServiceError("draft_same_person", record=draft.title)
    if draft.state not in rule.before:
        raise ServiceError("draft_step_not_now", record=draft.title)


def _move(actor: Actor, draft: PlanDraft, step: str, word: str, *, has_more: bool) -> None:
    if has_more:  # another board of the same stage has still to approve
        return
    rule = STEPS[step]
    draft.state = rule.after
    if step == "submit":
        draft.submitted_by = person_of(actor)
        draft.reason = draft.reason or (word if draft.plan is not None else "")  # what was said is why
    if step == "approve":
        draft.stage += 1
        if draft.stage < len(draft.stages):
            draft.state = DraftState.SUBMITTED
    elif rule.after == DraftState.DRAFT:
        draft.stage = 0


def _publish(actor: Actor, draft: PlanDraft, found: DraftReading, word: str) -> None:
    """Make the version; whoever may not is refused by the services of plans."""
    if found.package is None:
        raise ServiceError("draft_has_errors", record=draft.title, count=len(found.errors))
    if draft.plan is None:
        draft.plan = plan_import(actor, package=found.package, reason=word or draft.title)
        return
    latest = version_in_force(draft.plan, 12)
    if latest.pk != draft.base_id:  # type: ignore[attr-defined]
        raise ServiceError("draft_base_old", record=draft.plan.code, number=latest.number)
    plan_amend(
        actor,
        plan=draft.plan,
        package=found.package,
        effective_period=draft.effective_period,
        reason=word or draft.reason or draft.title,
        is_approved=True,
    )


def _note(actor: Actor, decision: DraftDecision, sha256: str) -> None:
    decision.sha256, decision.decided_at, decision.decided_by = sha256, timezone.now(), person_of(actor)
    decision.save()
    history.record(
        person_of(actor),
        "draft_decision.make",
        record=f"draft {decision.draft_id}",  # type: ignore[attr-defined]
        new=snapshot(decision),
        reason=decision.remark,
    )
