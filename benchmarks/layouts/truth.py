"""What a made-up document says: its works and indicators, as figures and as printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

NOTHING = "–"  # printed as a dash: nothing planned; None is an empty cell
Figure = Decimal | str | None
Months = dict[int, Figure]


@dataclass(frozen=True)
class Measure:
    """An indicator; ``plan`` and ``actual`` have a figure for each period that ends a span of ``span`` months.

    ``target_text`` and ``weight_text`` replace the printed figure where the document has words.
    None for ``actual``, ``weight``, ``target``: the document has no such column.
    """

    name: str
    unit: str
    plan: Months
    actual: Months
    span: int = 1
    share: bool = False  # figures are averaged, not added
    weight: Decimal | None = None
    target: Decimal | None = None
    weight_text: str = ""
    target_text: str = ""
    years: Mapping[int, Decimal] = field(default_factory=dict)  # Buddhist year → target
    results: Mapping[int, Decimal] = field(default_factory=dict)

    def total(self, side: Months) -> Decimal | None:
        """Return what a total column prints: the sum, of shares the mean to two decimals."""
        values = [value for value in side.values() if isinstance(value, Decimal)]
        if not values:
            return None
        return (sum(values) / len(values)).quantize(Decimal("0.01")) if self.share else sum(values, Decimal())

    @property
    def percent(self) -> Decimal | None:
        """The result as a percent of the plan to two decimals, None where either is nothing."""
        plan, actual = self.total(self.plan), self.total(self.actual)
        return (actual * 100 / plan).quantize(Decimal("0.01")) if plan and actual is not None else None


@dataclass(frozen=True)
class Work:
    """A work as printed; ``first`` and ``last`` are periods of the document's own year, None where not printed."""

    number: str
    title: str
    strategy: str
    office: str
    kind: str
    measures: tuple[Measure, ...]
    budget: Decimal | None = None
    budget_text: str = ""
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Truth:
    """All that a document says: ``printed`` are the names of the fields that have a column or a place in it."""

    layout: str
    works: tuple[Work, ...]
    printed: frozenset[str]

    def as_json(self) -> str:
        """Return the truth as JSON: figures as text, as people may read it beside the document."""
        made = asdict(replace(self, printed=frozenset()))
        made["printed"] = sorted(self.printed)
        return json.dumps(made, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else sorted(value)
