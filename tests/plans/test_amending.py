"""A plan amended in the year: what it closes stays, what was evaluated stays, months before count as they did (I3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samrit.package.rows import typed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.scoring import evaluate, version_in_force
from samrit.plans.models import DraftState, PlanDraft
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.closed_measures import closed_by_amendments, closed_measures
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.opening import draft_amend, draft_open, draft_settings
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.report_files import _closed_over, _result
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from samrit.reports.evaluation import report
from tests.plans.office import Clock, small_plan

D = Decimal


@pytest.fixture
def plan(register, clock: Clock):
    clock.set(date(2026, 8, 3))
    return plan_import(SYSTEM, package=small_plan(indicators=2), owner=register["กนผ."])


def reported(plan, register, *months: int, **figures: str) -> list[str]:
    """Report figures, and return the indicators whose figure was refused."""
    refused = []
    for month in months:
        cells = [CellInput(f"P1.{n}", text, explanation="–") for n, text in zip((1, 2), figures.values(), strict=False)]
        done = figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=month, cells=cells)
        refused += [one.cell.indicator for one in done.refused]
    return refused


def outcome(result) -> list[object]:
    """Return what a result says: percent and band of every work, and its indicators' totals."""
    return [
        (p.percent, p.band, [(i.indicator.id, i.weight, i.plan_total, i.actual_total, i.percent) for i in p.indicators])
        for p in result.projects
    ]


def published(draft: PlanDraft, word: str = "มติ 3/2569") -> None:
    for step in ("submit", "approve", "publish"):
        draft_decide(SYSTEM, draft=draft, step=step, remark=word)


def closing_one(plan, period: int = 7) -> PlanDraft:
    """Return an amendment that takes the second indicator out and gives its weight to the first."""
    draft = draft_amend(SYSTEM, plan=plan, effective_period=period, reason="งบถูกลด")
    rows = read_draft(draft).rows
    (gone,) = [n for n, row in rows["indicators"].items() if row.cells["id"] == "P1.2"]
    draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(gone, {}, is_removed=True)])
    (left,) = [n for n, row in rows["indicators"].items() if row.cells["id"] == "P1.1"]
    draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(left, {"weight": "100"})])
    return draft


def test_june_stays_byte_for_byte_and_december_counts_by_the_version_of_its_time(plan, register, clock) -> None:
    """R33, R103, I3: evaluated in June, amended from July on, evaluated in December; June again is the same data."""
    reported(plan, register, 1, 2, 3, 4, 5, 6, one="10", two="5")
    june = evaluation_close(SYSTEM, plan=plan, period=6, reason="ปิดครึ่งปี")
    kept, before = bytes(june.content), evaluate(plan, 6)
    printed = repr(report.build(_result(june), language="th", closed=_closed_over(june)))
    published(closing_one(plan))
    reported(plan, register, 7, 8, one="10")
    clock.set(date(2027, 1, 10))
    december = evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    june.refresh_from_db()
    assert (june.version.number, december.version.number) == (1, 2)
    assert bytes(june.content) == kept
    assert repr(report.build(_result(june), language="th", closed=_closed_over(june))) == printed
    assert outcome(evaluate(plan, 6)) == outcome(before)
    assert [i.id for p in unpack(kept).plan.projects for i in p.indicators] == ["P1.1", "P1.2"]
    assert [i.id for p in unpack(bytes(december.content)).plan.projects for i in p.indicators] == ["P1.1"]


def test_what_an_amendment_takes_out_is_closed_and_stays_to_be_seen(plan, register) -> None:
    """I3: from the effective month on it is asked for no more; what it came to by then stands on the work's page."""
    reported(plan, register, 1, 2, 3, one="10", two="5")
    assert closed_by_amendments(plan) == ()
    published(closing_one(plan))
    (closed,) = closed_by_amendments(plan)
    assert (closed.record, closed.last.number, closed.by.number, closed.by.effective_period) == ("P1.2", 1, 2, 7)
    today = date(2026, 8, 3)
    assert closed_measures(look(plan, month=6, today=today), "P1") == ()  # it counts there
    (shown,) = closed_measures(look(plan, month=7, today=today), "P1")
    assert (shown.until and shown.until.number, shown.planned, shown.actual) == (6, D(60), D(15))
    assert (shown.reason, shown.version) == ("มติ 3/2569", 2)
    assert closed_measures(look(plan, month=7, today=today, public=True), "P1") == ()


def test_a_figure_of_a_month_before_the_amendment_may_still_be_corrected(plan, register) -> None:
    """A late figure of a closed indicator counts in its month, by the version of then."""
    reported(plan, register, 5, one="10", two="5")
    published(closing_one(plan))
    assert reported(plan, register, 6, one="10", two="8") == []
    (work,) = evaluate(plan, 6).projects
    assert [i.actual_total.value for i in work.indicators] == [D(20), D(13)]
    assert reported(plan, register, 7, one="10", two="8") == ["P1.2"]


def test_it_says_what_it_closes_and_what_it_changes_in_months_that_are_over(plan, register) -> None:
    draft = closing_one(plan)
    assert {f.code for f in read_draft(draft).findings} >= {"amendment_closes_indicator"}
    months = read_draft(draft).rows["monthly"]
    rows = {(r.cells["indicator"], r.cells["period"]): n for n, r in months.items()}
    draft_save(SYSTEM, draft=draft, file="monthly", rows=[RowInput(rows["P1.1", "8"], {"planned": "12"})])
    codes = [f.code for f in read_draft(draft).findings]
    assert "amendment_behind" not in codes
    behind = [RowInput(rows["P1.1", month], {"planned": "12"}) for month in ("2", "6")]
    draft_save(SYSTEM, draft=draft, file="monthly", rows=behind)
    (found,) = [f for f in read_draft(draft).findings if f.code == "amendment_behind"]
    assert (found.place.record, found.params) == ("P1.1", {"months": "2, 6", "month": 7})
    evaluation_close(SYSTEM, plan=plan, period=8, reason="ปิด")
    (wrong,) = [f for f in read_draft(draft).errors if f.code == "amendment_of_closed_month"]
    assert wrong.params == {"month": 7, "closed": 8}


def test_an_amendment_needs_its_reason_and_keeps_it(plan) -> None:
    draft = draft_amend(SYSTEM, plan=plan, effective_period=7)
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ชื่อใหม่"})])
    with pytest.raises(ServiceError, match="amendment_reason_missing"):
        draft_decide(SYSTEM, draft=draft, step="submit")
    draft_settings(SYSTEM, draft=draft, title="", stages=[], effective_period=7, reason="น้ำท่วม")
    for step in ("submit", "approve", "publish"):
        draft = draft_decide(SYSTEM, draft=draft, step=step)
    assert version_in_force(plan, 12).reason == "น้ำท่วม"
    assert draft.reason == "น้ำท่วม"


def test_an_amendment_goes_the_plans_own_stages_or_fewer(register, clock) -> None:
    """The stages are those on which the plan was approved, however short the way of the last amendment was."""
    draft = draft_open(SYSTEM, files=typed(small_plan()))
    draft_settings(SYSTEM, draft=draft, title="", stages=["คณะทำงาน", "บอร์ด"], effective_period=1)
    for step in ("submit", "approve", "approve", "publish"):
        draft = draft_decide(SYSTEM, draft=draft, step=step, remark="มติ")
    assert draft.state == DraftState.PUBLISHED
    for title in ("ก", "ข"):
        amended = draft_amend(SYSTEM, plan=draft.plan, effective_period=5, reason="ปรับ")
        assert amended.stages == ["คณะทำงาน", "บอร์ด"]
        draft_settings(SYSTEM, draft=amended, title="", stages=["บอร์ด"], effective_period=5)
        draft_save(SYSTEM, draft=amended, file="projects", rows=[RowInput(1, {"title": title})])
        published(amended)
