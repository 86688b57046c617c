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


class Month(StrEnum):
    """Where a unit's month stands, whatever became of its report."""

    NOT_BEGUN = "not_begun"
    OPEN = "open"
    CLOSED = "closed"
    UNLOCKED = "unlocked"  # opened again, whether it was closed or only sent


class Move(StrEnum):
    """What somebody does with a report."""

    WRITE = "write"
    SEND = "send"
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    HEAD_RETURNS = "head_returns"
    ACCEPT = "accept"
    DIVISION_RETURNS = "division_returns"  # to the reporter
    TO_HEAD = "to_head"  # the division returns it to the head


class Stage(StrEnum):
    """How far a report is: its state, and to whom it was returned."""

    NONE = "none"  # never begun
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # to the reporter
    WITH_HEAD = "with_head"  # returned to the head


# From which stage a move leads to which; what is not here is refused.
LEADS_TO: Final[Mapping[Move, Mapping[Stage, Stage]]] = {
    Move.WRITE: {Stage.NONE: Stage.DRAFT, **{s: s for s in (Stage.DRAFT, Stage.RETURNED, Stage.WITH_HEAD)}},
    Move.SEND: dict.fromkeys((Stage.NONE, Stage.DRAFT, Stage.RETURNED, Stage.WITH_HEAD), Stage.SUBMITTED),
    Move.TAKE_BACK: {Stage.SUBMITTED: Stage.DRAFT},
    Move.CONFIRM: {Stage.SUBMITTED: Stage.CONFIRMED, Stage.WITH_HEAD: Stage.CONFIRMED},
    Move.HEAD_RETURNS: {Stage.SUBMITTED: Stage.RETURNED, Stage.WITH_HEAD: Stage.RETURNED},
    Move.ACCEPT: {Stage.CONFIRMED: Stage.ACCEPTED},
    Move.DIVISION_RETURNS: dict.fromkeys((Stage.SUBMITTED, Stage.CONFIRMED, Stage.ACCEPTED), Stage.RETURNED),
    Move.TO_HEAD: dict.fromkeys((Stage.SUBMITTED, Stage.CONFIRMED, Stage.ACCEPTED), Stage.WITH_HEAD),
}
# A month that was opened again can be written whatever was sent; the report begins its way anew.
_WRITES_ANEW: Final = dict.fromkeys((Stage.SUBMITTED, Stage.CONFIRMED, Stage.ACCEPTED), Stage.DRAFT)
_SHUT: Final[Mapping[Month, str]] = {Month.NOT_BEGUN: "report_not_begun", Month.CLOSED: "report_period_closed"}
_REFUSED: Final[Mapping[Move, str]] = {
    Move.WRITE: "report_already_sent",
    Move.SEND: "report_already_sent",
    Move.TAKE_BACK: "report_not_submitted",
    Move.CONFIRM: "report_not_submitted",
    Move.HEAD_RETURNS: "report_not_submitted",
    Move.ACCEPT: "report_not_confirmed",
    Move.DIVISION_RETURNS: "report_not_sent",
    Move.TO_HEAD: "report_not_sent",
}


def outcome(stage: Stage, month: Month, move: Move) -> Stage | str:
    """Return the stage that ``move`` leads to, or the code of the sentence that refuses it."""
    if month in _SHUT:
        return _SHUT[month]
    leads = LEADS_TO[move]
    if move is Move.WRITE and month is Month.UNLOCKED:
        leads = {**leads, **_WRITES_ANEW}
    return leads.get(stage, _REFUSED[move])


def stage_of(report: MonthlyReport | None) -> Stage:
    """Return how far ``report`` is."""
    return Stage.NONE if report is None or report.pk is None else stage_in(report.state, report.returned_to)


def is_under_correction(report: MonthlyReport) -> bool:
    """Say whether ``report`` was sent and is open again: what was sent last goes on counting."""
    return report.submitted_at is not None and report.state in (ReportState.DRAFT, ReportState.RETURNED)


def stage_in(state: str, returned_to: str = "") -> Stage:
    """Return the stage of a report's columns; "" for one that was never begun."""
    if not state:
        return Stage.NONE
    return Stage.WITH_HEAD if state == ReportState.RETURNED and returned_to == "head" else Stage(state)


def columns_of(stage: Stage) -> tuple[ReportState, str]:
    """Return a stage as a report's columns: its state, and to whom it was returned."""
    to = {Stage.WITH_HEAD: "head", Stage.RETURNED: "reporter"}.get(stage, "")
    return (ReportState.RETURNED if to else ReportState(stage.value)), to
