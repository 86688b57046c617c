"""One file of a draft as a table: changed cell by cell, or pasted from a spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from samrit.package.resources import resource_named
from samrit.package.schema import Resource
from samrit.plans.drafting.laid_over import TypedOver, remarked
from samrit.plans.drafting.naming import is_name
from samrit.plans.drafting.pasting import pasted
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.drafting.table import DraftTable, draft_table, shown_columns
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.selectors.office.drafts import draft_of, open_remarks, revisions_seen
from samrit.plans.selectors.office.history import latest_sequence
from samrit.plans.selectors.office.library import library_for, names_known
from samrit.plans.services.draft.rows import DraftCellsRefused, DraftOutcome, RowConflict, RowInput, draft_save
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.keeping import plain
from samrit.web.words import page_language, word

BLANK_ROWS = 3
_PAGES = {"projects": "draft_work", "indicators": "draft_indicator"}
_KEPT = ("q", "of", "wrong", "all", "page")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int, file: str) -> HttpResponse:
    """Show a page of a file, and take what was typed into it."""
    draft, resource = _asked(request, number, file)
    if request.method != "POST":
        return _shown(request, draft, resource)
    typed = _rows(request, resource)
    if request.POST.get("do") == "bulk":
        picked = _picked(request, resource, typed)
        if picked is None:
            over = TypedOver({place: row.cells for place, row in typed.items()}, {})
            fault = word("drafts.bulk_nothing", page_language())
            return _shown(request, draft, resource, fault=fault, over=over, status=422)
        typed = picked
    try:
        outcome = draft_save(person_of(request), draft=draft, file=file, rows=list(typed.values()))
    except DraftCellsRefused as refused:
        places = list(typed)
        faults = {(*places[at], name): plain(refused, page_language()) for at, name in refused.cells}
        over = TypedOver({place: row.cells for place, row in typed.items()}, faults)
        return _shown(request, draft, resource, fault=refused.text(page_language()), over=over, status=422)
    if outcome.conflicts:
        return _shown(request, draft, resource, conflicts=outcome.conflicts, status=409)
    say(request, outcome)
    of = "projects" if request.POST.get("back_to") == "work" else "indicators"
    if _is_there(draft, of, back := request.POST.get("back", "")):
        return HttpResponseRedirect(reverse(_PAGES[of], args=[number, back]))
    return HttpResponseRedirect(_here(request, number, file))


@require_POST
@signed_in
def paste(request: HttpRequest, number: int, file: str) -> HttpResponse:
    """Take rows pasted from a spreadsheet; what is no table is refused whole, and stays in its box."""
    draft, resource = _asked(request, number, file)
    text = request.POST.get("table", "")
    columns = [c.name for c in shown_columns(resource, "th", all_columns="all" in request.GET)]
    try:
        found = pasted(text, resource, columns, read_draft(draft).rows[file])
        seen = revisions_seen(draft, file, whole(request.POST.get("shown"), 0, most=10**12))
        given = [RowInput(row.number, row.cells, seen.get(row.number or 0, row.revision)) for row in found.rows]
        outcome = draft_save(person_of(request), draft=draft, file=file, rows=given)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        fault = refused.text(page_language())
        return _shown(request, draft, resource, fault=fault, pasted_text=text, status=422)
    if outcome.conflicts:
        return _shown(request, draft, resource, conflicts=outcome.conflicts, pasted_text=text, status=409)
    say(request, outcome)
    for read, count in found.read.items():
        messages.info(request, word(f"report.pasted_{read.value}", page_language(), count=count))
    return HttpResponseRedirect(_here(request, number, file))


def _is_there(draft: PlanDraft, file: str, name: str) -> bool:
    """Say whether there is a page of this work or indicator to go back to: what was typed may have renamed it."""
    rows = read_draft(draft).rows[file].values()
    return is_name(file, name) and any(row.cells.get("id") == name and not row.is_removed for row in rows)


def _asked(request: HttpRequest, number: int, file: str) -> tuple[PlanDraft, Resource]:
    draft = draft_of(person_of(request), number)
    try:
        return draft, resource_named(file)
    except KeyError:
        raise NotVisible(file) from None


def _rows(request: HttpRequest, resource: Resource) -> dict[tuple[str, int], RowInput]:
    """Return the rows of the form: ``c:12:title`` is a cell of row 12, ``n:1:title`` of the first new row."""
    cells: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for name, text in request.POST.items():
        kind, _, rest = name.partition(":")
        row, _, column = rest.partition(":")
        at = whole(row, -1, most=10**9)
        if kind in ("c", "n") and column in resource.columns and at >= 0:
            cells[kind, at][column] = str(text)
    removed = set(request.POST.getlist("remove"))
    return {
        (kind, row): RowInput(
            row if kind == "c" else None,
            typed,
            whole(request.POST.get(f"v:{row}"), 0),
            is_removed=kind == "c" and str(row) in removed,
        )
        for (kind, row), typed in cells.items()
        if kind == "c" or not _is_untouched(request, row, typed)
    }


def _picked(
    request: HttpRequest, resource: Resource, typed: dict[tuple[str, int], RowInput]
) -> dict[tuple[str, int], RowInput] | None:
    """Return what was typed with one column of the ticked rows set to one value; None where nothing is chosen."""
    column, text = request.POST.get("bulk_column", ""), request.POST.get("bulk_value", "")
    ticked = {("c", whole(row, -1, most=10**9)) for row in request.POST.getlist("pick")} & typed.keys()
    if column not in resource.columns or not ticked:
        return None
    return {at: replace(row, cells={**row.cells, column: text}) if at in ticked else row for at, row in typed.items()}


def _is_untouched(request: HttpRequest, row: int, typed: dict[str, str]) -> bool:
    """Say whether an empty row still holds only what the page had filled in."""
    return all(not text.strip() or text == request.POST.get(f"f:{row}:{name}") for name, text in typed.items())


def _shown(
    request: HttpRequest,
    draft: PlanDraft,
    resource: Resource,
    *,
    conflicts: tuple[RowConflict, ...] = (),
    fault: str = "",
    pasted_text: str = "",
    over: TypedOver | None = None,
    status: int = 200,
) -> HttpResponse:
    asked, shown_at = request.GET, latest_sequence()
    table = _table(request, draft, resource)
    blanks = [(at, table.blank) for at in (range(1, BLANK_ROWS + 1) if table.page == table.pages else ())]
    if over is not None:
        table, blanks = over.laid(table)
    shown = {
        "draft": draft,
        "table": table,
        "may_edit": may_edit(person_of(request), draft),
        "blanks": blanks,
        "conflicts": shown_conflicts(resource, conflicts),
        "shown": shown_at,
        "fault": fault,
        "pasted": pasted_text,
        "known_names": names_known(library_for(person_of(request), draft)) if resource.name == "indicators" else (),
        "bulk": True,
        "is_work": resource.name == "projects",
        "is_indicator": resource.name == "indicators",
        "query": urlencode([(name, asked[name]) for name in _KEPT if name in asked]),
    }
    return render(request, "drafts/table.html", shown, status=status)


def _table(request: HttpRequest, draft: PlanDraft, resource: Resource) -> DraftTable:
    """Return the page of the file that the address asks for, with what was remarked beside its cells."""
    asked = request.GET
    table = draft_table(
        read_draft(draft),
        resource.name,
        page_language(),
        page=whole(asked.get("page"), 1),
        text=asked.get("q", "").strip()[:100],
        of=(asked.get("of") or request.POST.get("back", "")).strip()[:100],
        row=whole(asked.get("row"), 0, most=10**9),
        wrong="wrong" in asked,
        all_columns="all" in asked,
    )
    return remarked(table, open_remarks(draft))


def shown_conflicts(
    resource: Resource, conflicts: Sequence[RowConflict]
) -> list[tuple[int, list[tuple[str, str, str]]]]:
    """Return each row that somebody else changed too, with the title, my value and theirs of every such cell."""
    titles = {f.name: f.title(page_language()) for f in resource.fields}
    return [
        (c.number, [(titles[name], text, c.theirs.get(name, "")) for name, text in c.mine.items()]) for c in conflicts
    ]


def say(request: HttpRequest, outcome: DraftOutcome) -> None:
    """Tell what was written."""
    if outcome.saved:
        messages.success(request, word("drafts.rows_saved", page_language(), count=outcome.saved))
    else:
        messages.info(request, word("drafts.rows_unchanged", page_language()))
    if outcome.followed:
        messages.info(request, word("drafts.rows_followed", page_language(), count=outcome.followed))


def _here(request: HttpRequest, number: int, file: str) -> str:
    query = urlencode([(name, request.GET[name]) for name in _KEPT if name in request.GET])
    return f"{reverse('draft_file', args=[number, file])}{'?' if query else ''}{query}"
