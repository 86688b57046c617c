"""The frame of every page: language, header by role, fonts, refusals, what a request costs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import HistoryEntry, Plan, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.speech import PLAIN, Speech, speaking, speech
from samrit.web import fonts
from samrit.web.middleware import RefusalMiddleware
from tests.plans.office import Clock, People, small_plan
from tests.web.addressed import UNIT
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


class TestLanguage:
    def test_thai_is_spoken_whatever_the_browser_prefers(self, client: Client) -> None:
        page = client.get("/sign-in/", headers={"Accept-Language": "en-US,en;q=0.9"})
        assert '<html lang="th">' in page.content.decode()
        assert page.headers["Content-Language"] == "th"

    def test_the_switch_is_remembered_and_leads_back(self, client: Client) -> None:
        answer = client.post("/language/", {"language": "en", "next": "/sign-in/?next=/account/"})
        assert answer.headers["Location"] == "/sign-in/?next=/account/"
        assert '<html lang="en">' in client.get("/sign-in/").content.decode()

    def test_it_is_kept_for_the_person(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        sign_in(client, auditor)
        client.post("/language/", {"language": "en", "next": "/account/"})
        elsewhere = Client()
        sign_in(elsewhere, auditor)
        assert '<html lang="en">' in elsewhere.get("/account/").content.decode()
        assert HistoryEntry.objects.latest("sequence").action == "person.language"

    @pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
    def test_it_leads_to_no_other_site(self, client: Client, there: str) -> None:
        answer = client.post("/language/", {"language": "en", "next": there})
        assert answer.headers["Location"] in ("/", "")

    def test_an_unknown_language_changes_nothing(self, client: Client) -> None:
        client.post("/language/", {"language": "xx", "next": "/"})
        assert "language" not in client.cookies


class TestHeader:
    @pytest.mark.parametrize(
        ("role", "open_doors", "closed_doors"),
        [
            ("reporter", {"/my-work/"}, {"/confirm/", "/people/", "/units/", "/control/"}),
            ("head", {"/confirm/"}, {"/my-work/", "/people/", "/control/"}),
            ("planner", {"/control/", "/units/"}, {"/my-work/", "/confirm/", "/people/"}),
            ("executive", set(), {"/control/", "/people/", "/units/", "/my-work/"}),
            ("auditor", {"/control/", "/people/", "/units/"}, {"/my-work/"}),
            ("administrator", {"/people/", "/units/", "/control/"}, {"/my-work/"}),
        ],
    )
    def test_each_role_sees_its_doors(
        self, client: Client, hr: Plan, person: People, role: str, open_doors: set[str], closed_doors: set[str]
    ) -> None:
        sign_in(client, person(role, unit=UNIT if role in ("reporter", "head") else ""))
        html = client.get("/account/").content.decode()
        doors = html[html.index("<header") : html.index("</header>")]
        assert [door for door in open_doors if f'href="{door}' not in doors] == []
        assert [door for door in closed_doors if f'href="{door}' in doors] == []

    def test_the_chooser_lists_only_plans_that_one_may_see(self, client: Client, hr: Plan, person: People) -> None:
        assert hr.title not in client.get("/sign-in/").content.decode()
        Plan.objects.update(is_public=True)
        assert hr.title in client.get("/sign-in/").content.decode()

    def test_the_frame_costs_few_queries(
        self, client: Client, hr: Plan, person: People, django_assert_max_num_queries
    ) -> None:
        sign_in(client, person("planner"))
        client.get("/account/")
        with django_assert_max_num_queries(6):
            client.get("/account/")


class TestRefusals:
    def refused(self, error: Exception, **meta: str) -> HttpResponse:
        request = RequestFactory().get("/", **meta)
        request.user = type("Nobody", (), {"is_authenticated": False, "is_active": False})()
        request.resolver_match = None
        answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, error)
        assert answer is not None
        return answer

    def test_what_is_not_visible_is_not_found(self) -> None:
        assert self.refused(NotVisible("x")).status_code == 404

    def test_what_is_not_theirs_answers_in_no_words_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        spoken = []
        monkeypatch.setattr("samrit.web.middleware.render", lambda *_, **__: spoken.append(speech()) or HttpResponse())
        with speaking(Speech(era="ce")):
            self.refused(NotVisible("x"))
        assert spoken == [PLAIN], "a hidden plan would show by its era"

    def test_a_services_refusal_is_its_sentence(self) -> None:
        answer = self.refused(ServiceError("email_wrong", email="<x>"))
        assert answer.status_code == 409
        assert "“&lt;x&gt;” ไม่ใช่รูปแบบอีเมล" in answer.content.decode()

    def test_to_htmx_it_is_only_the_sentence(self) -> None:
        answer = self.refused(ServiceError("email_wrong", email="x"), HTTP_HX_REQUEST="true")
        assert answer.content.decode().startswith('<div class="notice notice-error"')

    def test_a_missing_right_is_403(self) -> None:
        assert self.refused(ServiceError("not_allowed", record="x")).status_code == 403

    def test_a_piece_of_a_page_is_refused_without_a_session_and_a_page_leads_to_the_sign_in(
        self, client: Client
    ) -> None:
        assert client.get("/my-work/").status_code == 302
        assert client.get("/my-work/", headers={"HX-Request": "true"}).status_code == 401

    def test_other_faults_are_not_hidden(self) -> None:
        request = RequestFactory().get("/")
        assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, ValueError("x")) is None

    @pytest.mark.parametrize(("address", "status"), [("/nothing/", 404), ("/person/x/", 302), ("/plans/x/", 404)])
    def test_an_unknown_page_says_where_to_go(self, client: Client, address: str, status: int) -> None:
        answer = client.get(address)
        assert answer.status_code == status
        if status == 404:
            assert "ไปหน้าภาพรวม" in answer.content.decode()

    @pytest.mark.urls("tests.web.test_frame")
    def test_a_fault_of_ours_is_a_plain_page(self) -> None:
        client = Client(raise_request_exception=False)
        answer = client.get("/broken/")
        assert answer.status_code == 500
        assert "ระบบขัดข้อง" in answer.content.decode()


class TestFonts:
    def test_both_faces_are_made_once(self, tmp_path: Path) -> None:
        made = fonts.build(tmp_path)
        assert sorted(p.name for p in made) == ["sarabun-regular.woff2", "sarabun-semibold.woff2"]
        assert all(p.read_bytes()[:4] == b"wOF2" and p.stat().st_size < 60_000 for p in made)
        assert fonts.build(tmp_path) == []
        assert len(fonts.build(tmp_path, anew=True)) == 2

    def test_the_style_sheet_names_them(self) -> None:
        css = (Path(fonts.__file__).parent / "static/samrit/samrit.css").read_text("utf-8")
        assert all(f"../fonts/{name}" in css for name in fonts.FACES)


def test_text_travels_compressed_and_documents_as_they_are(client: Client, register: dict[str, Unit]) -> None:
    assert client.get("/sign-in/", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/alive/", headers={"Accept-Encoding": "gzip"}).headers  # too short


def test_the_sign_of_life_says_ok_and_nothing_else(client: Client, clock: Clock) -> None:
    assert client.get("/alive/").content == b"ok"


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken)]


def test_the_control_rooms_door_leads_to_a_plan_of_ones_own(client, register, person) -> None:
    own = plan_import(SYSTEM, package=small_plan(code="own-2568", year_be=2568), owner=register["กบค."])
    plan_import(SYSTEM, package=small_plan(code="other-2569"), is_public=True, owner=register["กนผ."])
    client.force_login(person("planner", plan=own))
    assert b'href="/control/own-2568/"' in client.get("/plans/other-2569/").content
    assert b'href="/control/other-2569/"' not in client.get("/plans/other-2569/").content


def test_no_page_cuts_a_list_in_silence() -> None:
    """Where a page shows the first ones of a list it says how many are left, or steps through pages."""
    root = Path(__file__).parents[2] / "src/samrit/web/templates"
    silent = []
    for template in root.rglob("*.html"):
        text = template.read_text("utf-8")
        for items, most in re.findall(r'([\w.]+)\|slice:":(\d+)"', text):
            is_said = f"{items}|beyond:{most}" in text or f"{items}|length > {most}" in text
            if not is_said and not items.endswith("sha256"):
                silent.append(f"{template.relative_to(root)}: {items}")
    assert root.is_dir()
    assert silent == []
