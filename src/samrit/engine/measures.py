"""An indicator and its figures: months, targets, levels, and what was printed or settled by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.choices import (
    Aggregation,
    Comparator,
    Consolidation,
    Direction,
    EntryBasis,
    Figure,
    Formula,
    Mark,
    Quantity,
    Rhythm,
)
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.targets import rate_of

_PERCENT = Decimal(100)


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
    ``planned_upper`` is the upper end where a range is planned; ``planned`` is its lower end (AC13).
    ``is_typed`` says that somebody entered the result or its parts, so ``source`` is that of the plan alone.
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
    planned_upper: Figure = Mark.BLANK
    is_typed: bool = False

    @property
    def planned_shown(self) -> Figure | Ends:
        """What is planned, as it is shown: both ends of a range (AC13)."""
        lower, upper = self.planned, self.planned_upper
        return Ends(lower, upper) if isinstance(lower, Decimal) and isinstance(upper, Decimal) else lower

    @property
    def result_source(self) -> Source:
        """Where the result was read: a source belongs to a value, and what was typed has none."""
        return Source() if self.is_typed else self.source


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator's target for one Buddhist year; unit of measure may differ by year (R93).

    ``value`` is ``Mark.NOTHING`` where the document prints "–": no target that year (R95).
    ``upper`` is the upper end of a range (AC13); ``quantity`` says whether an indicator on levels
    has a level or a value for its target, blank: what its plan is in (AC12).
    """

    year_be: int
    value: Figure = Mark.BLANK
    comparator: Comparator = Comparator.EQUAL
    unit_of_measure: str = ""
    text: str = ""
    source: Source = Source()
    upper: Decimal | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an indicator's scale (R105–R117).

    A milestone level has a ``due_period`` and, once reached, ``reached_on``; a
    threshold level has the ``threshold`` that the actual total must meet.  ``due_on`` is the
    day by which a deadline asks for it, where a day is known (AC11): it decides over ``due_period``.
    ``is_typed`` says that somebody entered whether it was reached, so ``source`` is that of the rest.
    """

    number: int
    text: str = ""
    due_period: int | None = None
    reached_on: date | None = None
    reached_period: int | None = None
    threshold: Decimal | None = None
    evidence: str = ""
    source: Source = Source()
    due_on: date | None = None
    due_told: int | None = None  # the due month as it was given, where the due day is in another one
    due_before: int = 0  # calendar months by which the due day lies before the plan's year; from ``due_on`` (AC11)
    is_typed: bool = False
    # What the level asks for from a period on, in the order of periods, instead of ``threshold`` (AC5).
    thresholds: tuple[tuple[int, Decimal], ...] = ()


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
    ``period``; the computed value stays beside it.  Under a method of points ``score``
    holds the points that were settled (WE6).
    """

    period: int
    reason: str
    percent: Decimal | None = None
    band: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    source: Source = Source()
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure of a project, with its weight, monthly figures and targets.

    ``scale`` is what a share of parts is multiplied by (AC14): 1,000 for a rate per thousand, 1 for a rate
    per day; None for what the unit of measure says, 100 where it says nothing.  ``quantity`` says what people
    plan and report on a level scale: levels, values, or (None) levels as plan and values as results (AC12).
    ``figures_of`` names the indicator whose figures count here too, "plan:indicator" or one of this plan (R171);
    ``identity`` is shared by the indicators that are one definition in works, plans and years (R15).
    """

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
    scale: Decimal | None = None
    quantity: Quantity | None = None
    identity: str = ""  # shared by indicators of one definition, whatever their ids, names and weights (R62)
    rhythm: Rhythm | None = None  # how often it reports; None: as its plan does (SP2)
    # A category of a breakdown is under its indicator and names its list: "เพศ", "Sex" (BD1).
    part_of: str = ""
    dimension: str = ""
    parts: tuple[Indicator, ...] = ()
    figures_of: str = ""  # the indicator whose results are this one's too: an id, or plan:id (SH1)
    years_add_up: bool = False  # the targets and results of several years are one sum (R99)

    @property
    def key(self) -> str:
        """What makes two indicators the same one."""
        return self.identity or self.id

    @property
    def per(self) -> Decimal:
        """What a share is multiplied by (AC14): its scale, else what its unit of measure says, else the hundred."""
        if self.scale is not None and self.scale > 0:
            return self.scale
        return rate_of(self.unit_of_measure) or _PERCENT

    def target_of(self, year_be: int) -> Target | None:
        """Return the target of that Buddhist year, or None."""
        for target in self.targets:
            if target.year_be == year_be:
                return target
        return None
