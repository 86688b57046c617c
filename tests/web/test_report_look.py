"""The page on which an office chooses how a plan's reports look, and the documents printed with that choice."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from samrit.plans.models import HistoryEntry, Plan, ReportFile, Role
from samrit.plans.records.audit import audit
from samrit.plans.records.printing import printing_begin
from samrit.plans.records.stored_files import document_path
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.look import looked
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.report_files import report_files_make
from samrit.plans.services.writing import SYSTEM
from samrit.reports.texts import look_words
from samrit.reports.texts.look_words import (
    columns_meant,
    columns_said,
    lines_said,
    settings_meant,
    text_named,
    wordings,
)
from samrit.reports.texts.looks import template_of
from samrit.reports.texts.template import COLUMNS
from samrit.vocabulary.terms import groups
from tests.plans.office import Clock, People, example, small_plan

ADDRESS = "/plans/small-2569/report-look/"


@pytest.fixture
def plan(register: None, clock: Clock, own_files: Path) -> Plan:
    clock.set("2026-04-20")
    return plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 9), (3, 12))))


@pytest.fixture
def planner(plan: Plan, person: People) -> Client:
    client = Client()
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_wrong_setting_is_told_at_once_and_nothing_is_kept(plan: Plan, planner: Client) -> None:
    sent = {"percent_places": "many", "layout.columns": "number", "more": "texts.th.summary = เราได้ 95\nnonsense"}
    answer = planner.post(ADDRESS, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert len(answer.context["faults"]) >= 4
    assert "nonsense" in page
    assert 'value="many"' in page
    plan.refresh_from_db()
    assert plan.report_look == {}
    assert not HistoryEntry.objects.filter(action="plan.settings").exists()


def test_a_choice_is_kept_shown_and_taken_back(plan: Plan, planner: Client) -> None:
    sent = {"ready": "short", "digits": "thai", "annex": "yes", "more": "texts.th.summary = สรุป", "reason": "มติ"}
    assert planner.post(ADDRESS, sent).status_code == 302
    plan.refresh_from_db()
    assert plan.report_look == {"ready": "short", "digits": "thai", "annex": "yes", "texts.th.summary": "สรุป"}
    (entry,) = HistoryEntry.objects.filter(action="plan.settings")
    assert (entry.reason, json.dumps(entry.new["report_look"], sort_keys=True)) == (
        "มติ",
        json.dumps(plan.report_look, sort_keys=True),
    )
    page = planner.get(ADDRESS).content.decode()
    assert '<option value="thai" selected>' in page
    assert "บทสรุปผู้บริหาร = สรุป" in page, "wordings are shown by the standard ones, never by their code"
    assert "texts.th" not in page
    assert planner.post(ADDRESS, {}).status_code == 302
    plan.refresh_from_db()
    assert plan.report_look == {}
    assert audit().is_clean


def test_people_read_and_type_words(plan: Plan, planner: Client) -> None:
    """Columns and wordings are chosen by what they are called, in either language; a plan keeps the codes."""
    columns = "ลำดับที่, ตัวชี้วัด งาน/โครงการ, Plan/actual, เดือนทั้งสิบสอง, รวม, ผลการดำเนินงาน"
    more = "บทสรุปผู้บริหาร = สรุปสั้น\ntexts.en.summary = In short"
    assert planner.post(ADDRESS, {"layout.columns": columns, "more": more}).status_code == 302
    plan.refresh_from_db()
    assert plan.report_look == {
        "layout.columns": "number, name, plan_actual, months, total, percent",
        "texts.th.summary": "สรุปสั้น",
        "texts.en.summary": "In short",
    }
    page = planner.get(ADDRESS).content.decode()
    assert columns.replace("Plan/actual", "แผน/ผล") in page
    assert not re.search(r"plan_actual|unit_of_measure|texts\.|layout_", page), "no code stands on the page"
    faults = planner.post(ADDRESS, {"layout.columns": "รวม, ไม่มี", "more": "บทสรุปผู้บริหาร = เราได้ 95"}).context["faults"]
    assert any("ลำดับที่" in fault for fault in faults)
    assert not [fault for fault in faults if re.search("[a-z]_|texts|layout", fault)]


def test_every_wording_and_column_can_be_named_and_read_back() -> None:
    assert list(groups()["report_columns"].terms) == list(COLUMNS)
    for language in ("th", "en"):
        for text in wordings(language):
            settings = settings_meant(f"{text} = ของเรา")
            assert set(settings.values()) == {"ของเรา"}, text
            assert all(text_named(name) for name in settings)
            assert [settings_meant(line) for line in lines_said(settings)] == [settings]
        assert columns_meant(columns_said(" ".join(COLUMNS), language)) == ", ".join(COLUMNS), language
    partly = {"texts.th.total": "รวมหมด"}
    assert next(iter(lines_said(partly))).endswith(" = รวมหมด")
    assert settings_meant("digits = thai") == {"digits": "thai"}
    assert settings_meant("nonsense") == settings_meant("=") == settings_meant("x =") == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"digits": "ก" * 2_001},
        {"more": "\n".join(f"texts.en.t{n} = x" for n in range(301))},
        {"more": "x = y\n" * 12_000},
        {"digits": "thai", "reason": "เหตุผล " * 4_000},
        {"more": "digits" + ".a" * 990 + " = x"},
        {"more": "layout.columns = " + "ก " * 990},
    ],
    ids=["long", "many", "all too long", "reason", "deep", "columns"],
)
def test_what_no_look_holds_is_refused_whole_and_never_cut(plan: Plan, planner: Client, sent: dict[str, str]) -> None:
    answer = planner.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert len(answer.content) < 500_000
    plan.refresh_from_db()
    assert plan.report_look == {}


def test_a_line_of_signs_is_read_no_further_than_a_wording_reaches() -> None:
    """Each sign asked for all that stands before it: a line of 60,000 characters took minutes."""
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_words, "search_key", lambda text: asked.append(len(text)) or text)
        assert settings_meant("ก=" * 30_000)
    assert sum(asked) < 300_000


def test_what_columns_there_are_is_said_beside_their_field(planner: Client) -> None:
    page = planner.get(ADDRESS).content.decode()
    assert re.search(
        r'<label for="look-layout-columns">[^<]*</label>\s*<p class="help" id="look-layout-columns-help">', page
    )


def test_a_wrong_ready_made_look_is_named(planner: Client) -> None:
    (fault,) = planner.post(ADDRESS, {"ready": "golden"}).context["faults"]
    assert "golden" in fault
    assert "()" not in fault


def test_the_plan_book_is_printed_with_the_choice(plan: Plan, planner: Client) -> None:
    def text() -> str:
        answer = planner.get(f"/plans/{plan.code}/versions/1/book.docx")
        return zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()

    assert not re.search("[๐-๙]", text())
    planner.post(ADDRESS, {"digits": "thai"})
    assert re.search("[๐-๙]", text())


def test_a_choice_lies_over_what_the_plan_itself_says() -> None:
    """An office that chooses digits keeps the layout that its plan gives a fund (R42)."""
    own = example("sso-2568").plan
    template = template_of(looked(own, {"digits": "thai"}).look).template
    assert template.digits == "thai"
    assert template.layout_of("WCF") == template_of(own.look).template.layout_of("WCF") != template.layout
    assert looked(own, {}) is own


def test_documents_are_printed_with_the_choice_and_anew_after_another(plan: Plan, planner: Client) -> None:
    evaluation = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิด")

    def printed() -> ReportFile:
        evaluation.plan.refresh_from_db()
        begun = printing_begin(evaluation.pk, "th")
        assert begun is not None
        report_files_make(SYSTEM, evaluation=evaluation, language="th", begun=begun)
        return ReportFile.objects.get(evaluation=evaluation, format="html")

    first = printed()
    assert "๓" not in document_path(first.sha256).read_text("utf-8")
    planner.post(ADDRESS, {"digits": "thai", "more": "texts.th.summary = คำสรุปของเรา"})
    second = printed()
    text = document_path(second.sha256).read_text("utf-8")
    assert "คำสรุปของเรา" in text
    assert "๓" in text
    assert document_path(first.sha256).exists(), "what was printed stays in the store"
    assert printed().sha256 == second.sha256
    planner.post(ADDRESS, {})
    assert printed().sha256 == first.sha256
    assert audit().is_clean
