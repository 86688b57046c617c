"""How a plan's reports are printed: a ready-made look, and settings over it, chosen on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.models import Plan
from samrit.plans.rights import may
from samrit.plans.services.plan.look import report_look_set, settings_of
from samrit.reports.texts.looks import GROUP, READY, ready_looks, template_of
from samrit.reports.texts.template import COLUMNS
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.terms import label
from samrit.web.gates import person_of, signed_in
from samrit.web.views.drafts.versions import plan_seen
from samrit.web.words import page_language, word

SWITCHES = ("contents", "annex", "charts", "unknowns", "layout.show_goal", "layout.long_heading")
TEXTS = ("percent_places", "share_places", "layout.columns")
_KNOWN = (READY, "digits", *SWITCHES, *TEXTS)
MOST = 60_000  # characters of settings


@dataclass(frozen=True, slots=True)
class Box:
    """One setting of the form: its name, what it is called, what it says, and what may be chosen."""

    name: str
    title: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """What names it on the page."""
        return f"look-{self.name.replace('.', '-')}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the plan's reports look, and take another choice; every wrong setting is told at once."""
    person = person_of(request)
    plan = plan_seen(person, code)
    if not may(person, "plan.settings", plan=plan):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, plan, plan.report_look)
    look, unread = _sent(request.POST)
    faults = [*unread, *(_said(f) for f in template_of(settings_of(look)).findings)]
    if not faults:
        try:
            report_look_set(person, plan=plan, look=look, reason=request.POST.get("reason", "").strip()[:500])
        except ServiceError as refused:
            faults = [refused.text(page_language())]
    if faults:
        return _shown(request, plan, look, faults, more=request.POST.get("more", "")[:MOST])
    messages.success(request, word("look.saved", page_language()))
    return HttpResponseRedirect(reverse("report_look", args=[code]))


def _sent(sent: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the settings that were sent, blank ones left out, and every line that says none."""
    look = {name: sent.get(name, "").strip()[:2000] for name in _KNOWN}
    unread = []
    for line in filter(str.strip, sent.get("more", "")[:MOST].splitlines()):
        name, equals, value = (part.strip() for part in line.partition("="))
        if equals and name and value:
            look[name] = value
        else:
            unread.append(word("look.line_wrong", page_language(), line=line.strip()[:80]))
    return {name: value for name, value in look.items() if value}, unread


def _said(finding: Finding) -> str:
    return sentence(Finding(finding.code, Place(column=finding.place.column), finding.params), page_language())


def _shown(
    request: HttpRequest, plan: Plan, look: Mapping[str, str], faults: list[str] | None = None, more: str | None = None
) -> HttpResponse:
    language = page_language()
    kept = "\n".join(f"{name} = {look[name]}" for name in sorted(look) if name not in _KNOWN)
    yes_no = tuple((each, label(each, language, "yes_no")) for each in ("yes", "no"))
    digits = tuple((each, word(f"look.digits_{each}", language)) for each in ("arabic", "thai"))
    ready = tuple((name, label(name, language, GROUP)) for name in ready_looks())
    boxes = [
        Box(READY, word("look.ready", language), look.get(READY, ""), ready),
        Box("digits", word("look.digits", language), look.get("digits", ""), digits),
        *(Box(name, _title(name), look.get(name, ""), yes_no) for name in SWITCHES),
        *(Box(name, _title(name), look.get(name, "")) for name in TEXTS),
    ]
    shown = {
        "plan": plan,
        "boxes": boxes,
        "columns": ", ".join(COLUMNS),
        "more": kept if more is None else more,
        "faults": faults or (),
        "reason": request.POST.get("reason", "")[:500],
    }
    return render(request, "drafts/look.html", shown, status=422 if faults else 200)


def _title(name: str) -> str:
    return word(f"look.{name.replace('.', '_')}", page_language())
