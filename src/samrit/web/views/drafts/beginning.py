"""The list of drafts, and the ways to begin one."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from samrit.intake.forms.template import write_template
from samrit.package.ready_rules import GROUP, ready_rules
from samrit.package.rows import Files
from samrit.plans.drafting.from_documents import read_sent, safe_names
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.filled_plan import read_sent_plan
from samrit.plans.models import PlanDraft
from samrit.plans.records.turns import turn
from samrit.plans.rights import may_new
from samrit.plans.selectors.office.drafts import drafts_of, plans_to_copy, plans_to_draft
from samrit.plans.selectors.office.visible import visible
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.draft.opening import draft_amend, draft_copy, draft_empty, draft_open
from samrit.vocabulary.findings import Finding, sentence
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import CALENDARS
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label
from samrit.vocabulary.years import parse_year, to_be
from samrit.web.gates import MEGABYTE, needs, person_of, takes_files
from samrit.web.sent_files import workbook
from samrit.web.words import page_language, word

MOST_MEGABYTES = 20
WAYS = ("empty", "document", "file", "amend", "copy")
MOST_DOCUMENTS = 20


@require_safe
@needs("draft.view")
def listing(request: HttpRequest) -> HttpResponse:
    """List the drafts that one may look at."""
    person = person_of(request)
    may_begin = bool(plans_to_draft(person)) or may_new(person, "draft.edit")
    return render(request, "drafts/list.html", {"drafts": drafts_of(person), "may_begin": may_begin})


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("draft.edit", most=(MOST_MEGABYTES + 1) * MEGABYTE)
@needs("draft.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft: empty, from a file, as an amendment of a plan, or from last year's."""
    person, faults = person_of(request), list[str]()
    if request.method == "POST":
        try:
            draft, told = _begun(request)
        except _RefusedError as refused:
            faults = refused.texts
        except ServiceError as refused:
            faults = [refused.text(page_language())]
        else:
            for text in told:
                messages.warning(request, text)
            messages.success(request, word("drafts.begun", page_language()))
            return HttpResponseRedirect(reverse("draft", args=[draft.pk]))
    shown = {
        "faults": faults,
        "typed": request.POST,
        "way": request.POST.get("way") or request.GET.get("way", ""),
        "plans": plans_to_draft(person),
        "copied": plans_to_copy(person) if may_new(person, "draft.edit") else (),
        "chosen": request.POST.get("plan") or request.GET.get("plan", ""),
        "may_new": may_new(person, "draft.edit"),
        "year": speech().year(to_be(timezone.localdate().year) + 1),
        "calendars": [(name, label(name, page_language(), "calendar")) for name in CALENDARS],
        "rules": [(name, label(name, page_language(), GROUP)) for name in ready_rules()],
        "periods": range(1, 13),
        "megabytes": MOST_MEGABYTES,
    }
    return render(request, "drafts/new.html", shown, status=422 if faults else 200)


@require_safe
@needs("draft.edit")
def form_file(request: HttpRequest) -> HttpResponse:
    """Hand out the empty Excel form of a plan."""
    calendar = request.GET.get("calendar", "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_template(path, language=page_language(), calendar=calendar if calendar in CALENDARS else "calendar")
        return workbook(path.read_bytes(), "plan")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a new plan is called, and its year."""

    code: str
    title: str
    year_be: int
    calendar: str
    era: str  # in which the year was typed, "" for the Buddhist one


class _RefusedError(Exception):
    """What was sent can't be begun with; ``texts`` say why, all at once."""

    def __init__(self, *texts: str) -> None:
        super().__init__(*texts)
        self.texts = list(texts)


def _begun(request: HttpRequest) -> tuple[PlanDraft, list[str]]:
    """Begin the draft that was asked for; return it with what is to be told."""
    person, sent = person_of(request), request.POST
    way, reason = sent.get("way", ""), sent.get("reason", "").strip()
    if way == "empty":
        frame = _frame(sent)
        return draft_empty(
            person,
            code=frame.code,
            title=frame.title,
            year_be=frame.year_be,
            calendar=frame.calendar,
            rules=sent.get("rules", "")[:60],
            era=frame.era,
        ), []
    if way == "document":
        contents = _documents(request.FILES.getlist("documents"))
        year = _year_of_documents(sent)
        with turn(person.pk):
            reading = read_sent(contents, plan_id=_code_of_documents(sent), year_be=year)
        if reading.package is None:
            raise _RefusedError(*[sentence(f, page_language()) for f in reading.findings[:20]])
        return draft_import(person, reading=reading, contents=contents, reason=reason), []
    if way == "file":
        with turn(person.pk):
            files, told = _files(request.FILES.get("file"), sent.get("code", "").strip())
        return draft_open(person, files=files, origin="package", reason=reason), told
    if way not in WAYS:
        raise _RefusedError(word("drafts.way_missing", page_language()))
    plan = visible(person, sent.get("plan", "")).plan
    if way == "amend":
        return draft_amend(person, plan=plan, effective_period=whole(sent.get("period"), 0), reason=reason), []
    frame = _frame(sent, with_title=False)
    return draft_copy(person, plan=plan, code=frame.code, year_be=frame.year_be, reason=reason), []


def _documents(uploads: Sequence[UploadedFile]) -> Mapping[str, bytes]:
    """Return what was sent up by names that differ; refuse nothing, too much, and too many."""
    size = sum(upload.size or 0 for upload in uploads)
    if not 0 < len(uploads) <= MOST_DOCUMENTS or not 0 < size <= MOST_MEGABYTES * MEGABYTE:
        raise _RefusedError(word("drafts.documents_missing", page_language(), megabytes=MOST_MEGABYTES))
    names = safe_names([upload.name or "document" for upload in uploads])
    return {name: upload.read() for name, upload in zip(names, uploads, strict=True)}


def _code_of_documents(sent: Mapping[str, str]) -> str:
    code = sent.get("code", "").strip()
    if code and not _is_code(code):
        raise _RefusedError(word("drafts.code_wrong", page_language()))
    return code


def _year_of_documents(sent: Mapping[str, str]) -> int | None:
    text = sent.get("year", "").strip()
    year = parse_year(text).year_be if text else None
    if text and (year is None or not 2400 <= year <= 2700):
        raise _RefusedError(word("drafts.year_wrong", page_language(), text=text[:40]))
    return year


def _is_code(code: str) -> bool:
    return 0 < len(code) <= 60 and code.isascii() and all(c.isalnum() or c in "-_" for c in code)


def _frame(sent: Mapping[str, str], *, with_title: bool = True) -> _Frame:
    """Return code, title, year and calendar as typed; refuse them with every fault at once."""
    language, faults = page_language(), []
    code, title = sent.get("code", "").strip(), sent.get("title", "").strip()[:300]
    typed_year = parse_year(sent.get("year", ""))
    year = typed_year.year_be
    if not _is_code(code):
        faults.append(word("drafts.code_wrong", language))
    if year is None or not 2400 <= year <= 2700:
        faults.append(word("drafts.year_wrong", language, text=sent.get("year", "")[:40]))
    if with_title and not title:
        faults.append(word("drafts.title_missing", language))
    if faults:
        raise _RefusedError(*faults)
    calendar = sent.get("calendar", "")
    return _Frame(
        code, title, year or 0, calendar if calendar in CALENDARS else "calendar", "ce" * (typed_year.era == "ce")
    )


def _files(upload: UploadedFile | None, code: str) -> tuple[Files, list[str]]:
    """Return the rows of what was sent up, and what was noticed in it."""
    if upload is None or not 0 < (upload.size or 0) <= MOST_MEGABYTES * 1024 * 1024:
        raise ServiceError("draft_upload_missing", limit=MOST_MEGABYTES)
    name, content = upload.name or "plan", upload.read()
    files, found = read_sent_plan(content, name, code)
    told = [sentence(finding, page_language()) for finding in found if _is_told(finding)]
    if files is None:
        raise _RefusedError(*told)
    return files, told[:20]


def _is_told(finding: Finding) -> bool:
    """Say whether a finding is news to people: not that a column is absent, which only makes it blank."""
    return finding.code not in {"package_column_absent", "package_bom", "package_no_final_newline"}
