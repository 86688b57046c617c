"""An indicator broken down by sex: asked for, entered by page and form, counted, shown, undone, kept (BD1)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samrit.engine.model import Indicator
from samrit.engine.model import Plan as EnginePlan
from samrit.package import PlanPackage
from samrit.plans.evaluation.frozen import up_to
from samrit.plans.evaluation.scoring import evaluate, reported_plan
from samrit.plans.models import Figure, HistoryEntry, Plan, Role, Unit
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.report.my_work import my_work
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.closed_measures import closed_measures
from samrit.plans.services.plan.plans import plan_amend, plan_import
from samrit.plans.services.report.figures import figures_as_planned, figures_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.report.undo import change_undo
from samrit.plans.services.report.unit_forms import unit_form, unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, small_plan

WOMEN, MEN = "P1.1.1", "P1.1.2"


def broken_down(*names: str) -> PlanPackage:
    """Return a plan whose one indicator is reported by sex."""
    package = small_plan()
    (project,) = package.plan.projects
    (whole,) = project.indicators
    parts = tuple(
        Indicator(f"P1.1.{n}", n, name, part_of="P1.1", dimension="เพศ") for n, name in enumerate(names, 1) if name
    )
    projects = (replace(project, indicators=(replace(whole, parts=parts),)),)
    return replace(package, plan=replace(package.plan, projects=projects))


@pytest.fixture
def plan(register: dict[str, Unit], clock: object) -> Plan:
    return plan_import(SYSTEM, package=broken_down("หญิง", "ชาย"), owner=register["กนผ."])


@pytest.fixture
def unit(plan: Plan) -> Unit:
    return Unit.objects.get(code="กฝ.")


def typed(person: People, plan: Plan, unit: Unit, why: str | None = None, **figures: int) -> None:
    names = {"whole": "P1.1", "women": WOMEN, "men": MEN}
    cells = [CellInput(names[name], Decimal(value), explanation=why) for name, value in figures.items()]
    outcome = figures_save(person(Role.REPORTER, unit="กฝ."), plan=plan, unit=unit, period=1, cells=cells)
    assert (len(outcome.saved), outcome.refused) == (len(figures), ())


def whole_of(plan: EnginePlan) -> Indicator:
    return plan.projects[0].indicators[0]


def test_the_categories_are_asked_for_with_their_indicator(plan: Plan) -> None:
    asked = [d.indicator.id for d in units_reporting(plan, 1).by_unit["กฝ."] if d.is_due(1)]
    assert asked == ["P1.1", WOMEN, MEN]


def test_what_they_make_counts_once_it_is_sent(plan: Plan, unit: Unit, person: People) -> None:
    typed(person, plan, unit, women=5, men=3)
    report = report_entry(person(Role.REPORTER, unit="กฝ."), plan, unit, 1)
    assert [line.now.counted for line in report.lines] == [Decimal(8), Decimal(5), Decimal(3)]
    assert report.missing == ()
    assert evaluate(plan, 1).projects[0].indicators[0].actual_total.value is None
    report_submit(person(Role.REPORTER, unit="กฝ."), plan=plan, unit=unit, period=1)
    result = evaluate(plan, 1).projects[0]
    assert (result.percent, result.indicators[0].actual_total.value) == (Decimal(80), Decimal(8))


def test_a_figure_of_its_own_counts_and_the_difference_asks_why(plan: Plan, unit: Unit, person: People) -> None:
    typed(person, plan, unit, whole=10, women=5, men=3)
    line = report_entry(person(Role.REPORTER, unit="กฝ."), plan, unit, 1).lines[0]
    assert (line.now.counted, [f.code for f in line.findings]) == (Decimal(10), ["breakdown_differs"])


def test_what_they_make_is_no_blank_for_the_plan_to_fill(plan: Plan, unit: Unit, person: People) -> None:
    """Neither "as planned" nor the count of what is filled in takes the whole for empty."""
    reporter = person(Role.REPORTER, unit="กฝ.")

    def filled() -> int:
        return next(task.filled for task in my_work(reporter, date(2026, 2, 3)).now if task.due.period == 1)

    typed(person, plan, unit, women=5)
    assert filled() == 1
    typed(person, plan, unit, men=3)
    assert filled() == 3
    assert figures_as_planned(reporter, plan=plan, unit=unit, period=1).saved == ()
    assert report_entry(reporter, plan, unit, 1).lines[0].now.counted == 8


def test_a_page_sent_as_it_stands_makes_no_figure_of_what_they_make(plan: Plan, unit: Unit, person: People) -> None:
    """Else the whole would stay as it was once, and a corrected category would change nothing."""
    typed(person, plan, unit, women=5, men=3)
    client = Client()
    client.force_login(person(Role.REPORTER, unit="กฝ."), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("report", args=[plan.code, "กฝ.", 1])
    for query in ("", "?mode=phone"):
        page = client.get(address + query).content.decode()
        whole = re.search(r'<input[^>]* name="a:P1\.1:1\.1"[^>]*>', page)
        assert whole is not None
        assert 'placeholder="8"' in whole[0]
        names = re.findall(r'<input[^>]* name="([ar]s?:[^"]*)" value="([^"]*)"', page)
        assert client.post(address + query, {**dict(names), "do": "save"}).status_code == 302
    assert set(Figure.objects.values_list("indicator", flat=True)) == {WOMEN, MEN}


def test_a_category_has_its_history_and_is_undone(plan: Plan, unit: Unit, person: People) -> None:
    typed(person, plan, unit, women=5)
    entry = HistoryEntry.objects.filter(record=WOMEN).get()
    change_undo(person(Role.REPORTER, unit="กฝ."), entry=entry)
    assert report_entry(person(Role.REPORTER, unit="กฝ."), plan, unit, 1).lines[1].now.is_empty


def test_the_form_of_the_unit_has_a_row_for_each(plan: Plan, unit: Unit, person: People) -> None:
    reporter = person(Role.REPORTER, unit="กฝ.")
    name, content = unit_form(reporter, plan=plan, unit=unit, period=1)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["รายงาน"]
    rows = {str(row[1].value): row for row in sheet.iter_rows() if row[1].value}
    assert rows[WOMEN][3].value == "↳ เพศ: หญิง"
    rows[WOMEN][6].value, rows[MEN][6].value = 4, 2
    filled = io.BytesIO()
    book.save(filled)
    (merged,) = unit_forms_merge(reporter, name=name, content=filled.getvalue())
    assert merged.findings == ()
    figures = Figure.objects.filter(plan=plan, period=1).values_list("indicator", "actual")
    assert dict(figures) == {WOMEN: Decimal(4), MEN: Decimal(2)}


def test_nothing_is_lost_when_the_breakdown_changes(plan: Plan, unit: Unit, person: People) -> None:
    """A category that is taken out and comes back has its figures; the frozen plan holds no later month of it."""
    typed(person, plan, unit, women=5, men=3)
    report_submit(person(Role.REPORTER, unit="กฝ."), plan=plan, unit=unit, period=1)
    for names, held in ((("หญิง", ""), {WOMEN: 5}), (("หญิง", "ชาย"), {WOMEN: 5, MEN: 3})):
        plan_amend(SYSTEM, plan=plan, package=broken_down(*names), effective_period=1, reason="แยกรายการใหม่")
        whole = whole_of(reported_plan(plan).plan)
        assert {part.id: part.entries[0].actual for part in whole.parts} == held
    assert [part.entries for part in whole_of(up_to(reported_plan(plan).plan, 0)).parts] == [(), ()]


def test_a_category_that_an_amendment_takes_out_stands_on_the_works_page(
    plan: Plan, unit: Unit, person: People
) -> None:
    typed(person, plan, unit, women=5, men=3)
    report_submit(person(Role.REPORTER, unit="กฝ."), plan=plan, unit=unit, period=1)
    plan_amend(SYSTEM, plan=plan, package=broken_down("หญิง", ""), effective_period=2, reason="แยกรายการใหม่")
    (closed,) = closed_measures(look(plan, month=2, today=date(2026, 3, 5)), "P1")
    assert (closed.name, closed.actual, closed.percent) == ("เพศ: ชาย", Decimal(3), "–")


def test_pages_show_the_categories_and_their_sum(plan: Plan, unit: Unit, person: People) -> None:
    typed(person, plan, unit, "สองคนไม่ระบุเพศ", whole=10, women=5, men=3)
    report_submit(person(Role.REPORTER, unit="กฝ."), plan=plan, unit=unit, period=1)
    client = Client()
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    work = client.get("/plans/small-2569/works/P1/?month=1").content.decode()
    assert "ผลแยกรายการ" in work
    assert "ต่างจากค่ารวม" in work
    assert "รวม 8 ต่างจากค่ารวม 2" in client.get("/plans/small-2569/why/P1.1/?month=1").content.decode()
    assert client.get(f"/plans/small-2569/why/{WOMEN}/?month=1").status_code == 200
    assert client.get(f"/plans/small-2569/entries/{WOMEN}/1/").status_code == 200
