"""The doubts of an import by the cell of the plan that each of them became: what a review in the application shows.

A doubt whose value is in no cell of its own (a budget in words, a month that was
left empty) is laid to the row of its record, so that none is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.engine.model import Source
from samrit.intake.draft import Draft
from samrit.intake.facts import Fact, RecordFacts, Status, WorkFacts
from samrit.package.rows import Files
from samrit.vocabulary.findings import Finding, sentence

LANGUAGES = ("th", "en")
_OPEN = (Status.DOUBTFUL, Status.MISSING, Status.REPAIRED)
# Fields of a record and the file and column that hold them.
_OF_WORK = {
    "title": ("projects", "title"),
    "number": ("projects", "number"),
    "kind": ("projects", "kind"),
    "unit": ("projects", "responsible_text"),
    "period": ("projects", "period_text"),
    "remark": ("projects", "remark"),
    "budget": ("budgets", "amount"),
    "percent": ("claims", "percent"),
}
_OF_INDICATOR = {
    "name": ("indicators", "name"),
    "unit_of_measure": ("indicators", "unit_of_measure"),
    "weight": ("indicators", "weight"),
    "aggregation": ("indicators", "aggregation"),
    "target": ("targets", "value"),
    "target_text": ("targets", "text"),
    "plan_total": ("claims", "plan_total"),
    "actual_total": ("claims", "actual_total"),
    "percent": ("claims", "percent"),
    **{f"plan.{n}": ("monthly", "planned") for n in range(1, 13)},
    **{f"actual.{n}": ("monthly", "actual") for n in range(1, 13)},
}
# What may be missing: what a document prints about its own figures, and a kind, which a plan may have none of.
_MAY_BE_MISSING = frozenset({"percent", "plan_total", "actual_total", "kind"})
_Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DoubtCell:
    """A value to look at: its cell of the plan (``column`` is "" where it has none), what was read, how sure (0..1)."""

    file: str
    number: int
    column: str
    field: str
    value: str
    status: Status
    confidence: str

    @property
    def waits(self) -> bool:
        """Whether somebody has to look before the plan is approved: at a doubt, and at what was left empty."""
        return self.status is Status.DOUBTFUL or (self.status is Status.MISSING and self.field not in _MAY_BE_MISSING)

    def is_home(self, record: str, file: str, row: Mapping[str, str]) -> bool:
        """Say whether a row that was added since holds this value of ``record``, which had no cell when it was read."""
        home, column = _OF_INDICATOR.get(self.field) or _OF_WORK.get(self.field) or ("", "")
        period = self.field.partition(".")[2]
        return (
            file == home
            and record in (row.get("indicator"), row.get("project"))
            and period in ("", row.get("period", ""))
            and bool(row.get(column))
        )


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided at one look: a value, or a row of months, with the reasons to look and its place in the document.

    ``subject`` is the field, or "plan" and "actual" for the months of a side.  ``reasons``
    are sentences by language, ``codes`` their kinds: it is sorted under the first of them.
    """

    record: str
    subject: str
    work: str
    name: str
    cells: tuple[DoubtCell, ...]
    codes: tuple[str, ...]
    reasons: Mapping[str, Sequence[str]]
    source: Source

    @property
    def must(self) -> bool:
        """Whether it has to be confirmed before the plan is approved (R298)."""
        return any(cell.waits for cell in self.cells)

    @property
    def kind(self) -> str:
        """The code that it is sorted under."""
        return self.codes[0]


def matters_of(draft: Draft, files: Files) -> tuple[Matter, ...]:
    """Return everything to look at of an import whose plan became ``files``, in the order of the plan."""
    rows = _Rows(files)
    told = _Told(draft.findings)
    return tuple(
        _matter(work, record, subject, facts, rows, told)
        for work in draft.facts
        for record in work.records()
        for subject, facts in _by_subject(record, _OF_WORK if record is work else _OF_INDICATOR).items()
    )


def _by_subject(record: RecordFacts, known: Mapping[str, tuple[str, str]]) -> Mapping[str, dict[str, Fact]]:
    """Return the facts to look at, the months of a side together."""
    found: dict[str, dict[str, Fact]] = {}
    for name, fact in record.facts.items():
        if fact.status in _OPEN and fact.codes and name in known:
            found.setdefault(name.partition(".")[0], {})[name] = fact
    return found


def _matter(  # noqa: PLR0917 - one call, above
    work: WorkFacts, record: RecordFacts, subject: str, facts: Mapping[str, Fact], rows: _Rows, told: _Told
) -> Matter:
    own = _OF_WORK if record is work else _OF_INDICATOR
    worst = sorted(facts.values(), key=lambda fact: (_OPEN.index(fact.status), fact.confidence))
    codes = tuple(dict.fromkeys(code for fact in worst for code in fact.codes))
    cells = []
    for name, fact in facts.items():
        place = rows.place(record, name, own[name], is_work=record is work)
        cells.append(DoubtCell(*place, name, rows.text(*place) or fact.text, fact.status, f"{fact.confidence:f}"))
    title = "" if record is work else record.text("name")
    source = _source(worst[0], record)
    return Matter(
        record.record,
        subject,
        work.text("title"),
        title,
        tuple(cells),
        codes,
        told.reasons(record.record, codes),
        source,
    )


def _source(fact: Fact, record: RecordFacts) -> Source:
    """Return where a value is; the first row of its record where it is nowhere."""
    if fact.source.line is not None:
        return fact.source
    return Source(record.document, None, record.lines[0] if record.lines else None)


class _Told:
    """The sentences about each record, by code."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._of: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._of[finding.place.record].append(finding)

    def reasons(self, record: str, codes: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        found = [f for f in self._of[record] if f.code in codes]
        return {language: tuple(dict.fromkeys(_said(f, language) for f in found)) for language in LANGUAGES}


def _said(finding: Finding, language: str) -> str:
    return sentence(finding, language).removeprefix(f"{finding.place.text(language)}: ")


class _Rows:
    """The rows of a plan by what they are about."""

    def __init__(self, files: Files) -> None:
        self._files = {name: {row.number: row.cells for row in own} for name, own in files.items()}
        self._by: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        for name, column in (("budgets", "project"), ("targets", "indicator"), ("monthly", "indicator")):
            self._index(name, column)
        self._index("projects", "id")
        self._index("indicators", "id")
        for number, cells in self._files.get("claims", {}).items():
            self._by["claims", cells.get("indicator") or cells.get("project", "")].append((number, cells))

    def _index(self, name: str, column: str) -> None:
        for number, cells in self._files.get(name, {}).items():
            self._by[name, cells.get(column, "")].append((number, cells))

    def place(self, record: RecordFacts, field: str, cell: tuple[str, str], *, is_work: bool) -> tuple[str, int, str]:
        """Return file, row and column of a value; the row of its record and no column where it has none."""
        file, column = cell
        period = field.partition(".")[2]
        for number, cells in self._by[file, record.record]:
            if not period or (cells.get("period"), cells.get("span", "1"), cells.get("unit", "")) == (period, "1", ""):
                return file, number, column
        own = "projects" if is_work else "indicators"
        return own, next((number for number, _ in self._by[own, record.record]), 0), ""

    def text(self, file: str, number: int, column: str) -> str:
        """Return what is in a cell."""
        return self._files.get(file, {}).get(number, {}).get(column, "")
