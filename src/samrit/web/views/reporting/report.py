"""A unit's report of a month: the grid, the phone form, what is typed scored at once, saved as one goes, sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import HistoryEntry, Person, Plan, Unit
from samrit.plans.reporting.register import unit_then
from samrit.plans.selectors.report.entry import change_last, entry_preview, report_entry, report_place
from samrit.plans.selectors.report.entry_lines import Report
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.report.reports import report_submit, report_take_back
from samrit.plans.services.report.undo import change_undo
from samrit.vocabulary.narrative import ASKED
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import report_name
from samrit.web.keeping import Clash, KeepOutcome, keep, plain, typed_of
from samrit.web.views.reporting.phone import PhoneStep, phone_step
from samrit.web.views.seeing.sheets import TablePage, sheet_of
from samrit.web.words import page_language, word

MOST_LISTED = 20  # things left to do: who has more begins at the top


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the pages of a report show; ``clashes`` and ``refused`` are of what was just sent."""

    report: Report
    sheet: TablePage
    undo: HistoryEntry | None
    with_all: bool = False
    faults: tuple[str, ...] = ()
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    step: PhoneStep | None = None

    @property
    def todo(self) -> tuple[Left, ...]:
        """What is left to do before the report can be sent, the first ``MOST_LISTED`` things."""
        report = self.report
        left = (
            *(Left(line.key, "", line.indicator.name, "report.todo_missing") for line in report.missing),
            *(Left(line.key, "-x", line.indicator.name, "report.todo_unexplained") for line in report.unexplained),
            *(
                Left(work.key, f"-{ASKED[0].field}", work.project.title, "report.todo_words")
                for work in report.wordless
            ),
        )
        return left[:MOST_LISTED]


@dataclass(frozen=True, slots=True)
class Left:
    """One thing left to do: the line or work, the field of it, its name, and what is to be done."""

    key: str
    part: str
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Whose report of which month a request is about."""

    person: Person
    plan: Plan
    unit: Unit
    period: int
    language: str

    @property
    def month(self) -> str:
        """The month's name."""
        return report_name(self.plan.year_be, self.plan.calendar, self.period, self.language)

    def address(self, query: str = "") -> str:
        """The report's address."""
        return reverse("report", args=(self.plan.code, self.unit.code, self.period)) + query


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Show the report, or keep what was typed and do what its button says."""
    place = place_of(request, code, unit, period)
    if request.method != "POST":
        return _shown(request, place)
    kept = _kept(place, request.POST)
    if not kept.is_whole:
        return _shown(request, place, kept=kept, status=409 if kept.clashes else 422)
    try:
        deed = next((name for name in ("undo", "go") if name in request.POST), request.POST.get("do", ""))
        return _DEEDS.get(deed, _stay)(request, place)
    except ServiceError as error:
        faults = tuple(plain(error, place.language).splitlines())
        return _shown(request, place, faults=faults, status=422)


@never_cache
@login_required
@require_POST
def save(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Keep what was typed and say what became of each cell, for the script that saves as one types."""
    place = place_of(request, code, unit, period)
    try:
        kept = _kept(place, request.POST)
    except ServiceError as error:
        return JsonResponse({"message": plain(error, place.language)}, status=409)
    clashes = {
        name: {
            "html": render_to_string("report/_clash.html", {"clash": clash}, request),
            "revision": clash.revision,
            "theirs": clash.theirs,
        }
        for name, clash in kept.clashes.items()
    }
    undo = render_to_string("report/_undo.html", {"undo": _undo(place), "place": place}, request)
    return JsonResponse(
        {
            "at": f"{timezone.localtime(kept.at):%H:%M}",
            "saved": kept.saved,
            "clashes": clashes,
            "refused": kept.refused,
            "undo": undo,
        }
    )


@never_cache
@login_required
@require_POST
def attempt(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Return what the typed figures come to, scored by the engine and kept nowhere."""
    place = place_of(request, code, unit, period)
    typed, faults = typed_of(request.POST, place.language)
    preview = entry_preview(place.person, place.plan, place.unit, place.period, typed)
    if preview is None:
        return HttpResponse(status=204)
    lines = [(line, faults.get(line.indicator.id, ())) for line in preview.lines]
    context = {"preview": preview, "lines": lines, "oob": True}
    return render(request, "report/_preview.html", context)


def place_of(request: HttpRequest, code: str, unit: str, period: int) -> ReportPlace:
    """Return what a request is about; raises NotVisible for a month, plan or unit that is not there for the person."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    if not 1 <= period <= 12:
        raise NotVisible(str(period))
    plan, own = report_place(request.user, code, unit)
    return ReportPlace(request.user, plan, unit_then(own, plan, period), period, page_language())


def _kept(place: ReportPlace, post: QueryDict) -> KeepOutcome:
    return keep(place.person, place.plan, place.unit, period=place.period, post=post, language=place.language)


def _undo(place: ReportPlace) -> HistoryEntry | None:
    return change_last(place.person, place.plan, place.unit, place.period)


def _shown(
    request: HttpRequest,
    place: ReportPlace,
    *,
    kept: KeepOutcome | None = None,
    faults: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    with_all = "all" in request.GET
    report = report_entry(place.person, place.plan, place.unit, place.period, with_all=with_all)
    is_phone = request.GET.get("view") == "phone"
    shown = ReportPage(
        report=report,
        sheet=sheet_of(report.works, whole(request.GET.get("page"), 1)),
        undo=_undo(place) if report.lock is None else None,
        with_all=with_all,
        faults=faults,
        clashes=kept.clashes if kept else {},
        refused=kept.refused if kept else {},
        step=phone_step(report, request.GET.get("at", "")) if is_phone else None,
    )
    if request.GET.get("part") == "todo":
        return render(request, "report/_todo.html", {"page": shown, "place": place}, status=status)
    template = "report/phone.html" if is_phone else "report/grid.html"
    return render(request, template, {"page": shown, "place": place}, status=status)


def _stay(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    messages.success(request, word("report.kept", place.language))
    return HttpResponseRedirect(request.get_full_path())


def _go_on(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    there = request.POST.get("go", "")
    return HttpResponseRedirect(place.address(f"?view=phone&at={there if there.isalnum() else ''}"))


def _as_planned(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    outcome = figures_as_planned(place.person, plan=place.plan, unit=place.unit, period=place.period)
    key = "report.as_planned_done" if outcome.saved else "report.as_planned_nothing"
    messages.success(request, word(key, place.language, count=len(outcome.saved)))
    return HttpResponseRedirect(request.get_full_path())


def _submit(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    report = report_entry(place.person, place.plan, place.unit, place.period)
    if not report.is_ready:
        return _shown(request, place, faults=(word("report.not_ready", place.language),), status=422)
    sent = report_submit(place.person, plan=place.plan, unit=place.unit, period=place.period)
    key = "report.sent_late" if sent.is_late else "report.sent"
    messages.success(request, word(key, place.language, month=place.month, unit=place.unit.name))
    return HttpResponseRedirect(reverse("my_work"))


def _take_back(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    report_take_back(place.person, plan=place.plan, unit=place.unit, period=place.period)
    messages.success(request, word("report.taken_back", place.language, month=place.month))
    return HttpResponseRedirect(request.get_full_path())


def _undone(request: HttpRequest, place: ReportPlace) -> HttpResponse:
    last = _undo(place)
    if last is not None and str(last.sequence) == request.POST.get("undo"):
        change_undo(place.person, entry=last)
        messages.success(request, word("report.undone", place.language, record=last.record))
    return HttpResponseRedirect(request.get_full_path())


_DEEDS = {
    "as_planned": _as_planned,
    "submit": _submit,
    "take_back": _take_back,
    "undo": _undone,
    "go": _go_on,
}
