"""What a person should look at: rows of months, and single values, each with its reasons and its source row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samrit.engine.model import Source
from samrit.intake.draft import Draft
from samrit.intake.facts import Fact, RecordFacts, Status, WorkFacts
from samrit.intake.grid import Grid
from samrit.intake.review.corrections import CHOICES
from samrit.intake.review.words import FIELDS
from samrit.vocabulary.findings import Finding, sentence
from samrit.vocabulary.terms import label

LOOK_AT = (Status.DOUBTFUL, Status.MISSING, Status.REPAIRED, Status.CORRECTED)
_ORDER = {Status.MISSING: 0, Status.DOUBTFUL: 1, Status.REPAIRED: 2, Status.CORRECTED: 3, Status.READ: 4}


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """A row of months: what was read, and why it should be looked at."""

    record: str
    work: str
    indicator: str
    side: str  # "plan" or "actual"
    months: tuple[Fact, ...]
    total: Fact
    status: Status
    reasons: tuple[str, ...]
    place: str
    printed: tuple[str, ...]  # the source row, cell by cell


@dataclass(frozen=True, slots=True)
class ValueDoubt:
    """A single value."""

    record: str
    work: str
    field: str
    fact: Fact
    reasons: tuple[str, ...]
    place: str
    printed: tuple[str, ...]


class Doubts:
    """The doubts of a draft, in the order of the plan."""

    def __init__(self, draft: Draft, language: str = "th") -> None:
        self._draft = draft
        self._language = language
        self._rows = _rows_of(draft.grids)
        self._findings: dict[str, list[Finding]] = {}
        for finding in draft.findings:
            self._findings.setdefault(finding.place.record, []).append(finding)

    def rows(self) -> Iterator[RowDoubt]:
        """Yield every plan and result row that was repaired, is doubtful, incomplete or corrected."""
        for work in self._draft.facts:
            for record in work.indicators:
                for side in ("plan", "actual"):
                    if (doubt := self._row(work, record, side)) is not None:
                        yield doubt

    def values(self) -> Iterator[ValueDoubt]:
        """Yield every single value that should be looked at."""
        for work in self._draft.facts:
            for record in work.records():
                for name in FIELDS["en"]:
                    fact = record.facts.get(name)
                    if fact is None or not is_doubt(fact):
                        continue
                    reasons = self._reasons(record.record, fact.codes)
                    place, printed = self._source(fact.source, record)
                    yield ValueDoubt(record.record, work.text("title"), name, fact, reasons, place, printed)

    def _row(self, work: WorkFacts, record: RecordFacts, side: str) -> RowDoubt | None:
        months, total = record.months(side), record[f"{side}_total"]
        facts = [f for f in (*months, total) if is_doubt(f)]
        if not facts:
            return None
        status = min((f.status for f in facts), key=lambda s: _ORDER[s])
        codes = tuple(dict.fromkeys(code for fact in facts for code in fact.codes))
        first = next((f.source for f in (*months, total) if f.source.line is not None), record["name"].source)
        place, printed = self._source(first, record)
        return RowDoubt(
            record.record, work.text("title"), record.text("name"), side, months, total, status,
            self._reasons(record.record, codes), place, printed,
        )  # fmt: skip

    def _reasons(self, record: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the sentences of a record's findings of certain codes."""
        found = [f for f in self._findings.get(record, ()) if f.code in codes]
        return tuple(dict.fromkeys(_without_place(f, self._language) for f in found))

    def _source(self, source: Source, record: RecordFacts) -> tuple[str, tuple[str, ...]]:
        line = source.line if source.line is not None else (record.lines[0] if record.lines else None)
        document = source.document or record.document
        word = "line" if self._language == "en" else "บรรทัด"
        place = f"{document} {word} {line}" if line is not None else document
        candidates = self._rows.get((document, line or 0), [])
        named = [row for row in candidates if any(name == source.cell for name, _ in row)]
        row = (named or candidates or [()])[0]
        return place, tuple(text for _, text in row)


def shown(field: str, fact: Fact, language: str) -> str:
    """Return a value as it is shown and typed: a choice by its word, not its code."""
    return label(fact.text, language, CHOICES[field]) if field in CHOICES and fact.text else fact.text


def is_doubt(fact: Fact) -> bool:
    """Say whether a value should be looked at, or was corrected."""
    return fact.status is Status.CORRECTED or (fact.status in LOOK_AT and bool(fact.codes))


def _without_place(finding: Finding, language: str) -> str:
    text = sentence(finding, language)
    return text.removeprefix(f"{finding.place.text(language)}: ")


_Row = tuple[tuple[str, str], ...]


def _rows_of(grids: Sequence[Grid]) -> Mapping[tuple[str, int], list[_Row]]:
    """Return the rows of the documents by document and line: names and texts of their cells."""
    made: dict[tuple[str, int], list[_Row]] = {}
    for grid in grids:
        for row in grid.rows:
            if row and row[0].line is not None:
                made.setdefault((grid.document, row[0].line), []).append(tuple((c.name, c.text) for c in row))
    return made
