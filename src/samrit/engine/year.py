"""What happened to a work in the year, as it was entered: dated rows of many kinds, told as of any moment (R164, R165).

What kinds there are, and how one of them changes the plan that is scored, is declared in ``package.kinds``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from operator import attrgetter

from samrit.engine.choices import AssessmentTool
from samrit.engine.measures import Source

_BY_REVISION, _BY_DAY = attrgetter("revision"), attrgetter("happened_on")
Value = str | int | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One entering of one thing that happened; a later ``revision`` of the same kind and id stands in its place.

    ``entered_at`` is None for what came with the plan: it is known from the day it happened.
    """

    kind: str
    id: str
    happened_on: date
    values: tuple[tuple[str, Value], ...] = ()
    revision: int = 1
    withdrawn: bool = False
    entered_at: datetime | None = None
    entered_by: str = ""
    reason: str = ""  # of a correction
    source: Source = Source()

    def value(self, name: str) -> Value:
        """Return the value of a field of its kind; raises KeyError for one that the kind has not."""
        for own, value in self.values:  # a few fields: looked through sooner than a dictionary is made of them
            if own == name:
                return value
        raise KeyError(name)

    @property
    def known_from(self) -> datetime:
        """The moment from which it can be told."""
        return self.entered_at or datetime.combine(self.happened_on, time(), UTC)


def told(records: Iterable[YearRecord], until: datetime | None = None) -> tuple[YearRecord, ...]:
    """Return what was known at a moment (None: now), each thing as it was entered last, in the order it happened.

    What had been withdrawn by then is not told.
    """
    last: dict[tuple[str, str], YearRecord] = {}
    for record in sorted(records, key=_BY_REVISION):
        if until is None or record.known_from <= until:
            last[record.kind, record.id] = record
    return tuple(sorted((r for r in last.values() if not r.withdrawn), key=_BY_DAY))


@dataclass(frozen=True, slots=True)
class AssessmentTerms:
    """What an assessment's manual of the year says: each tool's weight in the total, and from which score each class.

    Weights count against their sum, so that 30, 30 and 40 are percents; limits are scores of 0–100 (M-E, R264).
    """

    weights: tuple[tuple[AssessmentTool, Decimal], ...] = (
        (AssessmentTool.IIT, Decimal(30)),
        (AssessmentTool.EIT, Decimal(30)),
        (AssessmentTool.OIT, Decimal(40)),
    )
    improve_from: Decimal = Decimal(70)
    passed_from: Decimal = Decimal(85)
    excellent_from: Decimal = Decimal(95)


@dataclass(frozen=True, slots=True)
class AssessedPart:
    """A part of an assessment with its score of 0–100, and the period in which it was announced."""

    period: int
    tool: AssessmentTool
    score: Decimal


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of a work; ``steps_over`` are steps, counted from 1, with the period since which each is over.

    When a step is due is no record: it is the day that the plan itself has (``StepTerm``).
    """

    steps_over: tuple[tuple[int, int], ...] = ()
    parts: tuple[AssessedPart, ...] = ()
    terms: AssessmentTerms = AssessmentTerms()

    @property
    def last(self) -> int:
        """The latest period with something recorded, 0 without any."""
        return max([0, *(period for _, period in self.steps_over), *(part.period for part in self.parts)])


NOTHING_RECORDED = Recorded()
