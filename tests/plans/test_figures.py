"""Figures are saved over the revision that was seen, in open months, by those whose duty it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Mark
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import scoring
from samrit.plans.evaluation.documents import pack
from samrit.plans.models import Figure, HistoryEntry, MonthlyReport
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.plans import plan_export, plan_import
from samrit.plans.services.report.figures import figures_as_planned, figures_save
from samrit.plans.services.report.undo import change_undo
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import figure_save


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(indicators=2), owner=register["กนผ."])


def test_a_figure_is_saved_with_one_history_entry_of_its_own(plan, person) -> None:
    before = HistoryEntry.objects.count()
    row = figure_save(
        person("reporter", unit="กฝ."), plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="๑,๒๕๐.50"
    )
    assert (row.actual, row.revision, row.unit_code) == (Decimal("1250.50"), 1, "")
    actions = list(HistoryEntry.objects.order_by("sequence").values_list("action", flat=True))[before:]
    assert actions == ["person.create", "role.give", "figure.save", "report.begin"]


def test_dash_blank_and_zero_stay_three_different_things(plan, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    for period, typed in ((1, "-"), (2, "0"), (3, "")):
        figure_save(reporter, plan=plan, indicator="P1.1", unit_code="กฝ.", period=period, actual=typed)
    kept = {f.period: f.actual for f in Figure.objects.all()}
    assert kept == {1: Mark.NOTHING, 2: Decimal(0)}, "a blank over a blank changes nothing"


def test_another_revision_is_a_conflict_and_theirs_stands(plan, register, person) -> None:
    first, second = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
    unit = register["กฝ."]
    mine = CellInput("P1.1", "5")
    assert figures_save(first, plan=plan, unit=unit, period=3, cells=[mine]).saved
    outcome = figures_save(
        second, plan=plan, unit=unit, period=3, cells=[CellInput("P1.1", "6"), CellInput("P1.2", "7")]
    )
    assert [c.theirs.actual for c in outcome.conflicts] == [Decimal(5)]
    assert [f.indicator for f in outcome.saved] == ["P1.2"], "the other cell is taken all the same"
    assert Figure.objects.get(indicator="P1.1").actual == 5


def test_typing_what_stands_already_is_no_conflict(plan, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    for _ in range(2):
        outcome = figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "5")])
    assert not outcome.saved
    assert [f.revision for f in outcome.unchanged] == [1]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (CellInput("P1.1", "สิบ"), "figure_not_a_number"),
        (CellInput("P1.1", "(1,250)"), "figure_in_brackets"),
        (CellInput("P1.1", "95 %"), "figure_percent_elsewhere"),
        (CellInput("P1.1", numerator="50%", denominator="100"), "figure_percent_elsewhere"),
        (CellInput("P1.1", numerator="1"), "figure_parts_incomplete"),
        (CellInput("P1.1", numerator="1", denominator="0"), "figure_denominator_zero"),
        (CellInput("P9.9", "1"), "figure_not_yours"),
        (CellInput("P1.1", "1", period=12), "locked_not_begun"),
        (CellInput("P1.1", "1", period=13), "period_unknown"),
        (CellInput("P1.1", Decimal("1E+50")), "figure_too_long"),
        (CellInput("P1.1", Decimal("NaN")), "figure_too_long"),
    ],
)
def test_what_cannot_be_taken_says_why_and_writes_nothing(plan, register, person, cell, code) -> None:
    outcome = figures_save(person("reporter", unit="กฝ."), plan=plan, unit=register["กฝ."], period=3, cells=[cell])
    assert [r.error.code for r in outcome.refused] == [code]
    for language in ("th", "en"):
        assert "{" not in outcome.refused[0].error.text(language)
    assert not Figure.objects.exists()
    assert not MonthlyReport.objects.exists()


def test_a_foreign_unit_is_refused(plan, register, person) -> None:
    with pytest.raises(ServiceError, match="not_allowed"):
        figures_save(person("reporter", unit="กม."), plan=plan, unit=register["กฝ."], period=3, cells=[])


def test_as_planned_fills_what_is_due_and_blank_only(plan, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    figure_save(reporter, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="4")
    outcome = figures_as_planned(reporter, plan=plan, unit=register["กฝ."], period=3)
    assert [(f.indicator, f.actual) for f in outcome.saved] == [("P1.2", Decimal(10))]


def test_figures_of_the_division_count_at_once_and_undoing_them_leaves_the_package_as_it_was(plan, person) -> None:
    planner = person("planner")
    untouched = pack(plan_export(plan))
    figure_save(planner, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="30", note="เร่งรัด")
    assert scoring.evaluate(plan, 3).project("P1").indicators[0].percent == 100
    change_undo(planner, entry=HistoryEntry.objects.filter(action="figure.save").latest("sequence"))
    assert pack(plan_export(plan)) == untouched
    assert scoring.evaluate(plan, 3).project("P1").indicators[0].percent == 0


def test_only_ones_own_latest_change_can_be_undone(plan, person) -> None:
    reporter, head = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
    figure_save(reporter, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="30")
    mine = HistoryEntry.objects.filter(action="figure.save").latest("sequence")
    with pytest.raises(ServiceError, match="undo_not_yours"):
        change_undo(head, entry=mine)
    figure_save(head, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="31", expected_revision=1)
    with pytest.raises(ServiceError, match="undo_changed_since"):
        change_undo(reporter, entry=mine)


def test_a_share_reported_by_its_parts_counts_under_any_aggregation(register, person, clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(aggregation=Aggregation.AVERAGE, planned=50))
    figure_save(
        SYSTEM,
        plan=plan,
        indicator="P1.1",
        unit_code="กฝ.",
        period=1,
        numerator="1",
        denominator="3",
    )
    total = scoring.evaluate(plan, 1).project("P1").indicators[0].actual_total.value
    assert total == Decimal("33.33333333333333333333")
