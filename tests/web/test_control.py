"""The control room, closed evaluations and the Excel forms' pages."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrit.plans.models import Evaluation, Figure, FindingState, PeriodClosure, ReportFile, Settlement, Unlock
from samrit.plans.services.figures import CellInput, figures_save
from samrit.plans.services.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.web.views.evaluations import start_printing
from tests.plans.office import small_plan


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(indicators=2), owner=register["กนผ."])


@pytest.fixture
def planner(client, person):
    somebody = person("planner")
    client.force_login(somebody)
    return somebody


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


def test_what_changed_is_shown_once(client, plan, planner, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "7")])
    assert "P1.1" in _texts(client.get(reverse("control", args=[plan.code])))
    assert "ไม่มีตัวเลขใดเปลี่ยน" in _texts(client.get(reverse("control", args=[plan.code])))


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


def test_a_finding_is_explained_and_leaves_the_open_list(client, plan, planner) -> None:
    address = reverse("control_findings", args=[plan.code])
    rows = client.get(address).context["rows"]
    assert rows
    client.post(address, {"finding": rows[0].mark, "state": "explained", "reason": "ตรวจแล้ว"})
    assert FindingState.objects.get().state == "explained"
    assert rows[0].mark not in {r.mark for r in client.get(address).context["rows"]}
    assert rows[0].mark in {r.mark for r in client.get(f"{address}?state=explained").context["rows"]}


def test_a_finding_that_is_not_there_is_404(client, plan, planner) -> None:
    address = reverse("control_findings", args=[plan.code])
    assert client.post(address, {"finding": "0" * 64, "state": "explained", "reason": "x"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_evaluation_is_frozen_printed_and_handed_out(client, plan, planner) -> None:
    response = client.post(reverse("evaluation_close", args=[plan.code]), {"period": 3})
    evaluation = Evaluation.objects.get()
    assert response["Location"] == reverse("evaluation", args=[plan.code, 3, 1])
    page = client.get(response["Location"])
    assert evaluation.sha256 in _texts(page)
    start_printing(planner, evaluation, "th").join(timeout=120)
    assert {f.state for f in ReportFile.objects.all()} == {"done"}
    for row in ReportFile.objects.all():
        sent = client.get(reverse("evaluation_file", args=[plan.code, 3, 1, "th", row.format]))
        assert sent.status_code == 200
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert len(b"".join(sent.streaming_content)) == row.size
    assert client.get(reverse("evaluation_file", args=[plan.code, 3, 1, "en", "pdf"])).status_code == 404


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
