"""The page of the system's state: for administrators and auditors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samrit.plans.records.health import looks
from samrit.vocabulary.findings import sentence
from samrit.web.gates import needs
from samrit.web.words import page_language


@require_safe
@needs("people.view")
def page(request: HttpRequest) -> HttpResponse:
    """Show what is well and what is not; the mail server, which may keep one waiting, is left to ``samrit doctor``."""
    language = page_language()
    rows = [(finding.severity.value, sentence(finding, language)) for finding in looks(with_mail=False)]
    rows.sort(key=lambda row: ("error", "warning", "notice").index(row[0]))
    return render(request, "people/health.html", {"rows": rows, "is_well": all(kind == "notice" for kind, _ in rows)})
