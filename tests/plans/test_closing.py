"""A closed evaluation holds what was sent up to its month, names what it closed over, and never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.model import Mark, Override
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.frozen import changes_between, up_to
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import Evaluation, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.stored_files import document_path
from samrit.plans.reporting.completeness import MonthStanding, matrix
from samrit.plans.reporting.days import evaluation_due
from samrit.plans.reporting.gaps import Gap, GapKind, as_data, from_data
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import, plan_settings
from samrit.plans.services.plan.report_files import FORMATS
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_submit, report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import example, small_plan
from tests.plans.printed import printed
from tests.plans.singly import report_confirm


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 10))), owner=register["กนผ."])


def typed(person, plan, value: str, *, seen: int = 0, period: int = 3) -> None:
    cell = CellInput("P1.1", value, explanation="ตามจริง", expected_revision=seen)
    unit, reporter = Unit.objects.get(code="กฝ."), person("reporter", unit="กฝ.")
    assert figures_save(reporter, plan=plan, unit=unit, period=period, cells=[cell]).saved
    words = {"result": "ผล", "cause": "เหตุ", "next_step": "ต่อไป"}
    if not seen:
        narrative_save(reporter, plan=plan, project="P1", unit=unit, period=period, **words)


def sent(person, plan, value: str, **more) -> None:
    typed(person, plan, value, **more)
    report_submit(
        person("reporter", unit="กฝ."), plan=plan, unit=Unit.objects.get(code="กฝ."), period=more.get("period", 3)
    )


def held(evaluation: Evaluation) -> dict[int, object]:
    """The results that a closed evaluation holds, by month."""
    indicator = unpack(bytes(evaluation.content)).plan.projects[0].indicators[0]
    return {e.period: e.actual for e in indicator.entries if e.actual is not Mark.BLANK}


@pytest.mark.parametrize("period", [3, 6, 9])
def test_a_plan_cut_at_a_month_scores_as_before_and_holds_nothing_after_it(period) -> None:
    package = example("sso-2568")
    rules, whole = ruleset_of(package), package.plan
    cut = up_to(whole, period)
    assert [(r.figure, r.band) for r in score(cut, rules, period).projects] == [
        (r.figure, r.band) for r in score(whole, rules, period).projects
    ]
    for project in cut.projects:
        assert all(x.period <= period for x in (*project.movements, *project.narratives, *project.overrides))
        for indicator in project.indicators:
            assert all(e.actual is Mark.BLANK for e in indicator.entries if e.period > period)
            assert all((v.reached_period or 0) <= period for v in indicator.levels)
    planned = [
        e.planned for p in whole.projects for i in p.indicators for e in i.entries if e.planned is not Mark.BLANK
    ]
    kept = [e.planned for p in cut.projects for i in p.indicators for e in i.entries if e.planned is not Mark.BLANK]
    assert kept == planned, "the plan itself is whole"
    assert changes_between(cut, cut) == ()


def test_what_was_typed_and_what_came_later_is_not_in_a_closed_evaluation(plan, person, clock) -> None:
    clock.set("2026-05-03")
    sent(person, plan, "12")
    typed(person, plan, "77777", period=4)
    kept = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    assert held(kept) == {1: 10, 2: 10, 3: 12}
    typed(person, plan, "88888", seen=1, period=4)
    assert held(Evaluation.objects.get()) == {1: 10, 2: 10, 3: 12}


def test_closing_over_gaps_takes_a_reason_that_stays(plan, person) -> None:
    with pytest.raises(ServiceError, match="evaluation_gaps_need_reason"):
        evaluation_close(SYSTEM, plan=plan, period=3)
    assert not plan.closures.exists()
    kept = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดโดยขาดหนึ่งหน่วย")
    assert from_data(kept.gaps) == (Gap(GapKind.MISSING, 3, "กฝ.", ("P1.1",)),)
    assert kept.reason == "ปิดโดยขาดหนึ่งหน่วย"
    cells = {c.period: c.standing for row in matrix(plan).rows for c in row.cells}
    assert [cells[p] for p in (1, 2, 3)] == [MonthStanding.CAME, MonthStanding.CAME, MonthStanding.MISSING]
    assert audit().faults == ()


def test_unconfirmed_and_corrected_reports_are_named_and_a_confirmed_one_needs_no_reason(
    plan, person, register
) -> None:
    sent(person, plan, "12")
    place = {"plan": plan, "unit": register["กฝ."], "period": 3}
    report_take_back(person("reporter", unit="กฝ."), **place)
    with pytest.raises(ServiceError, match="evaluation_gaps_need_reason"):
        evaluation_close(SYSTEM, plan=plan, period=3)
    report_submit(person("reporter", unit="กฝ."), **place)
    with pytest.raises(ServiceError, match="evaluation_gaps_need_reason"):
        evaluation_close(SYSTEM, plan=plan, period=3)
    report_confirm(person("head", unit="กฝ."), **place)
    kept = evaluation_close(SYSTEM, plan=plan, period=3)
    assert [g.kind for g in from_data(kept.gaps)] == [GapKind.UNACCEPTED], "listed all the same"


def test_a_report_that_came_back_counts_as_it_was_sent_and_is_marked(plan, person, register) -> None:
    sent(person, plan, "12")
    report_take_back(person("reporter", unit="กฝ."), plan=plan, unit=register["กฝ."], period=3)
    typed(person, plan, "99", seen=1)
    kept = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    assert held(kept)[3] == 12
    assert [g.kind for g in from_data(kept.gaps)] == [GapKind.CORRECTING]


@pytest.mark.parametrize(("counts_from", "march"), [("sent", Decimal(12)), ("confirmed", None)])
def test_the_plan_says_from_which_standing_on_figures_count(plan, person, counts_from, march) -> None:
    plan_settings(SYSTEM, plan=plan, counts_from=counts_from)
    sent(person, plan, "12")
    kept = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    assert held(kept).get(3) == march
    kinds = {g.kind for g in from_data(kept.gaps)}
    assert kinds == {GapKind.UNCONFIRMED} | ({GapKind.MISSING} if march is None else set())
    with pytest.raises(ServiceError, match="standing_unknown"):
        plan_settings(SYSTEM, plan=plan, counts_from="typed")


def test_a_further_edition_lists_what_it_says_otherwise_and_the_old_one_stays(plan, person) -> None:
    sent(person, plan, "12")
    first = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    before = bytes(first.content)
    with pytest.raises(ServiceError, match="evaluation_unchanged"):
        evaluation_close(SYSTEM, plan=plan, period=3, reason="อีกครั้ง")
    period_unlock(SYSTEM, plan=plan, period=3, reason="แก้", until=date(2026, 12, 31))
    sent(person, plan, "15", seen=1)
    with pytest.raises(ServiceError, match="evaluation_needs_reason"):
        evaluation_close(SYSTEM, plan=plan, period=3)
    second = evaluation_close(SYSTEM, plan=plan, period=3, reason="แก้ยอด")
    assert (second.number, second.reason) == (2, "แก้ยอด")
    changes = [(c["record"], c["what"], c["period"], c["old"], c["new"]) for c in second.changes]
    assert changes == [("P1.1", "figure", 3, "12", "15")]
    assert bytes(Evaluation.objects.get(number=1).content) == before
    assert audit().faults == ()


@pytest.mark.slow
def test_a_closed_evaluation_printed_again_in_december_is_the_same_byte_for_byte(plan, person, clock) -> None:
    sent(person, plan, "12")
    kept = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    forms = [name for name in FORMATS if name != "pdf"]
    first = {name: printed(kept, name).sha256 for name in forms}
    clock.set("2026-12-20")
    sent(person, plan, "20", period=5)

    for sha256 in first.values():
        Path(document_path(sha256)).unlink()
    again = {name: printed(kept, name).sha256 for name in forms}
    assert again == first


def test_a_settlement_that_was_decided_anew_is_told_as_a_change() -> None:
    first = Override(3, "ตามเอกสาร", Decimal(80), decided_on=date(2026, 4, 1))
    anew = Override(3, "แก้", Decimal(90), decided_on=date(2026, 4, 9))
    plan = small_plan().plan
    before, after = (
        replace(plan, projects=tuple(replace(p, overrides=settled) for p in plan.projects))
        for settled in ((first,), (anew, first))
    )
    assert [(c.what, c.old, c.new) for c in changes_between(before, after)] == [("settlement", "80 %", "90 %")]


def test_an_evaluation_is_due_at_the_end_of_the_month_after_its_own(plan) -> None:
    assert [evaluation_due(plan, p) for p in (1, 3, 12)] == [date(2026, 2, 28), date(2026, 4, 30), date(2027, 1, 31)]


def test_gaps_are_kept_as_data_and_read_again() -> None:
    gaps = (Gap(GapKind.MISSING, 3, "กฝ.", ("P1.1", "P1.2")), Gap(GapKind.ERROR, 3, indicators=("P2",)))
    assert from_data(as_data(gaps)) == gaps
