"""Where works begin, decided over all rows of a document at once (R296).

Every row that may name a work is a candidate.  Each choice of candidates cuts the rows
into works; the best choice is found by dynamic programming.  What a reader's eye uses
counts: a number of any kind and how it follows the one before, a title with unit and
budget beside it, the rows that close a work, indicators that are numbered again, weights
that complete 100, headings, merged cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, pairwise

from samrit.intake.headings import Headings
from samrit.intake.monitoring.beginnings import Candidate, RowFacts, Start, candidates_of, facts_of
from samrit.intake.monitoring.rows import MonitoringRow
from samrit.intake.tables.numbering import follows, is_first, is_later

_FOLLOWS, _LATER, _OUT_OF_TURN, _OTHER_FORM = 1.5, 0.5, -0.5, -0.5
_STARTS_ANEW = 1.0
_NO_FIGURES = -2.0
_CLOSED_ONCE, _CLOSED_AGAIN = 1.0, -2.0
_NUMBERED_ANEW = -1.5  # per indicator that repeats a number within one work
_COMPLETE, _TOO_MUCH = 1.0, -1.5
_DOUBTFUL = 0.75  # a beginning, or a row passed over, that is so near to the other choice is said
_REACH = 80  # candidates that a work may pass over
_HUNDRED = Decimal(100)


@dataclass(slots=True)
class Segmentation:
    """Row → start, and rows that were passed over although they nearly were starts."""

    starts: dict[int, Start] = field(default_factory=dict)
    passed_over: list[int] = field(default_factory=list)


def find_starts(rows: Sequence[MonitoringRow], words: Headings) -> Segmentation:
    """Return where works begin among ``rows``."""
    facts = [facts_of(row) for row in rows]
    candidates = candidates_of(rows, facts, words)
    if not candidates:
        return Segmentation()
    body = _Bodies(facts)
    return _best(rows, candidates, body)


# -- what lies between two beginnings -----------------------------------------------------


class _Bodies:
    """Counts over stretches of rows, each answered at once."""

    def __init__(self, facts: Sequence[RowFacts]) -> None:
        self._figures = [0, *accumulate(int(fact.figures) for fact in facts)]
        self._facts = facts

    def score(self, first: int, end: int) -> float:
        """Return how well the rows ``first``..``end`` make one work."""
        score = 0.0 if self._figures[end] - self._figures[first] else _NO_FIGURES
        closings = self._closings(first, end)
        score += _CLOSED_ONCE if closings == 1 else _CLOSED_AGAIN * max(closings - 1, 0)
        score += _NUMBERED_ANEW * self._repeated(first, end)
        weights = [f.weight for f in self._facts[first:end] if f.weight is not None]
        if weights and sum(weights) == _HUNDRED:
            score += _COMPLETE
        elif sum(weights, Decimal()) > _HUNDRED:
            score += _TOO_MUCH
        return score

    def _closings(self, first: int, end: int) -> int:
        """Return how often rows of figures are followed by rows that close."""
        count, is_open = 0, True
        for fact in self._facts[first:end]:
            count += fact.closes and is_open
            is_open = not fact.closes and (is_open or fact.figures)
        return count

    def _repeated(self, first: int, end: int) -> int:
        numbers = [f.indicator for f in self._facts[first:end] if f.indicator is not None]
        return sum(1 for before, after in pairwise(numbers) if after < before)


# -- the best choice ------------------------------------------------------------------------


def _best(rows: Sequence[MonitoringRow], candidates: list[Candidate], body: _Bodies) -> Segmentation:
    forward = _forward(rows, candidates, body)
    chosen = _trace(forward, candidates, body, len(rows))
    picked = set(chosen)
    made = Segmentation({candidates[n].at: candidates[n].start for n in chosen})
    for n in chosen:
        candidates[n].start.doubtful = _gain(n, chosen, candidates, rows, body) < _DOUBTFUL
    made.passed_over = [
        c.at
        for n, c in enumerate(candidates)
        if n not in picked and c.start.label is not None and _gain(n, chosen, candidates, rows, body) > -_DOUBTFUL
    ]
    return made


def _forward(rows: Sequence[MonitoringRow], candidates: list[Candidate], body: _Bodies) -> list[tuple[float, int]]:
    """Return for each candidate the best worth of works up to it, and the beginning before it."""
    best: list[tuple[float, int]] = []
    for n, candidate in enumerate(candidates):
        options = [(candidate.base, -1)]
        for m in range(max(0, n - _REACH), n):
            worth = best[m][0] + candidate.base + _turn(rows, candidates[m], candidate)
            options.append((worth + body.score(candidates[m].at, candidate.at), m))
        best.append(max(options))
    return best


def _trace(best: list[tuple[float, int]], candidates: list[Candidate], body: _Bodies, end: int) -> list[int]:
    ends = [(worth + body.score(candidates[n].at, end), n) for n, (worth, _) in enumerate(best)]
    worth, at = max(ends)
    if worth <= 0.0:
        return []
    chosen = []
    while at >= 0:
        chosen.append(at)
        at = best[at][1]
    return chosen[::-1]


def _gain(
    n: int, chosen: list[int], candidates: list[Candidate], rows: Sequence[MonitoringRow], body: _Bodies
) -> float:
    """Return how much better the choice is with candidate ``n`` as a beginning than without."""
    before = max((m for m in chosen if m < n), default=None)
    after = min((m for m in chosen if m > n), default=None)
    end = candidates[after].at if after is not None else len(rows)
    here = candidates[n]

    def turn(one: int | None, other: int | None) -> float:
        return _turn(rows, candidates[one], candidates[other]) if one is not None and other is not None else 0.0

    worth = here.base + body.score(here.at, end) + turn(before, n) + turn(n, after) - turn(before, after)
    if before is None:
        return worth
    first = candidates[before].at
    return worth + body.score(first, here.at) - body.score(first, end)


def _turn(rows: Sequence[MonitoringRow], one: Candidate, other: Candidate) -> float:
    """Return what the numbers of two works that follow each other say."""
    before, after = one.start.label, other.start.label
    if before is None or after is None:
        return 0.0 if before is after else _OTHER_FORM
    if before.form != after.form:
        return _OTHER_FORM
    if follows(before, after):
        return _FOLLOWS
    if is_first(after) and rows[one.at].scope != rows[other.at].scope:
        return _STARTS_ANEW
    return _LATER if is_later(before, after) else _OUT_OF_TURN
