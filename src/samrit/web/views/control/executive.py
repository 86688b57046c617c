"""The summary for executives of a month, made from results and records: as HTML, in Word and as PDF (R263)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.report_words import executive_of
from samrit.plans.reporting.days import has_begun
from samrit.plans.selectors.control.control_room import plan_to_control
from samrit.plans.selectors.results.look import YEAR_END
from samrit.reports.writers import html
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of
from samrit.web.views.drafts.papers import WRITERS, written
from samrit.web.words import page_language


@require_safe
@login_required
def summary(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Hand out the summary of the month that the address names: the last one that began unless it says."""
    plan, today = plan_to_control(person_of(request), code), timezone.localdate()
    begun = [period for period in range(1, YEAR_END + 1) if has_begun(plan, period, today)]
    period = whole(request.GET.get("month", ""), max(begun, default=0))
    if period not in begun or form not in ("html", *WRITERS):
        raise NotVisible(f"{code} {period}")
    document = executive_of(plan, period, page_language())
    name = f"{plan.code}-{period}-summary"
    if form == "html":  # a document with a style of its own, which no page of ours may have: a file to take away
        answer = HttpResponse(html.render(document), content_type="text/html; charset=utf-8")
        answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.html") or "attachment"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return answer
    return written(document, form, name)
