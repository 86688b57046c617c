"""Every value of a draft with what is known about it: where it was read, how sure it is, what was repaired."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from samrit.engine.model import Mark, Source

Value = str | Decimal | Mark | int | None

SURE = Decimal(1)
GOOD = Decimal("0.9")
FAIR = Decimal("0.7")
POOR = Decimal("0.5")


class Status(StrEnum):
    """What became of a value."""

    READ = "read"  # read where it stands
    REPAIRED = "repaired"  # moved, put in or completed, and proved by the arithmetic
    DOUBTFUL = "doubtful"  # taken, but someone should look
    MISSING = "missing"  # not there or not decided: left empty
    CORRECTED = "corrected"  # typed by a person in the review


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, its status and confidence 0..1, the codes of the findings about it, and its source."""

    value: Value
    status: Status = Status.READ
    confidence: Decimal = SURE
    codes: tuple[str, ...] = ()
    source: Source = Source()

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def text(self) -> str:
        """The value as a person reads and types it."""
        if self.value is None or self.value is Mark.BLANK:
            return ""
        if isinstance(self.value, Mark):
            return "–"
        return f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value)

    def doubted(self, code: str, confidence: Decimal = POOR) -> Fact:
        """Return the fact as one that someone should look at."""
        status = self.status if self.status is Status.MISSING else Status.DOUBTFUL
        return replace(self, status=status, confidence=min(confidence, self.confidence), codes=(*self.codes, code))


@dataclass(slots=True)
class RecordFacts:
    """The facts of one work or indicator by field, and the rows of the source that they come from."""

    record: str
    facts: dict[str, Fact] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    document: str = ""
    spans: dict[str, list[tuple[int, int, Fact]]] = field(default_factory=dict)  # by side: figures of several months
    spares: tuple[Decimal, ...] = ()  # figures printed behind the totals that are not this record's percent
    years: dict[int, Fact] = field(default_factory=dict)  # targets of other years, as printed
    levels: dict[int, Fact] = field(default_factory=dict)  # what each level of a scale asks for, as printed
    totals_proved: bool = False  # the printed totals give the printed percent: they are relied on before the months

    def __getitem__(self, name: str) -> Fact:
        return self.facts.get(name, _NOTHING)

    def __setitem__(self, name: str, fact: Fact) -> None:
        self.facts[name] = fact

    def text(self, name: str) -> str:
        """Return a field's text, "" where it is missing."""
        return self[name].text

    def months(self, side: str) -> tuple[Fact, ...]:
        """Return the facts of periods 1..12 of "plan" or "actual"."""
        return tuple(self[f"{side}.{period}"] for period in range(1, 13))


_NOTHING = Fact(None, Status.MISSING)


@dataclass(slots=True)
class WorkFacts(RecordFacts):
    """The facts of a work with those of its indicators."""

    indicators: list[RecordFacts] = field(default_factory=list)

    def records(self) -> tuple[RecordFacts, ...]:
        """Return the work's own record and its indicators'."""
        return (self, *self.indicators)
