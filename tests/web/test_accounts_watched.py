"""What happens to accounts is written down, told to their owners, and can be ended by them (F.5, F.8)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samrit.plans.errors import ServiceError
from samrit.plans.models import KnownPlace, Unit
from samrit.plans.records.security_log import EVENTS, JsonLines, LogOrigin, coming_from, note
from samrit.plans.services.office.accounts import person_edit
from samrit.plans.services.office.people import person_switch, role_give
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts import notices
from samrit.web.accounts.places import mark_of
from tests.plans.office import PASSWORD, Clock, People, small_plan
from tests.source_tree import ROOT
from tests.web.signing_in import code_of, confirmed, give_authenticator, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


class Log(logging.Handler):
    """Keeps the lines as a collector would get them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def events(self) -> list[str]:
        """The names of the events, in their order."""
        return [json.loads(line)["event"] for line in self.lines]


@pytest.fixture
def log() -> Iterator[Log]:
    handler, logger = Log(), logging.getLogger("samrit.security")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def letters() -> Iterator[list[str]]:
    """The subjects of what was sent so far, when asked."""

    class Sent(list[str]):
        def __call__(self) -> list[str]:
            notices.settled()
            return [letter.subject for letter in mail.outbox]

    yield Sent()
    notices.settled()


def from_elsewhere(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


class TestLog:
    def test_signing_in_and_out_and_failing_are_events_without_what_was_typed(
        self, log: Log, client: Client, person: People
    ) -> None:
        auditor = person("auditor")
        sign_in(client, auditor, "a wrong secret")
        sign_in(client, "my password typed as a name", "x")
        sign_in(client, auditor)
        client.post(reverse("sign_out"))
        assert log.events() == ["sign_in_failed", "sign_in_failed", "sign_in", "sign_out"]
        assert [json.loads(line)["person"] for line in log.lines] == [auditor.username, "", *[auditor.username] * 2]
        assert all(json.loads(line)["address"] == "127.0.0.1" for line in log.lines)
        assert not any("secret" in line or "typed" in line for line in log.lines)

    def test_a_lock_out_is_an_event(self, log: Log, client: Client, person: People) -> None:
        auditor = person("auditor")
        for _ in range(6):
            sign_in(client, auditor, "wrong")
        assert "sign_in_locked" in log.events()

    def test_what_changes_accounts_and_roles_is_an_event_with_its_entry(
        self, log: Log, person: People, django_capture_on_commit_callbacks
    ) -> None:
        auditor = person("auditor")
        with django_capture_on_commit_callbacks(execute=True):
            role_give(SYSTEM, person=auditor, role="planner")
            person_switch(SYSTEM, person=auditor, active=False)
        found = [json.loads(line) for line in log.lines if '"entry"' in line]
        assert [(e["event"], e["action"], e["account"]) for e in found] == [
            ("role_changed", "role.give", auditor.username),
            ("account_changed", "person.switch", auditor.username),
        ]

    def test_a_refused_page_and_a_file_taken_away_are_events(self, log: Log, client: Client, person: People) -> None:
        client.force_login(person("executive"), backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("people") + "?q=typed")
        client.force_login(person("administrator"), backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("unit_register_file"))
        told = [json.loads(line) for line in log.lines if "path" in line]
        assert [(e["event"], e["path"], e["status"]) for e in told] == [
            ("page_refused", "/people/", 403),
            ("download", reverse("unit_register_file"), 200),
        ]
        assert told[0]["person"].startswith("executive")

    def test_a_right_that_a_page_refuses_in_words_is_an_event_whatever_it_answers(
        self, log: Log, client: Client, person: People, register: dict[str, Unit], clock: Clock
    ) -> None:
        plan = plan_import(SYSTEM, package=small_plan(reported=((3, 10),)), owner=register["กนผ."])
        client.force_login(person("auditor"), backend="django.contrib.auth.backends.ModelBackend")
        typed = {"period": "3", "day": "20/4/2569", "reason": "อุทกภัย"}
        assert client.post(reverse("control_due", args=[plan.code]), typed).status_code == 422
        client.post(reverse("report", args=[plan.code, "กฝ.", 3]), {"do": "as_planned"})
        told = [json.loads(line) for line in log.lines if "path" in line]
        assert [(e["event"], e["path"]) for e in told] == [
            ("page_refused", reverse("control_due", args=[plan.code])),
            ("page_refused", unquote(reverse("report", args=[plan.code, "กฝ.", 3]))),
        ]
        log.lines.clear()
        client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(reverse("control_due", args=[plan.code]), {**typed, "day": "x"}).status_code == 422
        assert "page_refused" not in log.events()

    def test_a_line_stays_one_line_whatever_is_in_it(self, log: Log) -> None:
        with coming_from(LogOrigin("a\nb\x1b[2J\u202e", "1.2.3.4")):
            note("download", path="/x\r\n{}" + "y" * 500)
        (line,) = log.lines
        assert line.isascii()
        assert line.isprintable()
        assert len(json.loads(line)["path"]) == 200

    def test_every_event_is_documented(self) -> None:
        page = (ROOT / "docs" / "security.md").read_text("utf-8")
        assert [event for event in sorted(EVENTS) if f"`{event}`" not in page] == []


class TestNotices:
    def test_a_sign_in_from_a_new_place_is_told_but_not_the_first_and_not_twice(
        self, person: People, letters, log: Log
    ) -> None:
        auditor = person("auditor")
        for address in ("10.1.1.5", "10.1.1.77", "203.0.113.9", "203.0.113.9"):
            sign_in(from_elsewhere(address), auditor)
        assert letters() == ["มีการเข้าสู่ระบบจากที่ใหม่"]
        assert "203.0.113.9" in mail.outbox[0].body
        assert log.events().count("sign_in_new_place") == 1
        assert set(KnownPlace.objects.values_list("mark", flat=True)) == {mark_of("10.1.1.5"), mark_of("203.0.113.9")}

    def test_a_new_password_is_told(self, client: Client, person: People, letters) -> None:
        sign_in(client, person("auditor"))
        new = "kluai-hom thong 3 wi"
        client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert letters() == ["รหัสผ่านของท่านเปลี่ยนแล้ว"]

    def test_another_address_is_told_to_both(
        self, client: Client, person: People, letters, django_capture_on_commit_callbacks
    ) -> None:
        auditor = person("auditor")
        person_edit(SYSTEM, person=auditor, display_name="ก", email="old@example.go.th", language="th")
        client.force_login(person("administrator"), backend="django.contrib.auth.backends.ModelBackend")
        confirmed(client, person("administrator"))
        form = {"display_name": "ก", "email": "new@example.go.th", "language": "th"}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("person", args=[auditor.username]), form)
        letters()
        assert sorted(letter.to[0] for letter in mail.outbox) == ["new@example.go.th", "old@example.go.th"]

    def test_a_mail_server_that_is_gone_keeps_nobody_out(self, person: People, monkeypatch, letters) -> None:
        def gone(*_: object, **__: object) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", gone)
        auditor = person("auditor")
        sign_in(from_elsewhere("10.1.1.5"), auditor)
        other = from_elsewhere("203.0.113.9")
        sign_in(other, auditor)
        assert is_signed_in(other)
        notices.settled()


class TestSessions:
    def test_ones_sessions_are_listed_and_ended(self, person: People) -> None:
        auditor, here, elsewhere = person("auditor"), Client(HTTP_USER_AGENT="here"), Client(HTTP_USER_AGENT="<b>there")
        sign_in(here, auditor)
        sign_in(elsewhere, auditor)
        page = here.get(reverse("sessions"))
        assert "&lt;b&gt;there" in page.content.decode()
        other = next(row.session.pk for row in page.context["rows"] if not row.is_here)
        asked = here.post(reverse("sessions"), {"session": other})
        assert asked.headers["Location"].startswith("/account/check/"), "first the password once more"
        assert is_signed_in(elsewhere)
        here.post(asked.headers["Location"], {"password": PASSWORD})
        assert is_signed_in(here)
        assert not is_signed_in(elsewhere)

    def test_all_others_end_at_once_and_this_one_goes_on(self, person: People) -> None:
        auditor, here, others = person("auditor"), Client(), [Client(), Client()]
        for browser in (here, *others):
            sign_in(browser, auditor)
        confirmed(here, auditor)
        here.post(reverse("sessions"), {"session": "others"})
        assert [is_signed_in(browser) for browser in (here, *others)] == [True, False, False]

    def test_somebody_elses_session_is_not_there(self, person: People) -> None:
        mine, theirs = Client(), Client()
        sign_in(mine, person("auditor"))
        sign_in(theirs, person("planner"))
        number = theirs.get(reverse("sessions")).context["rows"][0].session.pk
        assert mine.post(reverse("sessions"), {"session": number}).status_code == 404
        assert is_signed_in(theirs)

    def test_the_sessions_of_a_closed_account_do_not_revive(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        sign_in(client, auditor)
        person_switch(SYSTEM, person=auditor, active=False)
        person_switch(SYSTEM, person=auditor, active=True)
        assert not is_signed_in(client)


class TestSmallDoors:
    def test_nobody_unknown_gets_mail_and_the_link_has_the_offices_address(
        self, client: Client, person: People, settings
    ) -> None:
        auditor = person("auditor")
        person_edit(SYSTEM, person=auditor, display_name="", email="somsri@example.go.th", language="th")
        settings.BASE_URL, settings.ALLOWED_HOSTS = "https://samrit.example.go.th", ["evil.example", "testserver"]
        for address in ("stranger@example.com", "somsri@example.go.th"):
            client.post("/sign-in/forgotten/", {"email": address}, HTTP_HOST="evil.example")
        notices.settled()
        assert [letter.to for letter in mail.outbox] == [["somsri@example.go.th"]]
        assert "https://samrit.example.go.th/sign-in/new-password/" in mail.outbox[0].body
        assert "evil" not in mail.outbox[0].body

    def test_links_for_one_address_are_few(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        person_edit(SYSTEM, person=auditor, display_name="", email="somsri@example.go.th", language="th")
        codes = [client.post("/sign-in/forgotten/", {"email": "somsri@example.go.th"}).status_code for _ in range(5)]
        notices.settled()
        assert codes == [302, 302, 302, 429, 429]
        assert len(mail.outbox) == 3

    def test_a_mail_server_that_is_gone_does_not_tell_who_has_an_account(
        self, client: Client, person: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The same answer for both, whatever becomes of the letter; that it did not go is in the log."""

        def gone(*_: object, **__: object) -> None:
            raise ConnectionRefusedError(111, "Connection refused")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", gone)
        client.raise_request_exception = False
        said = [
            client.post("/sign-in/forgotten/", {"email": address})
            for address in ("stranger@example.com", person("auditor").email)
        ]
        notices.settled()
        assert [(answer.status_code, answer.headers["Location"]) for answer in said] == [
            (302, "/sign-in/forgotten/sent/")
        ] * 2
        assert "ConnectionRefusedError" in caplog.text

    @pytest.mark.parametrize("path", ["/", "/sign-in/", "/alive/", "/static/x.css", "/nothing/"])
    def test_a_wrong_host_is_400(self, client: Client, path: str) -> None:
        client.raise_request_exception = False
        for host in ("evil.example", "a b", "x" * 300, "[::"):
            assert client.get(path, HTTP_HOST=host).status_code in ((400,) if path != "/static/x.css" else (400, 404))

    def test_private_pages_are_kept_by_nobody(self, client: Client, person: People, register: dict[str, Unit]) -> None:
        assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
        client.force_login(person("auditor"), backend="django.contrib.auth.backends.ModelBackend")
        for path in ("/", "/account/", "/units/", reverse("unit_register_file"), "/nothing/"):
            assert client.get(path).headers["Cache-Control"] == "private, no-store", path

    def test_a_code_is_used_up_wherever_it_was_given(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        secret = give_authenticator(auditor)
        sign_in(client, auditor)
        code = code_of(secret)
        client.post("/sign-in/code/", {"code": code})
        assert is_signed_in(client)
        again = client.post("/account/check/code/", {"code": code})
        assert again.status_code == 200  # asked once more
        assert Authenticator.objects.filter(user=auditor).exists()

    def test_who_guesses_all_names_is_stopped_and_who_sits_there_goes_on(self, person: People) -> None:
        known, new = person("auditor"), person("planner")
        sign_in(from_elsewhere("10.1.1.5"), known)
        guesser = from_elsewhere("10.1.1.9")
        for n in range(51):
            sign_in(guesser, f"name-{n}", "Password-of-2568")
        stopped, going_on = from_elsewhere("10.1.1.9"), from_elsewhere("10.1.1.9")
        sign_in(stopped, new)
        sign_in(going_on, known)
        assert not is_signed_in(stopped)
        assert is_signed_in(going_on)


def test_a_clock_set_back_is_noticed(log: Log, person: People, clock: Clock) -> None:
    auditor = person("auditor")
    role_give(SYSTEM, person=auditor, role="planner")
    clock.now -= timedelta(minutes=1)
    person_switch(SYSTEM, person=auditor, active=False)
    assert "clock_set_back" not in log.events()
    clock.now -= timedelta(hours=1)
    person_switch(SYSTEM, person=auditor, active=True)
    assert "clock_set_back" in log.events()


@pytest.mark.parametrize("percent", ["1001", "-1001", "1E+9999", "1E-9999", "NaN"])
def test_a_settled_percent_has_bounds(percent: str, register: dict[str, Unit], clock: Clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    with pytest.raises(ServiceError) as refused:
        settlement_save(SYSTEM, plan=plan, record="P1", period=3, percent=Decimal(percent), reason="มติ")
    assert refused.value.code == "settlement_percent_invalid"
