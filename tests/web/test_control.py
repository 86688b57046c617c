"""The control room, closed evaluations and the Excel forms' pages."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrit.plans.models import Evaluation, Figure, FindingState, PeriodClosure, ReportFile, Settlement, Unlock
from samrit.plans.records.printing import printing
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.web.views.control.evaluations import start_printing
from tests.plans.office import small_plan
from tests.web.reporting import varied
from tests.web.shown import decided

CLOSE = {"period": 3, "reason": "ปิดตามกำหนด"}


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(indicators=2), owner=register["กนผ."])


@pytest.fixture
def planner(client, person):
    somebody = person("planner")
    client.force_login(somebody)
    return somebody


def close(client, plan, sent):
    """Close an evaluation as the page does it: what it showed is sent along."""
    address = reverse("evaluation_close", args=[plan.code])
    return decided(client, f"{address}?period=3", address, sent)


def _texts(response) -> str:
    return response.content.decode()


def test_the_room_shows_who_is_missing_and_since_when(client, plan, planner) -> None:
    response = client.get(reverse("control", args=[plan.code]))
    assert response.status_code == 200
    assert "cell-missing" in _texts(response)
    assert "กองฝึกอบรม" in _texts(response)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_the_room_opens_in_both_languages(language, client, plan, planner) -> None:
    client.cookies["django_language"] = language
    for name in ("control", "control_findings"):
        assert client.get(reverse(name, args=[plan.code])).status_code == 200
    assert client.get(reverse("unit_forms")).status_code == 200


@pytest.mark.parametrize("role", ["reporter", "executive"])
def test_the_room_does_not_exist_for_those_who_may_not_enter(role, client, plan, person) -> None:
    client.force_login(person(role, unit="กฝ." if role == "reporter" else ""))
    for name in ("control", "control_findings"):
        assert client.get(reverse(name, args=[plan.code])).status_code == 404
    for name in ("control_close", "control_unlock", "control_settle", "evaluation_close"):
        assert client.post(reverse(name, args=[plan.code]), {"period": 1}).status_code == 404


def test_an_auditor_sees_the_room_and_changes_nothing(client, plan, person) -> None:
    client.force_login(person("auditor"))
    assert client.get(reverse("control", args=[plan.code])).status_code == 200
    client.post(reverse("control_close", args=[plan.code]), {"period": 1})
    assert not PeriodClosure.objects.exists()


def test_what_changed_stays_for_this_look_and_is_gone_at_the_next(
    client, plan, planner, register, person, clock
) -> None:
    clock.set("2026-04-03", 10)
    address = reverse("control", args=[plan.code])
    client.get(address)
    clock.set("2026-04-03", 12)
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "7")])
    for _ in range(2):  # a reload does not make the news disappear
        text = _texts(client.get(address))
        assert "P1.1" in text
        assert "3 เม.ย. 2569 10:00" in text
    clock.set("2026-04-03", 14)
    assert "ไม่มีตัวเลขที่เปลี่ยนแปลง" in _texts(client.get(address))


def test_a_look_that_was_tampered_with_is_a_first_one(client, plan, planner, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "7")])
    address = reverse("control", args=[plan.code])
    client.cookies[f"look-{planner.pk}-{plan.code}"] = "999999999.0.999999999.0:forged"
    assert "P1.1" in _texts(client.get(address))


@pytest.fixture
def office(register, clock):
    """A plan that every province reports in, so that its matrix has more than one page."""
    return plan_import(SYSTEM, package=small_plan(code="wide-2569", units=("จังหวัด",)), owner=register["กนผ."])


def test_the_matrix_is_cut_by_month_standing_and_name(client, office, planner, register) -> None:
    address = reverse("control", args=[office.code])
    everything = client.get(address).context["page"].sheet
    assert (everything.pages, everything.found) == (5, everything.of)
    assert len(everything.rows) == 30
    cells = [CellInput("P1.1", "10", explanation="ตามแผน")]
    figures_save(SYSTEM, plan=office, unit=register["เชียงใหม่"], period=2, cells=cells)
    report_submit(SYSTEM, plan=office, unit=register["เชียงใหม่"], period=2)
    sent = client.get(f"{address}?show=submitted&month=2").context["page"].sheet
    assert [row.unit.code for row in sent.rows] == ["เชียงใหม่"]
    assert client.get(f"{address}?show=submitted&month=1").context["page"].sheet.found == 0
    misspelt = client.get(f"{address}?q=เชียงไหม่").context["page"].sheet
    assert all(row.unit.code.startswith("เชียงใหม่") for row in misspelt.rows)  # with its branches
    assert 1 < misspelt.found < everything.found
    assert client.get(f"{address}?page=99").context["page"].sheet.page == 5
    assert client.get(f"{address}?show=nonsense&month=x&page=-1").status_code == 200


@pytest.mark.parametrize("table", ["completeness", "changes", "findings"])
def test_the_rooms_tables_go_out(table, client, plan, planner, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "7")])
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=2, cells=[CellInput("P1.1", "77777")])
    sent = client.get(reverse("control_table", args=[plan.code, table, "csv"]))
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert {"completeness": "กองฝึกอบรม", "changes": ",7,", "findings": "P1"}[table] in "\n".join(lines[1:])
    assert "77777" not in sent.content.decode("utf-8-sig"), "what was only typed"
    book = client.get(reverse("control_table", args=[plan.code, table, "xlsx"]))
    assert openpyxl.load_workbook(io.BytesIO(book.content)).active.max_row == len(lines)
    assert client.get(reverse("control_table", args=[plan.code, table, "pdf"])).status_code == 404


def test_a_table_that_the_room_has_not_is_404(client, plan, planner) -> None:
    assert client.get(reverse("control_table", args=[plan.code, "secrets", "csv"])).status_code == 404


def test_a_month_is_closed_and_opened_again_with_a_reason(client, plan, planner) -> None:
    client.post(reverse("control_close", args=[plan.code]), {"period": 2})
    assert PeriodClosure.objects.get().period == 2
    client.post(
        reverse("control_unlock", args=[plan.code]),
        {"period": 2, "unit": "กฝ.", "until": "30 เม.ย. 2569", "reason": "แก้ตัวเลขที่พิมพ์ผิด"},
    )
    unlock = Unlock.objects.get()
    assert (unlock.unit.code, unlock.until.isoformat()) == ("กฝ.", "2026-04-30")


@pytest.mark.parametrize("until", ["ไม่ใช่วันที่", "", "2026-04-30"])
def test_an_unlock_without_day_or_reason_is_refused_with_words(until, client, plan, planner) -> None:
    client.post(reverse("control_close", args=[plan.code]), {"period": 2})
    response = client.post(
        reverse("control_unlock", args=[plan.code]), {"period": 2, "until": until, "reason": ""}, follow=True
    )
    assert not Unlock.objects.exists()
    assert list(response.context["messages"])


def test_a_result_is_settled_with_its_reason(client, plan, planner) -> None:
    client.post(
        reverse("control_settle", args=[plan.code]),
        {"period": 3, "record": "P1", "percent": "87.5", "reason": "มติคณะกรรมการ"},
    )
    assert Settlement.objects.get().percent == Decimal("87.5")
    response = client.post(
        reverse("control_settle", args=[plan.code]),
        {"period": 3, "record": "P1", "percent": "สิบ", "reason": "x"},
        follow=True,
    )
    assert Settlement.objects.count() == 1
    assert list(response.context["messages"])


def test_a_refused_settlement_comes_back_to_its_form(client, plan, planner) -> None:
    sent = {"period": 2, "record": "P9", "percent": "50", "reason": "มติ"}
    answer = client.post(reverse("control_settle", args=[plan.code]), sent)
    assert answer["Location"].endswith("?settle=P9&period=2#settle")
    page = _texts(client.get(answer["Location"].partition("#")[0]))
    form = page.partition('id="settle"')[2]
    assert 'value="P9"' in form
    assert '<option value="2" selected>' in form
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("ทดลอง", ["P1"]), ("P1.2", ["P1.2"]), ("", ["P1", "P1.1", "P1.2"]), ("ไม่มีสิ่งนี้", [])],
)
def test_works_and_indicators_are_offered_by_code_or_title(client, plan, planner, typed, offered) -> None:
    found = client.get(reverse("control_records", args=[plan.code]), {"q": typed, "period": 3}).json()["records"]
    assert [r["code"] for r in found] == offered


@pytest.mark.parametrize(("role", "is_offered"), [("planner", True), ("executive", False)])
def test_a_result_leads_those_who_settle_to_the_form_filled_in(client, plan, person, role, is_offered) -> None:
    client.force_login(person(role))
    for page in (
        client.get(reverse("work", args=[plan.code, "P1"]), {"month": "2"}),
        client.get(reverse("why", args=[plan.code, "P1"]), {"month": "2"}),
    ):
        assert ("?settle=P1&amp;period=2#settle" in _texts(page)) is is_offered


def test_a_finding_is_explained_and_leaves_the_open_list(client, plan, planner) -> None:
    address = reverse("control_findings", args=[plan.code])
    rows = client.get(address).context["page"].rows
    assert rows
    client.post(address, {"finding": rows[0].mark, "state": "explained", "reason": "ตรวจแล้ว"})
    assert FindingState.objects.get().state == "explained"
    assert rows[0].mark not in {r.mark for r in client.get(address).context["page"].rows}
    assert rows[0].mark in {r.mark for r in client.get(f"{address}?state=explained").context["page"].rows}


def test_several_findings_are_decided_about_at_once_or_not_at_all(client, sso, planner, clock) -> None:
    address = reverse("control_findings", args=[sso.code])
    page = client.get(f"{address}?code=weights_not_100").context["page"]
    marks = [row.mark for row in page.rows]
    assert len(marks) > 1
    assert {row.work.id for row in page.rows} >= {"S2-57"}
    client.post(address, {"finding": marks, "state": "accepted", "reason": ""})
    assert not FindingState.objects.exists()  # accepting takes a reason
    client.post(address, {"finding": [*marks, "0" * 64], "state": "accepted", "reason": "ตรวจแล้ว"})
    assert not FindingState.objects.exists()
    client.post(address, {"finding": marks, "state": "accepted", "reason": "ตรวจแล้ว"})
    assert FindingState.objects.filter(state="accepted").count() == len(marks)
    assert client.get(f"{address}?code=weights_not_100").context["page"].found == 0


def test_findings_come_a_page_at_a_time_with_the_count_of_every_choice(client, sso, planner, clock) -> None:
    address = reverse("control_findings", args=[sso.code])
    page = client.get(address).context["page"]
    assert len(page.rows) == 50 < page.found == sum(page.severities.values())
    last = client.get(f"{address}?page=999").context["page"]
    assert last.page == page.pages
    assert len(last.rows) == page.found - 50 * (page.pages - 1)
    errors = client.get(f"{address}?severity=error").context["page"]
    assert errors.found == page.severities["error"]
    assert errors.severities == page.severities


def test_ticking_nothing_is_said(client, plan, planner) -> None:
    response = client.post(reverse("control_findings", args=[plan.code]), {"state": "fixed"}, follow=True)
    assert "ยังไม่ได้เลือกข้อสังเกต" in _texts(response)


def test_a_finding_that_is_not_there_is_404(client, plan, planner) -> None:
    address = reverse("control_findings", args=[plan.code])
    assert client.post(address, {"finding": "0" * 64, "state": "explained", "reason": "x"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_evaluation_is_frozen_printed_and_handed_out(client, plan, planner) -> None:
    response = close(client, plan, CLOSE)
    evaluation = Evaluation.objects.get()
    assert response["Location"] == reverse("evaluation", args=[plan.code, 3, 1])
    page = client.get(response["Location"])
    assert evaluation.sha256 in _texts(page)
    assert "ตัวเลขปัจจุบันตรงกับผลที่ปิดรอบไว้" in _texts(page)
    assert "band-good" in _texts(page) or "band-improve" in _texts(page)
    start_printing(planner, evaluation, "th").join(timeout=120)
    assert {f.state for f in ReportFile.objects.all()} == {"done"}
    for row in ReportFile.objects.all():
        sent = client.get(reverse("evaluation_file", args=[plan.code, 3, 1, "th", row.format]))
        assert sent.status_code == 200
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert len(b"".join(sent.streaming_content)) == row.size
    assert client.get(reverse("evaluation_file", args=[plan.code, 3, 1, "en", "pdf"])).status_code == 404


def test_a_closed_evaluation_says_what_moved_since_and_what_came_after(client, plan, planner, register, clock) -> None:
    close(client, plan, CLOSE)
    until = clock().date()
    period_unlock(SYSTEM, plan=plan, period=3, unit=register["กฝ."], reason="แก้ตัวเลข", until=until)
    figures_save(
        SYSTEM, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "30"), CellInput("P1.2", "30")]
    )
    text = _texts(client.get(reverse("evaluation", args=[plan.code, 3, 1])))
    assert "แตกต่างจากผลที่ปิดรอบไว้ 1 งาน/โครงการ" in text
    close(client, plan, {"period": 3, "reason": "แก้ไขตามข้อทักท้วง"})
    assert "ผลล่าสุดคือครั้งที่ 2" in _texts(client.get(reverse("evaluation", args=[plan.code, 3, 1])))


@pytest.mark.parametrize(
    ("today", "month"),
    [("2026-01-20", "มกราคม"), ("2026-04-03", "มีนาคม"), ("2026-12-31", "พฤศจิกายน"), ("2027-01-04", "ธันวาคม")],
)
def test_the_opening_sentence_and_the_table_begin_with_the_month_that_is_owed(
    client, plan, person, clock, today, month
) -> None:
    clock.set(today)
    client.force_login(person("planner"))
    text = _texts(client.get(reverse("control", args=[plan.code])))
    assert f'<p class="lead-text">{month} 2569: ส่งแล้ว' in text
    table = text.partition("<tbody>")[2]
    assert table.partition('<th scope="row">')[2].startswith(f"{month} 2569</th>")


def test_a_printing_whose_process_is_gone_shows_as_stopped_with_its_button(client, plan, planner) -> None:
    close(client, plan, CLOSE)
    evaluation = Evaluation.objects.get()
    for state, form in (("running", "docx"), ("waiting", "pdf")):
        ReportFile.objects.create(evaluation=evaluation, format=form, language="th", state=state)
    here = reverse("evaluation", args=[plan.code, 3, 1])
    page = _texts(client.get(here))
    assert page.count("การจัดทำหยุดชะงัก") == 2
    assert 'hx-trigger="every' not in page
    assert "จัดทำรายงานภาษาไทย (Word, PDF, Excel และเว็บ)" in page
    with printing(evaluation.pk, "th"):
        page = _texts(client.get(here))
        assert "การจัดทำหยุดชะงัก" not in page
        assert "กำลังจัดทำ" in page
        assert 'hx-trigger="every' in page


def test_a_unit_form_goes_out_and_comes_back(client, plan, person) -> None:
    client.force_login(person("reporter", unit="กฝ."))
    sent = client.get(reverse("unit_form", args=[plan.code, "กฝ.", 3]))
    assert sent.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    book["รายงาน"]["G6"].value = 9
    out = io.BytesIO()
    book.save(out)
    response = client.post(reverse("unit_forms"), {"forms": SimpleUploadedFile("f.xlsx", out.getvalue())})
    assert response.status_code == 200
    assert Figure.objects.get().actual == 9


def test_levels_of_a_form_that_were_not_taken_are_told_with_who_and_what(client, register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    client.force_login(person("reporter", unit="กฝ."))
    sent = client.get(reverse("unit_form", args=[plan.code, "กฝ.", 3]))
    day = date(2026, 3, 15)
    level_reach(
        person("planner"),
        plan=plan,
        unit=register["กฝ."],
        indicator="P1.4",
        number=1,
        reached_on=day,
        evidence_text="ก",
    )
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    book["ระดับ"]["H6"].value, book["ระดับ"]["I6"].value = "20 มี.ค. 69", "<b>"
    book["ระดับ"]["H7"].value = "สิ้นเดือน"
    out = io.BytesIO()
    book.save(out)
    page = _texts(client.post(reverse("unit_forms"), {"forms": SimpleUploadedFile("f.xlsx", out.getvalue())}))
    assert "P1.4 ระดับ 1: มีผู้บันทึกไว้แล้วเป็น 15 มี.ค. 2569 (หลักฐาน: ก) โดย planner" in page
    assert "20 มี.ค. 69 หลักฐาน: &lt;b&gt;" in page
    assert "P1.4 ระดับ 2: " in page


def test_the_page_of_forms_leads_a_reporter_to_every_form_that_is_due(client, plan, person) -> None:
    client.force_login(person("reporter", unit="กฝ."))
    page = client.get(reverse("unit_forms"))
    assert reverse("unit_form", args=[plan.code, "กฝ.", 3]) in _texts(page)
    assert page.context["page"].chase is None
    assert reverse("unit_form", args=[plan.code, "กฝ.", 3]) in _texts(client.get(reverse("my_work")))


def test_the_division_takes_the_forms_of_all_who_have_not_sent_in_one_zip(client, plan, planner, register) -> None:
    chase = client.get(reverse("unit_forms"), {"plan": plan.code, "month": "2"}).context["page"].chase
    assert [unit.code for unit in chase.units] == ["กฝ."]
    sent = client.get(reverse("unit_forms_zip", args=[plan.code, 2]))
    with zipfile.ZipFile(io.BytesIO(sent.content)) as bundle:
        assert bundle.namelist() == [f"{plan.code}-กฝ--02.xlsx"]
        assert openpyxl.load_workbook(io.BytesIO(bundle.read(bundle.namelist()[0]))).sheetnames
    cells = [CellInput(f"P1.{n}", "10", explanation="ตามแผน") for n in (1, 2)]
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=2, cells=cells)
    report_submit(SYSTEM, plan=plan, unit=register["กฝ."], period=2)
    assert client.get(reverse("unit_forms_zip", args=[plan.code, 2])).status_code == 409


def test_forms_of_units_with_like_names_do_not_share_a_file_name(client, plan, planner) -> None:
    names = {
        client.get(reverse("unit_form", args=[plan.code, unit, 3]))["Content-Disposition"]
        for unit in ("กฝ.", "กค.", "กระบี่", "เชียงใหม่ สาขาฝาง")
    }
    assert len(names) == 4
    assert all(name.isascii() for name in names)


def test_a_form_of_another_unit_does_not_exist(client, plan, person) -> None:
    client.force_login(person("reporter", unit="กค."))
    assert client.get(reverse("unit_form", args=[plan.code, "กฝ.", 3])).status_code == 404
    assert client.get(reverse("unit_form", args=["no-plan", "กฝ.", 3])).status_code == 404


def test_sending_nothing_is_said(client, plan, person) -> None:
    client.force_login(person("reporter", unit="กฝ."))
    assert client.post(reverse("unit_forms")).status_code == 422


def test_the_calendar_feed_is_ones_own(client, plan, person) -> None:
    client.force_login(person("reporter", unit="กฝ."))
    feed = client.get(reverse("deadlines", args=[plan.code]))
    assert feed["Content-Type"].startswith("text/calendar")
    assert _texts(feed).count("BEGIN:VEVENT") == 12
