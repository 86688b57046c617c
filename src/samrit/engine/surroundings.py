"""What is around the projects of a plan: funds, strategies, units, cards, printed tables and texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.choices import AllotmentSort, MoneyState
from samrit.engine.measures import Source


@dataclass(frozen=True, slots=True)
class Fund:
    """กองทุน: where the money of a part of the plan comes from (R3, R118)."""

    code: str
    name: str
    name_en: str = ""
    budget: Decimal | None = None
    budget_source: str = ""


@dataclass(frozen=True, slots=True)
class Allotment:
    """Money of a source in the plan's year: an announcement, or a line that explains the works' sum (R33, R118)."""

    funding_source: str
    sort: AllotmentSort
    amount: Decimal
    number: str = ""  # of the announcement, such as "2/2568"
    announced_on: date | None = None
    replaces: str = ""  # the number of an earlier announcement of the source that counts no longer
    project: str = ""  # the work that a line of explanation is about
    note: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Strategy:
    """ยุทธศาสตร์ of the plan."""

    code: str
    name: str
    name_en: str = ""
    goal: str = ""
    order: int | None = None  # its place among its siblings; those without one follow, by their codes
    weight: Decimal | None = None  # of the plan, in percent (RU5)


@dataclass(frozen=True, slots=True)
class Tactic:
    """กลยุทธ์ under a strategy; ``code`` names it in the plan, ``number`` is what is printed where that differs (R18)."""

    code: str
    strategy: str
    name: str
    name_en: str = ""
    order: int | None = None
    weight: Decimal | None = None  # of what it is under, in percent (RU5)
    parent: str = ""  # the tactic that it is under, at any depth; blank: its strategy
    level_name: str = ""  # what this one is called, as "ผลผลิต"; blank: as the plan calls its tactics
    level_name_en: str = ""
    number: str = ""

    @property
    def printed(self) -> str:
        """The number that is before its name."""
        return self.number or self.code


@dataclass(frozen=True, slots=True)
class Programme:
    """แผนงาน under a tactic; each tactic may have a programme of the ``number`` 1 (R18)."""

    code: str
    name: str
    tactic: str = ""
    fund: str = ""
    goal: str = ""
    order: int | None = None
    number: str = ""  # as printed; blank: none is

    @property
    def printed(self) -> str:
        """What is on a line of its own: the number, where it has one, and the name."""
        return f"{self.number} {self.name}".strip()


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

    ``section`` is "achievement", "red" (what the list of works below the line tells of ``project``),
    "problem", "remedy" or "closing"; ``depth`` is 0..2; ``{S2-57.percent}``-like fields are filled with
    live values (R229), lines that begin with ``|`` are a small table (R230).
    """

    section: str
    text: str
    strategy: str = ""
    order: int = 0
    depth: int = 0
    as_of: int | None = None
    source: Source = Source()
    project: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class LookSetting:
    """A choice of how the plan's reports look, by the name of a setting of report templates; never a figure."""

    setting: str
    value: str = ""


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
class BudgetLine:
    """Money of a project from one source, in baht; ``unit`` names a share of it (R123)."""

    amount: Decimal | None  # None: "ไม่ใช้งบประมาณ", counted as 0 (R51)
    funding_source: str = ""
    unit: str = ""
    text: str = ""
    source: Source = Source()
    account: str = ""  # its code in the accounting system, by which money comes in from there


@dataclass(frozen=True, slots=True)
class Alignment:
    """A link from a project to a plan above it: ``kind`` such as national_strategy, master_plan, sdg (R273–R276)."""

    kind: str
    code: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class MoneyMovement:
    """Baht that came into a state in a month (R129); a correction is one below zero with a note (MO3)."""

    period: int
    state: MoneyState
    amount: Decimal
    funding_source: str = ""
    note: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class StepTerm:
    """What a plan says of a work's step beside its text: when it is due, and who has to approve it (R37 to R39).

    ``step`` counts the work's steps from 1.
    """

    step: int
    due_on: date | None = None
    decided_by: str = ""
