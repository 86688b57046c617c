"""What an import gives: a draft package, the findings, and a summary of what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from samrit.intake.facts import Status, WorkFacts
from samrit.intake.grid import Grid
from samrit.intake.ledger import Unused
from samrit.package import PlanPackage
from samrit.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """How many values of a work were read, repaired, are doubtful, are missing or were corrected by hand."""

    work: str
    title: str
    line: int | None
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A printed figure of a summary table beside what the draft gives."""

    table: str
    fund: str
    strategy: str
    column: str
    printed: str
    computed: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.printed == self.computed


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """The import in figures."""

    works: tuple[WorkSummary, ...] = ()
    controls: tuple[ControlTotal, ...] = ()

    @property
    def counts(self) -> Counter[Status]:
        """Values by status over all works."""
        total: Counter[Status] = Counter()
        for work in self.works:
            total.update(work.counts)
        return total


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft plan package with everything that someone should look at.

    ``package`` is None only when no document could be used.  ``facts`` hold every
    value with its status; ``grids`` are the documents as read, for showing the rows;
    ``unused`` are the filled cells, and the lines of text, that nothing was taken from.
    """

    package: PlanPackage | None
    findings: tuple[Finding, ...]
    summary: ImportSummary = ImportSummary()
    facts: tuple[WorkFacts, ...] = ()
    grids: tuple[Grid, ...] = ()
    unused: tuple[Unused, ...] = ()


def summarise(works: tuple[WorkFacts, ...]) -> tuple[WorkSummary, ...]:
    """Return the counts of each work's values; values that are simply not printed anywhere are not counted."""
    made = []
    for work in works:
        counts = Counter(
            f.status for record in work.records() for f in record.facts.values() if _counts(f.status, f.codes)
        )
        made.append(WorkSummary(work.record, work.text("title"), work.lines[0] if work.lines else None, counts))
    return tuple(made)


def _counts(status: Status, codes: tuple[str, ...]) -> bool:
    return status is not Status.MISSING or bool(codes)
