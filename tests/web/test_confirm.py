"""Heads confirm or return with a reason; the division accepts in bulk or returns."""

from __future__ import annotations

import re

import pytest

from samrit.plans.models import MonthlyReport
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.sending_content import revision_of
from samrit.plans.services.office.people import role_give
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return, report_submit, report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_confirm
from tests.web.reporting import five, signed_in


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=five(), owner=register["กนผ."])


@pytest.fixture
def sent(plan, register, person) -> MonthlyReport:
    """March, sent: one figure below plan, one explained, three as planned."""
    reporter, unit = person("reporter", unit="กฝ."), register["กฝ."]
    cells = [CellInput("P1.1", "6"), CellInput("P1.2", "200", explanation="รวมทั้งปี")]
    cells += [CellInput(f"P1.{n}", "10") for n in (3, 4, 5)]
    outcome = figures_save(reporter, plan=plan, unit=unit, period=3, cells=cells)
    assert len(outcome.saved) == 5
    return report_submit(reporter, plan=plan, unit=unit, period=3)


def ticked(report: MonthlyReport) -> dict[str, object]:
    """What the page sends of a report that is ticked, as it was shown."""
    return {"report": report.pk, f"seen-{report.pk}": revision_of(report)}


def test_only_what_differs_or_looks_unusual_is_listed(sent, person) -> None:
    page = signed_in(person("head", unit="กฝ.")).get("/confirm/").content.decode()
    assert page.count('<th scope="row">') == 2
    assert "ต่ำกว่าแผน" in page
    assert "“รวมทั้งปี”" in page
    assert "อีก 3 ตัวชี้วัดเป็นไปตามแผน" in page


def test_head_and_division_see_which_results_are_the_planned_figure_to_the_digit(sent, plan, person, register) -> None:
    """AC12: three of five were filled in as planned; both see which, and 6 and 200 are none of them."""

    def marked(page: str) -> list[str]:
        (told,) = re.findall(r'<details class="as-planned">(.*?)</details>', page, re.DOTALL)
        assert "ผลเท่ากับแผนทุกหลัก 3 ตัวชี้วัด" in told
        return re.findall(r"<li>ตัวชี้วัดที่ (\d): 10 ครั้ง</li>", told)

    assert marked(signed_in(person("head", unit="กฝ.")).get("/confirm/").content.decode()) == ["3", "4", "5"]
    report_confirm(person("head", unit="กฝ."), plan=plan, unit=register["กฝ."], period=3)
    planner = signed_in(person("planner"))
    assert f"?look={sent.pk}" in planner.get(f"/accept/{plan.code}/").content.decode()
    assert marked(planner.get(f"/accept/{plan.code}/?look={sent.pk}").content.decode()) == ["3", "4", "5"]


def test_all_are_confirmed_by_one_button(sent, person) -> None:
    head = signed_in(person("head", unit="กฝ."))
    page = head.post("/confirm/", ticked(sent), follow=True).content.decode()
    assert MonthlyReport.objects.get().state == "confirmed"
    assert "ยืนยันแล้ว 1 ฉบับ" in page
    assert "ไม่มีรายงานรอยืนยัน" in page


def test_a_page_that_shows_an_earlier_sending_confirms_nothing_and_shows_the_difference(sent, person, register) -> None:
    head, reporter = signed_in(person("head", unit="กฝ.")), person("reporter", unit="กฝ.")
    place = {"plan": sent.plan, "unit": register["กฝ."], "period": 3}
    stale = re.search(rf'name="seen-{sent.pk}" value="(\d+)"', head.get("/confirm/").content.decode())
    report_take_back(reporter, **place)
    figures_save(reporter, **place, cells=[CellInput("P1.3", "12", expected_revision=1)])
    report_submit(reporter, **place)
    fields = {"report": sent.pk, f"seen-{sent.pk}": stale[1]}
    page = head.post("/confirm/", fields, follow=True).content.decode()
    assert MonthlyReport.objects.get().state == "submitted"
    assert "เปลี่ยนไปหลังจากที่ท่านเปิดดู" in page
    assert "แก้ไขจาก 10" in page
    head.post("/confirm/", {"report": sent.pk})
    assert MonthlyReport.objects.get().state == "submitted", (
        "a page that says nothing of what it showed decides nothing"
    )


def test_a_stale_page_accepts_nothing(sent, person, register) -> None:
    place = {"plan": sent.plan, "unit": register["กฝ."], "period": 3}
    report_confirm(person("head", unit="กฝ."), **place)
    planner = signed_in(person("planner"))
    stale = re.search(rf'name="seen-{sent.pk}" value="(\d+)"', planner.get("/accept/five-2569/").content.decode())
    report_return(person("planner"), **place, reason="ตรวจ")
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, **place, cells=[CellInput("P1.3", "12", expected_revision=1)])
    report_submit(reporter, **place)
    report_confirm(person("head", unit="กฝ."), **place)
    fields = {"report": sent.pk, f"seen-{sent.pk}": stale[1]}
    page = planner.post("/accept/five-2569/", fields, follow=True).content.decode()
    assert MonthlyReport.objects.get().state == "confirmed"
    assert "เปลี่ยนไปหลังจากที่ท่านเปิดดู" in page


def test_a_return_needs_a_reason_and_names_its_indicators(sent, person) -> None:
    head = signed_in(person("head", unit="กฝ."))
    typed = {"return": sent.pk, f"reason-{sent.pk}": " ", f"about-{sent.pk}": ["P1.2"]}
    refused = head.post("/confirm/", typed)
    page = refused.content.decode()
    assert (refused.status_code, MonthlyReport.objects.get().state) == (422, "submitted")
    assert f'<p class="fault" role="alert" id="fault-{sent.pk}">ต้องระบุเหตุผล' in page, "it stands beside its field"
    assert '<details class="give-back" open>' in page
    assert 'value="P1.2" checked' in page
    assert 'value="P1.1" checked' not in page
    assert f'name="report" value="{sent.pk}" checked' not in page, "as it was left"
    fields = {"return": sent.pk, f"reason-{sent.pk}": "ตรวจยอด", f"about-{sent.pk}": ["P1.1", "P1.2"]}
    head.post("/confirm/", fields)
    report = MonthlyReport.objects.get()
    assert (report.state, report.return_reason) == ("returned", "P1.1, P1.2: ตรวจยอด")


def test_a_reason_used_before_is_offered_again(sent, person, plan, register) -> None:
    head = signed_in(person("head", unit="กฝ."))
    head.post("/confirm/", {"return": sent.pk, f"reason-{sent.pk}": "ขาดหลักฐาน"})
    report_submit(person("reporter", unit="กฝ."), plan=plan, unit=register["กฝ."], period=3)
    assert '<option value="ขาดหลักฐาน">' in head.get("/confirm/").content.decode()


def test_after_a_return_what_was_changed_stands_beside_its_old_figure(sent, person, plan, register) -> None:
    head = signed_in(person("head", unit="กฝ."))
    head.post("/confirm/", {"return": sent.pk, f"reason-{sent.pk}": "ตรวจ"})
    reporter, unit = person("reporter", unit="กฝ."), register["กฝ."]
    figures_save(reporter, plan=plan, unit=unit, period=3, cells=[CellInput("P1.3", "12", expected_revision=1)])
    report_submit(reporter, plan=plan, unit=unit, period=3)
    assert "แก้ไขจาก 10" in head.get("/confirm/").content.decode()


def test_the_head_of_another_unit_sees_and_decides_nothing(sent, person) -> None:
    stranger = signed_in(person("head", unit="กค."))
    assert "กองฝึกอบรม" not in stranger.get("/confirm/").content.decode()
    assert stranger.post("/confirm/", {"report": sent.pk}).status_code == 404
    assert MonthlyReport.objects.get().state == "submitted"


def test_a_reporter_cannot_confirm_the_own_report(sent, person) -> None:
    reporter = signed_in(person("reporter", unit="กฝ."))
    reporter.post("/confirm/", ticked(sent))
    assert MonthlyReport.objects.get().state == "submitted"


@pytest.fixture
def confirmed(sent, person) -> MonthlyReport:
    return report_confirm(person("head", unit="กฝ."), plan=sent.plan, unit=sent.unit, period=3)


def test_the_division_accepts_in_bulk(confirmed, person) -> None:
    planner = signed_in(person("planner"))
    page = planner.get("/accept/five-2569/").content.decode()
    assert "กองฝึกอบรม" in page
    assert "ควรตรวจสอบ 1 รายการ" in page, "one figure needed a word"
    planner.post("/accept/five-2569/", ticked(confirmed))
    assert MonthlyReport.objects.get().state == "accepted"


def test_many_confirmed_reports_come_a_page_at_a_time(confirmed, plan, register, person, monkeypatch) -> None:
    for period in (1, 2):
        cells = [CellInput(f"P1.{n}", "10") for n in (1, 2, 3, 4, 5)]
        figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=period, cells=cells)
        report_submit(SYSTEM, plan=plan, unit=register["กฝ."], period=period)
        report_confirm(person("head", unit="กฝ."), plan=plan, unit=register["กฝ."], period=period)
    monkeypatch.setattr("samrit.plans.selectors.report.confirmation.PER_PAGE", 2)
    client = signed_in(person("planner"))
    first, last = (client.get(f"/accept/{plan.code}/?page={n}").context["page"] for n in ("1", "99"))
    assert (first.found, first.pages, len(first.rows)) == (3, 2, 2)
    assert (last.page, [row.sent.period for row in last.rows]) == (2, [3])


def test_the_division_looks_closer_without_leaving_the_list(confirmed, person) -> None:
    part = signed_in(person("planner")).get(f"/accept/five-2569/?look={confirmed.pk}").content.decode()
    assert "<html" not in part
    assert "“รวมทั้งปี”" in part


@pytest.mark.parametrize("to", ["reporter", "head"])
def test_the_division_returns_to_the_reporter_or_the_head(confirmed, person, to) -> None:
    planner = signed_in(person("planner"))
    planner.post("/accept/five-2569/", {"return": f"{confirmed.pk}:{to}", f"reason-{confirmed.pk}": "ตรวจอีกครั้ง"})
    report = MonthlyReport.objects.get()
    assert (report.state, report.returned_to) == ("returned", to)
    waiting = signed_in(person("head", unit="กฝ.")).get("/confirm/").content.decode()
    assert ("ตรวจอีกครั้ง" in waiting) is (to == "head")


@pytest.mark.parametrize("role", ["reporter", "head", "executive", "auditor"])
def test_nobody_else_accepts(confirmed, person, role) -> None:
    other = signed_in(person(role, unit="กฝ." if role in ("reporter", "head") else ""))
    assert other.get("/accept/five-2569/").status_code == 404
    assert other.post("/accept/five-2569/", {"report": confirmed.pk}).status_code == 404
    assert MonthlyReport.objects.get().state == "confirmed"


def test_many_reports_go_over_light_pages(register, person, clock) -> None:
    provinces = tuple(code for code, unit in register.items() if unit.type == "province")[:45]
    made = []
    for n, code in enumerate(provinces):
        package = small_plan(code=f"p{n}-2569", indicators=3, units=(code,), reported=((1, 10), (2, 10)))
        plan = plan_import(SYSTEM, package=package, owner=register["กนผ."])
        cells = [CellInput(f"P1.{k}", "9", explanation="รอผู้รับจ้าง") for k in (1, 2, 3)]
        figures_save(SYSTEM, plan=plan, unit=register[code], period=3, cells=cells)
        made.append(report_submit(SYSTEM, plan=plan, unit=register[code], period=3).pk)
    head = person("head", unit=provinces[0])
    for code in provinces[1:]:
        role_give(SYSTEM, person=head, role="head", unit=register[code])
    client, seen, where = signed_in(head), [], "/confirm/"
    while where:
        page = client.get(where)
        assert len(page.content) < 200_000
        text = page.content.decode()
        seen += [int(number) for number in re.findall(r'name="report" value="(\d+)"', text)]
        more = re.search(r'rel="next" href="([^"]+)"', text)
        where = f"/confirm/{more[1]}" if more else ""
    assert sorted(seen) == sorted(made), "each once"
    assert '<span class="quiet">45</span>' in text
    assert "กลับไปรายการแรก" in text
    assert client.get("/confirm/?from=9999").status_code == 200
