"""What can be done with a report, and what it becomes: one table of the report's state and its month's.

Every service that moves a report or writes into its month asks here, so there is no second
opinion: a month that is closed is closed for figures, for sending and taking back, and for
the decisions about what was sent (R151).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from samrit.plans.models import MonthlyReport, ReportState


class MonthState(StrEnum):
    """Where a unit's month is, whatever became of its report."""

    NOT_BEGUN = "not_begun"
    OPEN = "open"
    CLOSED = "closed"
    UNLOCKED = "unlocked"  # opened again, whether it was closed or only sent


class ReportMove(StrEnum):
    """What somebody does with a report."""

    WRITE = "write"
    SEND = "send"
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    HEAD_RETURNS = "head_returns"
    ACCEPT = "accept"
    DIVISION_RETURNS = "division_returns"  # to the reporter
    TO_HEAD = "to_head"  # the division returns it to the head


class ReportStage(StrEnum):
    """How far a report is: its state, and to whom it was returned."""

    NONE = "none"  # never begun
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # to the reporter
    WITH_HEAD = "with_head"  # returned to the head


# From which stage a move leads to which; what is not here is refused.
LEADS_TO: Final[Mapping[ReportMove, Mapping[ReportStage, ReportStage]]] = {
    ReportMove.WRITE: {
        ReportStage.NONE: ReportStage.DRAFT,
        **{s: s for s in (ReportStage.DRAFT, ReportStage.RETURNED, ReportStage.WITH_HEAD)},
    },
    ReportMove.SEND: dict.fromkeys(
        (ReportStage.NONE, ReportStage.DRAFT, ReportStage.RETURNED, ReportStage.WITH_HEAD), ReportStage.SUBMITTED
    ),
    ReportMove.TAKE_BACK: {ReportStage.SUBMITTED: ReportStage.DRAFT},
    ReportMove.CONFIRM: {ReportStage.SUBMITTED: ReportStage.CONFIRMED, ReportStage.WITH_HEAD: ReportStage.CONFIRMED},
    ReportMove.HEAD_RETURNS: {ReportStage.SUBMITTED: ReportStage.RETURNED, ReportStage.WITH_HEAD: ReportStage.RETURNED},
    ReportMove.ACCEPT: {ReportStage.CONFIRMED: ReportStage.ACCEPTED},
    ReportMove.DIVISION_RETURNS: dict.fromkeys(
        (ReportStage.SUBMITTED, ReportStage.CONFIRMED, ReportStage.ACCEPTED), ReportStage.RETURNED
    ),
    ReportMove.TO_HEAD: dict.fromkeys(
        (ReportStage.SUBMITTED, ReportStage.CONFIRMED, ReportStage.ACCEPTED), ReportStage.WITH_HEAD
    ),
}
# A month that was opened again can be written whatever was sent; the report begins its way again.
_WRITES_ANEW: Final = dict.fromkeys(
    (ReportStage.SUBMITTED, ReportStage.CONFIRMED, ReportStage.ACCEPTED), ReportStage.DRAFT
)
_SHUT: Final[Mapping[MonthState, str]] = {
    MonthState.NOT_BEGUN: "report_not_begun",
    MonthState.CLOSED: "report_period_closed",
}
_REFUSED: Final[Mapping[ReportMove, str]] = {
    ReportMove.WRITE: "report_already_sent",
    ReportMove.SEND: "report_already_sent",
    ReportMove.TAKE_BACK: "report_not_submitted",
    ReportMove.CONFIRM: "report_not_submitted",
    ReportMove.HEAD_RETURNS: "report_not_submitted",
    ReportMove.ACCEPT: "report_not_confirmed",
    ReportMove.DIVISION_RETURNS: "report_not_sent",
    ReportMove.TO_HEAD: "report_not_sent",
}


def outcome(stage: ReportStage, month: MonthState, move: ReportMove) -> ReportStage | str:
    """Return the stage that ``move`` leads to, or the code of the sentence that refuses it."""
    if month in _SHUT:
        return _SHUT[month]
    leads = LEADS_TO[move]
    if move is ReportMove.WRITE and month is MonthState.UNLOCKED:
        leads = {**leads, **_WRITES_ANEW}
    return leads.get(stage, _REFUSED[move])


def stage_of(report: MonthlyReport | None) -> ReportStage:
    """Return how far ``report`` is."""
    return ReportStage.NONE if report is None or report.pk is None else stage_in(report.state, report.returned_to)


def is_under_correction(report: MonthlyReport) -> bool:
    """Say whether ``report`` was sent and is open again: what was sent last goes on counting."""
    return report.submitted_at is not None and report.state in (ReportState.DRAFT, ReportState.RETURNED)


def stage_in(state: str, returned_to: str = "") -> ReportStage:
    """Return the stage of a report's columns; "" for one that was never begun."""
    if not state:
        return ReportStage.NONE
    return ReportStage.WITH_HEAD if state == ReportState.RETURNED and returned_to == "head" else ReportStage(state)


def columns_of(stage: ReportStage) -> tuple[ReportState, str]:
    """Return a stage as a report's columns: its state, and to whom it was returned."""
    to = {ReportStage.WITH_HEAD: "head", ReportStage.RETURNED: "reporter"}.get(stage, "")
    return (ReportState.RETURNED if to else ReportState(stage.value)), to
