"""What an evaluation was closed over: units and figures that were missing, unconfirmed, under correction or late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reports.document.model import Cell, Heading, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, View, head_row

_MOST_NAMED = 40  # units in one row; the rest is counted


@dataclass(frozen=True, slots=True)
class ClosedGap:
    """One kind of gap: how many figures it is about, and whose they are.

    ``kind`` is "missing", "returned", "correcting", "unconfirmed", "unaccepted", "late",
    "waived" or "error".
    """

    kind: str
    figures: int
    units: tuple[str, ...]  # codes; records for "error"


@dataclass(frozen=True, slots=True)
class ClosedOver:
    """What was not complete when the evaluation was closed, the reason for closing it all the same, and what counts.

    ``counts_from`` is "sent", "confirmed" or "accepted".
    """

    gaps: Sequence[ClosedGap] = ()
    reason: str = ""
    counts_from: str = "sent"


def closed_over(view: View, closed: ClosedOver | None) -> Blocks:
    """Return the section that says what the evaluation was closed over; nothing for a report of no closing."""
    if closed is None:
        return ()
    say = view.voice.say
    counted = Paragraph(say(f"closed_over_from_{closed.counts_from}"))
    if not closed.gaps:
        return Heading(say("closed_over_heading"), 1), counted, Paragraph(say("closed_over_none"))
    reason = (Paragraph(say("closed_over_reason", reason=closed.reason)),) if closed.reason else ()
    heads = head_row(*(say(key) for key in ("closed_over_what", "closed_over_units", "closed_over_figures")))
    rows = tuple(_row(view, gap) for gap in closed.gaps)
    caption = say("closed_over_caption")
    return (Heading(say("closed_over_heading"), 1), counted, *reason, TableBlock(heads, rows, (2.2, 5.0, 1.0), caption))


def _row(view: View, gap: ClosedGap) -> Row:
    more = len(gap.units) - _MOST_NAMED
    named = ", ".join(gap.units[:_MOST_NAMED])
    shown = view.voice.say("closed_over_more", units=named, count=view.voice.count(more)) if more > 0 else named
    what = view.voice.say(f"closed_over_{gap.kind}", count=view.voice.count(len(gap.units)))
    return Row((Cell(what), Cell(shown), Cell(view.voice.count_or_dash(gap.figures), "right")))
