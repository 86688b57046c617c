"""What the page of one work shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.indicators.breakdown import Breakdown
from samrit.engine.model import IndicatorCard, Override
from samrit.engine.ruleset import Band
from samrit.plans.evaluation.forecasts import ForecastStep
from samrit.plans.selectors.results.curves import CurveMonth
from samrit.plans.selectors.results.naming import PeriodName
from samrit.plans.selectors.results.timeline import TimeLine
from samrit.plans.selectors.results.traces import EvidenceLine, HistoryChange
from samrit.plans.selectors.work.closed_measures import ClosedMeasure
from samrit.plans.selectors.work.work_links import WorkLink
from samrit.plans.selectors.work.work_money import WorkMoney
from samrit.plans.selectors.work.work_registers import WorkRegisters
from samrit.plans.selectors.work.work_shared import SharedFigure
from samrit.plans.selectors.work.work_sites import WorkSites
from samrit.plans.selectors.work.work_steps import WorkSteps
from samrit.plans.selectors.work.work_year import WorkYear as Year
from samrit.plans.selectors.work.work_years import OtherYear
from samrit.reports.document.model import Chart
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.narrative import Said


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another work of the plan to go on to: the one before or after, or one of the same group."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class WorkFact:
    """A line about the work: its key among the page's texts, and what is there."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One level of an indicator's scale."""

    number: int
    text: str
    threshold: Decimal | None
    due: str
    reached_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """One indicator on the page."""

    id: str
    number: int
    name: str
    unit_of_measure: str
    target: str
    how: str
    lower_is_better: bool
    weight: Decimal
    effective_weight: Decimal | None
    state: str
    percent: str
    band: Band | None
    computed: str
    override: Override | None
    plan_total: Decimal | Ends | None
    actual_total: Decimal | None
    equation: str
    rule: str
    months: tuple[CurveMonth, ...]
    chart: Chart | None
    levels: tuple[ScaleLevel, ...]
    card: IndicatorCard | None
    is_lowest: bool
    breakdowns: tuple[Breakdown, ...] = ()  # by sex, age, place … (BD1)
    shared: SharedFigure | None = None


@dataclass(frozen=True, slots=True)
class WorkWords:
    """What a report says for a period; the public reads only what is declared so."""

    period: PeriodName | None
    said: tuple[Said, ...]
    written_on: date | None


@dataclass(frozen=True, slots=True)
class Expected:
    """The year-end forecast of the work."""

    percent: str
    low: str
    high: str
    band: Band | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightNote:
    """What a reader must know about how the figure was weighted, and the rule that says so."""

    text: str
    rule: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class WorkContext:
    """Everything on the page of one work."""

    code: str
    plan_title: str
    period: PeriodName
    id: str
    title: str
    facts: tuple[WorkFact, ...]
    group: tuple[Neighbour, ...]  # the works that share goal and steps with it (R43)
    links: tuple[WorkLink, ...]
    years: tuple[OtherYear, ...]
    money: WorkMoney
    state: str
    percent: str
    by_points: bool  # the figure is points, not a percent of the plan
    band: Band | None
    computed: str
    override: Override | None
    second: str
    second_band: Band | None
    notes: tuple[WeightNote, ...]
    lowest: IndicatorBlock | None
    lowest_hides: bool
    course: tuple[ForecastStep, ...]
    expected: Expected | None
    indicators: tuple[IndicatorBlock, ...]
    words: tuple[WorkWords, ...]
    year: Year
    sites: WorkSites
    closed: tuple[ClosedMeasure, ...]  # indicators that amendments closed (I3)
    registers: WorkRegisters
    steps: WorkSteps
    timeline: TimeLine | None
    evidence: tuple[EvidenceLine, ...]
    history: tuple[HistoryChange, ...]
    changes: int  # how many there are, shown or not
    sees_inside: bool
    sees_history: bool
    previous: Neighbour | None
    next: Neighbour | None
