"""Every table out as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samrit.plans.errors import NotVisible
from samrit.plans.selectors.results.front import front
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.why import why
from samrit.plans.selectors.work.choices import choices_from
from samrit.plans.selectors.work.work import whole_history, work
from samrit.plans.selectors.work.works import every_row
from samrit.web.exports import outgoing
from samrit.web.exports.outgoing_coverage import outgoing_coverage
from samrit.web.exports.outgoing_sources import outgoing_sources
from samrit.web.exports.outgoing_year import outgoing_year
from samrit.web.exports.outgoing_years import outgoing_years
from samrit.web.exports.tables import OutTable, sent
from samrit.web.views.seeing.compare import compared, heat_asked
from samrit.web.views.seeing.coverage import covered
from samrit.web.views.seeing.seeing import person_of, seen_by
from samrit.web.views.seeing.sources import by_source
from samrit.web.views.seeing.years import over

TABLES: Mapping[str, Callable[[HttpRequest, Look], OutTable]] = {
    "works": lambda request, seen: outgoing.works(seen, every_row(seen, choices_from(dict(request.GET.lists())))),
    "bands": lambda request, seen: outgoing.bands(seen, front(seen)),
    "scores": lambda request, seen: outgoing.scores(seen, front(seen)),
    "money": lambda request, seen: outgoing.money(seen, front(seen)),
    "spent": lambda request, seen: outgoing.spent(seen, front(seen)),
    "attention": lambda request, seen: outgoing.attention(seen, front(seen)),
    "silent": lambda request, seen: outgoing.silent(seen, front(seen)),
    "heat": lambda request, seen: outgoing.heat(seen, heat_asked(request, seen)),
    "links": lambda request, seen: outgoing_coverage(seen, covered(request, seen)),
    "sources": lambda request, seen: outgoing_sources(seen, by_source(request, seen)),
    "years": lambda request, seen: outgoing_years(seen, over(request, seen)),
    "compare": lambda request, seen: outgoing.compare(seen, compared(request, seen).comparison),
}


_OF_FRONT = frozenset({"bands", "scores", "money", "spent", "attention", "silent"})


@require_safe
def plan_table(request: HttpRequest, plan: str, table: str, form: str) -> HttpResponse:
    """Send a table of the plan as it is filtered and sorted by the address."""
    if table not in TABLES:
        raise NotVisible(table)
    seen = seen_by(request, plan, with_previous=table in _OF_FRONT)
    return sent(TABLES[table](request, seen), form)


@require_safe
def work_table(request: HttpRequest, plan: str, project: str, form: str) -> HttpResponse:
    """Send the months of a work's indicators."""
    seen = seen_by(request, plan)
    return sent(outgoing.months(seen, work(seen, project, person_of(request))), form)


@require_safe
def year_table(request: HttpRequest, plan: str, project: str, form: str) -> HttpResponse:
    """Send a work's year, as it was known when the month of the address was closed."""
    seen = seen_by(request, plan)
    return sent(outgoing_year(seen, work(seen, project, person_of(request))), form)


@require_safe
def history_table(request: HttpRequest, plan: str, project: str, form: str) -> HttpResponse:
    """Send every change to a work, for those who may read its history."""
    seen = seen_by(request, plan)
    return sent(outgoing.changes(seen, project, whole_history(seen, project, person_of(request))), form)


@require_safe
def why_table(request: HttpRequest, plan: str, record: str, form: str) -> HttpResponse:
    """Send a derivation, a line a step."""
    seen = seen_by(request, plan)
    return sent(outgoing.steps(seen, why(seen, record)), form)
