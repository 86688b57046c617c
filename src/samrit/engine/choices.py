"""What a cell holds that is no number, and the words that a plan chooses from."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, StrEnum


class Mark(Enum):
    """What is in a cell that holds no number."""

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

    __hash__ = str.__hash__  # as the text that it is, not through the enumeration: it is looked up at every total


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
    """How totals become an achievement percent (AC1, AC3, AC5, R78, R189, R191)."""

    RATIO = "ratio"  # actual ÷ plan, or plan ÷ actual where lower is better
    BASELINE = "baseline"  # distance covered from the baseline to the plan
    LEVELS = "levels"  # level reached ÷ level planned, on the indicator's own scale
    SITES = "sites"  # sites committed ÷ sites due, counted from the project's sites
    SITE_PROGRESS = "site_progress"  # progress of the sites due ÷ progress planned of them (R191)
    RANGE = "range"  # inside the planned range or not, and how far outside (AC13)
    DEADLINE = "deadline"  # reached by its day or not, and how many months late (AC11)
    STEPS = "steps"  # the work's steps that are over ÷ steps due (R78)
    ASSESSMENT = "assessment"  # the total of an assessment's parts ÷ plan (M-E, R264)


BY_SITES = (Formula.SITES, Formula.SITE_PROGRESS)  # computed from the work's sites: nobody types their figures
BY_RECORDS = (Formula.STEPS, Formula.ASSESSMENT)  # results made from the year's records, in the months of these


class Quantity(StrEnum):
    """What a figure of an indicator on levels is: a level, or the value that is measured (AC12)."""

    LEVEL = "level"
    VALUE = "value"


class Rhythm(StrEnum):
    """How often a plan, or one indicator, reports (SP2)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """How many months lie between two reports."""
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[self.value]


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


class Cause(StrEnum):
    """Why a work falls behind, seeded from what the office's reports name (R242, R243)."""

    NO_BIDDER = "no_bidder"
    FEW_BIDDERS = "few_bidders"
    MEDIAN_PRICE = "median_price"
    TENDER_CANCELLED = "tender_cancelled"
    PRICE_OPINION = "price_opinion"
    LEGAL_REVIEW = "legal_review"
    DRAWINGS_CHANGED = "drawings_changed"
    CONTRACT_LATE = "contract_late"
    CONTRACTOR_FAILED = "contractor_failed"
    BUDGET_LATE = "budget_late"
    COMMITTEE_WAITED = "committee_waited"
    NEED_REVIEWED = "need_reviewed"
    URGENT_DUTIES = "urgent_duties"
    REGULATION = "regulation"
    ACTIVITY_REPLACED = "activity_replaced"  # R249: told, and no result
    EXPERTS_LACKING = "experts_lacking"
    OTHER = "other"


class AllotmentSort(StrEnum):
    """What a line says of the money of a source, and so its sign in the reconciliation (R33, R118–R120)."""

    ANNOUNCED = "announced"  # by an announcement with its number; a later one may replace it
    BROUGHT_OVER = "brought_over"  # kept from an earlier year, and in the works' budgets of this one
    ADDED = "added"  # given to works in the year beside what was announced
    OUTSIDE = "outside"  # announced, and given to no work of the plan


class ActionState(StrEnum):
    """How far a corrective action is (R247)."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class ReviewDecision(StrEnum):
    """What is decided about a work when the quarter is reviewed (R246)."""

    GO_ON = "go_on"
    SPEED_UP = "speed_up"
    PREPARE_CARRY_OVER = "prepare_carry_over"
    CANCEL = "cancel"


class SiteState(StrEnum):
    """How far the work at a site is (R254)."""

    NOT_COMMITTED = "not_committed"
    COMMITTED = "committed"
    DONE = "done"


class ProcurementStep(StrEnum):
    """The milestones of a procurement, in their order (R250); a tender may take several rounds (R257)."""

    COMMITTEE = "committee"
    TERMS = "terms"
    PRICE_OPINION = "price_opinion"
    REQUEST = "request"
    TENDER = "tender"
    AWARD = "award"
    CONTRACT = "contract"
    CLOSING = "closing"


class SubprojectState(StrEnum):
    """How far a part of a work is that a unit asks for: surveyed and designed before it is taken in (R260)."""

    SUBMITTED = "submitted"
    SURVEYED = "surveyed"
    DESIGNED = "designed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ContractState(StrEnum):
    """What became of a contract (R133, R242)."""

    IN_FORCE = "in_force"
    FINISHED = "finished"
    TERMINATED = "terminated"


class CarryOverKind(StrEnum):
    """Whether the money that is kept is bound by a contract (R131)."""

    COMMITTED = "committed"
    UNCOMMITTED = "uncommitted"


class CarryOverState(StrEnum):
    """How far a request to keep money for the next year is (R130, R131)."""

    PREPARED = "prepared"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    LAPSED = "lapsed"


class PositionList(StrEnum):
    """What a position is followed for: that somebody can succeed in it (R269), or its route of training (R270)."""

    SUCCESSION = "succession"
    TRAINING_ROUTE = "training_route"


class PositionState(StrEnum):
    """How far a position of a register is covered (R269, R270)."""

    OPEN = "open"
    PREPARING = "preparing"
    COVERED = "covered"


class AssessmentTool(StrEnum):
    """The three tools of the transparency assessment, each with a score of its own (R264)."""

    IIT = "iit"
    EIT = "eit"
    OIT = "oit"


class TransparencyClass(StrEnum):
    """The classes of the transparency assessment, worst first (M-E, R264)."""

    URGENT = "urgent"
    IMPROVE = "improve"
    PASSED = "passed"
    GOOD = "good"
    EXCELLENT = "excellent"


class MoneyState(StrEnum):
    """How far a sum of a project's budget has come (R129), in the order of the way it goes.

    ``PLANNED`` is the spending plan (R127): what is meant to be paid in a month.  It comes with a version of the plan.
    """

    PLANNED = "planned"
    ALLOCATED = "allocated"
    TRANSFERRED = "transferred"  # to the unit that spends it
    COMMITTED = "committed"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DISBURSED = "disbursed"
    CARRIED_OVER = "carried_over"
    RETURNED = "returned"


class Comparator(StrEnum):
    """The comparator of a target (R94)."""

    EQUAL = "eq"
    AT_LEAST = "ge"
    AT_MOST = "le"
    MORE_THAN = "gt"
    LESS_THAN = "lt"


class StepState(StrEnum):
    """How far a step of a work is; one that needs somebody's approval waits for it and gets it or not (R37 to R39)."""

    UNDERWAY = "underway"
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"
