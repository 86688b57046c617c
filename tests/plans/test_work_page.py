"""The pages of one work, one month and one derivation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Mark
from samrit.plans.errors import NotVisible
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.results.why import WhyStep, why, why_cell
from samrit.plans.selectors.work.month import month
from samrit.plans.selectors.work.work import WorkContext, whole_history, work
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.plans.singly import figure_save

pytestmark = pytest.mark.one_database


def at(plan: Plan, period: int = 12, *, public: bool = False, language: str = "th") -> Look:
    return look(plan, month=period, today=date(2026, 1, 1), public=public, language=language)


def shown(plan: Plan, record: str, period: int = 12, **kwargs: object) -> WorkContext:
    return work(at(plan, period, **kwargs), record, None)  # type: ignore[arg-type]


def leaves(step: WhyStep) -> list[WhyStep]:
    return [step] if not step.steps else [leaf for below in step.steps for leaf in leaves(below)]


def test_a_wrong_sum_of_weights_is_told_beside_the_result(sso: Plan) -> None:
    page = shown(sso, "S2-57")
    assert page.percent == "299"
    assert any(note.is_wrong and "109.12" in note.text for note in page.notes)


def test_the_lowest_indicator_stands_beside_an_average_of_several_only(sso: Plan) -> None:
    assert shown(sso, "S2-57").lowest is not None
    assert shown(sso, "S1-1").lowest is None


def test_a_works_page_leads_to_every_other_of_its_group_and_to_no_other(hr: Plan) -> None:
    """R43: HR-13 to HR-20 share the goal and steps of HR-12."""
    whole = [f"HR-{number}" for number in range(12, 21)]
    for record in ("HR-12", "HR-16"):
        assert [other.id for other in shown(hr, record).group] == [own for own in whole if own != record]
    assert shown(hr, "HR-11").group == ()


def test_twelve_months_and_both_totals_of_every_indicator(sso: Plan) -> None:
    for block in shown(sso, "S2-57").indicators:
        assert [m.period for m in block.months] == list(range(1, 13))
        assert block.plan_total is not None
        assert block.chart is not None
        assert block.chart.series[0].values[11] == block.plan_total


def test_the_curve_of_results_stops_at_the_evaluated_month(sso: Plan) -> None:
    chart = shown(sso, "S3-49", 6).indicators[0].chart
    assert chart is not None
    plan, actual = (series.values for series in chart.series)
    assert plan[11] is not None
    assert actual[5] is not None
    assert actual[6:] == (None,) * 6


def test_a_dash_and_a_blank_and_a_zero_stay_apart(sso: Plan) -> None:
    cells = {m.planned for i in shown(sso, "S2-57").indicators for m in i.months}
    assert Mark.NOTHING in cells
    assert Decimal(0) not in cells


def test_the_public_reads_no_internal_remarks(sso: Plan) -> None:
    told = [r.project.id for r in at(sso).result.projects if any(n.cause for n in r.project.narratives)]
    page = shown(sso, told[0], public=True)
    assert all(one.word.is_public for w in page.words for one in w.said)
    assert (page.history, page.evidence, page.override, page.sees_inside) == ((), (), None, False)
    assert any(one.word.name == "cause" for w in shown(sso, told[0]).words for one in w.said)


def test_an_unknown_work_or_record_is_not_there(sso: Plan) -> None:
    for record in ("S9-99", "", "S2-57.9"):
        with pytest.raises(NotVisible):
            why(at(sso), record)
        with pytest.raises(NotVisible):
            work(at(sso), record, None)


def test_the_derivation_starts_with_the_sentence_and_ends_at_entries(sso: Plan) -> None:
    page = why(at(sso), "S2-57")
    assert "100 × 125 + 174 × 100" in page.sentence
    entries = [leaf.entry for leaf in leaves(page.root) if leaf.entry]
    assert {(e.indicator, e.period) for e in entries if e.is_actual} == {("S2-57.1", 8), ("S2-57.2", 8)}


def test_every_indicator_of_the_plan_explains_itself_in_both_languages(sso: Plan) -> None:
    for language in ("th", "en"):
        seen = at(sso, 9, language=language)
        for result in seen.result.projects[::7]:
            for record in (result.project.id, *(i.indicator.id for i in result.indicators)):
                assert why(seen, record).root.text


def test_a_cell_counts_the_very_works_of_its_row_and_band(sso: Plan) -> None:
    page = why_cell(at(sso), rows="strategy", row="2", band="improve", fund="")
    members = [r for r in at(sso).result.projects if r.project.strategy == "2" and r.band and r.band.code == "improve"]
    assert page.shown == str(len(members))
    assert [s.record for s in page.root.steps] == [r.project.id for r in members]


@pytest.mark.parametrize("rows", ["band", "state", "__class__", ""])
def test_a_table_that_does_not_exist_is_not_there(sso: Plan, rows: str) -> None:
    with pytest.raises(NotVisible):
        why_cell(at(sso), rows=rows, row="", band="", fund="")


def test_a_reported_figure_leads_to_person_time_and_history(sso: Plan, person: People) -> None:
    planner = person("planner")
    figure_save(planner, plan=sso, indicator="S2-57.2", unit_code="กฝ.", period=8, actual="150")
    page = why(at(sso), "S2-57.2")
    entry = next(leaf.entry for leaf in leaves(page.root) if leaf.entry and leaf.entry.is_actual)
    assert entry.reported is not None
    assert entry.reported.by == str(planner)
    found = month(at(sso), "S2-57.2", 8, planner)
    assert found.lines[0].actual == Decimal(150)
    assert found.history[0].by == str(planner)
    assert found.sees_history
    page = work(at(sso), "S2-57", planner)
    assert page.history
    assert page.changes == len(page.history) == 1


def test_a_long_history_is_shown_in_part_and_told_whole(sso: Plan, person: People) -> None:
    planner = person("planner")
    place = {"plan": sso, "indicator": "S2-57.2", "unit_code": "กฝ.", "period": 8}
    for number in range(52):
        figure_save(planner, **place, actual=str(number), expected_revision=number)
    page = work(at(sso), "S2-57", planner)
    assert (len(page.history), page.changes) == (50, 52)
    assert len(whole_history(at(sso), "S2-57", planner)) == 52
    entry = month(at(sso), "S2-57.2", 8, planner)
    assert (len(entry.history), entry.changes) == (50, 52)
    with pytest.raises(NotVisible):
        whole_history(at(sso, public=True), "S2-57", None)
    with pytest.raises(NotVisible):
        whole_history(at(sso), "S2-57", person("reporter", unit="กม."))


def test_the_public_sees_the_figures_of_the_approved_plan_not_drafts(sso: Plan, person: People) -> None:
    before = shown(sso, "S2-57", public=True).indicators[1].actual_total
    figure_save(person("planner"), plan=sso, indicator="S2-57.2", unit_code="กฝ.", period=8, actual="1")
    assert shown(sso, "S2-57", public=True).indicators[1].actual_total == before
    assert shown(sso, "S2-57").indicators[1].actual_total == Decimal(1)
    assert month(at(sso, public=True), "S2-57.2", 8, None).lines[0].reported is None


def test_history_is_for_overseers_and_the_units_own_people(sso: Plan, person: People) -> None:
    leads = at(sso).result.project("S2-57").project.responsible_units  # type: ignore[union-attr]
    assert work(at(sso), "S2-57", person("auditor")).sees_history
    assert work(at(sso), "S2-57", person("executive")).sees_history
    assert work(at(sso), "S2-57", person("reporter", unit=leads[0])).sees_history
    assert not work(at(sso), "S2-57", person("reporter", unit="สบท.")).sees_history
    assert not work(at(sso), "S2-57", None).sees_history


def test_a_total_over_many_units_shows_the_months_of_the_one_asked_for(
    register: dict[str, Unit], person: People, clock: Clock
) -> None:
    plan = plan_import(SYSTEM, package=small_plan(code="wide-2569", units=("จังหวัด",)), owner=register["กนผ."])
    for unit in ("เชียงใหม่", "กระบี่"):
        cells = [CellInput("P1.1", "5", explanation="ตามแผน")]
        figures_save(SYSTEM, plan=plan, unit=register[unit], period=2, cells=cells)
    others = [u.code for u in register.values() if u.type == "province" and u.code not in ("เชียงใหม่", "กระบี่")][:25]
    for unit in others:
        figures_save(SYSTEM, plan=plan, unit=register[unit], period=2, cells=[CellInput("P1.1", "1", explanation="x")])

    def totals(unit: str | None) -> list[WhyStep]:
        waiting, found = [why(at(plan, 3), "P1.1", unit=unit).root], []
        while waiting:
            step = waiting.pop()
            found += [step] if step.code == "unit_total" else []
            waiting += step.steps
        return found

    assert len([s for s in totals(None) if s.steps]) >= 27
    brief = [s for s in totals("") if s.steps]
    assert brief == []
    assert [s.text for s in totals("กระบี่") if s.steps] != []
    assert {s.unit for s in totals("กระบี่") if not s.steps} >= {"เชียงใหม่"}
    assert "กระบี่" not in {s.unit for s in totals("กระบี่")}
