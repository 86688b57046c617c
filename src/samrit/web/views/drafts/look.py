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
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Plan, PlanVersion
from samrit.plans.rights import may
from samrit.plans.services.plan.look import report_look_set, require_bounds, settings_of
from samrit.reports.texts.look_words import (
    columns_meant,
    columns_said,
    lines_said,
    settings_meant,
    text_named,
    wordings,
)
from samrit.reports.texts.looks import GROUP, READY, ready_looks, template_of
from samrit.reports.texts.sentences import sentences
from samrit.reports.texts.template import COLUMNS
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.terms import label
from samrit.web.gates import person_of, signed_in
from samrit.web.views.drafts.versions import plan_seen
from samrit.web.words import page_language, word

SWITCHES = ("contents", "annex", "charts", "unknowns", "layout.show_goal", "layout.long_heading")
TEXTS = ("percent_places", "share_places", "figure_places", "budget_places", "layout.columns")
OF_FUND = ("columns", "show_goal", "long_heading")  # of a layout of its own
_KNOWN = (READY, "digits", *SWITCHES, *TEXTS)
MOST = 60_000  # characters of wordings


@dataclass(frozen=True, slots=True)
class Box:
    """One setting of the form: its name, what it is called, what it says, and what may be chosen."""

    name: str
    title: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it takes columns, in their order."""
        return self.name.endswith("columns")

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
    look, unread = _sent(request.POST, plan)
    try:
        require_bounds(look, plan)
        faults = [*unread, *(_said(f, _of_funds(plan)) for f in template_of(settings_of(look)).findings)]
        if not faults:
            report_look_set(person, plan=plan, look=look, reason=request.POST.get("reason", "").strip())
    except ServiceError as refused:
        faults = [*unread, refused.text(page_language())]
    if faults:
        return _shown(request, plan, look, faults, more=request.POST.get("more", ""))
    messages.success(request, word("look.saved", page_language()))
    return HttpResponseRedirect(reverse("report_look", args=[code]))


def _sent(sent: Mapping[str, str], plan: Plan) -> tuple[dict[str, str], list[str]]:
    """Return the settings that were sent, blank ones left out, and every line that says none."""
    look = {name: sent.get(name, "").strip() for name in (*_KNOWN, *_of_funds(plan))}
    look |= {name: columns_meant(text) for name, text in look.items() if name.endswith("columns")}
    more, unread = sent.get("more", ""), []
    if len(more) > MOST:
        too_long = ServiceError("text_too_long", record=word("look.more", page_language()), limit=MOST)
        unread.append(too_long.text(page_language()))
    for line in filter(str.strip, more[:MOST].splitlines()):
        look |= (meant := settings_meant(line))
        if not meant:
            unread.append(word("look.line_wrong", page_language(), line=line.strip()[:80]))
    return {name: value for name, value in look.items() if value}, unread


def _of_funds(plan: Plan) -> dict[str, str]:
    """Return the settings of each fund's own layout with what they are called; none for a plan of one fund (R42)."""
    try:
        funds = package_of(version_in_force(plan)).plan.funds
    except PlanVersion.DoesNotExist:
        return {}
    named = [(f"funds.{fund.code}.{part}", part, fund.name or fund.code) for fund in funds for part in OF_FUND]
    return {name: f"{_title(f'layout.{part}')} ({fund})" for name, part, fund in named} if len(funds) > 1 else {}


def _said(finding: Finding, called: Mapping[str, str]) -> str:
    """Return a fault in words: settings, columns and texts by what the page calls them."""
    params = dict(finding.params)
    for name in ("setting", "column", "key"):
        if name in params:
            params[name] = _called(name, str(params[name]), called)
    return sentence(
        Finding(finding.code, Place(column=_called("", finding.place.column, called)), params), page_language()
    )


def _called(what: str, name: str, called: Mapping[str, str]) -> str:
    language = page_language()
    if what == "column":
        return columns_said(name, language)
    text = text_named(f"texts.{language}.{name}" if what == "key" else name)
    return called.get(name) or text or (_title(name) if name in _KNOWN else name)


def _shown(
    request: HttpRequest, plan: Plan, look: Mapping[str, str], faults: list[str] | None = None, more: str | None = None
) -> HttpResponse:
    language = page_language()
    of_funds = _of_funds(plan)
    kept = "\n".join(lines_said({name: look[name] for name in look if name not in (*_KNOWN, *of_funds)}))
    yes_no = tuple((each, label(each, language, "yes_no")) for each in ("yes", "no"))
    digits = tuple((each, word(f"look.digits_{each}", language)) for each in ("arabic", "thai"))
    ready = tuple((name, label(name, language, GROUP)) for name in ready_looks())
    boxes = [
        Box(READY, word("look.ready", language), look.get(READY, ""), ready),
        Box("digits", word("look.digits", language), look.get("digits", ""), digits),
        *(Box(name, _title(name), look.get(name, ""), yes_no) for name in SWITCHES),
        *(Box(name, _title(name), _value(name, look)) for name in TEXTS),
    ]
    own = [
        Box(name, title, _value(name, look), () if name.endswith("columns") else yes_no)
        for name, title in of_funds.items()
    ]
    shown = {
        "plan": plan,
        "boxes": boxes,
        "of_funds": own,
        "columns": columns_said(" ".join(COLUMNS), language),
        "standard": wordings(language),
        "example": sentences()["summary"][language],
        "more": kept if more is None else more,
        "faults": faults or (),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "drafts/look.html", shown, status=422 if faults else 200)


def _value(name: str, look: Mapping[str, str]) -> str:
    """Return a setting as people read it: columns by their words."""
    value = look.get(name, "")
    return columns_said(value, page_language()) if name.endswith("columns") else value


def _title(name: str) -> str:
    return word(f"look.{name.replace('.', '_')}", page_language())
