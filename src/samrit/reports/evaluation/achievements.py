"""What the editors wrote: results by strategy after a made lead sentence, problems, remedies, closing (R227–R236)."""

from __future__ import annotations

from samrit.engine.model import ProjectStatus, Strategy
from samrit.engine.rollup import tabulate
from samrit.reports.document.model import Heading, Paragraph
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.reports.evaluation.words.edited import listed, paragraphs, said, texts_of


def achievements(view: ReportView) -> Blocks:
    """Return the section of main results: general texts, then each strategy that has something due or written."""
    voice = view.voice
    blocks: Blocks = ()
    general = texts_of(view, "achievement", "")
    if general:
        blocks += (Heading(voice.say("achievements_general"), 2), *listed(view, general, numbered=True))
    for strategy in view.strategies:
        blocks += _strategy(view, strategy)
    if not blocks or not (view.counted or any(text.section == "achievement" for text in view.result.plan.texts)):
        return ()
    title = voice.say("achievements_heading", period=view.timing.label, range=view.timing.covered())
    return Heading(title, 1), *blocks


def _strategy(view: ReportView, strategy: Strategy) -> Blocks:
    texts = texts_of(view, "achievement", strategy.code) if strategy.code else []
    held = any(r.project.strategy == strategy.code for r in view.result.projects)
    if not held and not texts:
        return ()
    named = view.voice.strategy_full(strategy) if strategy.code else view.voice.strategy_short("")
    blocks: Blocks = (Heading(named, 2), Paragraph(lead_sentence(view, strategy.code, followed=bool(texts))))
    return (*blocks, *listed(view, texts, numbered=True))


def lead_sentence(view: ReportView, strategy: str, *, followed: bool) -> str:
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


def remedies(view: ReportView) -> Blocks:
    """Return problems, remedies and closing; nothing at all where nobody wrote any and nothing is carried over."""
    blocks: Blocks = (*_bullets(view, "problem", "problems"), *_bullets(view, "remedy", "remedies"), *_closing(view))
    return (Heading(view.voice.say("problems_heading"), 1), *blocks) if blocks else ()


def _bullets(view: ReportView, section: str, heading: str) -> Blocks:
    texts = texts_of(view, section)
    if not texts:
        return ()
    return Heading(view.voice.say(heading), 2), *listed(view, texts, numbered=False)


def _closing(view: ReportView) -> Blocks:
    """Return the editors' closing words and the sentence on money carried over (R236)."""
    texts = texts_of(view, "closing")
    written: Blocks = tuple(block for text in texts for block in paragraphs(view, said(view, text)))
    carried = {r.project.key: r.project for r in view.result.projects if r.project.status is ProjectStatus.CARRIED_OVER}
    if not carried:
        return written
    counted = view.voice.say(
        "closing_carry_over",
        year=view.timing.year_text(view.result.plan.year_be + 1),
        count=view.voice.count(len(carried)),
        list=", ".join(project.title for project in carried.values()),
    )
    return *written, Paragraph(counted)
