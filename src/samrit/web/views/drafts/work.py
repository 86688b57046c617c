"""One work of a draft on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samrit.plans.drafting.laid_over import remarked
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.drafting.work import work_page
from samrit.plans.selectors.office.drafts import draft_of, open_remarks
from samrit.web.gates import person_of, signed_in

# Empty rows to fill below those that are there.
_BLANKS = {"projects": 0, "project_units": 2, "steps": 3, "budgets": 1, "sites": 1, "links": 1}


@require_safe
@signed_in
def page(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Show a work with everything that belongs to it; its tables are saved at the addresses of their files."""
    draft = draft_of(person_of(request), number)
    reading = read_draft(draft)
    remarks = open_remarks(draft)
    shown = work_page(reading, record, get_language() or "th")
    context = {
        "draft": draft,
        "page": shown,
        "may_edit": may_edit(person_of(request), draft),
        "ruleset": reading.trial.ruleset if reading.trial is not None else None,
        "tables": [
            (remarked(table, remarks), [(at, table.blank) for at in range(1, _BLANKS[table.resource.name] + 1)])
            for table in shown.tables
        ],
        "names": {name: options for table in shown.tables for name, options in table.names.items()},
    }
    return render(request, "drafts/work.html", context)
