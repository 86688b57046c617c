"""What the engine reads: one plan with its projects, indicators and figures, as frozen data.

Figures are ``Decimal`` or one of two marks that are not numbers: ``Mark.NOTHING``
(printed "–": nothing planned, nothing due) and ``Mark.BLANK`` (an empty cell: not
reported).  Zero is a ``Decimal`` like any other (rules.md, pitfall P1).

Periods are 1..12 of the plan's own year, whatever month the year starts in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum


class Mark(Enum):
    """What stands in a cell that holds no number."""

    BLANK = ""
    NOTHING = "–"


Figure = Decimal | Mark


class Aggregation(StrEnum):
    """How the months of one reporting unit give its total (TO1–TO6); declared, never guessed."""

    SUM = "sum"
    AVERAGE = "average"
    LATEST = "latest"
    MAX = "max"
    MIN = "min"
    RATIO = "ratio"


class Consolidation(StrEnum):
    """How the totals of several reporting units give the indicator's total (RU3)."""

    SUM = "sum"
    AVERAGE = "average"
    MAX = "max"
    MIN = "min"
    RATIO = "ratio"


class EntryBasis(StrEnum):
    """Whether a month's figure is the month's own or the year to date."""

    MONTH = "month"
    TO_DATE = "to_date"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Formula(StrEnum):
    """How totals become an achievement percent (AC1, AC3, AC5, R189)."""

    RATIO = "ratio"  # actual ÷ plan, or plan ÷ actual where lower is better
    BASELINE = "baseline"  # distance covered from the baseline to the plan
    LEVELS = "levels"  # level reached ÷ level planned, on the indicator's own scale
    SITES = "sites"  # sites committed ÷ sites due, counted from the project's sites


class Kind(StrEnum):
    """งานประจำ, โครงการเดิม, โครงการใหม่ (R4)."""

    ROUTINE = "routine"
    CONTINUING = "continuing"
    NEW = "new"


class ProjectStatus(StrEnum):
    """What became of a project, beside its computed band (R60)."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    TERMINATED = "terminated"
    CARRIED_OVER = "carried_over"


class Comparator(StrEnum):
    """The comparator of a target (R94)."""

    EQUAL = "eq"
    AT_LEAST = "ge"
    AT_MOST = "le"
    MORE_THAN = "gt"
    LESS_THAN = "lt"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read: document, page, line, cell; all optional, lines from 1."""

    document: str = ""
    page: int | None = None
    line: int | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The planned and actual figure of one indicator, reporting unit and period.

    ``span`` is the number of months the figure stands for (1, 3, 12 …); it ends in
    ``period`` and replaces the entries of the months it covers once it is in view.
    ``numerator`` and ``denominator`` are the parts of a reported share,
    ``planned_numerator`` and ``planned_denominator`` those of a planned one.
    """

    period: int
    unit: str = ""
    planned: Figure = Mark.BLANK
    actual: Figure = Mark.BLANK
    numerator: Figure = Mark.BLANK
    denominator: Figure = Mark.BLANK
    planned_numerator: Figure = Mark.BLANK
    planned_denominator: Figure = Mark.BLANK
    span: int = 1
    note: str = ""
    source: Source = Source()
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator's target for one Buddhist year; unit of measure may differ by year (R93).

    ``value`` is ``Mark.NOTHING`` where the document prints "–": no target that year (R95).
    """

    year_be: int
    value: Figure = Mark.BLANK
    comparator: Comparator = Comparator.EQUAL
    unit_of_measure: str = ""
    text: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an indicator's scale (R105–R117).

    A milestone level has a ``due_period`` and, once reached, ``reached_on``; a
    threshold level has the ``threshold`` that the actual total must meet.
    """

    number: int
    text: str = ""
    due_period: int | None = None
    reached_on: date | None = None
    reached_period: int | None = None
    threshold: Decimal | None = None
    evidence: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document prints as result, kept beside what we compute, never used for it."""

    plan_total: Decimal | None = None
    actual_total: Decimal | None = None
    percent: Decimal | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Override:
    """A figure or band settled by the evaluators for the evaluation of one period (WE4).

    It replaces the computed percent (or band) of its indicator or project only at
    ``period``; the computed value stays beside it.
    """

    period: int
    reason: str
    percent: Decimal | None = None
    band: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure of a project, with its weight, monthly figures and targets."""

    id: str
    number: int
    name: str
    unit_of_measure: str = ""
    weight: Decimal | None = None
    aggregation: Aggregation = Aggregation.SUM
    consolidation: Consolidation | None = None
    entry_basis: EntryBasis = EntryBasis.MONTH
    direction: Direction = Direction.HIGHER
    formula: Formula = Formula.RATIO
    interpolated: bool = False
    is_share: bool = False
    baseline: Decimal | None = None
    baseline_year_be: int | None = None
    entries: tuple[Entry, ...] = ()
    targets: tuple[Target, ...] = ()
    levels: tuple[Level, ...] = ()
    claim: Claim | None = None
    overrides: tuple[Override, ...] = ()
    last_year: tuple[Figure, ...] = ()  # twelve actual figures of the year before, for the forecast
    note: str = ""
    source: Source = Source()

    def target_of(self, year_be: int) -> Target | None:
        """Return the target of that Buddhist year, or None."""
        return next((t for t in self.targets if t.year_be == year_be), None)


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work under a project (R55, R189–R191, R252–R254), with its own money and contract."""

    id: str
    title: str
    unit: str = ""
    budget: Decimal | None = None
    commitment_due_period: int | None = None
    committed_period: int | None = None
    instalments: int | None = None
    instalments_accepted: int = 0
    done_period: int | None = None
    outcome: str = ""
    planned_texts: tuple[str, ...] = ()  # per quarter
    actual_texts: tuple[str, ...] = ()  # per quarter
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money of a project from one source, in baht; ``unit`` names a share of it (R123)."""

    amount: Decimal | None  # None: "ไม่ใช้งบประมาณ", counted as 0 (R51)
    funding_source: str = ""
    unit: str = ""
    text: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Narrative:
    """Words of a report on a project as of a period: result, cause, next step (R164, R165)."""

    period: int
    result: str = ""
    cause: str = ""
    next_step: str = ""
    target_text: str = ""
    written_on: date | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Alignment:
    """A link from a project to a plan above it: ``kind`` such as national_strategy, master_plan, sdg (R273–R276)."""

    kind: str
    code: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """One numbered งาน/โครงการ/กิจกรรม.

    ``identity`` is shared by the lines that are one project, in one plan or in two
    (RU1, R9, R10); it is the project's own id unless told otherwise.
    """

    id: str
    number: int
    title: str
    strategy: str
    fund: str = ""
    tactic: str = ""
    programme: str = ""
    kind: Kind | None = None
    identity: str = ""
    goal: str = ""
    responsible_units: tuple[str, ...] = ()  # the first is the lead (R139)
    responsible_text: str = ""
    first_period: int | None = None
    last_period: int | None = None
    period_text: str = ""
    status: ProjectStatus | None = None
    budgets: tuple[BudgetLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sites: tuple[Site, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    steps: tuple[str, ...] = ()
    claim: Claim | None = None
    overrides: tuple[Override, ...] = ()
    remark: str = ""
    note: str = ""
    source: Source = Source()
    confidence: Decimal | None = None

    @property
    def key(self) -> str:
        """What makes two lines the same project (RU1)."""
        return self.identity or self.id

    @property
    def budget(self) -> Decimal | None:
        """The project's own money in baht: its lines that are not a unit's share; None when no line has an amount."""
        amounts = [line.amount for line in self.budgets if not line.unit and line.amount is not None]
        return sum(amounts, Decimal()) if amounts else None


@dataclass(frozen=True, slots=True)
class Fund:
    """กองทุน: where the money of a part of the plan comes from (R3, R118)."""

    code: str
    name: str
    name_en: str = ""
    budget: Decimal | None = None
    budget_source: str = ""


@dataclass(frozen=True, slots=True)
class Strategy:
    """ยุทธศาสตร์ of the plan."""

    code: str
    name: str
    name_en: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Tactic:
    """กลยุทธ์ under a strategy; ``code`` is text such as "2.4" (R18)."""

    code: str
    strategy: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """แผนงาน under a tactic."""

    code: str
    name: str
    tactic: str = ""
    fund: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit of the register (R136), also a group of units such as พื้นที่/จังหวัด/สาขา."""

    code: str
    name: str
    name_en: str = ""
    parent: str = ""
    type: str = ""
    region: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""  # the unit that reports on in its place (pitfall P2)


@dataclass(frozen=True, slots=True)
class ManpowerRow:
    """A row of the manpower frame (R216, R267): a group of units and its counts per personnel type."""

    group: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """The definition sheet of an indicator (R61)."""

    indicator: str
    definition: str = ""
    method: str = ""
    unit_of_measure: str = ""
    frequency: str = ""
    reporting_frequency: str = ""
    evaluating_unit: str = ""
    supporting_unit: str = ""
    remark: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class ReportText:
    """A paragraph an editor wrote for the report: an achievement, a problem, a remedy (R227–R235).

    ``section`` is "achievement", "problem", "remedy" or "closing"; ``depth`` is 0..2;
    ``{S2-57.percent}``-like fields are filled with live values (R229).
    """

    section: str
    text: str
    strategy: str = ""
    order: int = 0
    depth: int = 0
    as_of: int | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a summary table as a document prints it: a control total, never data (R299, R312).

    ``table`` is "kinds" (R206–R208) or "bands" (R209–R211); ``fund`` and ``strategy``
    are empty for all; ``column`` is a kind group, a band code or "total".
    """

    table: str
    fund: str
    strategy: str
    column: str
    value: Decimal
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Plan:
    """One year of one organisation: everything the engine needs to score it."""

    id: str
    title: str
    year_be: int
    title_en: str = ""
    organisation: str = ""
    organisation_en: str = ""
    calendar: str = "calendar"  # "calendar": January–December, "fiscal": October–September
    numbering: str = "per_strategy"
    ruleset: str = ""
    vision: str = ""
    missions: tuple[str, ...] = ()
    funds: tuple[Fund, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    programmes: tuple[Programme, ...] = ()
    units: tuple[Unit, ...] = ()
    projects: tuple[Project, ...] = ()
    cards: tuple[IndicatorCard, ...] = ()
    manpower: tuple[ManpowerRow, ...] = ()
    printed: tuple[PrintedCell, ...] = ()
    texts: tuple[ReportText, ...] = ()
    parents: tuple[Alignment, ...] = ()  # plans above this one, for the linkage diagram (R328)
    source: Source = Source()

    def project(self, project_id: str) -> Project | None:
        """Return the project with that id, or None."""
        return next((p for p in self.projects if p.id == project_id), None)
