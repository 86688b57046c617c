"""The report of a month: typed, scored at once, saved cell by cell, sent."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import Direction, Mark
from samrit.plans.models import Figure, MonthlyReport, Narrative
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_confirm
from tests.web.reporting import address, cell, five, signed_in, varied


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=five(), owner=register["กนผ."])


@pytest.fixture
def reporter(plan, person):
    return signed_in(person("reporter", unit="กฝ."))


def test_the_grid_shows_the_month_open_and_later_months_shut(plan, reporter) -> None:
    page = reporter.get(address(plan)).content.decode()
    assert page.count('name="a:P1.1:3.1"') == 1
    assert 'name="a:P1.1:2.1"' in page, "an earlier open month can be corrected in the same grid"
    assert 'name="a:P1.1:5.1"' not in page
    assert "ส่งรายงานเดือนมีนาคม 2569" in page


def test_saving_answers_with_the_revision_that_stands_now(plan, reporter) -> None:
    answer = reporter.post(address(plan, name="report_save"), cell(1, "๑๒") | cell(2, "1,250") | cell(3, "-")).json()
    assert answer["saved"] == {"c:P1.1:3.1": 1, "c:P1.2:3.1": 1, "c:P1.3:3.1": 1}
    kept = {f.indicator: f.actual for f in Figure.objects.all()}
    assert kept == {"P1.1": Decimal(12), "P1.2": Decimal(1250), "P1.3": Mark.NOTHING}


def test_what_cannot_be_read_is_refused_beside_its_cell_and_the_rest_is_kept(plan, reporter) -> None:
    answer = reporter.post(address(plan, name="report_save"), cell(1, "สิบ") | cell(2, "7")).json()
    assert list(answer["refused"]) == ["c:P1.1:3.1"]
    assert "สิบ" in answer["refused"]["c:P1.1:3.1"]
    assert list(answer["saved"]) == ["c:P1.2:3.1"]


def test_two_people_on_one_figure_are_both_shown_and_nothing_is_overwritten(plan, register, person, reporter) -> None:
    other = person("head", unit="กฝ.")
    figures_save(other, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "8")])
    answer = reporter.post(address(plan, name="report_save"), cell(1, "9")).json()
    clash = answer["clashes"]["c:P1.1:3.1"]
    assert clash["revision"] == 1
    assert str(other) in clash["html"]
    assert ">8<" in clash["html"]
    assert ">9<" in clash["html"]
    assert Figure.objects.get().actual == 8
    again = reporter.post(address(plan, name="report_save"), cell(1, "9", revision=1)).json()
    assert again["saved"] == {"c:P1.1:3.1": 2}, "having seen theirs, one's own can be kept"


def test_typing_is_scored_by_the_engine_and_kept_nowhere(plan, reporter) -> None:
    page = reporter.post(address(plan, name="report_try"), cell(1, "4")).content.decode()
    assert "<b>24</b>" in page, "10 + 10 + 4 to date"
    assert "80 %" in page, "24 of 30"
    assert not Figure.objects.exists()


def test_a_preview_says_what_cannot_be_read(plan, reporter) -> None:
    page = reporter.post(address(plan, name="report_try"), cell(1, "1x")).content.decode()
    assert 'class="fault"' in page
    assert "1x" in page


def test_an_unusual_figure_wants_a_word_and_is_taken_with_it(plan, reporter) -> None:
    fields = {k: v for n in range(2, 6) for k, v in cell(n, "10").items()}
    page = reporter.post(address(plan), fields | cell(1, "200") | {"do": "submit"})
    assert page.status_code == 422
    assert "data-code" in page.content.decode()
    assert Figure.objects.get(indicator="P1.1").actual == 200, "what was typed is kept all the same"
    sent = reporter.post(address(plan), cell(1, "200", revision=1, x="จัดอบรมรวมทั้งปี") | {"do": "submit"})
    assert sent.status_code == 302
    assert MonthlyReport.objects.get().state == "submitted"


def test_a_blank_that_is_due_keeps_the_report_from_being_sent_and_a_dash_does_not(plan, reporter) -> None:
    fields = {k: v for n in range(2, 6) for k, v in cell(n, "10").items()}
    refused = reporter.post(address(plan), fields | {"do": "submit"})
    assert refused.status_code == 422
    assert 'href="#L1"' in refused.content.decode()
    assert reporter.post(address(plan), cell(1, "–") | {"do": "submit"}).status_code == 302


def test_all_blanks_as_planned_in_one_click_then_sent(plan, reporter) -> None:
    reporter.post(address(plan), cell(1, "9") | {"do": "as_planned"})
    assert sorted(Figure.objects.values_list("indicator", "actual")) == [
        ("P1.1", Decimal(9)), *((f"P1.{n}", Decimal(10)) for n in range(2, 6))
    ]  # fmt: skip
    assert reporter.post(address(plan), {"do": "submit"}, follow=True).redirect_chain[-1][0] == "/my-work/"


def test_filling_is_offered_only_where_a_planned_figure_can_be_a_result(
    register, clock, person, plan, reporter
) -> None:
    """AC12: a month of ceilings alone has nothing that one press may fill."""
    button = 'value="as_planned"'
    assert button in reporter.get(address(plan)).content.decode()
    package = small_plan(code="ceilings", units=("กฝ.",))
    (work,) = package.plan.projects
    lower = tuple(replace(indicator, direction=Direction.LOWER) for indicator in work.indicators)
    changed = replace(package.plan, projects=(replace(work, indicators=lower),))
    ceilings = plan_import(SYSTEM, package=replace(package, plan=changed))
    page = reporter.get(address(ceilings)).content.decode()
    assert 'name="a:P1.1:3.1"' in page
    assert button not in page


def test_a_poor_result_asks_for_cause_and_next_step(plan, reporter) -> None:
    fields = {k: v for n in range(1, 6) for k, v in cell(n, "0", period=2).items()}
    fields |= {k: v for n in range(1, 6) for k, v in cell(n, "0").items()}
    refused = reporter.post(address(plan), fields | {"do": "submit"})
    assert refused.status_code == 422
    assert 'href="#W1-wc"' in refused.content.decode()
    words = {"wc:P1": "งบประมาณมาช้า", "wn:P1": "เร่งในไตรมาสหน้า", "wr:P1": "0"}
    assert reporter.post(address(plan), words | {"do": "submit"}).status_code == 302
    assert Narrative.objects.get().cause == "งบประมาณมาช้า"


def test_a_late_report_is_sent_and_marked(plan, person, clock) -> None:
    clock.set("2026-04-20")
    reporter = signed_in(person("reporter", unit="กฝ."))
    reporter.post(address(plan), {"do": "as_planned"})
    page = reporter.post(address(plan), {"do": "submit"}, follow=True).content.decode()
    assert MonthlyReport.objects.get().is_late
    assert "หลังวันครบกำหนด" in page


def test_a_sent_report_says_why_it_is_locked_and_can_be_taken_back(plan, reporter) -> None:
    reporter.post(address(plan), {"do": "as_planned"})
    reporter.post(address(plan), {"do": "submit"})
    page = reporter.get(address(plan)).content.decode()
    assert "รอหัวหน้าหน่วยงานยืนยัน" in page
    assert 'name="a:P1.1:3.1"' not in page
    reporter.post(address(plan), {"do": "take_back"})
    assert 'name="a:P1.1:3.1"' in reporter.get(address(plan)).content.decode()


def test_a_returned_report_shows_its_reason_and_opens_again(plan, reporter, register, person) -> None:
    reporter.post(address(plan), {"do": "as_planned"})
    reporter.post(address(plan), {"do": "submit"})
    unit = register["กฝ."]
    report_return(person("head", unit="กฝ."), plan=plan, unit=unit, period=3, reason="ตรวจตัวชี้วัดที่ 2 อีกครั้ง")
    page = reporter.get(address(plan)).content.decode()
    assert "ตรวจตัวชี้วัดที่ 2 อีกครั้ง" in page
    assert 'name="a:P1.1:3.1"' in page
    with pytest.raises(Exception, match="report_not_submitted"):
        report_confirm(person("head", unit="กฝ."), plan=plan, unit=unit, period=3)


def test_a_closed_month_is_shut_in_the_grid_with_its_reason(plan, reporter, person) -> None:
    period_close(person("planner"), plan=plan, period=1)
    page = reporter.get(address(plan)).content.decode()
    assert 'name="a:P1.1:1.1"' not in page
    assert "ปิดแล้วเมื่อ" in page
    answer = reporter.post(address(plan, name="report_save"), cell(1, "3", period=1)).json()
    assert "ปิดแล้ว" in answer["refused"]["c:P1.1:1.1"]


def test_the_last_change_of_ones_own_is_undone(plan, reporter) -> None:
    reporter.post(address(plan, name="report_save"), cell(1, "5"))
    answer = reporter.post(address(plan, name="report_save"), cell(1, "6", revision=1)).json()
    assert "เลิกทำการแก้ไข P1.1" in answer["undo"]
    number = answer["undo"].split('value="')[1].split('"')[0]
    reporter.post(address(plan), {"undo": number})
    assert Figure.objects.get().actual == 5


def test_parts_of_a_share_give_its_percent(register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    reporter = signed_in(person("reporter", unit="กฝ."))
    fields = cell(2, "45", kind="n", d="50")
    page = reporter.post(address(plan, name="report_try"), fields).content.decode()
    assert ">90</span>" in page
    answer = reporter.post(address(plan, name="report_save"), fields).json()
    assert answer["saved"] == {"c:P1.2:3.1": 1}
    half = reporter.post(address(plan, name="report_save"), cell(3, "45", kind="n")).json()
    assert "ตัวหาร" in half["refused"]["c:P1.3:3.1"]


def test_a_level_is_reported_by_the_day_it_was_reached(register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    reporter = signed_in(person("reporter", unit="กฝ."))
    page = reporter.get(address(plan)).content.decode()
    assert 'name="l:P1.4:1"' in page
    fields = {"l:P1.4:1": "15 มี.ค. 69", "lt:P1.4:1": "รายงานการประชุม", "lr:P1.4:1": "0"}
    assert reporter.post(address(plan, name="report_save"), fields).json()["saved"] == {"l:P1.4:1": 1}
    assert "15 มี.ค. 2569" in reporter.get(address(plan)).content.decode()
    wrong = reporter.post(address(plan, name="report_save"), {"l:P1.4:2": "31 ก.พ. 69", "lr:P1.4:2": "0"}).json()
    assert wrong["refused"]["l:P1.4:2"]


def test_the_phone_form_goes_through_every_indicator_and_ends_with_the_sending(plan, reporter) -> None:
    here = address(plan) + "?view=phone"
    page = reporter.get(here).content.decode()
    assert "หน้าที่ 1 จาก 6" in page
    assert page.count('class="cell"') == 1
    for number in range(1, 6):
        after = f"L{number + 1}" if number < 5 else "send"
        answer = reporter.post(here + f"&at=L{number}", cell(number, "10") | {"go": after})
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"at={after}")
    assert reporter.post(here + "&at=send", {"do": "submit"}).status_code == 302
    assert MonthlyReport.objects.get().state == "submitted"


def test_a_level_that_is_not_reached_yet_is_reported_with_a_word(register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    reporter = signed_in(person("reporter", unit="กฝ."))
    place = "P1.4:3.1"
    fields = {f"o:{place}": "ร่างรายงานแล้ว รอประชุม", f"lv:{place}": "1", f"r:{place}": "0"}
    assert 'data-goto="L4"' in reporter.get(address(plan) + "?part=todo").content.decode()
    reporter.post(address(plan, name="report_save"), fields)
    assert 'data-goto="L4"' not in reporter.get(address(plan) + "?part=todo").content.decode()
    row = Figure.objects.get(indicator="P1.4")
    assert (row.actual, row.note) == (Mark.NOTHING, "ร่างรายงานแล้ว รอประชุม")
    fields |= {f"o:{place}": "", f"r:{place}": "1"}
    reporter.post(address(plan, name="report_save"), fields)
    assert Figure.objects.get(indicator="P1.4").actual is Mark.BLANK


@pytest.mark.parametrize("name", ["report", "report_save", "report_try"])
def test_the_report_of_a_foreign_unit_does_not_exist(plan, person, name) -> None:
    stranger = signed_in(person("reporter", unit="กค."))
    here = address(plan, name=name)
    answer = stranger.get(here) if name == "report" else stranger.post(here, cell(1, "5"))
    assert answer.status_code == 404
    assert not Figure.objects.exists()


def test_an_auditor_looks_and_cannot_change(plan, person) -> None:
    auditor = signed_in(person("auditor"))
    page = auditor.get(address(plan)).content.decode()
    assert "แก้ไขไม่ได้" in page
    assert 'class="cell"' not in page
    assert auditor.post(address(plan, name="report_save"), cell(1, "5")).status_code == 409
    assert not Figure.objects.exists()


@pytest.mark.parametrize("period", [0, 13, 99])
def test_a_month_that_no_year_has_does_not_exist(plan, reporter, period) -> None:
    assert reporter.get(address(plan, period)).status_code == 404


def test_words_and_explanations_are_text_never_markup(plan, reporter) -> None:
    nasty = "<script>alert(1)</script>"
    reporter.post(address(plan, name="report_save"), cell(1, "10", x=nasty) | {"wc:P1": nasty, "wr:P1": "0"})
    page = reporter.get(address(plan)).content.decode()
    assert nasty not in page
    assert "&lt;script&gt;" in page


def test_the_phone_form_takes_the_last_own_change_back_too(plan, reporter) -> None:
    here = f"{address(plan)}?view=phone"
    reporter.post(here, {**cell(1, "7"), "go": "L2"})
    page = reporter.get(here)
    button = re.search(r'name="undo" value="(\d+)"', page.content.decode())
    assert button is not None
    assert Figure.objects.filter(indicator="P1.1", actual=7).exists()
    reporter.post(here, {"undo": button.group(1)})
    assert not Figure.objects.filter(plan=plan, indicator="P1.1", period=3, actual=7).exists()
