"""Units that have not reported what was planned for the period: who, how much, and since when."""

from __future__ import annotations

from dataclasses import dataclass, field

from samrit.engine.model import Entry, Indicator, Mark, Project
from samrit.plans.selectors.naming import Names, PeriodName


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit with planned figures of the period that nobody reported; ``last`` is the last period it reported."""

    code: str
    name: str
    indicators: int
    works: int
    last: PeriodName | None


@dataclass
class _Tally:
    """What is known of one unit."""

    indicators: set[str] = field(default_factory=set)
    works: set[str] = field(default_factory=set)
    last: int = 0


def silent_units(names: Names) -> tuple[SilentUnit, ...]:
    """Return the units with something planned in the evaluated period and no figure for it, most silent first."""
    as_of = names.result.as_of
    tallies: dict[str, _Tally] = {}
    for result in names.result.projects:
        for indicator in result.project.indicators:
            _add(tallies, result.project, indicator, as_of)
    silent = [
        SilentUnit(code, names.unit(code), len(t.indicators), len(t.works), names.period(t.last) if t.last else None)
        for code, t in tallies.items()
        if t.indicators
    ]
    return tuple(sorted(silent, key=lambda u: (-u.indicators, u.code)))


def _add(tallies: dict[str, _Tally], project: Project, indicator: Indicator, as_of: int) -> None:
    settled = any(o.period == as_of for o in (*indicator.overrides, *project.overrides))
    spans = [e for e in indicator.entries if e.span > 1 and _reported(e)]
    for entry in indicator.entries:
        if entry.period > as_of:
            continue
        tally = tallies.setdefault(unit_of(project, entry), _Tally())
        if _reported(entry):
            tally.last = max(tally.last, entry.period)
        elif entry.period == as_of and not settled and _planned(entry) and not any(_covers(s, entry) for s in spans):
            tally.indicators.add(indicator.id)
            tally.works.add(project.id)


def unit_of(project: Project, entry: Entry) -> str:
    """Return the unit that an entry is for: its own, else the project's lead."""
    return entry.unit or (project.responsible_units[0] if project.responsible_units else project.responsible_text)


def _reported(entry: Entry) -> bool:
    """Say whether somebody answered: a figure, its parts, or "nothing to report"."""
    return entry.actual is not Mark.BLANK or not (
        isinstance(entry.numerator, Mark) or isinstance(entry.denominator, Mark)
    )


def _planned(entry: Entry) -> bool:
    return not isinstance(entry.planned, Mark) and bool(entry.planned)


def _covers(span: Entry, entry: Entry) -> bool:
    return span.unit == entry.unit and span.period - span.span < entry.period <= span.period
