"""The pages that show: what they cost, what they weigh, what they let out, and that nothing typed becomes markup."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samrit.plans.models import Person, Plan, SavedView
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.web.rule_pages import page_of, rule_pages
from tests.plans.office import People, small_plan
from tests.plans.singly import figure_save

pytestmark = pytest.mark.one_database

HEAVIEST = 200_000  # bytes of a page without its fonts (R324)
PAGES = (
    "/",
    "/plans/sso-2568/overview/?month=6",
    "/plans/sso-2568/",
    "/plans/sso-2568/?q=อบรม&band=good&sort=-percent&col=budget&col=lowest&month=9",
    "/plans/sso-2568/works/S2-57/",
    "/plans/sso-2568/works/S2-78/",
    "/plans/sso-2568/entries/S2-57.1/8/",
    "/plans/sso-2568/why/S2-57/",
    "/plans/sso-2568/why/S2-57.1/?month=9",
    "/plans/sso-2568/why/?rows=strategy&row=2&band=improve",
    "/plans/sso-2568/compare/",
    "/plans/sso-2568/heat/",
    "/plans/sso-2568/heat/?show=reported&month=3",
    "/rules/",
    "/rules/WE1/",
)


@pytest.fixture
def executive(person: People, client: Client) -> Client:
    client.force_login(person("executive"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())  # line breaks between tags mean nothing


def test_the_front_page_takes_few_queries(sso: Plan, executive: Client) -> None:
    for address, most in (("/?month=9", 31), ("/?month=9", 9), ("/?month=2", 14)):  # a process's first look reads all
        with CaptureQueriesContext(connection) as asked:
            executive.get(address)
        assert len(asked) <= most, [q["sql"][:90] for q in asked]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_and_stays_light(sso: Plan, hr: Plan, executive: Client, language: str) -> None:
    executive.cookies["language"] = language
    for address in PAGES:
        page = text_of(executive, address)
        assert len(page.encode()) < HEAVIEST, address
        assert f'<html lang="{language}">' in page


def test_no_page_asks_more_queries_for_more_works(sso: Plan, executive: Client) -> None:
    counts = []
    for address in ("/plans/sso-2568/?q=S2-57", "/plans/sso-2568/"):
        executive.get(address)
        with CaptureQueriesContext(connection) as asked:
            executive.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 20


def test_every_link_of_a_page_leads_somewhere(sso: Plan, executive: Client) -> None:
    """No dead ends: one link of each kind of address is followed from every page."""
    followed: set[str] = set()
    for address in PAGES:
        for link in _links(text_of(executive, address)):
            kind = re.sub(r"[SW]\d-\d+(\.\d+)?", "#", re.sub(r"\d+", "0", link.split("#")[0]))
            if link.startswith("/") and kind not in followed and len(followed) < 150:
                followed.add(kind)
                assert executive.get(link).status_code in (200, 302), (address, link)
    assert len(followed) > 40


def _links(page: str) -> list[str]:
    found: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            target = dict(attrs).get("href")
            if tag == "a" and target:
                found.append(target)

    Links().feed(page)
    return found


def test_what_changes_shows_at_once(sso: Plan, person: People, executive: Client) -> None:
    before = text_of(executive, "/plans/sso-2568/overview/?month=12")
    figure_save(person("planner"), plan=sso, indicator="S2-57.2", unit_code="กฝ.", period=8, actual="0")
    figure_save(person("planner"), plan=sso, indicator="S2-57.1", unit_code="กฝ.", period=8, actual="0")
    after = text_of(executive, "/plans/sso-2568/overview/?month=12")
    assert "ปรับปรุง 12 </h2>" in before
    assert "ปรับปรุง 13 </h2>" in after


def _corrected(planner: Person, plan: Plan) -> None:
    """Correct a figure after its month was closed."""
    period_unlock(planner, plan=plan, period=8, reason="แก้ตัวเลข", until=timezone.localdate() + timedelta(days=3))
    figure_save(planner, plan=plan, indicator="S2-57.2", unit_code="กฝ.", period=8, actual="1")


def test_a_closed_evaluation_is_told_beside_figures_that_moved_since(
    sso: Plan, person: People, executive: Client
) -> None:
    planner = person("planner")
    evaluation_close(planner, plan=sso, period=12, reason="ปิดตามกำหนด")
    assert "ตัวเลขปัจจุบันตรงกับที่ปิดรอบ" in text_of(executive, "/?month=12")
    _corrected(planner, sso)
    assert "ตัวเลขปัจจุบันแตกต่างจากที่ปิดรอบ 1 งาน/โครงการ" in text_of(executive, "/?month=12")
    compared = text_of(executive, "/plans/sso-2568/compare/?from=12&to=12&live=1")
    assert "S2-57" in compared


def test_the_public_sees_closed_figures_and_no_inside(sso: Plan, person: People, client: Client) -> None:
    Plan.objects.filter(pk=sso.pk).update(is_public=True)
    planner = person("planner")
    evaluation_close(planner, plan=sso, period=12, reason="ปิดตามกำหนด")
    _corrected(planner, sso)
    front, work = text_of(client, "/"), text_of(client, "/plans/sso-2568/works/S2-57/")
    assert "ดี 199" in front
    assert "ณ วันปิดรอบประเมิน" in front
    for inside in ("หน่วยงานที่ยังไม่รายงาน", "รอหัวหน้า", "ประวัติการแก้ไข", "หลักฐาน"):
        assert inside not in front + work
    assert "174" in work
    assert client.get("/plans/sso-2568/compare/").status_code == 404


def test_a_plan_that_is_not_public_is_not_there_for_the_public(sso: Plan, client: Client) -> None:
    assert client.get("/").status_code == 302
    for address in PAGES[1:13]:
        assert client.get(address).status_code == 404, address


HARMFUL = '=HYPERLINK("http://x")<script>alert(1)</script>"onmouseover="x'


@pytest.fixture
def harmful(register: object) -> Plan:
    """A plan whose every text tries to become markup and a formula."""
    package = small_plan(reported=((1, 5),))
    plan = package.plan
    project = plan.projects[0]
    indicators = tuple(
        replace(
            i,
            name=HARMFUL,
            unit_of_measure=HARMFUL,
            entries=tuple(replace(e, note=HARMFUL) for e in i.entries),
        )
        for i in project.indicators
    )
    project = replace(project, title=HARMFUL, goal=HARMFUL, remark=HARMFUL, note=HARMFUL, indicators=indicators)
    strategies = tuple(replace(s, name=HARMFUL) for s in plan.strategies)
    changed = replace(plan, title=HARMFUL, projects=(project,), strategies=strategies)
    return plan_import(SYSTEM, package=replace(package, plan=changed))


def test_no_text_of_a_plan_becomes_markup(harmful: Plan, executive: Client) -> None:
    code = harmful.code
    for address in (
        f"/plans/{code}/overview/",
        f"/plans/{code}/",
        f"/plans/{code}/?q=%3Cscript%3Ealert(1)&unit=%22%3E%3Cscript%3E",
        f"/plans/{code}/works/P1/",
        f"/plans/{code}/entries/P1.1/1/",
        f"/plans/{code}/why/P1/",
        f"/plans/{code}/why/?rows=strategy&row=%3Cscript%3E",
        f"/plans/{code}/compare/",
        f"/plans/{code}/heat/",
    ):
        page = text_of(executive, address)
        assert "<script>alert" not in page, address
        assert not [name for name in _attributes(page) if name.startswith("on")], address


def _attributes(page: str) -> set[str]:
    found: set[str] = set()

    class Attributes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(name for name, _ in attrs)

    Attributes().feed(page)
    return found


@pytest.mark.parametrize("table", ["works", "bands", "money", "attention", "silent", "heat", "links", "compare"])
def test_every_table_goes_out_with_one_heading_row_and_no_formula(harmful: Plan, executive: Client, table: str) -> None:
    _check_out(executive, reverse("plan_table", args=[harmful.code, table, "csv"]))


@pytest.mark.parametrize("name", ["work_table", "why_table"])
def test_the_tables_of_a_work_go_out_the_same(harmful: Plan, executive: Client, name: str) -> None:
    _check_out(executive, reverse(name, args=[harmful.code, "P1", "csv"]))


def _check_out(client: Client, address: str) -> None:
    text = client.get(address).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) == 1
    assert all(rows[0])
    assert not [c for row in rows for c in row if c[:1] in "=+@\t\r" and c]
    book = load_workbook(io.BytesIO(client.get(address.replace(".csv", ".xlsx")).content))
    cells = [c for row in book.active.iter_rows() for c in row]
    assert [c for c in cells if c.data_type == "f"] == []
    assert next([c.value for c in row] for row in book.active.iter_rows(max_row=1)) == rows[0]
    assert book.active.max_row == len(rows)


def test_the_table_of_works_goes_out_as_it_is_filtered_and_sorted(sso: Plan, executive: Client) -> None:
    answer = executive.get("/plans/sso-2568/tables/works.csv?band=improve&sort=-budget&month=12")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 12
    assert {row["ระดับผลการประเมิน"] for row in rows} == {"ปรับปรุง"}
    assert rows[0]["งบประมาณ (บาท)"].replace(".", "").isdigit()


@pytest.mark.parametrize(
    ("address", "status"), [("works.exe", 404), ("nothing.csv", 404), ("works.csv%00", 400), ("..%2Fworks.csv", 404)]
)
def test_a_table_or_form_that_does_not_exist_is_not_there(
    sso: Plan, executive: Client, address: str, status: int
) -> None:
    assert executive.get(f"/plans/sso-2568/tables/{address}").status_code == status


def test_a_filter_is_saved_under_a_name_used_and_deleted(sso: Plan, executive: Client, person: People) -> None:
    executive.post("/plans/sso-2568/views/", {"name": " งานแดง ", "query": "band=improve&evil=1&sort=-percent"})
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("งานแดง", "band=improve&sort=-percent")
    assert "?band=improve&amp;sort=-percent" in text_of(executive, "/plans/sso-2568/")
    stranger = Client()
    stranger.force_login(person("auditor"), backend="django.contrib.auth.backends.ModelBackend")
    stranger.post("/plans/sso-2568/views/delete/", {"view": view.pk})
    assert SavedView.objects.filter(pk=view.pk).exists()
    executive.post("/plans/sso-2568/views/delete/", {"view": view.pk})
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_in_words(sso: Plan, executive: Client) -> None:
    answer = executive.post("/plans/sso-2568/views/", {"name": "  ", "query": ""})
    assert answer.status_code == 409
    assert "ยังไม่ได้ตั้งชื่อมุมมอง" in answer.content.decode()


def test_every_rule_that_a_derivation_names_has_its_page(sso: Plan, executive: Client) -> None:
    rules = set(re.findall(r'class="rule"[^>]*>([^<]+)<', text_of(executive, "/plans/sso-2568/why/S2-57/")))
    assert {"BA1", "WE1", "WE5", "AC1"} <= rules
    for rule in rules:
        assert page_of(rule) is not None, rule


@pytest.mark.parametrize(
    ("rule", "named"), [("FC4", "FC1"), ("P8", "P1"), ("WE1", "WE1"), ("M-B", "M-B"), ("checks", "checks")]
)
def test_a_rule_is_found_by_its_number_wherever_it_stands(db: None, client: Client, rule: str, named: str) -> None:
    answer = client.get(f"/rules/{rule}/", follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == f"/rules/{named}/"


@pytest.mark.parametrize("rule", ["WE99", "README", "..", "%2e%2e%2fREADME", "x" * 300])
def test_no_other_document_is_a_rule(db: None, client: Client, rule: str) -> None:
    assert client.get(f"/rules/{rule}/").status_code == 404


def test_rule_pages_lead_only_to_rule_pages(db: None, client: Client) -> None:
    for page in rule_pages().values():
        for link in re.findall(r'href="\.\./([^"]+)/"', page.html):
            assert page_of(link) is not None, (page.name, link)
        assert ".md" not in re.sub(r"<code>.*?</code>", "", page.html).replace("findings.md", ""), page.name


def test_a_page_without_javascript_has_everything(sso: Plan, executive: Client) -> None:
    page = text_of(executive, "/plans/sso-2568/works/S2-57/")
    for part in ("indicators", "words", "evidence"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page
