"""The plan's tree in a draft: looked at, moved, added to, renamed and taken from; its buttons need no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.package.resources import resource_named
from samrit.plans.drafting.document import mark_of
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.drafting.table import EditedRow, draft_row
from samrit.plans.drafting.tree.branches import KEYS, LEVELS, NAMES, Branch, Place, tree_of
from samrit.plans.drafting.tree.hanging import Hanging, hanging
from samrit.plans.drafting.tree.moving import Move, places_below, places_for, suggested_code
from samrit.plans.drafting.tree.numbering import SCHEMES
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.services.draft.arranging import draft_arrange
from samrit.plans.services.draft.rows import RowConflict, RowInput, draft_save
from samrit.vocabulary.findings import Severity
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.terms import label
from samrit.web.gates import person_of, signed_in
from samrit.web.views.drafts.table import shown_conflicts
from samrit.web.words import page_language, word

ALL_OPEN = 150  # works up to which the whole tree stands open
_NAMED = {
    "strategies": ("code", "name", "name_en", "goal"),
    "tactics": ("code", "number", "name", "name_en", "level_name", "level_name_en"),
    "programmes": ("code", "number", "name", "fund", "goal"),
    "projects": ("id", "number", "title", "fund", "goal"),
}
_UNDER = {
    "": ("strategies",),
    "strategies": ("tactics", "projects"),
    "tactics": ("tactics", "programmes", "projects"),
    "programmes": ("projects",),
    "projects": (),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The record that the page is about: its cells to change, where it may be, what hangs on it."""

    branch: Branch
    row: EditedRow
    places: tuple[tuple[str, Branch], ...]
    hangs: Hanging
    along: str
    all_along: str
    refuges: tuple[tuple[str, Branch], ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """A kind of record that may be added: its file, what it is called, and the code that it would get.

    ``columns`` are those of its name and of its code, each with what was typed and could not be kept.
    """

    file: str
    title: str
    code: str
    to: str
    columns: tuple[tuple[str, str], tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the tree, and do what was asked for with one of its records."""
    draft = draft_of(person_of(request), number)
    if request.method != "POST":
        return _shown(request, draft)
    try:
        if request.POST.get("do") == "save":
            return _saved(request, draft)
        return _moved(request, draft)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(page_language()), status=422)


def _saved(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    file, at = _mark(request.POST.get("at", ""))
    names = {name: text for name in _NAMED[file] if (text := request.POST.get(f"c:{name}")) is not None}
    rows = [RowInput(at, names, whole(request.POST.get("v"), 0))]
    outcome = draft_save(person_of(request), draft=draft, file=file, rows=rows)
    if outcome.conflicts:
        return _shown(request, draft, file=file, conflicts=outcome.conflicts, status=409)
    messages.success(request, word("tree.saved" if outcome.saved else "drafts.rows_unchanged", page_language()))
    if outcome.followed:
        messages.info(request, word("drafts.rows_followed", page_language(), count=outcome.followed))
    return _back(request, draft, f"{file}-{at}")


def _moved(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    move = _asked(request, draft)
    outcome = draft_arrange(person_of(request), draft=draft, move=move, shown=request.POST.get("shown", ""))
    at = f"{move.file}-{move.number}"
    if move.do == "add":
        at = f"{move.file}-{max(read_draft(draft).rows[move.file])}"
    elif move.do in ("remove", "number"):
        at = ""
    done = {"add": "tree.added", "remove": "tree.removed"}.get(move.do, "tree.moved")
    messages.success(request, word(done if outcome.saved else "drafts.rows_unchanged", page_language()))
    if outcome.saved + outcome.followed > 1:
        messages.info(request, word("tree.rows", page_language(), count=outcome.saved + outcome.followed))
    return _back(request, draft, at)


def _asked(request: HttpRequest, draft: PlanDraft) -> Move:
    sent = request.POST
    # A button beside a record carries everything in its value: "up:projects-12:tactics-3".
    do, _, rest = (sent.get("move") or f"{sent.get('do', '')}:{sent.get('at', '')}").partition(":")
    mark, _, parent = rest.partition(":")
    if do == "number":
        return Move("number")
    if do == "add":
        file = sent.get("file", "")
        cells = {name: sent.get(name, "")[:20_000] for name in _NAMED.get(file, ())}
        return Move("add", file, to=sent.get("to", ""), cells=cells)
    file, at = _mark(mark)
    place: Place = ("", "", "")
    if parent:
        holder = _found(tree_of(read_draft(draft).rows), parent)
        place = holder.place if holder is not None else place
    return Move(do, file, at, to=sent.get("to", ""), at=place, below=sent.get("below", ""))


def _mark(mark: str) -> tuple[str, int]:
    file, _, at = mark.partition("-")
    if file not in LEVELS:
        raise NotVisible(mark)
    return file, whole(at, -1, most=10**9)


def _found(tree: tuple[Branch, ...], mark: str) -> Branch | None:
    return next((b for top in tree for b in top.walk() if b.file and b.mark == mark), None)


def _shown(
    request: HttpRequest,
    draft: PlanDraft,
    *,
    fault: str = "",
    file: str = "",
    conflicts: tuple[RowConflict, ...] = (),
    status: int = 200,
) -> HttpResponse:
    reading, language = read_draft(draft), page_language()
    tree = tree_of(reading.rows)
    asked = request.POST.get("at") or request.POST.get("to", "").partition("@")[0] or request.GET.get("at", "")
    branch = _found(tree, asked)
    opened = request.GET.get("open", "") or _top_of(tree, branch) or (tree[0].mark if tree else "")
    works = sum(top.works for top in tree)
    edits = may_edit(person_of(request), draft)
    shown = {
        "draft": draft,
        "tree": tree,
        "is_all_open": works <= ALL_OPEN,
        "opened": opened,
        "works": works,
        "chosen": _chosen(reading, branch, request.POST) if branch is not None else None,
        "additions": _additions(reading, branch, request.POST) if edits else (),
        "may_edit": edits,
        "faulty": _faulty(reading),
        "scheme": _scheme(reading),
        "mark": mark_of(draft),
        "fault": fault,
        "conflicts": shown_conflicts(resource_named(file), conflicts) if file else (),
        "typed": request.POST,
        "language": language,
    }
    return render(request, "drafts/tree.html", shown, status=status)


def _chosen(reading: DraftReading, branch: Branch, typed: Mapping[str, str]) -> Chosen:
    file, number, language = branch.file, branch.number, page_language()
    hangs = hanging(reading.rows, file, number)
    row = draft_row(reading, file, number, _NAMED[file], language)
    # What was typed and could not be kept stays in its box.
    cells = tuple(replace(cell, text=typed.get(f"c:{cell.column.name}", cell.text)) for cell in row.cells)
    return Chosen(
        branch,
        replace(row, cells=cells),
        places_for(reading.rows, file, number) if file != "strategies" else (),
        hangs,
        _listed(hangs.along),
        _listed(hangs.all_along),
        places_below(reading.rows, file, number) if hangs.below else (),
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{resource_named(name).title(page_language())} {count}" for name, count in counts.items())


def _additions(reading: DraftReading, branch: Branch | None, typed: Mapping[str, str]) -> tuple[Addition, ...]:
    files = _UNDER[branch.file if branch is not None else ""]
    to, place = ("", ("", "", ""))
    if branch is not None:
        places = dict(places_for(reading.rows, "projects"))
        to, place = next(((m, b.place) for m, b in places.items() if b.mark == branch.mark), ("", branch.place))

    def boxes(file: str) -> tuple[tuple[str, str], tuple[str, str]]:
        kept = typed if typed.get("do") == "add" and typed.get("file") == file else {}
        return (NAMES[file], kept.get(NAMES[file], "")), (KEYS[file], kept.get(KEYS[file], ""))

    return tuple(
        Addition(
            file,
            resource_named(file).title(page_language()),
            suggested_code(reading.rows, file, place),
            to,
            boxes(file),
        )
        for file in files
    )


def _top_of(tree: tuple[Branch, ...], branch: Branch | None) -> str:
    if branch is None:
        return ""
    return next((top.mark for top in tree if any(b.mark == branch.mark for b in top.walk())), "")


def _faulty(reading: DraftReading) -> frozenset[str]:
    """Return the marks of records with a fault: the reader's at their row, a check's at their name."""
    named = {row.cells.get("id", ""): f"projects-{row.number}" for row in reading.rows["projects"].values()}
    found = (f.place for f in reading.findings if f.severity is not Severity.NOTICE)
    return frozenset(
        f"{p.document.removesuffix('.csv')}-{p.line}" if p.line else named.get(p.record, "") for p in found
    )


def _scheme(reading: DraftReading) -> str:
    plan = next((r.cells for r in reading.rows["plan"].values() if not r.is_removed), {})
    scheme = plan.get("numbering") or "per_strategy"
    return label(scheme, page_language(), "numbering") if scheme in SCHEMES else scheme


def _back(request: HttpRequest, draft: PlanDraft, at: str) -> HttpResponse:
    asked = {"open": request.GET.get("open", ""), "at": at}
    query = urlencode({name: text for name, text in asked.items() if text})
    return HttpResponseRedirect(f"{reverse('draft_tree', args=[draft.pk])}?{query}{f'#{at}' if at else ''}")
