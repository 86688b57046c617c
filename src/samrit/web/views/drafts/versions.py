"""The versions of a plan: which there are, what two of them differ in, taken out; the plan published or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.drafting.comparing import between
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.documents import pack, package_of
from samrit.plans.evaluation.scoring import versions_of
from samrit.plans.models import Person, Plan, PlanVersion, Unit
from samrit.plans.models.publications import PublicationChannel
from samrit.plans.rights import may
from samrit.plans.selectors.office.units import all_units
from samrit.plans.selectors.office.visible import visible
from samrit.plans.selectors.work.closed_measures import closed_by_amendments
from samrit.plans.services.plan.plans import plan_export, plan_settings
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.terms import label
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word

MOST_CHANGES = 50  # records on a page
_CHANNELS = "publication_channel"  # the group of the words


@require_safe
@signed_in
def page(request: HttpRequest, code: str) -> HttpResponse:
    """List the versions, and compare two where that is asked for."""
    return shown_versions(request, plan_seen(person_of(request), code), {})


def shown_versions(request: HttpRequest, plan: Plan, more: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """Return the page of a plan's versions, with ``more`` for its template."""
    person, versions = person_of(request), {version.number: version for version in versions_of(plan)}
    old, new = (versions.get(whole(request.GET.get(name), 0)) for name in ("from", "to"))
    found = between(package_of(old), package_of(new), page_language()) if old is not None and new is not None else ()
    pages = max(-(-len(found) // MOST_CHANGES), 1)
    at = min(max(whole(request.GET.get("page"), 1), 1), pages)
    shown = {
        "plan": plan,
        "versions": list(versions.values()),
        "closed": closed_by_amendments(plan),
        "old": old,
        "new": new,
        "rows": found[(at - 1) * MOST_CHANGES : at * MOST_CHANGES],
        "found": len(found),
        "number": at,
        "pages": pages,
        "may_amend": may(person, "draft.edit", plan=plan),
        "may_set": may(person, "plan.settings", plan=plan),
        "units": all_units() if may(person, "plan.settings", plan=plan) else (),
        **_publications(person, plan, page_language()),
        **more,
    }
    return render(request, "drafts/versions.html", shown, status=status)


@require_safe
@signed_in
def version_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand out a version as its package."""
    plan = plan_seen(person_of(request), code)
    version = PlanVersion.objects.filter(plan=plan, number=number).first()
    if version is None:
        raise NotVisible(f"{code} {number}")
    return _zip(bytes(version.content), f"{plan.code}-{number}.zip")


@require_safe
@signed_in
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the plan with everything reported so far."""
    plan = plan_seen(person_of(request), code)
    return _zip(pack(plan_export(plan)), f"{plan.code}.zip")


@require_POST
@signed_in
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the plan, take it back, or say whose it is."""
    person, sent = person_of(request), request.POST
    plan, what = plan_seen(person, code), sent.get("do", "")
    reason = sent.get("reason", "").strip()
    back = HttpResponseRedirect(reverse("versions", args=[code]))
    if what == "owner":
        owner = Unit.objects.filter(code=sent.get("owner", "")).first()
        if owner is None:
            messages.error(request, word("versions.owner_unknown", page_language(), code=sent.get("owner", "")[:60]))
            return back
        plan_settings(person, plan=plan, owner=owner, reason=reason)
    elif what in ("publish", "take_back"):
        plan_settings(person, plan=plan, is_public=what == "publish", reason=reason)
    else:
        shown = {"refusal": word("form.unknown_step", page_language()), "code": "unknown_step"}
        return render(request, "409.html", shown, status=400)
    messages.success(request, word("versions.saved", page_language()))
    return back


def plan_seen(person: Person, code: str) -> Plan:
    """Return a plan that the person may see from within; raises NotVisible for any other."""
    seen = visible(person, code)
    if seen.public:
        raise NotVisible(code)
    return seen.plan


def _publications(person: Person, plan: Plan, language: str) -> dict[str, Any]:
    """Return the records that stand with the word of their channel, the channels to choose from, and the right."""
    rows = plan.publications.filter(withdrawn=False).select_related("recorded_by")
    return {
        "publications": [(row, label(row.channel, language, _CHANNELS)) for row in rows],
        "channels": [
            (c.value, label(c.value, language, _CHANNELS))
            for c in PublicationChannel
            if c is not PublicationChannel.LETTERS
        ],
        "may_publish": may(person, "publication.record", plan=plan),
    }


def _zip(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
