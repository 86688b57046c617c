"""What the engine reads: one plan with its projects, indicators and figures, as frozen data.

Figures are ``Decimal`` or one of two marks that are not numbers: ``Mark.NOTHING`` (printed "–": nothing planned,
nothing due) and ``Mark.BLANK`` (an empty cell: not reported).  Zero is a ``Decimal`` like any other (pitfall P1).
Periods are 1..12 of the plan's own year, whatever month the year starts in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from samrit.engine.choices import (
    ActionState,
    Aggregation,
    CarryOverKind,
    CarryOverState,
    Cause,
    Comparator,
    Consolidation,
    ContractState,
    Direction,
    EntryBasis,
    Figure,
    Formula,
    Kind,
    Mark,
    MoneyState,
    ProcurementStep,
    ProjectStatus,
    Quantity,
    ReviewDecision,
    Rhythm,
    SiteState,
)
from samrit.engine.measures import Claim, Entry, Indicator, Level, Override, Source, Target
from samrit.engine.surroundings import (
    Alignment,
    Allotment,
    BudgetLine,
    Fund,
    IndicatorCard,
    LookSetting,
    ManpowerRow,
    MoneyMovement,
    PrintedCell,
    Programme,
    ReportText,
    StepTerm,
    Strategy,
    Tactic,
    Unit,
)
from samrit.engine.year import NOTHING_RECORDED, Recorded, YearRecord
from samrit.vocabulary import speech as words
from samrit.vocabulary.months import CALENDARS

__all__ = [
    "ActionState",
    "Aggregation",
    "Alignment",
    "BudgetLine",
    "CarryOverKind",
    "CarryOverState",
    "Cause",
    "Claim",
    "Comparator",
    "Consolidation",
    "ContractState",
    "Direction",
    "Entry",
    "EntryBasis",
    "Figure",
    "Formula",
    "Fund",
    "Indicator",
    "IndicatorCard",
    "Kind",
    "Level",
    "LookSetting",
    "ManpowerRow",
    "Mark",
    "MoneyMovement",
    "MoneyState",
    "Narrative",
    "Override",
    "Plan",
    "PrintedCell",
    "ProcurementStep",
    "Programme",
    "Project",
    "ProjectStatus",
    "Quantity",
    "ReportText",
    "ReviewDecision",
    "Rhythm",
    "Site",
    "SiteState",
    "Source",
    "Strategy",
    "Tactic",
    "Target",
    "Unit",
    "YearRecord",
]


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
    # From which period up to which (not counted; None: it holds); () stands for the one period above.
    commitments: tuple[tuple[int, int | None], ...] = ()
    # Of the instalments recorded: the periods in which they are due and were accepted, 13 for after the year.
    instalments_due: tuple[int, ...] = ()
    instalments_taken: tuple[int, ...] | None = None  # None: only the number above is known


@dataclass(frozen=True, slots=True)
class Narrative:
    """Words of a report on a project as of a period (``vocabulary.narrative``; R164, R165)."""

    period: int
    result: str = ""
    cause: str = ""
    next_step: str = ""
    lesson: str = ""
    target_text: str = ""
    written_on: date | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Bare:
    """What the plan itself says of a work where the year's records or its group, laid over it, say otherwise."""

    status: ProjectStatus | None
    sites: tuple[Site, ...]
    narratives: tuple[Narrative, ...]
    goal: str
    steps: tuple[str, ...]
    step_terms: tuple[StepTerm, ...]
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Project:
    """One numbered งาน/โครงการ/กิจกรรม.

    ``identity`` is shared by the lines that are one project (RU1, R9, R10), its own id unless told otherwise; a work
    that ``shares_with`` another has that one's goal and steps where it has none itself (R43, R44).
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
    movements: tuple[MoneyMovement, ...] = ()  # in the order of recording
    indicators: tuple[Indicator, ...] = ()
    sites: tuple[Site, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    steps: tuple[str, ...] = ()
    claim: Claim | None = None
    overrides: tuple[Override, ...] = ()
    records: tuple[YearRecord, ...] = ()  # every entering, also those that were corrected
    remark: str = ""
    note: str = ""
    source: Source = Source()
    confidence: Decimal | None = None
    weight: Decimal | None = None  # of its tactic, or strategy where it has none, in percent (RU5)
    level: str = ""  # "strategy" or "tactic": a line that holds what measures that part of the plan, and is no work
    verification: str = ""  # means of verification, assumptions and risk, as a logframe has them
    assumptions: str = ""
    risk: str = ""
    step_terms: tuple[StepTerm, ...] = ()  # of those steps that are due on a day or need an approval
    starts_on: date | None = None  # days of the work itself, also beyond the plan's year (R47, R48)
    ends_on: date | None = None
    shares_with: str = ""  # the id of the work of whose group it is
    recorded: Recorded = NOTHING_RECORDED  # figures that the year's records make (R78, R264)
    bare: Bare | None = field(default=None, compare=False, repr=False)  # None where no record was laid

    @property
    def key(self) -> str:
        """What makes two lines the same project (RU1)."""
        return self.identity or self.id

    @property
    def measures(self) -> tuple[Indicator, ...]:
        """Every indicator, each followed by the categories that it is broken down by (BD1)."""
        return tuple(measure for i in self.indicators for measure in (i, *i.parts))

    @property
    def budget(self) -> Decimal | None:
        """The project's own money in baht: its lines that are not a unit's share; None when no line has an amount."""
        amounts = [line.amount for line in self.budgets if not line.unit and line.amount is not None]
        return sum(amounts, Decimal()) if amounts else None


@dataclass(frozen=True, slots=True)
class Plan:
    """One year of one organisation: everything the engine needs to score it."""

    id: str
    title: str
    year_be: int
    title_en: str = ""
    organisation: str = ""
    organisation_en: str = ""
    calendar: str = "calendar"  # a key of CALENDARS: the month in which the year starts
    # How the plan speaks; blank is what the product says of itself (``speech``).
    era: str = ""  # "be" or "ce": how years are read and printed, never how they are kept
    currency: str = ""  # ISO 4217; blank is baht
    currency_places: int | None = None
    currency_name: str = ""
    currency_name_en: str = ""
    strategy_name: str = ""  # what the plan calls a strategy, a tactic, a work; in English "Outcome/Outcomes"
    strategy_name_en: str = ""
    tactic_name: str = ""
    tactic_name_en: str = ""
    project_name: str = ""
    project_name_en: str = ""
    language: str = ""  # "th" or "en" where the plan has one language only
    holiday_country: str = ""  # ISO 3166; blank is TH
    planner_name: str = ""  # who looks after the plan: what people call the planning division
    planner_name_en: str = ""
    rhythm: Rhythm | None = None  # how often it reports; None is every month (SP2)
    due_day: int | None = None  # by which day after a month or quarter its report is due; None: as the rule set says
    until_year_be: int | None = None  # the last year of a plan of several years (R13)
    under_plan: str = ""  # the plan of several years that this year's plan is under, and its version (R13, R14)
    under_version: int | None = None
    numbering: str = "per_strategy"
    ruleset: str = ""
    vision: str = ""
    missions: tuple[str, ...] = ()
    funds: tuple[Fund, ...] = ()
    allotments: tuple[Allotment, ...] = ()  # in the order of recording
    strategies: tuple[Strategy, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    programmes: tuple[Programme, ...] = ()
    units: tuple[Unit, ...] = ()
    projects: tuple[Project, ...] = ()
    cards: tuple[IndicatorCard, ...] = ()
    manpower: tuple[ManpowerRow, ...] = ()
    printed: tuple[PrintedCell, ...] = ()
    texts: tuple[ReportText, ...] = ()
    look: tuple[LookSetting, ...] = ()  # how its reports look
    parents: tuple[Alignment, ...] = ()  # plans above this one, for the linkage diagram (R328)
    source: Source = Source()

    @property
    def speech(self) -> words.Speech:
        """How the plan speaks: era, money, names of its levels, whether it has funds, and whose holidays count."""
        return words.Speech(
            self.era or "be",
            words.currency(self.currency, self.currency_places, self.currency_name, self.currency_name_en),
            words.LevelName(self.strategy_name, self.strategy_name_en),
            words.LevelName(self.tactic_name, self.tactic_name_en),
            words.LevelName(self.project_name, self.project_name_en),
            bool(self.funds) or any(project.fund for project in self.projects),
            self.holiday_country or "TH",
            self.language,
            1 if self.rhythm is None else self.rhythm.months,
            words.LevelName(self.planner_name, self.planner_name_en),
            CALENDARS.get(self.calendar),
        )

    def project(self, project_id: str) -> Project | None:
        """Return the project with that id, or None."""
        return next((p for p in self.projects if p.id == project_id), None)
