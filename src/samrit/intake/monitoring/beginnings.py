"""Rows that may begin a work, and what each row of a table tells by itself (R296)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.intake.headings import Headings
from samrit.intake.monitoring.rows import MonitoringRow
from samrit.intake.monitoring.sites import is_site
from samrit.intake.tables.numbering import Label, labels_of
from samrit.intake.tables.tokens import TokenKind

_BEGINS = -2.0  # what every beginning must be worth
_LABELLED, _LOOSELY = 1.5, 0.75
_WORDED = 0.5
_UNIT, _MONEY = 1.0, 1.0
_AFTER_CLOSE, _INSIDE_OPEN = 1.5, -1.5
_MERGED = 1.0
_OWN_COLUMN = 2.0  # the title is in a column for works, indicators in another
_FIRST_INDICATOR = 1.0


@dataclass(slots=True)
class Start:
    """A row that begins a work: its label, title, the positions of both, and whether that is doubtful."""

    label: Label | None
    title: str
    used: frozenset[int]
    doubtful: bool = False


@dataclass(slots=True)
class RowFacts:
    """What one row tells about the work that it is in."""

    closes: bool = False
    figures: bool = False
    indicator: int | None = None
    weight: Decimal | None = None


@dataclass(slots=True)
class Candidate:
    """A row that may begin a work: how, and what the rows around it say for that."""

    at: int
    start: Start
    base: float
    merged: bool = False


def facts_of(row: MonitoringRow) -> RowFacts:
    """Return what a row tells about the work that it is in."""
    view = row.view
    closes = view.average is not None or view.period is not None
    figures = not closes and _has_figures(row)
    weight_at = view.layout.position("weight")
    weight = view.tokens[weight_at].value if weight_at is not None and weight_at < len(view.tokens) else None
    number = view.indicator[1] if view.indicator is not None else None
    return RowFacts(closes, figures, number, weight if figures else None)


def _has_figures(row: MonitoringRow) -> bool:
    view = row.view
    if view.marker is not None:
        return True
    first = view.layout.months[0]
    return any(t.kind in (TokenKind.NUMBER, TokenKind.DASH) for t in view.tokens[first:])


def candidates_of(rows: Sequence[MonitoringRow], facts: Sequence[RowFacts], words: Headings) -> list[Candidate]:
    """Return every row that may begin a work, with the likeliest way to read its label and title."""
    found: list[tuple[int, list[Start]]] = []
    for at, row in enumerate(rows):
        if not facts[at].closes and (choices := list(_titles(row))):
            found.append((at, choices))
    forms = Counter(c.label.form for _, choices in found for c in choices if c.label is not None)
    closing = any(f.closes for f in facts)
    listed = _lists(rows, facts) if not forms and not closing else set()
    made = []
    for at, choices in found:
        start = max(choices, key=lambda c: _form_weight(c, forms))
        base = _base(rows, facts, at, start, words) + _after(rows, facts, at, closing=closing)
        base += _OWN_COLUMN if id(rows[at].grid) in listed else 0.0
        made.append(Candidate(at, start, base))
    return made


def _lists(rows: Sequence[MonitoringRow], facts: Sequence[RowFacts]) -> set[int]:
    """Return the tables without numbers that name a work on every row with figures of its own, and nothing below it.

    Where works and indicators are below each other in one column a work's own row has no figures.
    """
    named: dict[int, list[bool]] = {}
    for row, fact in zip(rows, facts, strict=True):
        name = row.view.layout.position("name")
        if not row.grid.certain or name is None or row.view.layout.position("indicator") is not None:
            named.setdefault(id(row.grid), []).append(False)
        elif name in row.view.filled:
            named.setdefault(id(row.grid), []).append(fact.figures and row.view.indicator is None)
    return {grid for grid, flat in named.items() if len(flat) > 1 and all(flat)}


def _form_weight(start: Start, forms: Counter[str]) -> float:
    if start.label is None:
        return 0.5
    alone = start.label.form.startswith("code") and forms[start.label.form] < 2
    return -1.0 if alone else forms[start.label.form] + (0.0 if start.label.loose else 0.5)


def _titles(row: MonitoringRow) -> Iterator[Start]:
    """Yield the ways in which a row may name a work; none where it names an indicator, a side, a note or a site."""
    view = row.view
    if view.indicator is not None and view.indicator[0] == view.filled[0]:
        return
    if view.is_note or view.sums_up or is_site(view, after_site=False):
        return
    name = view.layout.position("name")
    last = min(name if name is not None else 1, view.layout.months[0] - 1)
    for at in [p for p in view.filled if p <= last][:2]:
        cell = view.cell(at)
        if cell is None or (view.marker is not None and view.marker[0] == at):
            return
        for label in labels_of(view.texts[at]):
            if label.rest and view.tokens[at].kind is TokenKind.TEXT:
                yield Start(label, label.rest, frozenset({at}))
            elif not label.rest and (beside := _beside(row, at, last)) is not None:
                yield Start(label, view.texts[beside], frozenset({at, beside}))
    first = view.filled[0]
    text_at = first if view.tokens[first].kind is TokenKind.TEXT else None
    if row.grid.certain and name is not None:
        text_at = name if name in view.filled and view.tokens[name].kind is TokenKind.TEXT else None
    if text_at is not None and text_at <= last:
        number = view.layout.position("number")
        if number is not None and text_at < number < view.layout.months[0] and number in view.filled:
            bare = (label for label in labels_of(view.texts[number]) if not label.rest)
            yield from (Start(label, view.texts[text_at], frozenset({text_at, number})) for label in bare)
        yield Start(None, view.texts[text_at], frozenset({text_at}))


def _beside(row: MonitoringRow, at: int, last: int) -> int | None:
    view = row.view
    following = next((p for p in view.filled if p > at), None)
    if following is None or following > max(last, at + 1) or view.tokens[following].kind is not TokenKind.TEXT:
        return None
    marked = view.marker is not None and view.marker[0] == following
    labelled = view.indicator is not None and view.indicator[0] == following
    return None if marked or labelled else following


def _base(rows: Sequence[MonitoringRow], facts: Sequence[RowFacts], at: int, start: Start, words: Headings) -> float:
    """Return what the row itself says for a beginning."""
    view = rows[at].view
    score = _BEGINS
    if start.label is not None:
        score += _LOOSELY if start.label.loose else _LABELLED
    score += _WORDED if words.begins("work", start.title) is not None else 0.0
    for role, worth in (("unit", _UNIT), ("budget", _MONEY)):
        place = view.layout.position(role)
        if place is not None and place in view.filled and place not in start.used and place < view.layout.months[0]:
            score += worth
    name, indicator = view.layout.position("name"), view.layout.position("indicator")
    if name is not None and indicator is not None and name in start.used:
        score += _OWN_COLUMN
    tall = max(cell.rowspan for p in start.used if (cell := view.cell(p)) is not None)
    score += _MERGED if tall > 1 else 0.0
    following = next((f for f in facts[at : at + 3] if f.figures), None)
    score += _FIRST_INDICATOR if following is not None and following.indicator == 1 else 0.0
    return score


def _after(rows: Sequence[MonitoringRow], facts: Sequence[RowFacts], at: int, *, closing: bool) -> float:
    """Return what the rows above say: after a heading or the end of a work one may begin; inside an open one hardly."""
    if at == 0 or rows[at].after_break:
        return _AFTER_CLOSE
    before = at - 1
    while before > 0 and not facts[before].closes and (rows[before].view.is_note or rows[before].view.is_single):
        if rows[before].after_break:
            break
        before -= 1
    if facts[before].closes:
        return _AFTER_CLOSE
    return _INSIDE_OPEN if closing else 0.0
