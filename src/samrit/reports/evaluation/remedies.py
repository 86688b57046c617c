"""Problems, remedies and the closing words of an evaluation report (R234–R236)."""

from __future__ import annotations

from samrit.engine.model import ProjectStatus
from samrit.reports.document.model import Heading, Items, Paragraph
from samrit.reports.evaluation.achievements import texts_of
from samrit.reports.evaluation.live_values import rich
from samrit.reports.evaluation.view import Blocks, View


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
