"""The manpower frame of a plan book: sentence, pie and table (R216, R267, R330, R195)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import ManpowerRow
from samrit.reports.document.model import Cell, Chart, Heading, Paragraph, Row, Series, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head
from samrit.reports.texts.sentences import sentences

Counts = dict[str, int]


def manpower(view: ReportView) -> Blocks:
    """Return the section on manpower; nothing where the plan has no frame."""
    rows = view.result.plan.manpower
    totals = totals_of(rows)
    everybody = sum(totals.values())
    if not everybody:
        return ()
    voice = view.voice
    parts = [
        voice.say("manpower_part", name=type_name(view, kind), count=voice.count(count))
        for kind, count in totals.items()
    ]
    said = voice.say("manpower_total", total=voice.count(everybody), parts=voice.listing(parts))
    return (
        Heading(voice.say("manpower_heading"), 1),
        Paragraph(said),
        *(_pie(view, totals) if voice.template.charts else ()),
        Paragraph(largest_sentence(view, totals)),
        _table(view, rows, totals),
    )


def totals_of(rows: tuple[ManpowerRow, ...]) -> Counts:
    """Return the number of people of each type over all groups, types in order of first sight."""
    totals: Counts = {}
    for row in rows:
        for kind, count in row.counts:
            totals[kind] = totals.get(kind, 0) + count
    return totals


def type_name(view: ReportView, kind: str) -> str:
    """Return the name of a type of personnel; a type this office alone has is printed as given."""
    key = f"personnel_{kind}"
    return view.voice.say(key) if key in sentences() else kind


def largest_sentence(view: ReportView, totals: Counts) -> str:
    """Return the sentence that names the largest and the second largest share, with the places printed (R195)."""
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    first, everybody = type_name(view, ranked[0][0]), sum(totals.values())
    if len(ranked) < 2 or not ranked[1][1]:
        return view.voice.say("manpower_only", first=first)
    return view.voice.say(
        "manpower_largest",
        first=first,
        first_share=view.share_text(ranked[0][1], everybody),
        second=type_name(view, ranked[1][0]),
        second_share=view.share_text(ranked[1][1], everybody),
    )


def _pie(view: ReportView, totals: Counts) -> Blocks:
    """Return the pie of the types; its title names the largest (R330)."""
    voice, everybody = view.voice, sum(totals.values())
    kind, count = max(totals.items(), key=lambda item: item[1])
    names = tuple(type_name(view, k) for k in totals)
    title = voice.say("manpower_pie_title", first=type_name(view, kind), first_share=view.share_text(count, everybody))
    alt = ", ".join(f"{name} {view.share_text(c, everybody)}" for name, c in zip(names, totals.values(), strict=True))
    series = (Series(voice.say("people"), tuple(Decimal(c) for c in totals.values())),)
    return (Chart("pie", title, names, series, alt, voice.say("manpower_pie_caption"), voice.say("people")),)


def _table(view: ReportView, rows: tuple[ManpowerRow, ...], totals: Counts) -> TableBlock:
    """Return groups × types with totals both ways, and the row of shares."""
    voice, everybody = view.voice, sum(totals.values())
    names = [voice.say("manpower_group"), *(type_name(view, kind) for kind in totals), voice.say("total")]
    body = [_row(view, row.group, [dict(row.counts).get(kind, 0) for kind in totals]) for row in rows]
    body.append(_row(view, voice.say("total"), list(totals.values()), "total"))
    shares = [view.share_text(count, everybody) for count in totals.values()]
    cells = (Cell(voice.say("chart_unit_percent"), shade="quiet"), *(Cell(t, "right", shade="quiet") for t in shares))
    body.append(Row((*cells, Cell(voice.count(100), "right", shade="quiet"))))
    heads = (Row(tuple(head(name) for name in names), keep_with_next=True),)
    return TableBlock(heads, tuple(body), (4.0, *(1.5,) * len(totals), 1.3), voice.say("manpower_caption"))


def _row(view: ReportView, name: str, counts: list[int], shade: str = "") -> Row:
    texts = [view.voice.count_or_dash(count) for count in (*counts, sum(counts))]
    bold = shade == "total"
    return Row((Cell(name, bold=bold, shade=shade), *(Cell(t, "right", bold, shade=shade) for t in texts)))
