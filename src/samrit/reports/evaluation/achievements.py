"""What the editors wrote: results by strategy after a made lead sentence, problems, remedies, closing (R227–R236)."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.model import ProjectStatus, ReportText, Strategy
from samrit.engine.rollup import tabulate
from samrit.reports.document.model import Heading, Items, Paragraph
from samrit.reports.evaluation.live_values import rich
from samrit.reports.evaluation.view import Blocks, View


def achievements(view: View) -> Blocks:
    """Return the section of main results: general texts, then each strategy that has something due or written."""
    voice = view.voice
    blocks: Blocks = ()
    general = texts_of(view, "achievement", "")
    if general:
        blocks += (Heading(voice.say("achievements_general"), 2), numbered(view, general))
    for strategy in view.strategies:
        blocks += _strategy(view, strategy)
    if not blocks or not (view.counted or any(text.section == "achievement" for text in view.result.plan.texts)):
        return ()
    title = voice.say("achievements_heading", period=view.timing.label, range=view.timing.covered())
    return Heading(title, 1), *blocks


def _strategy(view: View, strategy: Strategy) -> Blocks:
    texts = texts_of(view, "achievement", strategy.code) if strategy.code else []
    held = any(r.project.strategy == strategy.code for r in view.result.projects)
    if not held and not texts:
        return ()
    named = view.voice.strategy_full(strategy) if strategy.code else view.voice.strategy_short("")
    blocks: Blocks = (Heading(named, 2), Paragraph(lead_sentence(view, strategy.code, followed=bool(texts))))
    return (*blocks, numbered(view, texts)) if texts else blocks


def lead_sentence(view: View, strategy: str, *, followed: bool) -> str:
    """Return counts by band, best first, leaving out bands with none and always the worst (R228)."""
    voice = view.voice
    total = tabulate(view.counted, columns="band", where=lambda r: r.project.strategy == strategy).total
    if not total.total:
        return voice.say("lead_nothing_due")
    worst = view.bands[-1]
    parts = [
        voice.say(
            "lead_band",
            name=view.band_name(band),
            range=view.band_range(band),
            count=voice.count(total.cell(band.code)),
        )
        for band in view.bands[:-1]
        if total.cell(band.code)
    ]
    if not parts:
        return voice.say("lead_none", name=view.band_name(worst))
    return voice.say("lead_with_items" if followed else "lead", bands=voice.listing(parts))


def texts_of(view: View, section: str, strategy: str | None = None) -> list[ReportText]:
    """Return the editors' texts of a section as of the report's period, in their order; all strategies for None."""
    chosen = [
        text
        for text in view.result.plan.texts
        if text.section == section
        and (strategy is None or text.strategy == strategy)
        and text.as_of in (None, view.result.as_of)
    ]
    return sorted(chosen, key=lambda text: text.order)


def numbered(view: View, texts: Sequence[ReportText]) -> Items:
    """Return texts as a list numbered at up to three depths."""
    return Items(tuple(rich(view, t.text) for t in texts), tuple(t.depth for t in texts), numbered=True)


def remedies(view: View) -> Blocks:
    """Return problems, remedies and closing; nothing at all where nobody wrote any and nothing is carried over."""
    blocks: Blocks = (*_bullets(view, "problem", "problems"), *_bullets(view, "remedy", "remedies"), *_closing(view))
    return (Heading(view.voice.say("problems_heading"), 1), *blocks) if blocks else ()


def _bullets(view: View, section: str, heading: str) -> Blocks:
    texts = texts_of(view, section)
    if not texts:
        return ()
    items = Items(tuple(rich(view, t.text) for t in texts), tuple(t.depth for t in texts))
    return Heading(view.voice.say(heading), 2), items


def _closing(view: View) -> Blocks:
    """Return the editors' closing words and the sentence on money carried over (R236)."""
    written: Blocks = tuple(Paragraph(rich(view, text.text)) for text in texts_of(view, "closing"))
    carried = {r.project.key: r.project for r in view.result.projects if r.project.status is ProjectStatus.CARRIED_OVER}
    if not carried:
        return written
    said = view.voice.say(
        "closing_carry_over",
        year=view.timing.year_text(view.result.plan.year_be + 1),
        count=view.voice.count(len(carried)),
        list=", ".join(project.title for project in carried.values()),
    )
    return *written, Paragraph(said)
