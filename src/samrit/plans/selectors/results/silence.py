"""Units that have not reported what was planned for the period: who, how much, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from samrit.engine.model import Entry, Mark, Project
from samrit.plans.evaluation import memory
from samrit.plans.selectors.results.naming import Names, PeriodName


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

    indicators: int = 0
    works: int = 0
    last: int = 0


class _Heard(NamedTuple):
    """What one work says of a unit: how many of its indicators it owes, and the last period it reported."""

    unit: str
    owed: int
    last: int


def silent_units(names: Names) -> tuple[SilentUnit, ...]:
    """Return the units with something planned in the evaluated period and no figure for it, most silent first."""
    as_of = names.result.as_of
    heard_of = memory.of(names.result).per_work("heard", lambda p: _listen(p, as_of), names.result.plan.projects)
    tallies: dict[str, _Tally] = {}
    for own in heard_of:
        for heard in own:
            tally = tallies.setdefault(heard.unit, _Tally())
            tally.indicators += heard.owed
            tally.works += bool(heard.owed)
            tally.last = max(tally.last, heard.last)
    silent = [
        SilentUnit(code, names.unit(code), t.indicators, t.works, names.period(t.last) if t.last else None)
        for code, t in tallies.items()
        if t.indicators
    ]
    return tuple(sorted(silent, key=lambda u: (-u.indicators, u.code)))


def _listen(project: Project, as_of: int) -> tuple[_Heard, ...]:
    owed: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for indicator in project.indicators:
        settled = any(o.period == as_of for o in (*indicator.overrides, *project.overrides))
        spans = [e for e in indicator.entries if e.span > 1 and _reported(e)]
        for entry in indicator.entries:
            unit = unit_of(project, entry)
            if entry.period > as_of:
                continue
            if _reported(entry):
                last[unit] = max(last.get(unit, 0), entry.period)
            elif (
                entry.period == as_of and not settled and _planned(entry) and not any(_covers(s, entry) for s in spans)
            ):
                owed.setdefault(unit, set()).add(indicator.id)
    return tuple(_Heard(unit, len(owed.get(unit, ())), last.get(unit, 0)) for unit in {**owed, **last})


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
