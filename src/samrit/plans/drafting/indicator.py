"""One indicator of a draft on one page: definition, card, targets, levels, and its months with what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.model import Entry, Figure, Indicator
from samrit.engine.rehearsal import as_planned
from samrit.engine.score import YEAR_END, score
from samrit.package.tables.cells import decimal_of
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.reading import DraftReading
from samrit.plans.drafting.table import DraftTable, draft_table
from samrit.plans.errors import NotVisible
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import CALENDARS, period_name

PARTS = ("indicators", "indicator_cards", "targets", "levels")
MONTHS = range(1, YEAR_END + 1)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """What is planned in one month: its row, 0 for none yet, and whether the work runs in it."""

    period: int
    number: int
    revision: int
    text: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The twelve months of one reporting unit, "" for the indicator as a whole."""

    unit: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What the plan comes to from the first month to this one, added up as an evaluation does; None for nothing."""

    period: int
    name: str
    planned: Decimal | None
    shown: Decimal | Ends | None  # both ends of a range (AC13)


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything of one indicator."""

    id: str
    name: str
    project: str
    tables: tuple[DraftTable, ...]
    lines: tuple[MonthLine, ...]
    others: int  # figures that stand for several months, which the table of all months shows
    sums: tuple[MonthSum, ...]
    target: Figure | None
    months: tuple[str, ...]

    @property
    def meets(self) -> str:
        """How the year's plan is to the target: "equal", "below" or "above", "" where one of them is no number."""
        planned = self.sums[-1].planned if self.sums else None
        if planned is None or not isinstance(self.target, Decimal):
            return ""
        return "equal" if planned == self.target else "below" if planned < self.target else "above"


def indicator_page(reading: DraftReading, indicator: str, language: str) -> IndicatorPage:
    """Return the page of an indicator; raises NotVisible for one that the draft does not have."""
    own = _one(reading, "indicators", "id", indicator)
    if own is None:
        raise NotVisible(indicator)
    project = _one(reading, "projects", "id", own.cells.get("project", ""))
    rows = [r for r in reading.rows["monthly"].values() if not r.is_removed and r.cells.get("indicator") == indicator]
    single = [row for row in rows if row.cells.get("span", "1") in ("1", "")]
    units = list(dict.fromkeys(row.cells.get("unit", "") for row in single)) or [""]
    inside = months_of(project.cells if project is not None else {})
    tables = tuple(
        draft_table(reading, file, language, of=indicator, by="id" if file == "indicators" else "indicator")
        for file in PARTS
    )
    sums = _sums(reading, indicator, language)
    return IndicatorPage(
        indicator,
        own.cells.get("name", ""),
        own.cells.get("project", ""),
        tables,
        tuple(_line(unit, single, inside) for unit in units),
        len(rows) - len(single),
        sums,
        _target(reading, indicator),
        tuple(name for _, name in months_named(reading.rows, language)),
    )


def sums_with(
    reading: DraftReading, indicator: str, language: str, typed: Mapping[tuple[str, int], Figure]
) -> tuple[MonthSum, ...]:
    """Return what the plan of an indicator would add up to with the months as ``typed``, by unit and period."""
    return _sums(reading, indicator, language, typed)


def months_of(work: Mapping[str, str]) -> tuple[int, ...]:
    """Return the months in which a work runs, all of them where it does not say."""
    first, last = (_month(work.get(name, "")) for name in ("first_period", "last_period"))
    return tuple(range(first or 1, (last or YEAR_END) + 1)) or tuple(MONTHS)


def last_year_of(reading: DraftReading, indicator: str) -> dict[int, Decimal]:
    """Return last year's results of an indicator, by month."""
    found = {}
    for row in reading.rows["last_year"].values():
        month, figure = _month(row.cells.get("period", "")), decimal_of(row.cells.get("actual", ""))
        if not row.is_removed and row.cells.get("indicator") == indicator and month and figure is not None:
            found[month] = figure
    return found


def _one(reading: DraftReading, file: str, column: str, wanted: str) -> StandingRow | None:
    rows = reading.rows[file].values()
    return next((r for r in rows if wanted and not r.is_removed and r.cells.get(column) == wanted), None)


def _line(unit: str, rows: list[StandingRow], inside: tuple[int, ...]) -> MonthLine:
    own = {_month(row.cells.get("period", "")): row for row in rows if row.cells.get("unit", "") == unit}
    return MonthLine(unit, tuple(_cell(period, own.get(period), period in inside) for period in MONTHS))


def _cell(period: int, row: StandingRow | None, is_inside: bool) -> MonthCell:
    if row is None:
        return MonthCell(period, 0, 0, "", is_inside)
    return MonthCell(period, row.number, row.revision, row.cells.get("planned", ""), is_inside)


def _sums(
    reading: DraftReading, indicator: str, language: str, typed: Mapping[tuple[str, int], Figure] | None = None
) -> tuple[MonthSum, ...]:
    """Return month by month what the plan of an indicator adds up to."""
    if reading.package is None or reading.trial is None:
        return ()
    plan = reading.package.plan
    work = next((p for p in plan.projects if any(i.id == indicator for i in p.indicators)), None)
    if work is None:
        return ()
    if typed is not None:
        own = (_typed_over(i, typed) if i.id == indicator else i for i in work.indicators)
        work = replace(work, indicators=tuple(own))
    alone = as_planned(replace(plan, projects=(work,)))
    found = []
    for period, name in months_named(reading.rows, language):
        (result,) = score(alone, reading.trial.ruleset, period).projects
        line = next(i for i in result.indicators if i.indicator.id == indicator)
        found.append(MonthSum(period, name, line.plan_total.value, line.planned))
    return tuple(found)


def _typed_over(indicator: Indicator, typed: Mapping[tuple[str, int], Figure]) -> Indicator:
    """Return an indicator planned as somebody typed; what stands for several months stays."""
    single = {(e.unit, e.period): e for e in indicator.entries if e.span == 1}
    planned = [replace(single.get(at, Entry(at[1], at[0])), planned=figure) for at, figure in typed.items()]
    kept = [e for e in indicator.entries if e.span != 1 or (e.unit, e.period) not in typed]
    return replace(indicator, entries=tuple(sorted((*kept, *planned), key=lambda e: (e.unit, e.period, e.span))))


def months_named(rows: Standing, language: str) -> list[tuple[int, str]]:
    """Return a plan's periods with the month that each is: 1, "ต.ค. 2568"; the number where it says no year."""
    plan = next((row.cells for row in rows["plan"].values() if not row.is_removed), {})
    year, calendar = plan.get("year_be", ""), plan.get("calendar", "")
    year_be = whole(year, 0)
    if not 1000 <= year_be <= 9999 or calendar not in CALENDARS:
        return [(period, str(period)) for period in MONTHS]
    return [(period, period_name(year_be, calendar, period, language, short=True)) for period in MONTHS]


def _target(reading: DraftReading, indicator: str) -> Figure | None:
    if reading.package is None:
        return None
    plan = reading.package.plan
    targets = (t for p in plan.projects for i in p.indicators if i.id == indicator for t in i.targets)
    return next((t.value for t in targets if t.year_be == plan.year_be), None)


def _month(text: str) -> int:
    month = whole(text, 0)
    return month if month <= YEAR_END else 0
