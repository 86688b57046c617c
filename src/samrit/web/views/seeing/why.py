"""Why this number: the derivation of a figure or of a table's cell, and the pages of the rules."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samrit.plans.errors import NotVisible
from samrit.plans.selectors.results.why import why as why_page
from samrit.plans.selectors.results.why import why_cell as why_cell_page
from samrit.plans.selectors.results.why import why_money, why_score
from samrit.web.rule_pages import page_of, rule_pages
from samrit.web.views.seeing.seeing import ahead, seen_by

MOST_WORKS = 250  # of a sum on its page: more would make it too heavy for a poor connection (R324)


@require_safe
def why(request: HttpRequest, plan: str, record: str) -> HttpResponse:
    """Show the derivation of a work's or an indicator's figure."""
    seen = seen_by(request, plan)
    return render(
        request,
        "seeing/why.html",
        {"page": why_page(seen, record, unit=request.GET.get("unit", "")), **ahead(request, seen)},
    )


@require_safe
def why_cell(request: HttpRequest, plan: str) -> HttpResponse:
    """Show which works a cell of a table counts, or how a score above the works was made."""
    seen = seen_by(request, plan)
    asked = request.GET
    if level := asked.get("score"):
        page = why_score(seen, level, asked.get("row", ""))
        return render(request, "seeing/why.html", {"page": page, **ahead(request, seen)})
    page = why_cell_page(
        seen,
        rows=asked.get("rows", "strategy"),
        row=asked.get("row", ""),
        band=asked.get("band", ""),
        fund=asked.get("fund", ""),
    )
    return render(request, "seeing/why.html", {"page": page, **ahead(request, seen)})


@require_safe
def money(request: HttpRequest, plan: str) -> HttpResponse:
    """Show what a work, a fund, a strategy or the whole plan has spent, and from which movements."""
    seen = seen_by(request, plan)
    asked = request.GET
    rows, row = asked.get("rows", "strategy"), asked.get("row", "")
    page = why_money(seen, work=asked.get("work", ""), rows=rows, row=row)
    works = f"{rows}={quote(row)}&" if row else ""
    context = {"page": page, "works": works, "most": MOST_WORKS, "shown": f":{MOST_WORKS}", **ahead(request, seen)}
    return render(request, "seeing/why_money.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules' pages."""
    return render(request, "seeing/rules.html", {"rules": tuple(rule_pages().values())})


@require_safe
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """Show a rule's page; a number that is on another page's leads there."""
    page = page_of(rule)
    if page is None:
        raise NotVisible(rule)
    if page.name != rule:
        return redirect(reverse("rule", args=[page.name]))
    return render(request, "seeing/rule.html", {"rule": page})
