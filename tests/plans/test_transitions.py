"""What can be done with a report in which month: every move, from every stage, in every kind of month (R151)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from samrit.engine.model import Entry
from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, HistoryEntry, LevelReached, MonthlyReport, PeriodClosure, Sending, Unlock
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.transitions import MonthState, ReportMove, ReportStage, columns_of, stage_of
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.reports import report_return, report_submit, report_take_back
from samrit.plans.services.report.undo import change_undo
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_accept, report_confirm

# Rows: what is done.  Columns: how far the report was, in an open month.  A dash is refused.
OPEN_MONTH = """
                  none       draft      submitted  confirmed  accepted   returned   with_head
write             draft      draft      -          -          -          returned   with_head
send              submitted  submitted  -          -          -          submitted  submitted
take_back         -          -          draft      -          -          -          -
confirm           -          -          confirmed  -          -          -          confirmed
head_returns      -          -          returned   -          -          -          returned
accept            -          -          -          accepted   -          -          -
division_returns  -          -          returned   returned   returned   -          -
to_head           -          -          with_head  with_head  with_head  -          -
"""
# The month was opened again: writing begins the report's way anew.  All else is as above.
WRITTEN_WHEN_UNLOCKED = {
    ReportStage.SUBMITTED: ReportStage.DRAFT,
    ReportStage.CONFIRMED: ReportStage.DRAFT,
    ReportStage.ACCEPTED: ReportStage.DRAFT,
}


def expected(month: MonthState, move: ReportMove, stage: ReportStage) -> ReportStage | None:
    """Return what the tables above say; None where the move is refused."""
    if month in (MonthState.NOT_BEGUN, MonthState.CLOSED):
        return None
    if month is MonthState.UNLOCKED and move is ReportMove.WRITE and stage in WRITTEN_WHEN_UNLOCKED:
        return WRITTEN_WHEN_UNLOCKED[stage]
    heading, *lines = OPEN_MONTH.split("\n")[1:-1]
    row = next(line.split() for line in lines if line.split()[0] == move)
    found = row[1 + heading.split().index(stage)]
    return None if found == "-" else ReportStage(found)


@pytest.fixture
def plan(register, clock):
    reported = tuple((month, 10) for month in range(1, 13))
    return plan_import(SYSTEM, package=small_plan(reported=reported), owner=register["กนผ."])


@pytest.fixture
def doing(plan, register, person):
    unit = register["กฝ."]
    reporter, head, planner = person("reporter", unit="กฝ."), person("head", unit="กฝ."), person("planner")

    def do(move: ReportMove, period: int) -> None:
        place = {"plan": plan, "unit": unit, "period": period}
        if move is ReportMove.WRITE:
            standing = Figure.objects.filter(plan=plan, period=period).first()
            seen, value = (standing.revision, standing.actual + 1) if standing else (0, Decimal(11))
            outcome = figures_save(reporter, **place, cells=[CellInput("P1.1", value, expected_revision=seen)])
            if outcome.refused:
                raise outcome.refused[0].error
            assert outcome.saved
            return
        {
            ReportMove.SEND: lambda: report_submit(reporter, **place),
            ReportMove.TAKE_BACK: lambda: report_take_back(reporter, **place),
            ReportMove.CONFIRM: lambda: report_confirm(head, **place),
            ReportMove.HEAD_RETURNS: lambda: report_return(head, **place, reason="ตรวจ"),
            ReportMove.ACCEPT: lambda: report_accept(planner, **place),
            ReportMove.DIVISION_RETURNS: lambda: report_return(planner, **place, reason="ตรวจ"),
            ReportMove.TO_HEAD: lambda: report_return(planner, **place, reason="ตรวจ", to="head"),
        }[move]()

    return do


def standing_so(plan, unit, period: int, *, stage: ReportStage, month: MonthState) -> None:
    """Put the report and its month where a test wants them, behind the services."""
    Unlock.objects.all().delete()
    PeriodClosure.objects.all().delete()
    Sending.objects.all().delete()
    MonthlyReport.objects.all().delete()
    now = timezone.now()
    if stage is not ReportStage.NONE:
        state, to = columns_of(stage)
        MonthlyReport.objects.create(
            plan=plan, unit=unit, period=period, state=state, returned_to=to, changed_at=now, submitted_at=now
        )
    if month in (MonthState.CLOSED, MonthState.UNLOCKED):
        PeriodClosure.objects.create(plan=plan, period=period, closed_at=now)
    if month is MonthState.UNLOCKED:
        Unlock.objects.create(plan=plan, period=period, reason="แก้", until=date(2026, 12, 31), opened_at=now)


@pytest.mark.parametrize("move", list(ReportMove))
def test_a_move_leads_where_the_table_says_and_is_refused_everywhere_else(plan, register, doing, move) -> None:
    unit = register["กฝ."]
    for month in MonthState:
        period = 12 if month is MonthState.NOT_BEGUN else 3
        for stage in ReportStage:
            standing_so(plan, unit, period, stage=stage, month=month)
            wanted = expected(month, move, stage)
            before = HistoryEntry.objects.count()
            if wanted is None:
                with pytest.raises(ServiceError) as refused:
                    doing(move, period)
                assert "{" not in refused.value.text("th") + refused.value.text("en")
                assert HistoryEntry.objects.count() == before, "what is refused leaves nothing behind"
                continue
            doing(move, period)
            report = MonthlyReport.objects.get(plan=plan, unit=unit, period=period)
            assert stage_of(report) == wanted, (month, stage)


@pytest.fixture
def monthly(register, clock):
    """One indicator with its months and the first quarter as a whole, another with the quarter only."""
    package = small_plan(code="spans-2569", indicators=2)
    first, second = package.plan.projects[0].indicators
    quarter = Entry(3, planned=Decimal(30), span=3)
    made = (replace(first, entries=(*first.entries, quarter)), replace(second, entries=(quarter,)))
    project = replace(package.plan.projects[0], indicators=made)
    package = replace(package, plan=replace(package.plan, projects=(project,)))
    return plan_import(SYSTEM, package=package, owner=register["กนผ."])


def save(plan, unit, person, indicator: str, *, period: int, span: int) -> str:
    """Save 999 for some months; return the code of the refusal, "" where it was taken."""
    cell = CellInput(indicator, "999", period=period, span=span)
    outcome = figures_save(person("reporter", unit="กฝ."), plan=plan, unit=unit, period=period, cells=[cell])
    return outcome.refused[0].error.code if outcome.refused else ""


def test_a_figure_of_months_that_the_plan_does_not_have_is_refused(monthly, register, person) -> None:
    for indicator, period, span in (("P1.1", 3, 2), ("P1.1", 2, 2), ("P1.2", 3, 12), ("P1.2", 3, 0), ("P1.2", 3, -1)):
        assert save(monthly, register["กฝ."], person, indicator, period=period, span=span) == "span_unknown"
    assert not Figure.objects.exists()


@pytest.mark.parametrize("closed", [1, 2])
def test_a_figure_of_a_quarter_stands_over_no_month_that_is_closed(monthly, register, person, closed) -> None:
    period_close(SYSTEM, plan=monthly, period=closed)
    unit = register["กฝ."]
    assert save(monthly, unit, person, "P1.1", period=3, span=3) == "locked_closed"
    assert save(monthly, unit, person, "P1.2", period=3, span=3) == "", "it has the quarter only: nothing stands below"


def test_undoing_puts_no_day_back_into_a_closed_month(register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=small_plan(levels=3), owner=register["กนผ."])
    reporter = person("reporter", unit="กฝ.")
    place = {"plan": plan, "unit": register["กฝ."], "indicator": "P1.1", "number": 1}
    level_reach(reporter, **place, reached_on=date(2026, 1, 20))
    level_reach(reporter, **place, reached_on=date(2026, 3, 2), expected_revision=1)
    period_close(SYSTEM, plan=plan, period=1)
    moved = HistoryEntry.objects.filter(action="level.reach").latest("sequence")
    with pytest.raises(ServiceError, match="locked_closed"):
        change_undo(reporter, entry=moved)
    assert LevelReached.objects.get().reached_on == date(2026, 3, 2)


def test_undoing_puts_no_quarter_back_over_a_closed_month(monthly, register, person) -> None:
    save(monthly, register["กฝ."], person, "P1.1", period=3, span=3)
    period_close(SYSTEM, plan=monthly, period=1)
    saved = HistoryEntry.objects.filter(action="figure.save").latest("sequence")
    with pytest.raises(ServiceError, match="locked_closed"):
        change_undo(person("reporter", unit="กฝ."), entry=saved)
