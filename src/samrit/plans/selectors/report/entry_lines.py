"""What a page of entry shows: the report, its works, their lines and cells, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samrit.engine.indicators.rhythm import length_of, months_with
from samrit.engine.model import Aggregation, Entry, Figure, Indicator, IndicatorCard, Level, Mark, Project
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.plans import models
from samrit.plans.reporting.locks import LockReason
from samrit.plans.reporting.transitions import is_under_correction
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.narrative import WORDS, Said

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """The head of a month's column; ``lock`` says why its figures cannot be changed."""

    period: int
    is_reported: bool
    lock: LockReason | None


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One month of one indicator: what was planned, what is reported, and over which revision a change is typed."""

    period: int
    span: int
    planned: Figure
    planned_numerator: Figure
    planned_denominator: Figure
    actual: Figure  # as typed
    counted: Figure  # as it counts: of parts alone, their share; of a breakdown alone, what its categories make
    numerator: Figure
    denominator: Figure
    revision: int
    explanation: str
    note: str
    changed_by: str
    changed_at: datetime | None
    lock: LockReason | None
    is_reported: bool
    can_be_as_planned: bool = False  # whether the plan figure can be a result (AC12)
    is_as_planned: bool = False  # whether it stands as the result, to the digit
    planned_upper: Figure = Mark.BLANK  # the upper end where a range is planned (AC13)

    @property
    def planned_shown(self) -> Figure | Ends:
        """What is planned, both ends of a range (AC13)."""
        return Entry(self.period, planned=self.planned, planned_upper=self.planned_upper).planned_shown

    @property
    def is_open(self) -> bool:
        """Whether the figure can be changed."""
        return self.lock is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was reported, not even "–"."""
        return all(one is Mark.BLANK for one in (self.actual, self.numerator, self.denominator, self.counted))


@dataclass(frozen=True, slots=True)
class LevelStep:
    """A level of an indicator's own scale: when it is due, when it was reached, over which revision that is changed."""

    level: Level
    revision: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One indicator of the report; ``key`` names its elements on the page."""

    key: str
    project: str
    indicator: Indicator
    figure_unit: str
    cells: tuple[ReportCell, ...]
    steps: tuple[LevelStep, ...]
    card: IndicatorCard | None
    is_due: bool
    result: IndicatorResult
    findings: tuple[Finding, ...]

    @property
    def now(self) -> ReportCell:
        """The cell of the month that is reported."""
        return next(cell for cell in self.cells if cell.is_reported)

    @property
    def before(self) -> ReportCell | None:
        """The end of the interval before: the month before, of what reports by quarters the quarter before (SP2)."""
        end = self.now.period - length_of(self.indicator.rhythm)
        return next((c for c in self.cells if c.period == end), None)

    @property
    def needs_parts(self) -> bool:
        """Whether a share has to be made from its numerator and denominator (TO6)."""
        return self.indicator.aggregation is Aggregation.RATIO

    @property
    def has_parts(self) -> bool:
        """Whether the parts of a share are asked for, or were given in any month."""
        given = any(
            isinstance(c.denominator, Decimal) or isinstance(c.planned_denominator, Decimal) for c in self.cells
        )
        return self.needs_parts or (self.indicator.is_share and given)

    @property
    def is_levels(self) -> bool:
        """Whether levels are reported by the date they were reached."""
        return bool(self.steps)

    @property
    def is_reported(self) -> bool:
        """Whether anything was said about the month: a figure, a zero, a dash, parts, or every level due in it."""
        months = months_with(self.indicator.rhythm, self.now.period)
        due = [s for s in self.steps if s.level.due_period in months]
        if due and all(s.level.reached_on is not None for s in due):
            return True
        said = (self.now.actual, self.now.counted)
        return any(one is not Mark.BLANK for one in said) or isinstance(self.now.numerator, Decimal)

    @property
    def is_owed(self) -> bool:
        """Whether a level that was due by now is not reached yet."""
        return any(step.is_due and step.level.reached_on is None for step in self.steps)

    @property
    def is_missing(self) -> bool:
        """Whether something is planned for the month and nothing reported, not even "–"."""
        return self.is_due and not self.is_reported

    @property
    def asks(self) -> bool:
        """Whether something unusual asks for a word of explanation."""
        return bool(self.findings)

    @property
    def is_unexplained(self) -> bool:
        """Whether that word is still missing."""
        return self.asks and not self.now.explanation.strip()


@dataclass(frozen=True, slots=True)
class ReportWords:
    """A unit's words on a work for the month, blank ones too, and over which revision they are changed."""

    all: tuple[Said, ...] = tuple(Said(word, "") for word in WORDS)
    revision: int = 0

    @property
    def said(self) -> tuple[Said, ...]:
        """Those that are not blank."""
        return tuple(one for one in self.all if one.text)


@dataclass(frozen=True, slots=True)
class ReportWork:
    """A work with the indicators that the unit reports, its band so far, and the words on it."""

    key: str
    project: Project
    result: ProjectResult
    lines: tuple[ReportLine, ...]
    words: ReportWords
    evidence: tuple[models.Evidence, ...]
    must_explain: bool  # its band asks its lead for cause and next step (R164, R314)
    others: int  # indicators of the work that other units report

    @property
    def lacks_words(self) -> bool:
        """Whether a word that is asked for is missing; only once the month's figures are there to judge."""
        return self.must_explain and any(not one.text.strip() for one in self.words.all if one.word.is_asked)


@dataclass(frozen=True, slots=True)
class Report:
    """A unit's report of a month, open for entry or locked."""

    plan: models.Plan
    unit: models.Unit
    period: int
    ruleset: RuleSet
    report: models.MonthlyReport | None
    due_on: date
    today: date
    months: tuple[ReportMonth, ...]
    works: tuple[ReportWork, ...]
    lock: LockReason | None  # of the month that is reported
    may_submit: bool
    hidden: int  # indicators with nothing planned this month, not shown
    sees_typed: bool = True  # what the unit has typed and not sent is shown
    waiver: models.Waiver | None = None  # one person may do two steps of the unit's reports

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """All lines, in the order of the page."""
        return tuple(line for work in self.works for line in work.lines)

    @property
    def asked(self) -> int:
        """How many indicators the month asks for, as "my work" counts them; others are beside them on the page."""
        return sum(line.is_due for line in self.lines)

    @property
    def may_be_filled(self) -> bool:
        """Whether any planned figure of the month can be its result (AC12): else filling as planned is not offered."""
        return any(line.now.can_be_as_planned for line in self.lines)

    @property
    def is_begun_unseen(self) -> bool:
        """Whether the unit is at work on it, and what it types is not shown."""
        return not self.sees_typed and self.report is not None and self.report.state in ("draft", "returned")

    @property
    def is_under_correction(self) -> bool:
        """Whether it was sent and came back or was taken back: what was sent last counts until it is sent again."""
        return self.report is not None and is_under_correction(self.report)

    @property
    def shut(self) -> tuple[ReportMonth, ...]:
        """The months up to the reported one whose figures cannot be changed."""
        return tuple(month for month in self.months if month.lock is not None and month.period <= self.period)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it asks for something: a month that ends no half-year has no day to keep."""
        return bool(self.asked) and self.today > self.due_on

    @property
    def missing(self) -> tuple[ReportLine, ...]:
        """Lines with something planned for the month and no figure, not even "–"."""
        return tuple(line for line in self.lines if line.is_missing)

    @property
    def unexplained(self) -> tuple[ReportLine, ...]:
        """Lines whose unusual figure has no word of explanation."""
        return tuple(line for line in self.lines if line.is_unexplained)

    @property
    def wordless(self) -> tuple[ReportWork, ...]:
        """Works whose band asks for cause and next step."""
        return tuple(work for work in self.works if work.lacks_words)

    @property
    def left(self) -> int:
        """How many things are left to do before it can be sent."""
        return len(self.missing) + len(self.unexplained) + len(self.wordless)

    @property
    def is_ready(self) -> bool:
        """Whether the report can be sent as it is."""
        return not self.left


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in the inputs of one cell; None: that input was not sent."""

    actual: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a work would come to with what is typed."""

    work: ReportWork
    lines: tuple[ReportLine, ...]
    ruleset: RuleSet
    period: int
