"""Who may do what to a draft in which state: one table, asked by services and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from django.utils import timezone

from samrit.plans import rights
from samrit.plans.models import DraftState, Person, PlanDraft

_DRAFT, _SUBMITTED, _APPROVED = DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step on a draft's way: the right that it takes, from which states it leads, and where to.

    ``needs_word`` asks for a remark; ``stops`` at open errors.
    """

    right: str
    before: frozenset[str]
    after: str
    needs_word: bool = False
    stops: bool = False


STEPS: Mapping[str, DraftStep] = {
    "submit": DraftStep("draft.submit", frozenset({_DRAFT}), _SUBMITTED, stops=True),
    "take_back": DraftStep("draft.submit", frozenset({_SUBMITTED}), _DRAFT),
    # It stays submitted until the last of its stages has approved it.
    "approve": DraftStep("draft.approve", frozenset({_SUBMITTED}), _APPROVED, stops=True),
    "return": DraftStep("draft.approve", frozenset({_SUBMITTED, _APPROVED}), _DRAFT, needs_word=True),
    "publish": DraftStep("draft.publish", frozenset({_APPROVED}), DraftState.PUBLISHED, stops=True),
    "withdraw": DraftStep(
        "draft.edit", frozenset({_DRAFT, _SUBMITTED, _APPROVED}), DraftState.WITHDRAWN, needs_word=True
    ),
    "resume": DraftStep("draft.edit", frozenset({DraftState.WITHDRAWN}), _DRAFT),
}
# The states in which its rows may be changed.
OPEN = frozenset({_DRAFT, _SUBMITTED, _APPROVED})
EDITED_IN = frozenset({_DRAFT})


def may_do(person: Person, action: str, draft: PlanDraft) -> bool:
    """Say whether the person holds the right for this draft, whatever its state."""
    if draft.plan is None:
        return rights.may_new(person, action)
    return rights.may(person, action, plan=draft.plan)


def may_edit(person: Person, draft: PlanDraft) -> bool:
    """Say whether the person may change the draft's rows now."""
    return draft.state in EDITED_IN and may_do(person, "draft.edit", draft)


def steps_open(person: Person, draft: PlanDraft) -> tuple[str, ...]:
    """Return the steps that the person may take now, in the order of the table."""
    return tuple(
        name
        for name, step in STEPS.items()
        if draft.state in step.before and may_do(person, step.right, draft) and not is_own(person, draft, name)
    )


def is_own(person: Person, draft: PlanDraft, step: str) -> bool:
    """Say whether it takes another person: nobody approves what they submitted, nor two stages of it (R325)."""
    return step == "approve" and person.pk in hands_of(draft) and not waiver_for(person, draft)


def hands_of(draft: PlanDraft) -> frozenset[int]:
    """Return who had a hand in the draft since it was submitted last: who submitted it, and who approved a stage."""
    if draft.state != DraftState.SUBMITTED:
        return frozenset()
    decided = draft.decisions.order_by("-pk").values_list("step", "decided_by_id")
    latest = list(takewhile(lambda one: one[0] == "approve", decided))
    everybody = (draft.submitted_by_id, *(by for _, by in latest))  # type: ignore[attr-defined]
    return frozenset(by for by in everybody if by is not None)


def boards_of(stage: str) -> tuple[str, ...]:
    """Return who decides at a stage: several boards side by side are written with "+" between, and all are needed."""
    return tuple(dict.fromkeys(name for part in stage.split("+") if (name := part.strip()))) or (stage,)


def boards_open(draft: PlanDraft) -> tuple[str, ...]:
    """Return the boards of the stage in hand that have not approved the draft since it was submitted last (R26)."""
    if draft.state != DraftState.SUBMITTED or draft.stage >= len(draft.stages):
        return ()
    decided = draft.decisions.order_by("-pk").values_list("step", "stage")
    approved = [stage for _, stage in takewhile(lambda one: one[0] == "approve", decided)]
    # Those before belong to earlier stages, which may have had a board of the same name.
    before = sum(len(boards_of(stage)) for stage in draft.stages[: draft.stage])
    done = set(approved[: max(len(approved) - before, 0)])
    return tuple(name for name in boards_of(draft.stages[draft.stage]) if name not in done)


def waiver_for(person: Person, draft: PlanDraft) -> str:
    """Return the reason for which the person may take several steps of the draft today, "" where there is none.

    Whoever gave it gains nothing by it.
    """
    in_force = draft.hands_until is not None and draft.hands_until >= timezone.localdate()
    return draft.hands_reason if in_force and draft.hands_by_id != person.pk else ""  # type: ignore[attr-defined]
