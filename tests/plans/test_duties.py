"""Groups fan out to their members, the lead reports for the rest, and the matrix follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Consolidation, Direction, Entry, Mark
from samrit.plans.evaluation import memory, scoring
from samrit.plans.models import Unit
from samrit.plans.reporting.completeness import MonthStanding, matrix
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.register import register as read_register
from samrit.plans.selectors.report.due_reports import due_for
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

GROUPS = ("พื้นที่", "จังหวัด", "สาขา")


def reporters(plan) -> set[str]:
    return {d.unit for d in units_reporting(plan).by_indicator["P1.1"]}


def test_the_register_has_the_163_units_of_the_document(register) -> None:
    known = read_register()
    kinds = [u.type for u in known.counted()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "central": 20,
        "area": 12,
        "province": 76,
        "branch": 50,
        "rehabilitation": 5,
    }
    assert len(kinds) == 163
    assert len(known.reporting("ทุกหน่วยงาน")) == 163
    assert len(known.reporting("จังหวัด")) == 126


@pytest.mark.parametrize(("code", "unit"), [("กฟ.", "กฝ."), ("สปส.จังหวัด", "จังหวัด"), ("กองคลัง", "กค.")])
def test_aliases_mean_their_unit(register, code: str, unit: str) -> None:
    assert read_register().resolve(code).code == unit


@pytest.mark.parametrize("name", ["sso", "hr"])
def test_every_unit_code_of_the_examples_resolves(name, request) -> None:
    plan = request.getfixturevalue(name)
    known = read_register()
    codes = {c for p in scoring.reported_plan(plan).plan.projects for c in p.responsible_units}
    assert {c for c in codes if known.resolve(c) is None} == set()


def test_a_group_fans_out_to_its_members_and_a_lead_reports_for_the_whole(register) -> None:
    group = plan_import(SYSTEM, package=small_plan(units=GROUPS), owner=register["กนผ."])
    assert len(reporters(group)) == 12 + 126
    duty = units_reporting(group).of("P1.1", "ชลบุรี สาขาศรีราชา")
    assert duty is not None
    assert duty.figure_unit == "ชลบุรี สาขาศรีราชา"
    lead = plan_import(SYSTEM, package=small_plan(code="lead", units=("กม.", "กฝ.")))
    assert [(d.unit, d.figure_unit) for d in units_reporting(lead).by_indicator["P1.1"]] == [("กม.", "")]


@pytest.mark.parametrize(
    ("aggregation", "typed", "total"),
    [
        (Aggregation.SUM, ("3", "4"), Decimal(7)),
        (Aggregation.AVERAGE, ("3", "4"), Decimal("3.5")),
        (Aggregation.MAX, ("3", "4"), Decimal(4)),
    ],
)
def test_the_members_figures_are_put_together_by_rule_ru3(register, clock, aggregation, typed, total) -> None:
    plan = plan_import(SYSTEM, package=small_plan(units=GROUPS, aggregation=aggregation))
    for code, figure in zip(("พื้นที่ 1", "เชียงใหม่ สาขาฝาง"), typed, strict=True):
        unit = register[code]
        saved = figures_save(SYSTEM, plan=plan, unit=unit, period=1, cells=[CellInput("P1.1", figure)]).saved
        assert [f.unit_code for f in saved] == [code]
    assert scoring.evaluate(plan, 1).project("P1").indicators[0].actual_total.value == total


def test_shares_of_members_are_one_share_of_all_not_the_mean_of_shares(register, clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(units=GROUPS, aggregation=Aggregation.RATIO))
    for code, parts in (("พื้นที่ 1", ("1", "2")), ("พื้นที่ 2", ("99", "100"))):
        cell = CellInput("P1.1", numerator=parts[0], denominator=parts[1])
        figures_save(SYSTEM, plan=plan, unit=register[code], period=1, cells=[cell])
    total = scoring.evaluate(plan, 1).project("P1").indicators[0].actual_total
    assert total.rule == "RU4"
    assert total.value.quantize(Decimal("0.01")) == Decimal("98.04")


def test_what_cannot_be_put_together_is_reported_as_a_whole_by_the_owner(register) -> None:
    package = small_plan(units=GROUPS, aggregation=Aggregation.LATEST)
    plan = plan_import(SYSTEM, package=package, owner=register["กนผ."])
    assert reporters(plan) == {"กนผ."}
    declared = replace(package.plan.projects[0].indicators[0], consolidation=Consolidation.AVERAGE)
    project = replace(package.plan.projects[0], indicators=(declared,))
    other = replace(package, plan=replace(package.plan, id="declared", projects=(project,)))
    assert len(reporters(plan_import(SYSTEM, package=other))) == 138


def test_plans_given_unit_by_unit_make_those_units_report(register) -> None:
    package = small_plan()
    entries = tuple(Entry(m, unit, planned=Decimal(5)) for unit in ("กค.", "กม.") for m in range(1, 13))
    project = package.plan.projects[0]
    changed = replace(project, indicators=(replace(project.indicators[0], entries=entries),))
    units = (*package.plan.units, *small_plan(units=("กค.", "กม.")).plan.units)
    plan = plan_import(SYSTEM, package=replace(package, plan=replace(package.plan, projects=(changed,), units=units)))
    assert reporters(plan) == {"กค.", "กม."}


def test_what_is_due_for_a_person_and_the_matrix_agree(register, person, clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    today = date(2026, 4, 8)
    due = due_for(person("reporter", unit="กฝ."), plan, today)
    assert [d.period for d in due] == [4, 3, 2, 1]
    assert [d.is_late for d in due] == [False, True, True, True]
    assert due_for(person("reporter", unit="กม."), plan, today) == ()
    row = next(r for r in matrix(plan, today).rows if r.unit.code == "กฝ.")
    assert [c.standing for c in row.cells[:5]] == [MonthStanding.MISSING] * 3 + [
        MonthStanding.AWAITED,
        MonthStanding.NOT_BEGUN,
    ]
    assert row.late == 3


def test_the_matrix_takes_few_queries(sso, django_assert_max_num_queries) -> None:
    matrix(sso)
    with django_assert_max_num_queries(8):
        found = matrix(sso)
    assert len(found.rows) > 160


@pytest.mark.parametrize(
    ("entry", "owes"),
    [
        (Entry(3, planned=Decimal(5)), True),
        (Entry(3, planned=Decimal(0)), True),
        (Entry(3, planned=Decimal(-2)), True),
        (Entry(3, planned=Mark.NOTHING), False),
        (Entry(3, planned=Mark.BLANK, actual=Decimal(4)), False),
    ],
)
@pytest.mark.parametrize("direction", list(Direction))
def test_a_planned_nought_owes_a_report_and_a_dash_does_not(register, clock, entry, owes, direction) -> None:
    """AC4, AC10: whichever way is better; so the month stands as due in the matrix, and as missing after its day."""
    clock.set("2026-05-12")
    package = small_plan()
    work = package.plan.projects[0]
    own = replace(work.indicators[0], direction=direction, entries=(entry,))
    made = replace(package.plan, projects=(replace(work, indicators=(own,)),))
    plan = plan_import(SYSTEM, package=replace(package, plan=made), owner=register["กนผ."])
    assert units_reporting(plan, 3).owes("กฝ.", 3) is owes
    standings = [cell.standing for row in matrix(plan).rows for cell in row.cells if cell.period == 3]
    assert standings == [MonthStanding.MISSING if owes else MonthStanding.NOTHING_DUE]


class TestEveryone:
    """R89: all units are responsible on purpose, in a register that has no group of that name."""

    @pytest.fixture
    def bare_register(self, register) -> None:
        Unit.objects.filter(code="ทุกหน่วยงาน").delete()
        memory.forget()

    @pytest.mark.parametrize("word", ["ทุกหน่วยงาน", "all units", "All", "ทุก หน่วยงาน"])
    def test_each_unit_of_the_office_reports(self, bare_register, register, word: str) -> None:
        known = read_register()
        assert known.resolve(word).is_group
        assert len(known.reporting(word)) == 163
        package = small_plan(units=("กฝ.",))
        work = replace(package.plan.projects[0], responsible_units=(word,))
        plan = plan_import(
            SYSTEM, package=replace(package, plan=replace(package.plan, projects=(work,))), owner=register["กนผ."]
        )
        assert len(reporters(plan)) == 163
        assert not Unit.objects.filter(code=word).exists()
        duty = next(iter(units_reporting(plan).by_unit["กฝ."]))
        assert duty.figure_unit == "กฝ."
        assert duty.due_periods == frozenset(range(1, 13))

    def test_a_unit_that_ends_reports_no_more(self, bare_register, register) -> None:
        Unit.objects.filter(code="กฝ.").update(valid_to=date(2026, 3, 31))
        memory.forget()
        assert "กฝ." in read_register().reporting("all", date(2026, 3, 31))
        assert "กฝ." not in read_register().reporting("all", date(2026, 4, 1))

    def test_a_unit_called_so_by_mistake_does_not_report_alone(self, bare_register) -> None:
        Unit.objects.create(code="ทุกหน่วยงาน", name="ทุกหน่วยงาน", type="central")
        memory.forget()
        assert len(read_register().reporting("ทุกหน่วยงาน")) == 164

    def test_a_plan_for_all_is_due_from_each(self, bare_register, register) -> None:
        """Months planned for all as a whole are due from every unit of them."""
        package = small_plan()
        work = package.plan.projects[0]
        (indicator,) = work.indicators
        entries = tuple(replace(e, unit="ทุกหน่วยงาน") for e in indicator.entries[:3])
        work = replace(work, indicators=(replace(indicator, entries=entries),))
        plan = plan_import(
            SYSTEM, package=replace(package, plan=replace(package.plan, projects=(work,))), owner=register["กนผ."]
        )
        duties = units_reporting(plan)
        assert len(duties.by_indicator["P1.1"]) == 163
        assert {d.due_periods for d in duties.by_indicator["P1.1"]} == {frozenset({1, 2, 3})}

    def test_who_is_planned_for_alone_and_in_groups_owes_one_figure(self, bare_register, register) -> None:
        """It was asked twice, owed two figures, and no program could send the two rows of its month back."""
        package = small_plan()
        work = package.plan.projects[0]
        (indicator,) = work.indicators
        codes = ("ทุกหน่วยงาน", "กฝ.", "all units")
        entries = tuple(replace(e, unit=code) for e, code in zip(indicator.entries, codes, strict=False))
        work = replace(work, indicators=(replace(indicator, entries=entries),))
        plan = plan_import(
            SYSTEM, package=replace(package, plan=replace(package.plan, projects=(work,))), owner=register["กนผ."]
        )
        duties = units_reporting(plan)
        (own,) = duties.by_unit["กฝ."]
        assert (own.figure_unit, own.due_periods) == ("กฝ.", frozenset({1, 2, 3}))
        assert [duties.count("กฝ.", period) for period in (1, 2, 3, 4)] == [1, 1, 1, 0]
