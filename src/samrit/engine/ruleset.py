"""Rule sets: every choice of the scoring rules as frozen data with an id and an effective date.

Nothing here computes; see ``bands``, ``achievement`` and ``weighting`` for what
each field does.  ``PERCENT_OF_PLAN`` is method M-A as the office prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samrit.engine.choices import CarryOverKind


class Method(StrEnum):
    """How an indicator's totals become the figure that is weighted (rules.md, "Other methods")."""

    PERCENT_OF_PLAN = "M-A"
    FIVE_LEVEL = "M-B"
    ANCHORS = "M-C"
    STEPS = "M-D"
    TRANSPARENCY = "M-E"


class SilentUnits(StrEnum):
    """What a unit that reported nothing does to the others' percent (AC8 d)."""

    COUNTED = "counted"  # the percent falls by its share of the units
    LEFT_OUT = "left_out"


class WithoutPlan(StrEnum):
    """How a work without any scored indicator counts at the year's end (AC4, R187)."""

    LISTED = "listed"  # in a column of its own in every table
    RED = "red"
    AS_REPORTED = "as_reported"  # any result is the plan in full, none is nothing


class RollUp(StrEnum):
    """How scores above the works are made (RU5)."""

    LEVELS = "levels"  # each level from the one below it
    WORKS = "works"  # every score from all works below it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Band:
    """One band of results, up to ``upper``; the next band starts where this one ends (BA1).

    ``upper`` is None for the last band; ``upper_inclusive`` says whether a value of
    exactly ``upper`` still belongs here.
    """

    code: str
    name: str
    name_en: str
    upper: Decimal | None
    upper_inclusive: bool = False
    colour: str = ""
    colour_name: str = ""
    colour_name_en: str = ""
    sign: str = ""
    range_text: str = ""

    def named(self, language: str) -> str:
        """Return its name in "th" or "en"; the only one that it has where it was named in one language."""
        return (self.name_en or self.name) if language == "en" else (self.name or self.name_en)


@dataclass(frozen=True, slots=True)
class PointScale:
    """Thresholds and the points each is worth, for M-B, M-C and M-D.

    Thresholds rise where higher is better and fall where lower is better.  With
    ``interpolated`` the points between two thresholds are linear, otherwise they
    step.  ``floor`` is what a value short of the first threshold gets, and a missing one.
    """

    thresholds: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    interpolated: bool = True
    floor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All settings of an evaluation; chosen per plan and year, kept with every closed evaluation."""

    id: str
    name: str
    name_en: str
    effective_from: date
    method: Method
    bands: tuple[Band, ...]  # worst first
    cap: Decimal | None = None  # AC7: None means no cap
    second_cap: Decimal | None = Decimal(100)  # AC7: the reading shown beside the official one
    percent_places: int = 0  # DI1
    share_places: int = 2  # DI2
    score_places: int = 4
    scale: PointScale | None = None  # M-B, M-C, M-D: for indicators without thresholds of their own
    explain_below: str = ""  # band code from which a narrative is required, that band and worse (R314)
    target_review_above: Decimal = Decimal(150)  # R318
    site_contract_share: Decimal = Decimal(30)  # R191: percent of a site's work once its contract is signed
    report_due_day: int = 5  # R152
    report_due_rolls: bool = True  # R153
    lower_ceiling: Decimal = Decimal(200)  # AC3: most that lower-is-better can give
    silent_units: SilentUnits = SilentUnits.COUNTED  # AC8 (d)
    without_plan: WithoutPlan = WithoutPlan.LISTED  # AC4, R187
    late_month: Decimal = Decimal(10)  # AC11: what each month of lateness takes off a deadline's 100
    roll_up: RollUp | None = None  # RU5: None is by levels where the plan weighs anything above its indicators
    lowest_for_best: Decimal | None = None  # WE5, R186: the best band asks for this much of every indicator
    carry_over_sort: CarryOverKind | None = None  # R131: the only money that may be kept; None: of both kinds
    carry_over_months: int | None = None  # R130: months after the year within which it is paid; None: no limit


_D = Decimal

OFFICE_BANDS = (
    Band("improve", "ปรับปรุง", "Needs improvement", _D(50), False, "#b42318", "แดง", "red", "✕", "< 50%"),
    Band("low", "ต่ำ", "Low", _D(75), True, "#c2410c", "ส้ม", "orange", "▲", "50 – 75%"),
    Band("fair", "ปานกลาง", "Fair", _D(99), True, "#b58900", "เหลือง", "yellow", "◐", "76 – 99%"),
    Band("good", "ดี", "Good", None, False, "#1a7f37", "เขียว", "green", "✓", "100% ขึ้นไป"),
)

PERCENT_OF_PLAN = RuleSet(
    id="sso-2568",
    name="ร้อยละเทียบแผน 4 ระดับ",
    name_en="Percent of plan, four bands",
    effective_from=date(2025, 1, 1),
    method=Method.PERCENT_OF_PLAN,
    bands=OFFICE_BANDS,
    explain_below="improve",
)
