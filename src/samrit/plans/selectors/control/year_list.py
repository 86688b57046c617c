"""The year's records of all works, a kind at a time: counted by what they say, those that wait first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samrit.engine.model import Project
from samrit.package.kinds import KINDS, kind_named
from samrit.package.kinds.declared import RecordKind
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.causes import GROUP, cause_word
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.reporting.register import register
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.timeline import TimeLine, timeline
from samrit.plans.selectors.results.year_lines import YearLine, choices_of, title_of, year_lines
from samrit.vocabulary.sorting import thai_sort_key

PER_PAGE, WORKS_PER_PAGE, MOST_UNITS = 50, 12, 8


@dataclass(frozen=True, slots=True)
class YearRow:
    """One record with the work that it is about."""

    project: str
    title: str
    units: str
    line: YearLine
    strategy: str = ""
    unit_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearCross:
    """How many works have a record that says what, in all and by ``heads``: strategies, or the units of most."""

    by: str  # "strategy" or "unit"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class YearList:
    """One page of the records of a kind; ``counts`` are by the field of ``counted``: code, word, how many."""

    kind: RecordKind
    title: str
    kinds: tuple[tuple[str, str, int], ...]
    counted: str
    counts: tuple[tuple[str, str, int], ...]
    overdue: int
    chosen: str
    only_overdue: bool
    rows: tuple[YearRow, ...]
    found: int
    page: int
    pages: int
    crosses: tuple[YearCross, ...]


def year_list(
    plan: Plan, *, kind: str, chosen: str, only_overdue: bool, page: int, language: str, today: date
) -> YearList:
    """Return the records of a kind ("": the first) that fit; raises NotVisible for a kind that there is none of."""
    declared = kind_named(kind) if kind else KINDS[0]
    if declared is None:
        raise NotVisible(kind)
    every = year_rows(plan, language=language, today=today)
    own = [row for row in every if row.line.kind == declared.name]
    fits = [r for r in own if chosen in ("", r.line.counted) and (r.line.overdue is not None or not only_overdue)]
    pages = max(1, -(-len(fits) // PER_PAGE))
    at = min(max(page, 1), pages)
    of_kind = Counter(row.line.kind for row in every)
    return YearList(
        kind=declared,
        title=_title(declared, language),
        kinds=tuple((k.name, _title(k, language), of_kind[k.name]) for k in KINDS),
        counted=title_of(declared.field(declared.counted), language) if declared.counted else "",
        counts=_counts(declared, own, language),
        overdue=sum(row.line.overdue is not None for row in own),
        chosen=chosen,
        only_overdue=only_overdue,
        rows=tuple(fits[(at - 1) * PER_PAGE : at * PER_PAGE]),
        found=len(fits),
        page=at,
        pages=pages,
        crosses=_crosses(declared, own, language),
    )


@dataclass(frozen=True, slots=True)
class PlanTimes:
    """One page of the works with something dated, drawn: all, or those of one unit."""

    units: tuple[tuple[str, str], ...]
    unit: str
    timeline: TimeLine
    page: int
    pages: int


def plan_times(plan: Plan, *, unit: str, page: int, language: str, today: date) -> PlanTimes:
    """Return the time lines of the works of a unit ("": of all), some works a page."""
    result = evaluate(plan, 12)
    names = Names(result, language, register().named)
    dated = [p for p in result.plan.projects if p.records and timeline(names, (p,), today=today).rows]
    units = {code: names.unit(code) for project in dated for code in project.responsible_units}
    own = [p for p in dated if unit in ("", *p.responsible_units)]
    pages = max(1, -(-len(own) // WORKS_PER_PAGE))
    at = min(max(page, 1), pages)
    shown = own[(at - 1) * WORKS_PER_PAGE : at * WORKS_PER_PAGE]
    choices = sorted(units.items(), key=lambda one: thai_sort_key(one[1]))
    return PlanTimes(tuple(choices), unit if unit in units else "", timeline(names, shown, today=today), at, pages)


def year_rows(plan: Plan, *, language: str, today: date, kind: str = "") -> tuple[YearRow, ...]:
    """Return the records of all works: what waits longest first, then the latest."""
    result = evaluate(plan, 12)
    names = Names(result, language, register().named)
    found = [
        YearRow(project.id, project.title, ", ".join(units), line, project.strategy, units)
        for project in result.plan.projects
        if project.records
        for units in (tuple(map(names.unit, project.responsible_units)),)
        for line in year_lines(names, project, today=today, kind=kind)
    ]
    found.sort(key=lambda row: row.line.day, reverse=True)
    return tuple(sorted(found, key=lambda row: row.line.overdue or date.max))


def _counts(kind: RecordKind, rows: list[YearRow], language: str) -> tuple[tuple[str, str, int], ...]:
    """Return how many records say what, most first."""
    if not kind.counted:
        return ()
    words = _words(kind, rows, language)
    found = Counter(row.line.counted for row in rows if row.line.counted)
    return tuple((code, words.get(code, code), count) for code, count in found.most_common())


def _crosses(kind: RecordKind, rows: list[YearRow], language: str) -> tuple[YearCross, ...]:
    """Return what the records say by strategy and by unit, counted in works: one that is told twice is one (R242)."""
    if not kind.counted or not rows:
        return ()
    words = _words(kind, rows, language)
    said: dict[str, dict[str, YearRow]] = {}
    for row in rows:
        if row.line.counted:
            said.setdefault(row.line.counted, {})[row.project] = row
    order = sorted(said, key=lambda code: (-len(said[code]), words.get(code, code)))
    works = {row.project: row for row in rows}.values()
    strategies = sorted({row.strategy for row in works if row.strategy})
    of_units = Counter(unit for row in works for unit in row.unit_names)
    units = [unit for unit, _ in of_units.most_common(MOST_UNITS)]

    def counted(by: str, heads: list[str]) -> YearCross:
        made = []
        for code in order:
            own = said[code].values()
            within = (sum(head in ((r.strategy,) if by == "strategy" else r.unit_names) for r in own) for head in heads)
            made.append((words.get(code, code), len(own), tuple(within)))
        return YearCross(by, tuple(heads), tuple(made))

    return counted("strategy", strategies), counted("unit", units)


def _words(kind: RecordKind, rows: list[YearRow], language: str) -> Mapping[str, str]:
    """Return what people read for what is counted; causes also that are offered no more."""
    field = kind.field(kind.counted)
    if field.suggested == GROUP:
        return {row.line.counted: cause_word(row.line.counted, language) for row in rows}
    return choices_of(kind, field, _NOTHING, language) or {}


def _title(kind: RecordKind, language: str) -> str:
    return kind.title(language)


_NOTHING = Project("", 0, "", "")  # what is counted is no place of one work
