"""The first steps of an office: units and people by one file, nothing half taken in; invitations that work once."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samrit.plans.models import HistoryEntry, Person, RoleAssignment, Unit
from samrit.plans.records.audit import audit
from samrit.plans.reporting.office_file import Known, office_file, read_office_file
from tests.plans.office import Clock, People
from tests.web.sheets import office_sheets
from tests.web.signing_in import is_signed_in, sign_in

pytestmark = pytest.mark.django_db

UNITS = [["กอง", "กองแผนงาน", "central", ""], ["สาขา1", "สาขาหนึ่ง", "branch", "กอง"]]
PEOPLE = [
    ["planner.one", "คนวางแผน", "plan@example.org", "กองแผน", "", ""],
    ["branch.one", "คนสาขา", "", "reporter", "สาขา1", ""],
    ["branch.one", "คนสาขา", "", "หัวหน้าหน่วยงาน", "สาขา1", ""],
]


@pytest.fixture
def administrator(client: Client, person: People, clock: Clock) -> Client:
    sign_in(client, person("administrator"))
    return client


def looked_at(client: Client, content: bytes):
    return client.post("/start/office/", {"file": SimpleUploadedFile("office.xlsx", content)})


def taken(client: Client, content: bytes):
    shown = looked_at(client, content)
    (kept,) = re.findall(r'name="content" value="([^"]+)"', shown.content.decode())
    return client.post("/start/office/", {"content": kept, "do": "take"})


class TestFile:
    def test_a_look_changes_nothing_and_taking_it_in_brings_everybody(self, administrator: Client) -> None:
        content = office_sheets(units=UNITS, people=PEOPLE)
        end = HistoryEntry.objects.count()
        page = looked_at(administrator, content).content.decode()
        assert "planner.one" in page
        assert (HistoryEntry.objects.count(), Unit.objects.count()) == (end, 0)
        assert taken(administrator, content).headers["Location"] == "/start/"
        assert Unit.objects.get(code="สาขา1").parent.code == "กอง"
        roles = RoleAssignment.objects.exclude(role="administrator").values_list(
            "person__username", "role", "unit__code"
        )
        assert set(roles) == {
            ("planner.one", "planner", None),
            ("branch.one", "reporter", "สาขา1"),
            ("branch.one", "head", "สาขา1"),
        }
        assert audit().is_clean

    def test_the_file_that_is_handed_out_changes_nothing_when_it_comes_back(self, administrator: Client) -> None:
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        end = HistoryEntry.objects.count()
        for language in ("th", "en"):
            administrator.post("/language/", {"language": language, "next": "/start/"})
            end = HistoryEntry.objects.count()
            taken(administrator, administrator.get("/start/office.xlsx").content)
            assert HistoryEntry.objects.count() == end

    def test_every_fault_of_every_row_is_said_and_nothing_is_taken(self, administrator: Client) -> None:
        content = office_sheets(
            units=[*UNITS, ["สาขา1", "ซ้ำ", "", ""], ["สาขา2", "สาขาสอง", "", "ไม่มีกองนี้"]],
            people=[
                ["มี ช่องว่าง", "ก", "", "reporter", "สาขา1", ""],
                ["two", "ข", "ไม่ใช่อีเมล", "reporter", "", ""],
                ["three", "ค", "", "ราชา", "สาขา1", ""],
                ["four", "ง", "", "head", "สาขา9", "แผนไหน"],
                ["", "จ", "", "auditor", "", ""],
            ],
        )
        page = looked_at(administrator, content)
        assert page.status_code == 422
        text = page.content.decode()
        for said in ("สาขา1", "ไม่มีกองนี้", "มี ช่องว่าง", "ไม่ใช่อีเมล", "ราชา", "สาขา9", "แผนไหน"):
            assert said in text, said
        assert "บรรทัด 5" in text, "by sheet and row"
        assert (Unit.objects.count(), Person.objects.count()) == (0, 1)

    def test_two_accounts_cannot_have_one_address(self, administrator: Client) -> None:
        row = ["x.one", "ก", "same@example.org", "auditor", "", ""]
        found = read_office_file(office_sheets(people=[row, ["x.two", *row[1:]]]), "f", Known.now())
        assert [f.code for f in found.faults] == ["email_taken"]

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"x" * 2_000_000])
    def test_what_is_no_such_file_is_refused(self, administrator: Client, content: bytes) -> None:
        assert looked_at(administrator, content).status_code == 422
        assert administrator.post("/start/office/", {"content": "%%%", "do": "take"}).status_code == 422

    def test_a_hundred_and_sixty_three_units_with_two_people_each(self, administrator: Client, register) -> None:
        units = [u for u in register.values() if u.type not in ("group", "office")]
        people = [
            [f"u{at}.{role}", f"{role} {unit.code}", "", role, unit.code, ""]
            for at, unit in enumerate(units)
            for role in ("reporter", "head")
        ]
        taken(administrator, office_sheets(people=people))
        assert RoleAssignment.objects.filter(unit__isnull=False).count() == 2 * len(units) > 300

    def test_a_formula_is_text_in_the_file(self, db) -> None:
        unit = Unit.objects.create(code="=1+1", name='=HYPERLINK("x")')
        content = office_file([unit], [], "th")
        assert read_office_file(content, "f", Known.now()).units[0].given["name"] == unit.name


class TestSteps:
    def test_the_page_says_what_is_done_and_what_is_next(self, administrator: Client) -> None:
        page = administrator.get("/start/").content.decode()
        assert re.search(r'is-next"[^>]*>\s*<h2>1\.', page)
        assert "/start/" in administrator.get("/").content.decode(), "an empty office leads there"
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        assert re.search(r'is-next"[^>]*>\s*<h2>3\.', administrator.get("/start/").content.decode())


class TestInvitations:
    def test_a_slip_leads_to_a_password_once(self, administrator: Client) -> None:
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        page = administrator.post("/start/invitations/", {"do": "print", "person": "branch.one"}).content.decode()
        (link,) = re.findall(r'<code class="secret">([^<]+)</code>', page)
        assert HistoryEntry.objects.filter(action="account.invite", record="branch.one").count() == 1
        guest = Client()
        there = guest.get(link, follow=True).request["PATH_INFO"]
        word = "sawatdee-thongchai-2570"
        guest.post(there, {"password1": word, "password2": word})
        sign_in(guest, "branch.one", word)
        assert is_signed_in(guest)
        again = Client().get(link, follow=True)
        assert 'name="password1"' not in again.content.decode(), "the link works once"
        assert "branch.one" not in administrator.get("/start/invitations/").content.decode()

    def test_a_mail_goes_to_whoever_has_an_address_and_a_slip_stays_for_the_rest(self, administrator: Client) -> None:
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        page = administrator.post("/start/invitations/", {"do": "mail"}).content.decode()
        (letter,) = mail.outbox
        assert letter.to == ["plan@example.org"]
        assert "planner.one" in letter.body
        assert re.search(r"https?://\S+/sign-in/new-password/", letter.body)
        assert len(re.findall(r'<code class="secret">', page)) == 1
