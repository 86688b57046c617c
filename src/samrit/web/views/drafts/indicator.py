"""One indicator of a draft on one page, and its year's figure spread over the months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.engine.model import Figure, Mark
from samrit.package.resources import resource_named
from samrit.package.tables.cells import format_cell
from samrit.plans.drafting.indicator import (
    IndicatorPage,
    MonthCell,
    MonthLine,
    indicator_page,
    last_year_of,
    months_of,
    sums_with,
)
from samrit.plans.drafting.laid_over import remarked
from samrit.plans.drafting.library.uses import differences, entry_of
from samrit.plans.drafting.naming import is_name
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.drafting.spreading import SpreadWay, spread
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.selectors.office.drafts import draft_of, open_remarks, revisions_seen
from samrit.plans.selectors.office.history import latest_sequence
from samrit.plans.selectors.office.library import library_for
from samrit.plans.services.draft.levels import OF_INDICATOR, draft_levels
from samrit.plans.services.draft.rows import RowConflict, RowInput, draft_save
from samrit.vocabulary.figures import NoNumber, parse_figure
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.step_sets import level_sets
from samrit.web.gates import person_of, signed_in
from samrit.web.views.drafts.table import shown_conflicts
from samrit.web.words import page_language, word

_MARKS = {NoNumber.NOTHING: Mark.NOTHING, NoNumber.BLANK: Mark.BLANK}
_BLANKS = {"indicators": 0, "indicator_cards": 1, "targets": 1, "levels": 1}


@dataclass(frozen=True, slots=True)
class Blank:
    """A month without a row: the number of the new one, and what it holds besides the figure."""

    at: int
    fixed: tuple[tuple[str, str], ...]


@require_safe
@signed_in
def page(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Show an indicator with everything that belongs to it."""
    return _shown(request, draft_of(person_of(request), number), record)


@require_POST
@signed_in
def sums(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Say what the months as typed would add up to; nothing is kept."""
    draft = draft_of(person_of(request), number)
    reading = read_draft(draft)
    page = indicator_page(reading, record, page_language())
    typed: dict[tuple[str, int], Figure] = {}
    unread: list[str] = []
    for at, text in _typed_months(request, page):
        figure = parse_figure(text)
        if isinstance(figure, Finding):
            unread.append(text[:20])
        else:
            typed[at] = figure if isinstance(figure, Decimal) else _MARKS[figure]
    shown = replace(page, sums=() if unread else sums_with(reading, record, page_language(), typed))
    return render(request, "drafts/_sums.html", {"page": shown, "unread": unread[:5]})


def _typed_months(request: HttpRequest, page: IndicatorPage) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield unit, period and text of every month on the page that was sent."""
    blanks = count(1)
    for line in page.lines:
        for cell in line.cells:
            name = f"c:{cell.number}:planned" if cell.number else f"n:{next(blanks)}:planned"
            text = request.POST.get(name)
            if text is not None:
                yield (line.unit, cell.period), text


@require_POST
@signed_in
def take_levels(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Give an indicator a ready-made scale of levels, or that of another indicator."""
    person, language, source = person_of(request), page_language(), request.POST.get("source", "")
    draft = draft_of(person, number)
    try:
        draft_levels(person, draft=draft, indicator=record, source=source, language=language)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        messages.error(request, refused.text(language))
    else:
        messages.success(request, word("level.taken", language))
    return HttpResponseRedirect(f"{reverse('draft_indicator', args=[number, record])}#part-levels")


@require_POST
@signed_in
def spread_year(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Spread a year's figure over the months in which the work runs."""
    draft = draft_of(person_of(request), number)
    reading = read_draft(draft)
    shown = indicator_page(reading, record, page_language())
    sent = request.POST
    line = next((line for line in shown.lines if line.unit == sent.get("unit", "")), None)
    ways = {way.value: way for way in SpreadWay}
    if line is None or sent.get("way", "") not in ways:
        raise NotVisible(record)
    total = parse_figure(sent.get("total", ""))
    if not isinstance(total, Decimal) or not total.is_finite() or len(f"{total:f}") > 40:
        fault = word("drafts.spread_wrong", page_language(), text=sent.get("total", "")[:40])
        return _shown(request, draft, record, fault=fault)
    seen = revisions_seen(draft, "monthly", whole(sent.get("shown"), 0, most=10**12))
    rows = [
        replace(row, seen=seen.get(row.number or 0, row.seen))
        for row in _spread(reading, shown, line, total, ways[sent["way"]])
    ]
    why = word("drafts.spread", page_language())
    outcome = draft_save(person_of(request), draft=draft, file="monthly", rows=rows, reason=why)
    if outcome.conflicts:
        return _shown(request, draft, record, conflicts=outcome.conflicts)
    messages.success(request, word("drafts.spread_done", page_language()))
    return HttpResponseRedirect(reverse("draft_indicator", args=[number, record]))


def _spread(
    reading: DraftReading, shown: IndicatorPage, line: MonthLine, total: Decimal, way: SpreadWay
) -> Iterator[RowInput]:
    works = reading.rows["projects"].values()
    work = next((r.cells for r in works if not r.is_removed and r.cells.get("id") == shown.project), {})
    planned = spread(total, way, months_of(work), last_year_of(reading, shown.id))
    for cell in line.cells:
        text = format_cell(planned[cell.period]) if cell.period in planned else ""
        if cell.number:
            yield RowInput(cell.number, {"planned": text}, cell.revision)
        elif text:
            yield RowInput(None, {**dict(_fixed(shown.id, line.unit, cell)), "planned": text})


def _fixed(indicator: str, unit: str, cell: MonthCell) -> tuple[tuple[str, str], ...]:
    return (("indicator", indicator), ("unit", unit), ("period", str(cell.period)), ("span", "1"))


def _shown(
    request: HttpRequest, draft: PlanDraft, record: str, *, fault: str = "", conflicts: Sequence[RowConflict] = ()
) -> HttpResponse:
    shown_at, reading = latest_sequence(), read_draft(draft)
    shown = indicator_page(reading, record, page_language())
    remarks = open_remarks(draft)
    entry = entry_of(library_for(person_of(request), draft), record)
    context = {
        "draft": draft,
        "page": shown,
        "entry": entry,
        "parts": differences(entry.uses, page_language()) if entry is not None else (),
        "has_work": is_name("projects", shown.project),
        "may_edit": may_edit(person_of(request), draft),
        "lines": _lines(shown),
        "tables": [
            (
                remarked(table, remarks),
                [(at, table.blank) for at in range(1, _blanks(table.resource.name, table.count) + 1)],
            )
            for table in shown.tables
        ],
        "names": {name: options for table in shown.tables for name, options in table.names.items()},
        "level_sources": _level_sources(reading, record, page_language()),
        "fault": fault,
        "conflicts": shown_conflicts(resource_named("monthly"), conflicts),
        "shown": shown_at,
        "typed": request.POST,
    }
    status = 422 if fault else 409 if conflicts else 200
    return render(request, "drafts/indicator.html", context, status=status)


def _lines(shown: IndicatorPage) -> list[tuple[MonthLine, list[tuple[MonthCell, Blank]]]]:
    """Return each unit's months, those without a row with the number of the new one."""
    numbers = count(1)
    return [
        (
            line,
            [
                (cell, Blank(0 if cell.number else next(numbers), _fixed(shown.id, line.unit, cell)))
                for cell in line.cells
            ],
        )
        for line in shown.lines
    ]


def _blanks(file: str, rows: int) -> int:
    return 0 if file == "indicator_cards" and rows else _BLANKS[file]


def _level_sources(reading: DraftReading, record: str, language: str) -> list[tuple[str, str]]:
    """Return the scales, and the draft's indicators that have levels; none for an indicator that has some."""
    with_levels = {row.cells.get("indicator") for row in reading.rows["levels"].values() if not row.is_removed}
    if record in with_levels:
        return []
    others = [row.cells for row in reading.rows["indicators"].values() if not row.is_removed]
    return [
        *((code, one.titles[language]) for code, one in level_sets().items()),
        *(
            (
                f"{OF_INDICATOR}{i['id']}",
                word("level.from_indicator", language, id=i["id"], title=i.get("name", "")[:60]),
            )
            for i in others
            if i.get("id") in with_levels
        ),
    ]
