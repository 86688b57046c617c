"""The pages of a plan's money by source, of past months taken in, and of a finished year, as their users meet them."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import strip_tags

from samrit.engine.model import BudgetLine
from samrit.plans.models import Allotment, Figure, Plan
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.past_file import PastLine, read_past_file, write_past_file
from tests.plans.office import Clock, small_plan

SOURCES, PAST, ARCHIVE = "/plans/small-2569/sources/", "/control/small-2569/past/", "/plans/small-2569/archive/"


@pytest.fixture
def plan(register, clock: Clock) -> Plan:
    package = small_plan()
    (work,) = package.plan.projects
    lines = (BudgetLine(Decimal(130), "เงินกองทุน"), BudgetLine(Decimal(50), "เงินกองทุน", "กฝ."))
    engine = replace(package.plan, projects=(replace(work, budgets=lines),))
    return plan_import(SYSTEM, package=replace(package, plan=engine), owner=register["กนผ."], is_public=True)


@pytest.fixture
def planner(person) -> Client:
    return signed_in(person("planner"))


def signed_in(who) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = "en"
    return client


def text_of(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", strip_tags(main))


def test_a_source_is_announced_explained_and_what_was_refused_stays_typed(plan: Plan, planner: Client) -> None:
    sent = {"sort": "announced", "funding_source": "เงินกองทุน", "amount": "100", "number": "1/2569", "seen": "0"}
    wrong = planner.post(f"{SOURCES}record/", {**sent, "announced_on": "someday"})
    assert wrong.status_code == 422
    assert 'value="1/2569"' in wrong.content.decode()
    assert planner.post(f"{SOURCES}record/", {**sent, "announced_on": "1/10/2568"}).status_code == 302
    assert "Works have 30 baht more than is announced and explained" in text_of(planner.get(SOURCES))
    more = {"sort": "added", "funding_source": "เงินกองทุน", "amount": "30", "note": "เงินสมทบ", "seen": "1"}
    assert planner.post(f"{SOURCES}record/", more).status_code == 302
    page = text_of(planner.get(f"{SOURCES}?source=เงินกองทุน"))
    assert "Announcements, explanations and the works' budgets agree" in page
    assert "เงินสมทบ" not in text_of(Client().get(SOURCES))  # the public reads amounts and no words
    gone = {"line": Allotment.objects.latest("pk").pk, "reason": "ผิดแหล่ง"}
    assert planner.post(f"{SOURCES}withdraw/", gone).status_code == 302
    assert "Works have 30 baht more than is announced and explained" in text_of(planner.get(SOURCES))
    table = planner.get("/plans/small-2569/tables/sources.csv").content.decode("utf-8-sig")
    assert "1/2569" in table
    later = {**sent, "number": "2/2569", "replaces": "1/2569", "amount": "150", "announced_on": "1/7/2569", "seen": "1"}
    assert planner.post(f"{SOURCES}record/", later).status_code == 302
    assert "Works have 20 baht less than" in text_of(planner.get(f"{SOURCES}?month=7"))
    assert "announced after June B.E. 2569, so not counted yet" in (june := text_of(planner.get(f"{SOURCES}?month=6")))
    assert "Works have 30 baht more than" in june
    assert "P1" in text_of(planner.get("/plans/small-2569/?source=เงินกองทุน"))
    assert "P1" not in text_of(planner.get("/plans/small-2569/?source=other"))
    work = text_of(planner.get("/plans/small-2569/works/P1/"))
    assert "Shares of units: 50 baht in all" in work
    assert "80 baht from the work" in work


def test_past_months_are_looked_at_and_then_taken_in(plan: Plan, planner: Client) -> None:
    handed = planner.get("/control/small-2569/past.xlsx").content
    assert [line.indicator for line in read_past_file(handed, "x").lines] == []  # nothing is known yet
    lines = [PastLine("กฝ.", "P1.1", "actual", {1: "8", 2: "9"}, texts=("", "", "", ""))]
    file = write_past_file(lines, [(1, "ม.ค. 69"), (2, "ก.พ. 69")])
    upload = io.BytesIO(file)
    upload.name = "past.xlsx"
    looked = planner.post(PAST, {"file": upload, "source": "Paper reports"})
    assert "2 new figures" in text_of(looked)
    assert not Figure.objects.exists()
    content = base64.b64encode(file).decode()
    assert planner.post(PAST, {"content": content, "source": "Paper reports", "do": "take"}).status_code == 302
    assert [f.actual for f in Figure.objects.order_by("period")] == [8, 9]
    broken = io.BytesIO(b"no workbook")
    broken.name = "past.xlsx"
    assert planner.post(PAST, {"file": broken, "source": "x"}).status_code == 422
    late = write_past_file([PastLine("กฝ.", "P1.1", "actual", {12: "8"}, texts=("", "", "", ""))], [(12, "")])
    content = base64.b64encode(late).decode()
    assert "December is not over" in text_of(planner.post(PAST, {"content": content, "source": "x"}))


def test_a_finished_year_is_archived_searched_and_opened_again(plan: Plan, person, clock: Clock) -> None:
    clock.set("2027-01-20")
    planner = signed_in(person("planner"))
    refused = planner.post(ARCHIVE, {"do": "archive", "reason": "ปิดปี"})
    assert (refused.status_code, "Close the evaluation" in text_of(refused)) == (422, True)
    evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    assert planner.post(ARCHIVE, {"do": "archive", "reason": "ปิดปี"}).status_code == 302
    assert "documents are what was archived, and every file of evidence is there" in text_of(planner.get(ARCHIVE))
    with zipfile.ZipFile(io.BytesIO(planner.get("/plans/small-2569/archive.zip").content)) as bundle:
        assert {"versions/1.zip", "evaluations/12-1.zip"} < set(bundle.namelist())
    assert "Record an announcement" not in text_of(planner.get(SOURCES))  # nothing is offered that would be refused
    assert "P1" in text_of(planner.get("/plans/small-2569/?q=โครงการทดลอง"))
    assert "small-2569" in planner.get("/drafts/new/").content.decode().partition('id="way-copy"')[2]
    assert 'id="way-amend"' not in planner.get("/drafts/new/").content.decode()
    assert planner.post(ARCHIVE, {"do": "reopen", "reason": "ศาลสั่ง"}).status_code == 302
    assert "Record an announcement" in text_of(planner.get(SOURCES))
