"""A draft at a look: how much it holds, what is wrong and where to mend it, what it would give as planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import budget_total, by_band, works_of
from samrit.engine.ruleset import Band
from samrit.package.resources import RESOURCES
from samrit.plans.drafting.filling.said import said
from samrit.plans.drafting.reading import DraftReading
from samrit.vocabulary.findings import Finding, Severity
from samrit.vocabulary.speech import speech

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "frame": (
        "plan",
        "missions",
        "funds",
        "allotments",
        "strategies",
        "tactics",
        "programmes",
        "units",
        "unit_aliases",
        "report_look",
    ),
    "works": ("projects", "project_units", "steps", "budgets", "sites", "links"),
    "measures": ("indicators", "targets", "monthly", "levels", "indicator_cards", "last_year"),
    "rules": ("rulesets", "bands", "scale_points", "holidays"),
}
MOST_FINDINGS = 100
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of the draft: how many rows it has and how many of them have a fault."""

    name: str
    title: str
    rows: int
    faulty: int


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding as a sentence, and where to mend it: the file, and the row's number or the record's name."""

    text: str
    is_error: bool
    file: str
    number: int
    record: str


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """What a strategy holds, and the whole plan under no name; money in the plan's currency.

    A work that is in several places counts once (RU1, R121), a line that measures a part of the plan is no work
    (RU5); ``listed`` is the money of every line.
    """

    code: str
    name: str
    works: int
    indicators: int
    budget: Decimal
    listed: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole draft at a look; ``strategies``, ``bands`` and ``short`` are empty while it has faulty cells."""

    groups: tuple[tuple[str, tuple[FileLine, ...]], ...]
    told: tuple[ToldFinding, ...]
    errors: int
    warnings: int
    notices: int
    strategies: tuple[StrategyLine, ...] = ()
    total: StrategyLine | None = None
    bands: tuple[tuple[Band, int], ...] = ()
    short: tuple[ProjectResult, ...] = ()  # works that stay below the plan even when everything comes out as planned


def overview(reading: DraftReading, language: str) -> Overview:
    """Return the draft at a look, in a language."""
    shown = [f for f in reading.findings if f.severity is not Severity.NOTICE]
    shown.sort(key=lambda finding: finding.severity is not Severity.ERROR)
    made = Overview(
        _groups(reading, language),
        tuple(_told(finding, reading, language) for finding in shown[:MOST_FINDINGS]),
        len(reading.errors),
        len(reading.warnings),
        len(reading.findings) - len(shown),
    )
    if reading.package is None or reading.trial is None:
        return made
    trial = reading.trial
    strategies, total = _strategies(trial, language), _line(trial.projects)
    short = tuple(p for p in trial.projects if p.percent is None or p.percent < FULL)
    return Overview(
        made.groups,
        made.told,
        made.errors,
        made.warnings,
        made.notices,
        strategies,
        total,
        by_band(trial.projects, reversed(trial.ruleset.bands)),
        short,
    )


def stopping(reading: DraftReading, work: str, language: str) -> tuple[ToldFinding, ...]:
    """Return what keeps one work of the draft from being approved, in a language: the errors about it itself."""
    own = (f for f in reading.errors if f.place.record == work)
    return tuple(_told(finding, reading, language) for finding in own)


def _groups(reading: DraftReading, language: str) -> tuple[tuple[str, tuple[FileLine, ...]], ...]:
    faulty: dict[str, set[int]] = {}
    for (document, line), found in reading.faults().items():
        if any(f.severity is not Severity.NOTICE for f in found):
            faulty.setdefault(document, set()).add(line)
    lines = {
        r.name: FileLine(
            r.name,
            r.title(language),
            sum(not row.is_removed for row in reading.rows[r.name].values()),
            len(faulty.get(r.path, ())),
        )
        for r in RESOURCES
    }
    named = {name for names in _GROUPS.values() for name in names}
    if not speech().has_funds:
        named.add("funds")
    groups = [
        (group, tuple(lines[name] for name in names if name != "funds" or speech().has_funds))
        for group, names in _GROUPS.items()
    ]
    return (*groups, ("rest", tuple(line for name, line in lines.items() if name not in named)))


def _told(finding: Finding, reading: DraftReading, language: str) -> ToldFinding:
    file = finding.place.document.removesuffix(".csv")
    if not finding.place.line and finding.place.record:
        works = {row.cells.get("id") for row in reading.rows["projects"].values()}
        file = "projects" if finding.place.record in works else "indicators"
    is_known = file in reading.rows
    return ToldFinding(
        said(finding, language),
        finding.severity is Severity.ERROR,
        file if is_known else "",
        finding.place.line or 0,
        finding.place.record,
    )


def _strategies(trial: PlanResult, language: str) -> tuple[StrategyLine, ...]:
    lines = []
    for strategy in trial.plan.strategies:
        own = [r for r in trial.projects if r.project.strategy == strategy.code]
        name = (strategy.name_en or strategy.name) if language == "en" else strategy.name
        lines.append(_line(own, strategy.code, name))
    return tuple(lines)


def _line(results: Sequence[ProjectResult], code: str = "", name: str = "") -> StrategyLine:
    works, money = works_of(results), budget_total(r.project for r in results)
    indicators = sum(len(r.project.indicators) for r in works)
    return StrategyLine(code, name, len(works), indicators, money.once, money.listed)
