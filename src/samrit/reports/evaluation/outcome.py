"""The results of an evaluation: sentences per band, tables and charts, whole plan and per fund (R223–R226)."""

from __future__ import annotations

from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import NO_PLAN_COLUMN, tabulate
from samrit.engine.ruleset import Band
from samrit.reports.document.model import Cell, Heading, Items, Paragraph, Row, Run, Section, TableBlock
from samrit.reports.evaluation.coverage import with_coverage
from samrit.reports.evaluation.readings import hidden_sentence
from samrit.reports.evaluation.scores import overall_scores
from samrit.reports.evaluation.summary_charts import funds_chart, plan_chart
from samrit.reports.evaluation.summary_tables import bands_table, in_fund
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.reports.texts.timing import timing_of


def outcome(view: ReportView, previous: PlanResult | None = None) -> Blocks:
    """Return the summary table, its sentences and charts, the comparison, and the same per fund."""
    voice, timing = view.voice, view.timing
    opening: Blocks = (
        Section(),
        Heading(voice.say("results_heading", year=timing.plan_year), 1),
        Paragraph(voice.say("results_period", period=timing.label, range=timing.covered()), "centre"),
    )
    if not view.counted:
        return *opening, Paragraph(voice.say("nothing_due"))
    key = "bands_caption_all" if len(view.funds) > 1 else "bands_caption"
    return (
        *opening,
        *bands_table(view, with_coverage(view, voice.say(key, period=timing.label))),
        Heading(voice.say("findings_of_evaluation"), 2),
        _sentences(view),
        *_chart(view),
        *hidden_sentence(view),
        *overall_scores(view, previous),
        *_comparison(view, previous),
        *_by_fund(view),
    )


def _sentences(view: ReportView) -> Items:
    """Return one sentence a band: count and share of all that were due (R223)."""
    total = tabulate(view.counted, columns="band").total
    key = "band_sentence_score" if view.by_points else "band_sentence"
    items = []
    for band in view.bands:
        count = total.cell(band.code)
        rest = view.voice.say(
            key,
            range=view.band_range_spoken(band),
            count=view.voice.count(count),
            share=view.share_text(count, total.total),
        )
        items.append((Run(view.band_label(band), bold=True, band=band.code), Run(rest)))
    if without := total.cell(NO_PLAN_COLUMN):
        fields = {"count": view.voice.count(without), "share": view.share_text(without, total.total)}
        items.append(
            (Run(view.voice.say("no_plan_column"), bold=True), Run(view.voice.say("no_plan_sentence", **fields)))
        )
    return Items(tuple(items), numbered=True)


def _chart(view: ReportView) -> Blocks:
    """Return the sentence with the total, what is outside it, and the chart (R224, R213)."""
    voice = view.voice
    due = tabulate(view.counted).total.total
    outside = tabulate(view.result.projects).total.total - due
    said = voice.say("total_sentence", period=view.timing.label, range=view.timing.covered(), count=voice.count(due))
    if outside:
        said = f"{said} {voice.say('not_due_sentence', count=voice.count(outside))}"
    return Paragraph(said), *(plan_chart(view) if voice.template.charts else ())


def _by_fund(view: ReportView) -> Blocks:
    """Return the comparison of the funds and a table for each (R225, R226); nothing where there is one fund."""
    if len(view.funds) < 2:
        return ()
    voice = view.voice
    blocks: Blocks = (Heading(voice.say("by_fund_heading", count=voice.count(len(view.funds))), 2),)
    blocks += funds_chart(view) if voice.template.charts else ()
    for fund in view.funds:
        name = voice.fund_name(fund)
        caption = voice.say("bands_caption_fund", period=view.timing.label, fund=name)
        blocks += (
            Heading(voice.say("fund_by_strategy", fund=name), 3),
            *bands_table(view, with_coverage(view, caption, in_fund(fund.code)), in_fund(fund.code)),
        )
    return blocks


def _comparison(view: ReportView, previous: PlanResult | None) -> Blocks:
    """Return counts per band beside those of an earlier evaluation, and which projects moved (R215).

    Like is counted with like: works that both evaluations count; the others are told beside them.
    """
    if previous is None:
        return ()
    voice = view.voice
    period = timing_of(previous.plan, voice, previous.as_of).label
    then = {r.project.id: r for r in previous.projects if r.counts}
    both = [r for r in view.counted if r.project.id in then]
    before = tabulate((then[r.project.id] for r in both), columns="band").total
    now = tabulate(both, columns="band").total
    rows = [_change_row(view, band, before.cell(band.code), now.cell(band.code)) for band in view.bands]
    heads = head_row(voice.say("change_band"), period, view.timing.label, voice.say("change_difference"))
    return (
        Heading(voice.say("change_heading", period=period), 2),
        TableBlock(heads, tuple(rows), (3.0, 1.5, 1.5, 1.5), voice.say("change_caption", period=period)),
        Paragraph(_compared(view, now.total), "note"),
        *_moved(view, previous),
    )


def _compared(view: ReportView, both: int) -> str:
    """Return how many works were compared, and how many are counted for the first time."""
    first = tabulate(view.counted).total.total - both
    key = "change_first" if first else "change_same"
    return view.voice.say(key, both=view.voice.count(both), first=view.voice.count(first))


def _change_row(view: ReportView, band: Band, before: int, now: int) -> Row:
    sign = "+" if now > before else "−" if now < before else ""
    texts = (view.voice.count(before), view.voice.count(now), sign + view.voice.count(abs(now - before)))
    return Row((Cell(view.band_name(band), band=band.code), *(Cell(text, "right") for text in texts)))


def _moved(view: ReportView, previous: PlanResult) -> Blocks:
    """Return the projects that fell to a worse band and those that rose, each with both bands."""
    order = {band.code: place for place, band in enumerate(view.ruleset.bands)}
    moves: dict[str, list[tuple[ProjectResult, Band]]] = {"change_worse": [], "change_better": []}
    for result in view.counted:
        old = previous.project(result.project.id)
        if old is None or old.band is None or result.band is None or old.band.code not in order:
            continue
        step = order[result.band.code] - order[old.band.code]
        if step:
            moves["change_better" if step > 0 else "change_worse"].append((result, old.band))
    return tuple(block for key, moved in moves.items() if moved for block in _moved_list(view, key, moved))


def _moved_list(view: ReportView, key: str, moved: list[tuple[ProjectResult, Band]]) -> Blocks:
    items = tuple(
        view.voice.say(
            "change_item",
            title=result.project.title,
            before=view.band_name(old),
            after=view.band_name(result.band) if result.band else "",
        )
        for result, old in moved
    )
    return Paragraph(view.voice.say(key, count=view.voice.count(len(moved))), keep_with_next=True), Items(items)
