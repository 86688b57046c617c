"""Results over the years: a longer plan's targets beside what each year's plan came to (R15, R16, R99)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.horizon.over_years import IndicatorYears, YearResult, horizon_of, over_years
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.results import PlanResult
from samrit.engine.rollup import tabulate
from samrit.engine.ruleset import Band
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.horizon import longer_of, plans_under
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person, PlanVersion
from samrit.plans.selectors.office.visible import visible
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.results.naming import Names
from samrit.reports.document.model import Chart, Series
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.speech import speech


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year of the horizon: its plan, as far as the reader sees one, with works by band up to its month."""

    year_be: int
    code: str
    title: str
    month: str
    works: int
    bands: tuple[tuple[Band, int], ...]


@dataclass(frozen=True, slots=True)
class YearCell:
    """An indicator's year: target and result as they are read, and whether the target is met (None: can't be said).

    ``up_to`` is the month of a result whose year is not over, "" for any other.
    """

    target: str
    result: str
    met: bool | None
    code: str  # of the year's plan, "" without one
    work: str  # the work of the year's plan under which the result stands
    indicator: str
    up_to: str


@dataclass(frozen=True, slots=True)
class YearsLine:
    """One indicator over the years."""

    strategy: str
    id: str
    name: str
    cells: tuple[YearCell, ...]
    target_sum: str  # of indicators whose years add up, else ""
    to_date: str
    share: str  # percent of the whole horizon's target reached


@dataclass(frozen=True, slots=True)
class Years:
    """The page: the plan of several years, its years, its indicators, and the chart of one of them."""

    code: str
    title: str
    longer_code: str
    longer_title: str
    version: int
    plans: tuple[YearPlan, ...]
    lines: tuple[YearsLine, ...]
    chosen: str
    chart: Chart | None


def years(seen: Look, person: Person | None, *, today: date, chosen: str = "") -> Years:
    """Return the page for a plan of several years or a year's plan under one that the reader may see.

    Raises NotVisible for any other.
    """
    own = seen.result.plan
    longer = _longer(seen, own, person)
    if longer is None:
        raise NotVisible(seen.plan.code)
    plan, code, number = longer
    looks = _annual(code, seen, person, today)
    lines = over_years(plan, {year: look_.result for year, look_ in looks.items()})
    with_figures = [line for line in lines if sum(y.value is not None for y in line.years)]
    at = next((line for line in lines if line.indicator.id == chosen), None) or next(iter(with_figures or lines), None)
    title = (seen.language == "en" and plan.title_en) or plan.title
    return Years(
        seen.plan.code,
        (seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        code,
        title,
        number,
        tuple(_year_plan(year, looks.get(year)) for year in horizon_of(plan)),
        tuple(_line(line, plan, looks, seen.language) for line in lines),
        at.indicator.id if at else "",
        _chart(at, seen.language) if at else None,
    )


def has_years(seen: Look, person: Person | None) -> bool:
    """Say whether a plan has this page for the reader."""
    return _longer(seen, seen.result.plan, person) is not None


def _longer(seen: Look, own: EnginePlan, person: Person | None) -> tuple[EnginePlan, str, int] | None:
    """Return the plan of several years, its code and its version's number."""
    if own.until_year_be:
        try:
            return own, seen.plan.code, version_in_force(seen.plan).number
        except PlanVersion.DoesNotExist:
            return None
    found = longer_of(own)
    if found is None or not _sees(found.plan.code, person):
        return None
    return package_of(found.version).plan, found.plan.code, found.version.number


def _annual(code: str, seen: Look, person: Person | None, today: date) -> dict[int, Look]:
    """Return the years' plans under one, as the reader may see each: the last of a year where there are several."""
    found = {}
    for own in plans_under().get(code, ()):
        try:
            shown = visible(person, own)
        except NotVisible:
            continue
        public = shown.public or seen.public
        looked = look(shown.plan, month=None, today=today, language=seen.language, public=public)
        if not looked.is_unevaluated:
            found[shown.plan.year_be] = looked
    return found


def _sees(code: str, person: Person | None) -> bool:
    try:
        visible(person, code)
    except NotVisible:
        return False
    return True


def _year_plan(year: int, looked: Look | None) -> YearPlan:
    if looked is None:
        return YearPlan(year, "", "", "", 0, ())
    names = Names.of(looked)
    total = tabulate(looked.result.projects, rows="strategy").total
    counts = dict(total.cells)
    bands = tuple((band, counts.get(band.code, 0)) for band in names.bands)
    title = (looked.language == "en" and looked.plan.title_en) or looked.plan.title
    return YearPlan(year, looked.plan.code, title, names.period(looked.as_of).short, total.total, bands)


def _line(line: IndicatorYears, plan: EnginePlan, looks: dict[int, Look], language: str) -> YearsLine:
    strategy = next((s for s in plan.strategies if s.code == line.project.strategy), None)
    name = ((language == "en" and strategy.name_en) or strategy.name) if strategy else ""
    share = ""
    if line.target_sum and line.value_sum is not None:
        share = _figure(line.value_sum * 100 / line.target_sum)
    cells = tuple(_cell(year, line, looks.get(year.year_be)) for year in line.years)
    return YearsLine(
        f"{line.project.strategy} {name}".strip(),
        line.indicator.id,
        line.indicator.name,
        cells,
        _figure(line.target_sum),
        _figure(line.value_sum),
        share,
    )


def _cell(year: YearResult, line: IndicatorYears, looked: Look | None) -> YearCell:
    target = year.target
    unit = (target.unit_of_measure if target else "") or line.indicator.unit_of_measure
    said = "" if target is None else target.text or (f"{_figure(target.value)} {unit}".strip() or "–")
    own = year.own
    result = (
        "" if own is None or year.value is None else f"{_figure(year.value)} {own.indicator.unit_of_measure}".strip()
    )
    work = _work_of(looked.result, own.indicator.id) if looked and own else ""
    code, indicator = (looked.plan.code if looked else ""), (own.indicator.id if own else "")
    up_to = Names.of(looked).period(looked.as_of).short if looked and year.is_running else ""
    return YearCell(said, result, year.met, code, work, indicator, up_to)


def _work_of(result: PlanResult, indicator: str) -> str:
    return next((r.project.id for r in result.projects if any(i.indicator.id == indicator for i in r.indicators)), "")


def _figure(value: object) -> str:
    if not isinstance(value, Decimal):
        return ""
    return format_number(value, None if value == value.to_integral_value() else 2)


def _chart(line: IndicatorYears, language: str) -> Chart | None:
    """Return targets and results of an indicator by year; None where there is no line to draw."""
    aims = tuple(y.target.value if y.target and isinstance(y.target.value, Decimal) else None for y in line.years)
    values = tuple(y.value for y in line.years)
    if sum(aim is not None for aim in aims) < 2 and sum(value is not None for value in values) < 2:
        return None
    english = language == "en"
    target, result = ("Target", "Result") if english else ("เป้าหมาย", "ผล")
    categories = tuple(str(speech().year(y.year_be)) for y in line.years)
    told = [
        f"{name} {target} {_figure(aim) or '–'} {result} {_figure(value) or '–'}"
        for name, aim, value in zip(categories, aims, values, strict=True)
    ]
    title = f"{line.indicator.id} {line.indicator.name}"
    series = (Series(target, aims, dashed=True), Series(result, values))
    return Chart("line", title, categories, series, "; ".join(told), unit=line.indicator.unit_of_measure)
