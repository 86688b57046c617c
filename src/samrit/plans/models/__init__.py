"""The tables, by subject."""

from samrit.plans.models.drafts import DraftDecision, DraftRow, DraftState, PlanDraft
from samrit.plans.models.erasures import Erasure
from samrit.plans.models.evaluations import Evaluation, FindingState, ReportFile
from samrit.plans.models.figures import Evidence, Figure, LevelReached, Narrative, Settlement
from samrit.plans.models.history import ACTING, ChainHead, HistoryEntry
from samrit.plans.models.imports import DraftConfirmation, DraftImport
from samrit.plans.models.money import Allotment, MoneyMovement
from samrit.plans.models.people import CalendarKey, MachineKey, Person, Role, RoleAssignment
from samrit.plans.models.plans import CauseWord, HolidayChange, Plan, PlanVersion
from samrit.plans.models.proposals import ProposalState, ProposedWork
from samrit.plans.models.publications import Publication
from samrit.plans.models.remarks import DraftMinutes, DraftRemark
from samrit.plans.models.reporting import (
    DueMove,
    MonthlyReport,
    PeriodClosure,
    ReminderSent,
    ReportState,
    SavedView,
    Sending,
    Standing,
    Unlock,
    Waiver,
)
from samrit.plans.models.security import Counted, KnownPlace
from samrit.plans.models.units import Unit
from samrit.plans.models.words import ReportParagraph, SectionSigned
from samrit.plans.models.year import YearRecord

__all__ = [
    "ACTING",
    "Allotment",
    "CalendarKey",
    "CauseWord",
    "ChainHead",
    "Counted",
    "DraftConfirmation",
    "DraftDecision",
    "DraftImport",
    "DraftMinutes",
    "DraftRemark",
    "DraftRow",
    "DraftState",
    "DueMove",
    "Erasure",
    "Evaluation",
    "Evidence",
    "Figure",
    "FindingState",
    "HistoryEntry",
    "HolidayChange",
    "KnownPlace",
    "LevelReached",
    "MachineKey",
    "MoneyMovement",
    "MonthlyReport",
    "Narrative",
    "PeriodClosure",
    "Person",
    "Plan",
    "PlanDraft",
    "PlanVersion",
    "ProposalState",
    "ProposedWork",
    "Publication",
    "ReminderSent",
    "ReportFile",
    "ReportParagraph",
    "ReportState",
    "Role",
    "RoleAssignment",
    "SavedView",
    "SectionSigned",
    "Sending",
    "Settlement",
    "Standing",
    "Unit",
    "Unlock",
    "Waiver",
    "YearRecord",
]
