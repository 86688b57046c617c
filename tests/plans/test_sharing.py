"""One figure in two plans: asked for once, seen in both, locked and corrected where it is reported (R9, R171)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.package import PlanPackage
from samrit.package.rows import typed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import scoring
from samrit.plans.evaluation.documents import unpack
from samrit.plans.models import DraftState, Evaluation, Plan
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.gaps import GapKind, gaps_of
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.work import work
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.opening import draft_amend, draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import CellInput, figures_save
from samrit.plans.services.report.reports import report_submit, report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan

MARCH = 3


def using(origin: str, *, code: str = "user-2569", planned: int = 20) -> PlanPackage:
    """Return a plan of one work that takes its figure from ``origin``."""
    package = small_plan(code=code, planned=planned)
    one = package.plan.projects[0]
    taken = replace(one, indicators=tuple(replace(i, figures_of=origin) for i in one.indicators))
    return replace(package, plan=replace(package.plan, projects=(taken,)))


@pytest.fixture
def origin(register, clock: Clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(code="office-2569"), owner=register["กนผ."])


@pytest.fixture
def user(origin: Plan, register) -> Plan:
    return plan_import(SYSTEM, package=using("office-2569:P1.1"), owner=register["กนผ."])


def report(plan: Plan, register, figure: str, seen: int = 0) -> None:
    cells = [CellInput("P1.1", figure, expected_revision=seen)]
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=1, cells=cells)


def total(plan: Plan, as_of: int = MARCH) -> Decimal | None:
    return scoring.evaluate(plan, as_of).projects[0].indicators[0].actual_total.value


def test_it_is_asked_for_once(origin: Plan, user: Plan) -> None:
    assert set(units_reporting(origin).by_unit) == {"กฝ."}
    assert units_reporting(user).by_unit == {}
    assert units_reporting(user).by_indicator == {"P1.1": ()}


def test_one_that_leads_nowhere_is_reported_in_its_own_plan(origin: Plan, register) -> None:
    lost = plan_import(SYSTEM, package=using("nowhere:P1.1", code="lost"), owner=register["กนผ."])
    chained = plan_import(SYSTEM, package=using("lost:P1.1", code="chained"), owner=register["กนผ."])
    assert set(units_reporting(lost).by_unit) == set(units_reporting(chained).by_unit) == {"กฝ."}


def test_a_figure_counts_in_both_plans_at_once_and_so_does_its_correction(origin: Plan, user: Plan, register) -> None:
    assert total(user) is None
    for seen, figure in enumerate(("30", "12")):
        report(origin, register, figure, seen)
        assert (total(origin), total(user)) == (Decimal(figure), Decimal(figure))
    assert scoring.evaluate(user, MARCH).projects[0].percent == scoring.evaluate(origin, MARCH).projects[0].percent / 2


def test_what_nothing_was_reported_on_stays_the_very_same_evaluation(origin: Plan, user: Plan, register) -> None:
    report(origin, register, "30")
    first = scoring.evaluate(user, MARCH)
    assert scoring.evaluate(user, MARCH) is first
    other = plan_import(SYSTEM, package=small_plan(code="third"), owner=register["กนผ."])
    report(other, register, "5")
    assert scoring.evaluate(user, MARCH).projects[0].project is first.projects[0].project


def test_a_closed_evaluation_of_one_plan_binds_itself_only(origin: Plan, user: Plan, register) -> None:
    report(origin, register, "30")
    frozen = evaluation_close(SYSTEM, plan=user, period=1, reason="ปิดก่อน")
    report(origin, register, "12", 1)
    assert total(user, 1) == 12
    kept = unpack(bytes(Evaluation.objects.get(pk=frozen.pk).content)).plan
    assert score(kept, PERCENT_OF_PLAN, 1).projects[0].indicators[0].actual_total.value == 30
    again = evaluation_close(SYSTEM, plan=origin, period=1, reason="ปิดแผนสำนักงาน")
    assert again.plan == origin


def test_what_is_taken_back_in_one_plan_is_under_correction_in_the_other(
    origin: Plan, user: Plan, register, person: People
) -> None:
    reporter, planner = person("reporter", unit="กฝ."), person("planner")
    figures_save(reporter, plan=origin, unit=register["กฝ."], period=1, cells=[CellInput("P1.1", "10")])
    report_submit(reporter, plan=origin, unit=register["กฝ."], period=1)
    kinds = {g.kind for g in gaps_of(user, 1, scoring.reported_plan(user).plan)}
    assert kinds == {GapKind.UNCONFIRMED}
    report_take_back(reporter, plan=origin, unit=register["กฝ."], period=1)
    gaps = gaps_of(user, 1, scoring.reported_plan(user).plan)
    assert [(g.kind, g.period, g.unit, g.indicators) for g in gaps] == [(GapKind.CORRECTING, 1, "กฝ.", ("P1.1",))]
    shown = work(look(user, month=MARCH, today=date(2026, 4, 3)), "P1", planner).indicators[0].shared
    assert shown.correcting == ("มกราคม 2569",)
    assert (shown.origin.plan, shown.origin.work, shown.origin.indicator) == ("office-2569", "P1", "P1.1")


def test_where_a_figure_is_used_is_told_to_those_who_may_see_that_plan(
    origin: Plan, user: Plan, person: People
) -> None:
    def used(by) -> list[str]:
        block = work(look(origin, month=MARCH, today=date(2026, 4, 3)), "P1", by).indicators[0]
        return [use.plan for use in block.shared.used_in] if block.shared else []

    assert used(person("planner")) == ["user-2569"]
    assert used(person("planner", plan=origin)) == []
    told = (
        work(look(user, month=MARCH, today=date(2026, 4, 3)), "P1", person("planner", plan=user)).indicators[0].shared
    )
    assert (told.origin.plan, told.origin.title, told.origin.work) == ("office-2569", "", "")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("office-2569:P1.1", ""),
        ("office-2569:P9.9", "shared_origin_missing"),
        ("nowhere:P1.1", "shared_origin_missing"),
        ("user-2569:P1.1", "shared_figure_chained"),
        ("measured-2569:P1.1", "shared_figure_differs"),
    ],
)
def test_a_draft_says_what_is_wrong_with_a_figure_of_another_plan(user: Plan, register, named: str, code: str) -> None:
    other = small_plan(code="measured-2569", aggregation=Aggregation.LATEST)
    plan_import(SYSTEM, package=other, owner=register["กนผ."])
    found = read_draft(draft_open(SYSTEM, files=typed(using(named, code="new-2569")))).findings
    assert [f.code for f in found if f.code.startswith("shared_")] == ([code] if code else [])
    further = [f.params["further"] for f in found if f.code == "shared_figure_chained"]
    assert further in ([], ["office-2569:P1.1"])


def test_nobody_takes_figures_of_a_plan_that_they_may_not_see(origin: Plan, register, person: People) -> None:
    own = plan_import(SYSTEM, package=small_plan(code="own-2569"), owner=register["กนผ."])
    planner = person("planner", plan=own)
    for plan in (own, plan_import(SYSTEM, package=using("own-2569:P1.1"), owner=register["กนผ."])):
        draft = draft_amend(planner if plan == own else SYSTEM, plan=plan, effective_period=1)
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"figures_of": "office-2569:P1.1"})])
        with pytest.raises(ServiceError, match="draft_figures_unseen"):
            draft_decide(person("planner", plan=plan), draft=draft, step="submit", remark="ส่ง")
        draft_decide(person("planner"), draft=draft, step="submit", remark="ส่ง")


def test_a_plan_that_takes_them_already_is_amended_by_its_own_people(user: Plan, person: People) -> None:
    draft = draft_amend(SYSTEM, plan=user, effective_period=1)
    sent = draft_decide(person("planner", plan=user), draft=draft, step="submit", remark="ส่ง")
    assert sent.state == DraftState.SUBMITTED
