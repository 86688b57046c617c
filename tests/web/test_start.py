"""The first steps of an office: units and people by one file, nothing half taken in; invitations that work once."""

from __future__ import annotations

import re
import threading

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client

from samrit.plans.errors import ServiceError
from samrit.plans.models import HistoryEntry, Person, RoleAssignment, Unit
from samrit.plans.records.audit import audit
from samrit.plans.reporting.office_file import MOST_ROWS, Known, office_file, read_office_file
from samrit.plans.services.office.people import person_create
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts import invitations
from samrit.web.accounts.notices import settled
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

    @pytest.mark.parametrize("address", ["a@b..th", "a@b", "a b@example.org", "x" * 250 + "@example.org"])
    def test_an_address_that_is_none_is_a_fault(self, administrator: Client, address: str) -> None:
        row = ["x.one", "ก", address, "auditor", "", ""]
        found = read_office_file(office_sheets(people=[row]), "f", Known.now())
        assert [f.code for f in found.faults] == ["email_wrong"]
        with pytest.raises(ServiceError, match="email_wrong"):
            person_create(SYSTEM, username="x.one", email=address)

    def test_names_that_differ_in_capitals_only_are_a_fault_in_the_file_and_to_who_is_there(
        self, administrator: Client, person: People
    ) -> None:
        there = person("administrator").username
        rows = [[name, "ก", "", "auditor", "", ""] for name in ("x.one", "X.one", there.upper())]
        found = read_office_file(office_sheets(people=rows), "f", Known.now())
        assert [(f.code, f.params["other"]) for f in found.faults] == [
            ("person_name_case", "x.one"),
            ("person_name_case", there),
        ]

    @pytest.mark.parametrize(("rows", "codes"), [(MOST_ROWS - 1, []), (MOST_ROWS, ["office_file_too_many_rows"])])
    def test_no_row_is_lost_without_a_word(self, db, rows: int, codes: list[str]) -> None:
        people = [[f"p{at}", "ก", "", "auditor", "", ""] for at in range(rows)]
        found = read_office_file(office_sheets(people=people), "f", Known.now())
        assert [f.code for f in found.faults] == codes
        assert len(found.people) == (0 if codes else rows)

    @pytest.mark.django_db(transaction=True)
    def test_another_address_is_shown_before_and_told_at_both_after(self, administrator: Client) -> None:
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        other = [[*PEOPLE[0][:2], "new@example.org", *PEOPLE[0][3:]]]
        page = looked_at(administrator, office_sheets(people=other)).content.decode()
        assert "plan@example.org → new@example.org" in page
        assert mail.outbox == []
        taken(administrator, office_sheets(people=other))
        settled()
        assert {letter.to[0] for letter in mail.outbox} == {"plan@example.org", "new@example.org"}

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
        guided = Person.objects.get(username="branch.one").reference
        assert HistoryEntry.objects.filter(action="account.invite", record=guided).count() == 1
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

    def test_a_link_has_the_set_address_whatever_the_browser_asked_for(
        self, administrator: Client, settings: LazySettings
    ) -> None:
        settings.BASE_URL, settings.ALLOWED_HOSTS = "https://samrit.example.go.th", ["*"]
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        sent = {"do": "print"}
        page = administrator.post("/start/invitations/", sent, headers={"host": "elsewhere.example"}).content.decode()
        links = re.findall(r'<code class="secret">([^<]+)</code>', page)
        assert len(links) == 2
        assert all(link.startswith("https://samrit.example.go.th/") for link in links)

    def test_a_mail_server_that_is_gone_or_never_answers_holds_nobody_up(
        self, administrator: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken(administrator, office_sheets(units=UNITS, people=PEOPLE))
        tried, answered = [], threading.Event()

        def gone(letter: EmailMessage, **_: object) -> int:
            tried.append(letter.to)
            raise ConnectionRefusedError("nobody there")

        monkeypatch.setattr(EmailMessage, "send", gone)
        page = administrator.post("/start/invitations/", {"do": "mail"}).content.decode()
        assert "nobody there" in page
        assert len(re.findall(r'<code class="secret">', page)) == 2, "whoever it did not reach gets a slip"

        def misnamed(*_: object, **__: object) -> int:
            raise UnicodeError("no such address can be written")

        monkeypatch.setattr(EmailMessage, "send", misnamed)
        assert (
            "no such address can be written"
            in administrator.post("/start/invitations/", {"do": "mail"}).content.decode()
        )
        monkeypatch.setattr(EmailMessage, "send", lambda *_, **__: answered.wait(60))
        monkeypatch.setattr(invitations, "PATIENCE", 0.05)
        page = administrator.post("/start/invitations/", {"do": "mail"}).content.decode()
        answered.set()
        assert "ยังอยู่ระหว่างส่ง" in page
        assert len(re.findall(r'<code class="secret">', page)) == 2
        assert HistoryEntry.objects.filter(action="account.invite").count() == 6
