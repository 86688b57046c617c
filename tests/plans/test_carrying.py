"""After an upgrade reports keep their state: what was sent counts as it was sent, drafts count as typed."""

from __future__ import annotations

import pytest

from samrit.engine.model import Mark
from samrit.plans.apps import _upgraded
from samrit.plans.evaluation import memory, scoring
from samrit.plans.models import HistoryEntry, MonthlyReport, Sending
from samrit.plans.records.audit import audit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.carrying import carry_over
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_return, report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_accept, report_confirm


@pytest.fixture
def plan(register, clock, person):
    """January accepted, February returned and changed since, March typed: as a version before sendings left them."""
    clock.set("2026-05-03")
    plan = plan_import(SYSTEM, package=small_plan(planned=10), owner=register["กนผ."])
    unit, reporter, head = register["กฝ."], person("reporter", unit="กฝ."), person("head", unit="กฝ.")

    def type_(period: int, value: str, seen: int = 0) -> None:
        cell = CellInput("P1.1", value, explanation="ตามจริง", expected_revision=seen)
        assert figures_save(reporter, plan=plan, unit=unit, period=period, cells=[cell]).saved

    for period in (1, 2):
        type_(period, "11")
        words = {"result": "ผล", "cause": "เหตุ", "next_step": "ต่อไป"}
        narrative_save(reporter, plan=plan, project="P1", unit=unit, period=period, **words)
        report_submit(reporter, plan=plan, unit=unit, period=period)
    report_confirm(head, plan=plan, unit=unit, period=1)
    report_accept(person("planner"), plan=plan, unit=unit, period=1)
    report_return(head, plan=plan, unit=unit, period=2, reason="ตรวจ")
    type_(2, "22", seen=1)
    type_(3, "33")
    Sending.objects.all().delete()
    MonthlyReport.objects.update(sent=0, confirmed=0, accepted=0, first_sent_at=None)
    memory.forget()
    return plan


def counted(plan) -> dict[int, object]:
    entries = scoring.evaluate(plan, 12).plan.projects[0].indicators[0].entries
    return {e.period: e.actual for e in entries if e.actual is not Mark.BLANK}


def test_reports_keep_their_state_and_drafts_stay_typed(plan) -> None:
    assert counted(plan) == {}
    _upgraded()
    assert counted(plan) == {1: 11, 2: 11}, "February as it was sent, not as it stands"
    january, february, march = MonthlyReport.objects.order_by("period")
    assert (january.sent, january.confirmed, january.accepted) == (1, 1, 1)
    assert (february.sent, february.confirmed, february.state) == (1, 0, "returned")
    assert (march.sent, march.state) == (0, "draft")
    assert january.first_sent_at == january.submitted_at
    assert plan.sendings.get(period=1).content["narratives"][0]["cause"] == "เหตุ"
    assert audit().faults == ()


def test_a_second_run_writes_nothing(plan) -> None:
    assert carry_over() == 2
    before = HistoryEntry.objects.count()
    assert carry_over() == 0
    assert HistoryEntry.objects.count() == before
