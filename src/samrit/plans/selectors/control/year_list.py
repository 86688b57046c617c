"""The year's records of all works, a kind at a time: counted by what they say, those that wait first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.model import Project
from samrit.engine.year import YearRecord, told
from samrit.package.kinds import KINDS, kind_named
from samrit.package.kinds.declared import RecordKind
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.causes import GROUP, cause_word
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.reporting.register import register
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.timeline import TimeLine, rows_of, timeline
from samrit.plans.selectors.results.year_lines import YearLine, choices_of, title_of, year_line
from samrit.vocabulary.sorting import thai_sort_key

PER_PAGE, WORKS_PER_PAGE, ROWS_PER_PAGE, MOST_UNITS = 50, 12, 150, 8


@dataclass(frozen=True, slots=True)
class YearRow:
    """One record with the work that it is about."""

    project: str
    title: str
    units: str
    line: YearLine


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
    sums: tuple[tuple[str, Decimal], ...]  # of what fits, by the title of the field


@dataclass(frozen=True, slots=True)
class _Told:
    """One record as it is, before it is put into words: most of a year's are counted and not shown."""

    work: Project
    kind: RecordKind
    record: YearRecord
    overdue: date | None

    @property
    def counted(self) -> str:
        value = dict(self.record.values).get(self.kind.counted)
        return "" if value is None else str(value)


def year_list(
    plan: Plan, *, kind: str, chosen: str, only_overdue: bool, page: int, language: str, today: date
) -> YearList:
    """Return the records of a kind ("": the first) that fit; raises NotVisible for a kind that there is none of."""
    declared = kind_named(kind) if kind else KINDS[0]
    if declared is None:
        raise NotVisible(kind)
    result = evaluate(plan, 12)
    names = Names(result, language, register().named)
    known = [(project, told(project.records)) for project in result.plan.projects if project.records]
    of_kind = Counter(record.kind for _, records in known for record in records)
    own = _all_told(known, declared.name, today)
    fits = [r for r in own if chosen in ("", r.counted) and (r.overdue is not None or not only_overdue)]
    pages = max(1, -(-len(fits) // PER_PAGE))
    at = min(max(page, 1), pages)
    return YearList(
        kind=declared,
        title=_title(declared, language),
        kinds=tuple((k.name, _title(k, language), of_kind[k.name]) for k in KINDS),
        counted=title_of(declared.field(declared.counted), language) if declared.counted else "",
        counts=_counts(declared, own, language),
        overdue=sum(row.overdue is not None for row in own),
        chosen=chosen,
        only_overdue=only_overdue,
        rows=_in_words(names, fits[(at - 1) * PER_PAGE : at * PER_PAGE], today),
        found=len(fits),
        page=at,
        pages=pages,
        crosses=_crosses(declared, own, names),
        sums=tuple((title_of(declared.field(name), language), _sum(fits, name)) for name in declared.summed),
    )


@exact
def _sum(rows: Sequence[_Told], field: str) -> Decimal:
    """Return the sum of a field of amounts over records, exact; blank ones add nothing."""
    values = (dict(row.record.values).get(field) for row in rows)
    return sum((value for value in values if isinstance(value, Decimal)), Decimal())


def _all_told(known: Iterable[tuple[Project, Sequence[YearRecord]]], kind: str, today: date) -> list[_Told]:
    """Return the records of a kind ("": of all) as they are: what waits longest first, then the latest."""
    declared = {k.name: k for k in KINDS if kind in ("", k.name)}
    found = []
    for project, records in known:
        for record in reversed(records):
            if own := declared.get(record.kind):
                since = own.overdue_since(record)
                found.append(_Told(project, own, record, since if since is not None and since < today else None))
    found.sort(key=lambda row: row.record.happened_on, reverse=True)
    return sorted(found, key=lambda row: row.overdue or date.max)


def _in_words(names: Names, rows: Sequence[_Told], today: date) -> tuple[YearRow, ...]:
    """Return records as people read them, in the order given."""
    made = []
    for row in rows:
        units = tuple(map(names.unit, row.work.responsible_units))
        line = year_line(names, row.work, row.kind, row.record, today=today)
        made.append(YearRow(row.work.id, row.work.title, ", ".join(units), line))
    return tuple(made)


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
    dated = {p.id: count for p in result.plan.projects if p.records and (count := rows_of(p))}
    works = [p for p in result.plan.projects if p.id in dated]
    units = {code: names.unit(code) for project in works for code in project.responsible_units}
    own = [p for p in works if unit in ("", *p.responsible_units)]
    pages = _paged(own, dated)
    at = min(max(page, 1), len(pages))
    choices = sorted(units.items(), key=lambda one: thai_sort_key(one[1]))
    drawn = timeline(names, pages[at - 1], today=today)
    return PlanTimes(tuple(choices), unit if unit in units else "", drawn, at, len(pages))


def _paged(works: Sequence[Project], rows: Mapping[str, int]) -> list[list[Project]]:
    """Return works page by page: some works each, and no more rows than can be looked at, but for one work's own."""
    pages: list[list[Project]] = [[]]
    for work in works:
        standing = sum(rows[other.id] for other in pages[-1])
        if pages[-1] and (len(pages[-1]) == WORKS_PER_PAGE or standing + rows[work.id] > ROWS_PER_PAGE):
            pages.append([])
        pages[-1].append(work)
    return pages


def year_rows(plan: Plan, *, language: str, today: date, kind: str = "") -> tuple[YearRow, ...]:
    """Return the records of all works, in words: what waits longest first, then the latest."""
    result = evaluate(plan, 12)
    names = Names(result, language, register().named)
    known = ((project, told(project.records)) for project in result.plan.projects)
    return _in_words(names, _all_told(known, kind, today), today)


def _counts(kind: RecordKind, rows: Sequence[_Told], language: str) -> tuple[tuple[str, str, int], ...]:
    """Return how many records say what, most first."""
    if not kind.counted:
        return ()
    words = _words(kind, rows, language)
    found = Counter(row.counted for row in rows if row.counted)
    return tuple((code, words.get(code, code), count) for code, count in found.most_common())


def _crosses(kind: RecordKind, rows: Sequence[_Told], names: Names) -> tuple[YearCross, ...]:
    """Return what the records say by strategy and by unit, counted in works: one that is told twice is one (R242)."""
    if not kind.counted or not rows:
        return ()
    words = _words(kind, rows, names.language)
    said: dict[str, dict[str, Project]] = {}
    for row in rows:
        if row.counted:
            said.setdefault(row.counted, {})[row.work.id] = row.work
    order = sorted(said, key=lambda code: (-len(said[code]), words.get(code, code)))
    works = {row.work.id: row.work for row in rows}.values()
    strategies = sorted({work.strategy for work in works if work.strategy})
    of_units = Counter(names.unit(unit) for work in works for unit in work.responsible_units)
    units = [unit for unit, _ in of_units.most_common(MOST_UNITS)]

    def heads_of(by: str, work: Project) -> tuple[str, ...]:
        return (work.strategy,) if by == "strategy" else tuple(map(names.unit, work.responsible_units))

    def counted(by: str, heads: list[str]) -> YearCross:
        made = []
        for code in order:
            of_works = [heads_of(by, work) for work in said[code].values()]
            made.append((words.get(code, code), len(of_works), tuple(sum(h in own for own in of_works) for h in heads)))
        return YearCross(by, tuple(heads), tuple(made))

    return counted("strategy", strategies), counted("unit", units)


def _words(kind: RecordKind, rows: Sequence[_Told], language: str) -> Mapping[str, str]:
    """Return what people read for what is counted; causes also that are offered no more."""
    field = kind.field(kind.counted)
    if field.suggested == GROUP:
        return {code: cause_word(code, language) for code in {row.counted for row in rows}}
    return choices_of(kind, field, _NOTHING, language) or {}


def _title(kind: RecordKind, language: str) -> str:
    return kind.title(language)


_NOTHING = Project("", 0, "", "")  # what is counted is no place of one work
