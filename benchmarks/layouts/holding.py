"""A draft held against the truth: every value as printed and as read, and whether a wrong one is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.layouts.truth import NOTHING, Figure, Measure, Truth, Work
from samrit.engine.model import Indicator, Mark, Project
from samrit.intake.draft import Draft
from samrit.intake.facts import Status
from samrit.vocabulary.findings import Finding, Severity

# The facts of an import by the names of fields here.
_FACTS = {
    "office": "unit",
    "measure": "unit_of_measure",
    "indicator": "name",
    "plan total": "plan_total",
    "actual total": "actual_total",
}
_RANGE = re.compile(r"\d\s*-\s*\d")


@dataclass(frozen=True)
class Value:
    """One value as printed and as read; ``said``: a finding names its work, its indicator or the value itself."""

    work: str
    field: str
    printed: object
    read: object
    said: bool

    @property
    def right(self) -> bool:
        """Whether it was read right."""
        return self.printed == self.read


@dataclass
class Tally:
    """What became of the values of some documents."""

    works: int = 0
    found: int = 0
    invented: int = 0  # works, and units of the register, that the document does not name
    values: list[Value] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another document in."""
        self.works += other.works
        self.found += other.found
        self.invented += other.invented
        self.values += other.values

    @property
    def counts(self) -> Counter[str]:
        """Values that are right, said and silent."""
        return Counter("right" if v.right else "said" if v.said else "silent" for v in self.values)

    def share(self, name: str) -> float:
        """Return how many percent of the values are "right" ("said", "silent")."""
        return 100 * self.counts[name] / len(self.values) if self.values else 100.0


def held(truth: Truth, draft: Draft) -> Tally:
    """Return a draft held against what its document says."""
    projects = list(draft.package.plan.projects) if draft.package else []
    pairs = _paired(truth.works, projects)
    tally = Tally(len(truth.works), sum(project is not None for _, project in pairs))
    tally.invented = len(projects) - tally.found
    offices = {_bare(part) for work in truth.works for part in re.split(r"[/,;]", work.office)}
    units = draft.package.plan.units if draft.package else ()
    tally.invented += sum(_bare(unit.name) not in offices for unit in units)
    voices = _Voices(draft)
    for work, project in pairs:
        tally.values += _of_work(truth, work, project, voices)
    return tally


def _paired(works: Sequence[Work], projects: Sequence[Project]) -> list[tuple[Work, Project | None]]:
    """Return each work with the project of its title, in order where titles repeat."""
    waiting = list(projects)
    pairs: list[tuple[Work, Project | None]] = []
    for work in works:
        match = next((p for p in waiting if _bare(p.title) == _bare(work.title)), None)
        if match is not None:
            waiting.remove(match)
        pairs.append((work, match))
    return pairs


class _Voices:
    """What the import says, by record and by words, and the fields that it doubts."""

    def __init__(self, draft: Draft) -> None:
        # What the checks of a plan say is said about the plan, not about the reading.
        warned = [f for f in draft.findings if f.severity is not Severity.NOTICE and f.code.startswith("intake_")]
        self.records = {f.place.record for f in warned if f.place.record}
        self.words = {_bare(text) for f in warned for text in _params(f)}
        self.refused = draft.package is None and bool(draft.findings)
        self.doubts = {
            (record.record, name)
            for work in draft.facts
            for record in work.records()
            for name, fact in record.facts.items()
            if fact.status is Status.DOUBTFUL
        }

    def on(self, project: Project | None, indicator: Indicator | None, field: str, text: str) -> bool:
        """Say whether a finding names the record or the printed words, or the field is doubtful.

        A finding about a work tells of its own fields and of indicators that are not there, not of every month.
        """
        if self.refused or (text and _bare(text) in self.words):
            return True
        record = indicator or project
        return record is not None and (
            record.id in self.records or (record.id, _FACTS.get(field, field)) in self.doubts
        )


def _params(finding: Finding) -> Iterator[str]:
    for value in finding.params.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (str(one) for one in value)


def _of_work(truth: Truth, work: Work, project: Project | None, voices: _Voices) -> Iterator[Value]:
    name = f"{work.number} {work.title}"

    def value(field: str, printed: object, read: object, text: str = "") -> Value:
        return Value(name, field, printed, read, voices.on(project, None, field, text or work.title))

    yield value("title", _bare(work.title), _bare(project.title) if project else None)
    if number := re.fullmatch(r"(?:โครงการที่ )?([0-9]+)\.?", work.number):
        yield value("number", int(number[1]), project.number if project else None, work.number)
    if "strategy" in truth.printed:
        yield value("strategy", work.strategy, project.strategy if project else None)
    if "office" in truth.printed:
        yield value("office", _bare(work.office), _bare(project.responsible_text) if project else None, work.office)
    if "budget" in truth.printed:
        yield value("budget", work.budget, project.budget if project else "no work", work.budget_text)
        if work.budget is None and work.budget_text:
            texts = [_bare(line.text) for line in project.budgets] if project else []
            yield value("budget's words", True, _bare(work.budget_text) in texts, work.budget_text)
    if work.first is not None and "period" in truth.printed:
        period = (project.first_period, project.last_period) if project else None
        yield value("period", (work.first, work.last), period)
    indicators = list(project.indicators) if project else []
    for at, measure in enumerate(work.measures):
        read = indicators[at] if at < len(indicators) else None
        for field_, printed, got, text in _of_measure(truth, measure, read):
            yield Value(
                name,
                f"{at + 1} {field_}",
                printed,
                got,
                voices.on(project, read, field_.replace(" ", ".") if field_[-1].isdigit() else field_, text),
            )
    for extra in indicators[len(work.measures) :]:
        yield Value(name, "indicator too many", None, extra.name, voices.on(project, extra, "name", extra.name))


def _of_measure(truth: Truth, measure: Measure, read: Indicator | None) -> Iterator[tuple[str, object, object, str]]:
    """Yield field, printed and read value, and the printed words, of an indicator."""
    yield "indicator", _bare(measure.name), _bare(read.name) if read else None, measure.name
    yield "measure", _bare(measure.unit), _bare(read.unit_of_measure) if read else None, measure.unit
    if "weight" in truth.printed:
        yield "weight", measure.weight, read.weight if read else "no indicator", measure.weight_text
    target = read.targets[0] if read and read.targets else None
    if "target" in truth.printed:
        if not _RANGE.search(measure.target_text):
            yield "target", measure.target, _number(target.value) if target else None, measure.target_text
        if measure.target_text:
            yield (
                "target's words",
                _bare(measure.target_text),
                _bare(target.text) if target else None,
                measure.target_text,
            )
    for year, goal in measure.years.items():
        found = read.target_of(year) if read else None
        yield f"target {year}", goal, _number(found.value) if found else None, ""
    for side, months in (("plan", measure.plan), ("actual", measure.actual)):
        if side in truth.printed:
            for period, figure in months.items():
                yield f"{side} {period}", figure, _read(read, side, (period, measure.span)), ""
    if "total" in truth.printed and measure.plan:
        yield from _claims(truth, measure, read)


def _claims(truth: Truth, measure: Measure, read: Indicator | None) -> Iterator[tuple[str, object, object, str]]:
    claim = read.claim if read else None
    yield "plan total", measure.total(measure.plan), claim.plan_total if claim else None, ""
    if "actual" in truth.printed:
        yield "actual total", measure.total(measure.actual), claim.actual_total if claim else None, ""
    if "percent" in truth.printed:
        yield "percent", measure.percent, claim.percent if claim else None, ""


def _read(indicator: Indicator | None, side: str, at: tuple[int, int]) -> Figure:
    if indicator is None:
        return "no indicator"
    entry = next((e for e in indicator.entries if (e.period, e.span) == at), None)
    figure = (entry.planned if side == "plan" else entry.actual) if entry else Mark.BLANK
    return NOTHING if figure is Mark.NOTHING else _number(figure)


def _number(figure: object) -> Decimal | None:
    return figure if isinstance(figure, Decimal) else None


_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _bare(text: str) -> str:
    """Return a text without spaces and with common digits: a PDF does not always hold its spaces."""
    return re.sub(r"\s+", "", text).translate(_DIGITS)
