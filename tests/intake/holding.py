"""A draft held against the plan that was printed: every value, and whether wrong ones are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import Indicator, Project
from samrit.intake.draft import Draft
from samrit.intake.grid import SourceReading
from samrit.intake.importer import draft_of
from samrit.intake.sources.text import grids_of
from samrit.vocabulary.findings import Severity
from tests.intake.random_documents import Document, PrintedIndicator, PrintedWork


@dataclass(frozen=True)
class Value:
    """One value as printed and as read."""

    work: int
    indicator: int
    name: str
    printed: object
    read: object
    told: bool  # a finding stands on its work

    @property
    def right(self) -> bool:
        """Whether it was read right."""
        return self.printed == self.read

    @property
    def missing(self) -> bool:
        """Whether nothing was read where something is printed."""
        return self.read is None and self.printed is not None


def imported(document: Document) -> Draft:
    """Return the draft of a printed document."""
    grids = tuple(grids_of("printed.txt", document.text()))
    return draft_of([SourceReading("printed.txt", "text", grids)], plan_id="printed")


def values(document: Document, draft: Draft) -> Iterator[Value]:
    """Yield every value of the document as printed and as read."""
    projects = {p.number: p for p in draft.package.plan.projects} if draft.package else {}
    told = {f.place.record.split(".")[0] for f in draft.findings if f.severity is not Severity.NOTICE}
    for work in document.works:
        project = projects.get(work.number)
        is_told = project is None or project.id in told
        yield Value(work.number, 0, "title", work.title, project.title if project else None, is_told)
        for indicator in work.indicators:
            yield from _of_indicator(work, indicator, project, told=is_told, document=document)


def _of_indicator(
    work: PrintedWork, printed: PrintedIndicator, project: Project | None, *, told: bool, document: Document
) -> Iterator[Value]:
    read = next((i for i in project.indicators if i.number == printed.number), None) if project else None
    order = [*range(10, 13), *range(1, 10)] if document.layout.fiscal else list(range(1, 13))

    def value(name: str, one: object, other: object) -> Value:
        return Value(work.number, printed.number, name, one, other, told)

    yield value("unit", printed.unit, read.unit_of_measure if read else None)
    yield value("weight", printed.weight, read.weight if read else None)
    yield value("aggregation", True, read is not None and _totals_right(read, printed))
    for period, month in enumerate(order, 1):
        for side, months in (("planned", printed.plan), ("actual", printed.actual)):
            yield value(f"{side} {period}", months[month - 1], _figure(read, side, period))


def _figure(indicator: Indicator | None, side: str, period: int) -> Decimal | None:
    entry = next((e for e in indicator.entries if e.period == period and e.span == 1), None) if indicator else None
    figure = getattr(entry, side) if entry else None
    return figure if isinstance(figure, Decimal) else None


def _totals_right(read: Indicator, printed: PrintedIndicator) -> bool:
    """Say whether the declared aggregation gives the printed totals, whatever it is called."""
    from samrit.intake.repair.arithmetic import total_misfit

    rows = (printed.plan, printed.plan_total), (printed.actual, printed.actual_total)
    return all(total_misfit(tuple(v for v in row if v is not None), total, read.aggregation) < 1 for row, total in rows)
