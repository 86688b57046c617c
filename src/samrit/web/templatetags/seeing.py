"""Tags of the pages that show: sparklines, charts, rule pages, source places, changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from samrit.engine.model import Figure, Mark, Source
from samrit.engine.ruleset import Band
from samrit.package.kinds.declared import RecordKind
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import ForecastStep
from samrit.plans.selectors.results.front import Tile
from samrit.plans.selectors.results.heat import Heat, HeatRow
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.originals import number_of
from samrit.plans.selectors.results.timeline import TimeLine
from samrit.plans.selectors.results.traces import EvidenceLine, HistoryChange
from samrit.plans.selectors.work.works import WorkRow, Works
from samrit.reports.document.model import BandStyle, Chart
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number
from samrit.web.charts import chart_svg, timeline_chart
from samrit.web.history_words import action_said, field_said, value_said
from samrit.web.rule_pages import page_of
from samrit.web.sparklines import sparkline
from samrit.web.templatetags.samrit import band as band_context
from samrit.web.templatetags.samrit import band_tone, language
from samrit.web.templatetags.samrit import state as state_context
from samrit.web.words import word

register = template.Library()


@register.simple_tag
def spark(course: Sequence[ForecastStep], period: PeriodName) -> SafeString:
    """Draw a work's course up to the period; its text says the first and the last figure."""
    figures = [step.figure for step in course]
    known_figures = [f for f in figures if f is not None]
    if not known_figures:
        return sparkline(figures, word("see.no_course", language()))
    first, last = (format_number(f, 0) for f in (known_figures[0], known_figures[-1]))
    said = word("see.course_text", language(), first=first, last=last, period=period.short)
    end = course[-1]
    if end.settled:
        computed = "–" if end.computed is None else format_number(end.computed, 0)
        said += f" ({word('see.course_settled', language(), computed=computed)})"
    return sparkline(figures, said, settled={at: step.computed for at, step in enumerate(course) if step.settled})


@register.simple_tag
def chart(drawn: Chart, bands: tuple[BandStyle, ...] = ()) -> SafeString:
    """Draw a chart."""
    return chart_svg(drawn, bands)


@register.simple_tag
def timeline_drawn(shown: TimeLine) -> SafeString:
    """Draw a time line."""
    rows = tuple(row for _, row in shown.rows)
    late = sum(row.is_late and row.came is None for row in rows)
    said = {
        name: word(f"year.{name}", language(), count=len(rows), late=late) for name in ("timeline", "timeline_text")
    }
    return timeline_chart(rows, shown.scale, title=said["timeline"], description=said["timeline_text"])


@register.simple_tag
def chart_rows(drawn: Chart) -> list[tuple[str, list[Decimal | None]]]:
    """Return a chart's figures as rows: a category with the value of each series."""
    return [(name, [s.values[at] for s in drawn.series]) for at, name in enumerate(drawn.categories)]


@register.simple_tag
def rule(number: str) -> SafeString:
    """Return a rule's number as a link to its page, where there is one."""
    page = page_of(number) if number else None
    if page is None:
        return format_html('<span class="rule">{}</span>', number) if number else SafeString("")
    address = reverse("rule", args=[page.name])
    return format_html('<a class="rule" href="{}" title="{}">{}</a>', address, page.title, number)


@register.simple_tag
def rule_line(number: str) -> SafeString:
    """Return a rule's title as a link to its page: for steps whose heading may hold no link."""
    page = page_of(number) if number else None
    if page is None:
        return SafeString("")
    address = reverse("rule", args=[page.name])
    return format_html('<a class="step-link" href="{}" lang="en">{}</a>', address, page.title)


@register.filter
def place(source: Source) -> str:
    """Return where a value was read: document, page, line, cell; "" when it came from nowhere."""
    parts = [
        source.document,
        "" if source.page is None else word("see.source_page", language(), page=source.page),
        "" if source.line is None else word("see.source_line", language(), line=source.line),
        source.cell,
    ]
    return ", ".join(part for part in parts if part)


@register.simple_tag
def source_link(seen: Look, source: Source) -> SafeString | str:
    """Return where a value was read, as a link into the document where it is kept and the reader may open it."""
    said, number = place(source), number_of(seen, source.document)
    if number is None:
        return said
    asked = {"page": source.page, "line": source.line, "cell": source.cell}
    query = urlencode({name: value for name, value in asked.items() if value})
    return format_html('<a href="{}?{}">{}</a>', reverse("original", args=[seen.plan.code, number]), query, said)


@register.filter
def cell(value: Figure | Ends | None) -> str:
    """Return a month's figure, both ends of a range; "–" is nothing planned, blank is not reported (P1)."""
    if isinstance(value, Ends):
        return value.written(cell)
    if value is None or isinstance(value, Mark):
        return "" if value is None else value.value
    return format_number(value, None if -(exponent(value)) <= 2 else 2)


def exponent(value: Decimal) -> int:
    """Return how many places are behind the point, as a negative number."""
    found = value.normalize().as_tuple().exponent
    return found if isinstance(found, int) else 0


@register.filter
def signed(value: int | None) -> str:
    """Return a change with its sign: "+3", "−2", "±0"."""
    if value is None:
        return ""
    return f"+{value:,}" if value > 0 else (f"−{-value:,}" if value else "±0")


@register.filter
def trend(value: int | None) -> str:
    """Return "up", "down" or "level" for a change."""
    return "level" if not value else ("up" if value > 0 else "down")


def tile_sign(band: Band | None) -> str:
    """Return a band's sign and a space, nothing for works that do not count yet."""
    return f"{band.sign} " if band else ""


def tile_class(band: Band | None, state: str) -> str:
    """Return the classes of a tile: the band's, or the pattern of the state."""
    if band is not None:
        return f"band-fill {band_tone(band)}"
    return "hatched" if state in ("not_reported", "no_data") else "outline-only"


@register.filter
def action(code: str) -> str:
    """Return what a history entry's action is called; one without a word is shown as it is."""
    return action_said(code, language())


@register.filter
def field_name(name: str) -> str:
    """Return what a changed field is called; one without a word is shown as it is."""
    return field_said(name, language())


@register.simple_tag
def change_said(seen: Look, change: HistoryChange, name: str, text: str) -> str:
    """Return a value of the history in the words of the screens; "–" where there was none."""
    return value_said(Names.of(seen), change, name, text) or "–"


@register.simple_tag
def year_kind(kind: RecordKind) -> str:
    """Return what a record of a kind is called."""
    return kind.title(language())


@register.filter
def wordy(code: Any, group: str) -> str:
    """Return the text ``group.code`` of the pages: ``{{ head.key|wordy:"see.col" }}`` is ``see.col_<key>``."""
    return word(f"{group}_{code}", language())


@register.filter
def beyond(items: Sequence[object], shown: int) -> int:
    """Return how many items are left beyond those shown at first."""
    return max(len(items) - shown, 0)


@register.filter
def first_word(text: str) -> str:
    """Return a month's short name without its year: "ม.ค." of "ม.ค. 2568"."""
    return text.split(maxsplit=1)[0] if text else ""


@register.simple_tag
def works_at(plan: str) -> str:
    """Return the address under which a plan's works stand: reversing it once is cheaper than once per tile."""
    return reverse("work", args=[plan, "-"]).removesuffix("-/")


@register.simple_tag
def heat_link(page: Heat, row: HeatRow, period: int) -> SafeString:
    """Return the address of the works that a cell of the heat map counts."""
    band = f"&band={quote(page.best.code)}" if page.measure == "good" else ""
    fund = f"&fund={quote(page.fund)}" if page.fund else ""
    return conditional_escape(f"{reverse('plan', args=[page.code])}?lead={quote(row.code)}&month={period}{band}{fund}")


@register.simple_tag
def why_at(plan: str) -> str:
    """Return the address under which a plan's derivations stand."""
    return reverse("why", args=[plan, "-"]).removesuffix("-/")


@register.simple_tag
def evidence_link(plan: str, evidence: EvidenceLine) -> SafeString:
    """Return a file of evidence as a link, where files can be fetched, else its name; of an erased one the decision."""
    if evidence.erased:
        return format_html("<em>{}</em>", word("erasure.by", language(), number=evidence.erased))
    try:
        address = reverse("evidence", args=[evidence.id])
    except NoReverseMatch:
        return format_html('<span class="file">{}</span>', evidence.name)
    return format_html('<a class="file" href="{}">{}</a>', address, evidence.name)


@register.simple_tag
def mark(band: Band | None, *, small: bool = False) -> SafeString:
    """Return what ``{% band %}`` shows, rendered once for each band: tables show hundreds."""
    if band is None:
        return SafeString("")

    def rendered() -> SafeString:
        return SafeString(render_to_string("_parts/band.html", band_context(band, small=small)).strip())

    return memory.always(("band", band, language(), small), rendered)


@register.simple_tag
def state_mark(code: str) -> SafeString:
    """Return what ``{% state %}`` shows, rendered once for each state; the ordinary one needs no sign."""
    if code == "scored":
        return format_html('<span class="quiet">{}</span>', word("state.scored", language()))

    def rendered() -> SafeString:
        return SafeString(render_to_string("_parts/state.html", state_context(code)).strip())

    return memory.always(("state", code, language()), rendered)


@register.simple_tag
def work_row(row: WorkRow, page: Works, at: str) -> SafeString:
    """Return a work's row of the plan's table; rendered once for the same figures and columns."""
    shown = tuple(head.key for head in page.heads if head.shown)

    def rendered() -> SafeString:
        places = {"works_at": works_at(page.code), "why_at": why_at(page.code)}
        context = {"row": row, "heads": shown, "period": page.period, "at": at, **places}
        return render_to_string("seeing/_work_row.html", context)

    return memory.always(("row", row, shown, page.code, page.period, at, language()), rendered)


@register.simple_tag
def tiles(shown: Sequence[Tile], address: str, at: str) -> SafeString:
    """Return the tiles of one strategy as links."""
    return format_html_join(
        "",
        '<a class="tile {}" href="{}{}/{}" aria-label="{}">{}{}</a>',
        (
            (tile_class(t.band, t.state), address, quote(t.id, safe=""), at, t.label, tile_sign(t.band), t.number)
            for t in shown
        ),
    )
