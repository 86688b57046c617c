"""The review of a draft that was read from documents: the original beside the reading, doubt by doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samrit.intake.facts import Status
from samrit.intake.review.placed import DoubtCell, Matter
from samrit.intake.review.words import FIELDS, SIDES, STATUSES, months
from samrit.intake.sources import page_picture
from samrit.plans.drafting.document import Standing
from samrit.plans.drafting.imported import Imported, imported_of, kinds_of, open_matters, original_content
from samrit.plans.drafting.original import excerpt
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import NotVisible
from samrit.plans.models import PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.services.draft.importing import draft_confirm
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import CALENDARS
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word

_Conflict = tuple[int, list[tuple[str, str, str]]]  # a row's number; title, mine and theirs of each cell


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the reading: its name, what is in the draft now, what became of it, whether it can be typed."""

    at: int
    label: str
    value: str
    status: Status
    status_word: str
    confidence: str
    is_changed: bool
    can_type: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one matter of the review with its original, and take what is decided about it."""
    draft, found = _asked(request, number)
    return _decided(request, draft, found) if request.method == "POST" else _shown(request, draft, found)


def _shown(
    request: HttpRequest, draft: PlanDraft, found: Imported, conflicts: Sequence[_Conflict] = ()
) -> HttpResponse:
    rows = read_draft(draft).rows
    waiting = open_matters(draft, rows)
    kind = request.GET.get("kind", "")
    everything = "all" in request.GET
    chosen = [m for m in (found.matters if everything else waiting) if not kind or m.kind == kind]
    at = min(max(whole(request.GET.get("at"), 1), 1), max(len(chosen), 1))
    matter = chosen[at - 1] if chosen else None
    shown = {
        "draft": draft,
        "waiting": len(waiting),
        "all_count": len(found.matters),
        "kinds": [(code, count, _reason(first)) for code, count, first in kinds_of(waiting)],
        "kind": kind,
        "everything": everything,
        "at": at,
        "count": len(chosen),
        "next": _address(draft, kind, everything, at + 1) if at < len(chosen) else "",
        "previous": _address(draft, kind, everything, at - 1) if at > 1 else "",
        "matter": matter,
        "may_edit": may_edit(person_of(request), draft),
        "conflicts": conflicts,
        **(_about(matter, found, rows) if matter is not None else {}),
    }
    return render(request, "drafts/review.html", shown, status=409 if conflicts else 200)


@require_safe
@signed_in
def original(request: HttpRequest, number: int, at: int) -> HttpResponse:
    """Hand out a document as it came, as a download."""
    draft, found = _asked(request, number)
    content = original_content(draft, at)
    if content is None:
        raise NotVisible(f"{number} {at}")
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.originals[at].name, safe='')}"
    return answer


@require_safe
@signed_in
def picture(request: HttpRequest, number: int, at: int, page_number: int) -> HttpResponse:
    """Show a page of a PDF as it is printed."""
    draft, _ = _asked(request, number)
    content = original_content(draft, at)
    drawn = page_picture(content, page_number) if content is not None else None
    if drawn is None:
        raise NotVisible(f"{number} {at} {page_number}")
    return HttpResponse(drawn, content_type="image/png")


def _asked(request: HttpRequest, number: int) -> tuple[PlanDraft, Imported]:
    draft = draft_of(person_of(request), number)
    found = imported_of(draft)
    if found is None:
        raise NotVisible(str(number))
    return draft, found


def _decided(request: HttpRequest, draft: PlanDraft, found: Imported) -> HttpResponse:
    """Confirm a matter, a kind of them, or take what was typed into its cells and then confirm it."""
    person, sent, language = person_of(request), request.POST, page_language()
    named = {(m.record, m.subject): m for m in found.matters}
    if sent.get("do") == "kind":
        kind = sent.get("kind", "")
        chosen = [key for key, matter in named.items() if matter.kind == kind]
        count = draft_confirm(person, draft=draft, matters=chosen)
        messages.success(request, word("drafts.review_confirmed", language, count=count))
        return HttpResponseRedirect(_address(draft, "", everything=False, at=1))
    matter = named.get((sent.get("record", ""), sent.get("subject", "")))
    if matter is None:
        raise NotVisible(str(draft.pk))
    rows = read_draft(draft).rows
    if conflicts := _conflicts(matter, sent, rows):
        return _shown(request, draft, found, conflicts)
    changed = _typed(matter, sent, rows)
    for file, own in changed.items():
        draft_save(person, draft=draft, file=file, rows=own)
    draft_confirm(person, draft=draft, matters=[(matter.record, matter.subject)])
    count = sum(map(len, changed.values()))
    told = word("drafts.review_changed", language, count=count) if count else word("drafts.review_one", language)
    messages.success(request, f"{matter.record}: {told}")
    everything, at = "all" in request.GET, whole(request.GET.get("at"), 1)
    return HttpResponseRedirect(_address(draft, request.GET.get("kind", ""), everything, at + everything))


def _conflicts(matter: Matter, sent: Mapping[str, str], rows: Standing) -> list[_Conflict]:
    """Return the cells that somebody typed again since they were shown, and that were typed otherwise here."""
    language, found = page_language(), list[_Conflict]()
    for at, cell in enumerate(matter.cells):
        text, now = sent.get(f"c:{at}", "").strip(), _standing(cell, rows)
        if _is_typed(at, sent) and now not in {sent.get(f"s:{at}", now), text}:
            found.append((cell.number, [(_label(cell.field, rows, language), text, now)]))
    return found


def _is_typed(at: int, sent: Mapping[str, str]) -> bool:
    """Say whether a cell was changed on the page: what stands as it was shown takes back nobody's work."""
    typed, shown = sent.get(f"c:{at}"), sent.get(f"s:{at}")
    # A box of one line leaves out line breaks by itself.
    return typed is not None and (shown is None or typed.split() != shown.split())


def _typed(matter: Matter, sent: Mapping[str, str], rows: Standing) -> Mapping[str, Sequence[RowInput]]:
    """Return the rows whose cells somebody typed again, by file."""
    cells: dict[tuple[str, int], dict[str, str]] = {}
    for at, cell in enumerate(matter.cells):
        text, row = sent.get(f"c:{at}", "").strip(), rows.get(cell.file, {}).get(cell.number)
        if cell.column and row is not None and _is_typed(at, sent) and text != row.cells.get(cell.column, ""):
            cells.setdefault((cell.file, cell.number), {})[cell.column] = text
    made: dict[str, list[RowInput]] = {}
    for (file, number), own in cells.items():
        made.setdefault(file, []).append(RowInput(number, own, rows[file][number].revision))
    return made


def _about(matter: Matter, found: Imported, rows: Standing) -> Mapping[str, object]:
    """Return what is shown of one matter: its cells, its reasons, and the rows of the original around it."""
    language = page_language()
    at = next((n for n, one in enumerate(found.originals) if one.name == matter.source.document), None)
    return {
        "cells": [_cell(at, cell, rows) for at, cell in enumerate(matter.cells)],
        "subject": _subject(matter.subject, language),
        "reasons": matter.reasons[language],
        "excerpt": excerpt(found.grids, matter.source),
        "original": at,
        "is_printed": at is not None and found.originals[at].kind == "pdf" and matter.source.page is not None,
    }


def _cell(at: int, cell: DoubtCell, rows: Standing) -> CellView:
    language = page_language()
    now = _standing(cell, rows)
    return CellView(
        at=at,
        label=_label(cell.field, rows, language),
        value=now if cell.column else cell.value,
        status=cell.status,
        status_word=STATUSES[language][cell.status],
        confidence=cell.confidence,
        is_changed=bool(cell.column) and now != cell.value,
        can_type=bool(cell.column),
    )


def _standing(cell: DoubtCell, rows: Standing) -> str:
    row = rows.get(cell.file, {}).get(cell.number)
    return row.cells.get(cell.column, "") if row is not None else ""


def _subject(subject: str, language: str) -> str:
    if subject in SIDES[language]:
        return word("drafts.review_months", language, side=SIDES[language][subject])
    side, _, rest = subject.partition("_")
    if rest == "total":
        return word("drafts.review_total", language, side=SIDES[language][side])
    return FIELDS[language].get(subject, subject)


def _label(field: str, rows: Standing, language: str) -> str:
    side, _, period = field.partition(".")
    if number := whole(period, 0):
        plan = next(iter(rows["plan"].values()), None)
        calendar = plan.cells.get("calendar", "") if plan is not None else ""
        return months(calendar if calendar in CALENDARS else "calendar", language)[number - 1]
    return _subject(side, language)


def _reason(first: Matter) -> str:
    """Return what a kind of matters is about: the first sentence told of it."""
    reasons = first.reasons[page_language()]
    return reasons[0] if reasons else f"{first.record} {_subject(first.subject, page_language())}"


def _address(draft: PlanDraft, kind: str, everything: bool, at: int) -> str:
    asked = {"kind": kind, "all": "1" if everything else "", "at": str(at)}
    return f"{reverse('draft_review', args=[draft.pk])}?{urlencode({k: v for k, v in asked.items() if v})}"
