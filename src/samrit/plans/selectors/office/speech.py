"""How a page speaks: as the plan that its address names, else as the office's latest plans do when they speak alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from samrit.plans.drafting.reading import draft_speech
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Plan, PlanDraft, PlanVersion
from samrit.vocabulary.speech import PLAIN, Speech

_LOOKED_AT = 6  # plans, latest first


def speech_of(code: str) -> Speech | None:
    """Return how the plan of that code speaks, by its latest version; None for no such plan."""
    return memory.read(("speech", code), lambda: _speech(Plan.objects.filter(code=code).first()))


def speech_of_page(named: Mapping[str, object]) -> Speech:
    """Return how a page speaks, by what its address names."""
    code = named.get("plan") or named.get("code")
    found = speech_of(str(code)) if code else None
    if found is not None:
        return found
    return memory.read(("speech in common",), _in_common)


def _in_common() -> Speech:
    """Return what all plans say alike: their words, and the month in which their years begin."""
    spoken = [found for plan in Plan.objects.all()[:_LOOKED_AT] if (found := _speech(plan)) is not None]
    alike, months = set(spoken), {found.first_month for found in spoken}
    return replace(alike.pop() if len(alike) == 1 else PLAIN, first_month=months.pop() if len(months) == 1 else None)


def speech_of_draft(number: int) -> Speech:
    """Return how a draft speaks; a draft that there is none of speaks plainly."""
    draft = PlanDraft.objects.filter(pk=number).first()
    return PLAIN if draft is None else draft_speech(draft)


def _speech(plan: Plan | None) -> Speech | None:
    if plan is None:
        return None
    try:
        version = version_in_force(plan)
    except PlanVersion.DoesNotExist:
        return None
    return memory.always(("speech", version.pk, version.sha256), lambda: package_of(version).plan.speech)
