"""What an evaluation was closed over: units and figures that were missing, unconfirmed, under correction or late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reports.document.model import Cell, Heading, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row

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

    ``counts_from`` is "sent", "confirmed" or "accepted"; ``chain_end`` the number and hash of the closing's entry
    in the history ("3095:5f0c…"), by which anybody with this report can tell whether the history was rewritten since.
    """

    gaps: Sequence[ClosedGap] = ()
    reason: str = ""
    counts_from: str = "sent"
    chain_end: str = ""
    version: str = ""  # "2 / 6": the plan's version that was evaluated, and the period from which it holds
    changed_because: str = ""  # why that version was made, "" for the plan's first


def closed_over(view: ReportView, closed: ClosedOver | None) -> Blocks:
    """Return the section that says what the evaluation was closed over; nothing for a report of no closing."""
    if closed is None:
        return ()
    say = view.voice.say
    counted = Paragraph(say(f"closed_over_from_{closed.counts_from}"))
    counted_by = _version(view, closed)
    proof = (Paragraph(say("closed_over_chain", end=_spaced(closed.chain_end))),) if closed.chain_end else ()
    if not closed.gaps:
        return Heading(say("closed_over_heading"), 1), *counted_by, counted, Paragraph(say("closed_over_none")), *proof
    reason = (Paragraph(say("closed_over_reason", reason=closed.reason)),) if closed.reason else ()
    heads = head_row(*(say(key) for key in ("closed_over_what", "closed_over_units", "closed_over_figures")))
    rows = tuple(_row(view, gap) for gap in closed.gaps)
    caption = say("closed_over_caption")
    table = TableBlock(heads, rows, (2.2, 5.0, 1.0), caption)
    return (Heading(say("closed_over_heading"), 1), *counted_by, counted, *reason, table, *proof)


def _version(view: ReportView, closed: ClosedOver) -> Blocks:
    """Return which version of the plan was evaluated (R103); nothing for an evaluation that does not say."""
    number, _, period = closed.version.partition(" / ")
    if not number:
        return ()
    key = "closed_over_amended" if closed.changed_because else "closed_over_version"
    month = view.timing.month_year(int(period))
    return (Paragraph(view.voice.say(key, number=number, month=month, reason=closed.changed_because)),)


def _spaced(end: str) -> str:
    """Return a number and hash in pieces that fit a line and can be read out; ``samrit audit verify`` takes them so."""
    number, _, mark = end.partition(":")
    return f"{number}:{' '.join(mark[at : at + 16] for at in range(0, len(mark), 16))}"


def _row(view: ReportView, gap: ClosedGap) -> Row:
    more = len(gap.units) - _MOST_NAMED
    named = ", ".join(gap.units[:_MOST_NAMED])
    shown = view.voice.say("closed_over_more", units=named, count=view.voice.count(more)) if more > 0 else named
    what = view.voice.say(f"closed_over_{gap.kind}", count=view.voice.count(len(gap.units)))
    return Row((Cell(what), Cell(shown), Cell(view.voice.count_or_dash(gap.figures), "right")))
