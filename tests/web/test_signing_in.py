"""Signing in by password and code, the session's age, new passwords; what is refused and what it says."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from samrit.plans.models import HistoryEntry, Person
from samrit.plans.services.office.accounts import person_edit
from samrit.plans.services.office.people import person_switch, reached_at
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.notices import settled
from tests.plans.office import PASSWORD, People
from tests.web.signing_in import code_of, give_authenticator, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def confirm_oneself(client: Client) -> None:
    """Give the password again, as one must before changing how one signs in."""
    assert client.post("/account/check/", {"password": PASSWORD, "next": "/account/"}).status_code == 302


class TestPassword:
    def test_the_right_password_opens_ones_account(self, client: Client, person: People) -> None:
        assert sign_in(client, person("auditor")).status_code == 302
        assert is_signed_in(client)

    def test_capital_letters_in_the_name_do_not_matter_to_the_lock_out(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        for name in ("AUDITOR-1", "Auditor-1", "auditor-1", " auditor-1", "auditor-1 "):
            sign_in(client, name, "wrong")
        assert sign_in(client, auditor).status_code == 429

    @pytest.mark.parametrize("name", ["nobody", "auditor-1"])
    def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
        self, client: Client, person: People, name: str
    ) -> None:
        person("auditor")
        answer = sign_in(client, name, "wrong password here")
        assert answer.status_code == 200
        assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in answer.content.decode()
        assert not is_signed_in(client)

    def test_a_closed_account_does_not_open(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        person_switch(SYSTEM, person=auditor, active=False)
        sign_in(client, auditor)
        assert not is_signed_in(client)

    def test_closing_an_account_ends_its_open_sessions(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        sign_in(client, auditor)
        person_switch(SYSTEM, person=auditor, active=False)
        assert not is_signed_in(client)

    def test_one_returns_to_the_page_one_wanted_but_never_to_another_site(self, client: Client, person: People) -> None:
        form = {"login": person("auditor").username, "password": PASSWORD}
        assert client.post("/sign-in/", {**form, "next": "/account/"}).headers["Location"] == "/account/"
        other = Client().post("/sign-in/", {**form, "next": "https://evil.example/"})
        assert other.headers["Location"].startswith("/")
        assert not other.headers["Location"].startswith("//")

    def test_nobody_signs_up(self, client: Client) -> None:
        assert client.get("/closed/new/").status_code == 404
        assert client.post("/closed/new/", {"username": "x", "password1": "y"}).status_code == 404
        assert Person.objects.count() == 0


class TestSession:
    def test_signing_out_is_a_form_and_ends_the_session(self, client: Client, person: People) -> None:
        sign_in(client, person("auditor"))
        assert client.get("/sign-out/").status_code == 405
        assert is_signed_in(client)
        assert client.post("/sign-out/").status_code == 302
        assert not is_signed_in(client)

    def test_an_idle_session_ends(self, client: Client, person: People, monkeypatch, settings) -> None:
        sign_in(client, person("auditor"))
        assert is_signed_in(client)
        began = time.time()
        monkeypatch.setattr("samrit.web.middleware.time.time", lambda: began + settings.SESSION_IDLE.seconds - 5)
        assert is_signed_in(client)
        monkeypatch.setattr("samrit.web.middleware.time.time", lambda: began + 2 * settings.SESSION_IDLE.seconds + 5)
        assert not is_signed_in(client)

    def test_a_session_that_ends_under_a_button_leads_back_to_what_was_typed(
        self, client: Client, person: People, monkeypatch, settings
    ) -> None:
        """Also where the address takes no other method: the next page was an empty 405, and all that was typed gone."""
        planner, other, now = person("administrator"), person("auditor"), [time.time()]
        monkeypatch.setattr("samrit.web.middleware.time.time", lambda: now[0])
        sent = {"display_name": "สมศรี <b>", "email": "", "username": "somsri", "language": "th", "more": ["1", "2"]}

        def turned_away(who, address: str = "/people/new/", **fields: object) -> HttpResponse:
            client.post("/sign-out/")
            sign_in(client, planner)
            assert is_signed_in(client)
            now[0] += 2 * settings.SESSION_IDLE.seconds
            answer = client.post(address, sent | fields, headers={"referer": "http://testserver/people/?q=a"})
            assert answer.headers["Location"] == "/sign-in/?next=/sent-again/"
            sign_in(client, who)
            return client.get("/sent-again/")

        assert turned_away(other).headers["Location"] == "/people/?q=a", "nobody else sees what was typed"
        assert turned_away(planner, oldpassword=PASSWORD).headers["Location"] == "/people/?q=a", "no password is kept"
        assert 'action="/control/x/unlock/"' in turned_away(planner, "/control/x/unlock/").content.decode()
        text = turned_away(planner).content.decode()
        assert 'action="/people/new/"' in text
        assert "สมศรี &lt;b&gt;" in text
        assert text.count('name="more"') == 2
        assert client.post("/people/new/", sent).status_code == 302
        assert client.get("/sent-again/").headers["Location"] == "/", "what was sent again is not kept"

    def test_a_busy_session_ends_after_its_longest_time(
        self, client: Client, person: People, monkeypatch, settings
    ) -> None:
        settings.SESSION_LONGEST = timedelta(hours=2)
        sign_in(client, person("auditor"))
        began = time.time()
        for minutes in range(0, 120, 30):
            monkeypatch.setattr("samrit.web.middleware.time.time", lambda m=minutes: began + m * 60)
            assert is_signed_in(client)
        monkeypatch.setattr("samrit.web.middleware.time.time", lambda: began + 121 * 60)
        assert not is_signed_in(client)

    def test_cookies_are_out_of_reach_of_scripts_and_other_sites(self, client: Client, person: People) -> None:
        sign_in(client, person("auditor"))
        for name in ("sessionid", "csrftoken"):
            assert client.cookies[name]["httponly"]
            assert client.cookies[name]["samesite"] == "Lax"

    def test_a_new_password_ends_the_other_sessions(self, person: People) -> None:
        auditor, here, elsewhere = person("auditor"), Client(), Client()
        sign_in(here, auditor)
        sign_in(elsewhere, auditor)
        new = "kluai-hom thong 3 wi"
        form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert here.post("/account/password/", form).status_code == 302
        assert is_signed_in(here)
        assert not is_signed_in(elsewhere)

    @pytest.mark.parametrize("weak", ["short1x", "1234567890123", "password1234", "my-auditor-1xx"])
    def test_weak_passwords_are_refused(self, client: Client, person: People, weak: str) -> None:
        sign_in(client, person("auditor"))
        answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
        assert answer.status_code == 200
        assert answer.context["form"].errors


class TestCode:
    """The authenticator (TOTP)."""

    def test_the_password_alone_does_not_open_an_account_with_an_authenticator(
        self, client: Client, person: People
    ) -> None:
        auditor = person("auditor")
        secret = give_authenticator(auditor)
        assert sign_in(client, auditor).headers["Location"].startswith("/sign-in/code/")
        assert not is_signed_in(client)
        assert client.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 302
        assert is_signed_in(client)

    def test_a_wrong_code_is_refused_and_five_lock_the_account(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        secret = give_authenticator(auditor)
        sign_in(client, auditor)
        answers = [client.post("/sign-in/code/", {"code": "000000"}).status_code for _ in range(5)]
        assert answers == [200, 200, 200, 200, 429]
        client.post("/sign-in/code/", {"code": code_of(secret)})
        assert not is_signed_in(client)
        assert sign_in(Client(), auditor).status_code == 429

    def test_a_code_opens_only_once(self, person: People) -> None:
        auditor = person("auditor")
        secret = give_authenticator(auditor)
        code = code_of(secret)
        for expected in (True, False):
            client = Client()
            sign_in(client, auditor)
            client.post("/sign-in/code/", {"code": code})
            assert is_signed_in(client) is expected
            cache.clear()  # another process has another memory

    def test_a_recovery_code_opens_once(self, person: People) -> None:
        auditor = person("auditor")
        give_authenticator(auditor)
        kept = Authenticator.objects.get(user=auditor, type=Authenticator.Type.RECOVERY_CODES).wrap()
        code = kept.get_unused_codes()[0]
        for expected in (True, False):
            client = Client()
            sign_in(client, auditor)
            client.post("/sign-in/code/", {"code": code})
            assert is_signed_in(client) is expected

    def test_secrets_lie_sealed_in_the_database(self, person: People) -> None:
        auditor = person("auditor")
        secret = give_authenticator(auditor)
        assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))

    def test_setting_one_up_takes_a_right_code_and_gives_recovery_codes(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        sign_in(client, auditor)
        assert client.get("/account/authenticator/").headers["Location"].startswith("/account/check/")
        confirm_oneself(client)
        page = client.get("/account/authenticator/")
        secret = page.context["form"].secret
        assert client.post("/account/authenticator/", {"code": "12"}).status_code == 200
        answer = client.post("/account/authenticator/", {"code": code_of(secret)}, follow=True)
        assert len(re.findall(r"<code>\d+</code>", answer.content.decode())) == 10
        assert Authenticator.objects.filter(user=auditor, type="totp").exists()

    def test_some_roles_cannot_go_on_without_one(self, client: Client, person: People, settings) -> None:
        settings.TOTP_ROLES = ["administrator"]
        sign_in(client, person("administrator"))
        answer = client.get("/people/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/authenticator/")
        confirm_oneself(client)
        assert client.get("/account/authenticator/").status_code == 200
        give_authenticator(person("administrator"))
        assert client.get("/people/").status_code == 200
        other = Client()
        sign_in(other, person("auditor"))
        assert other.get("/account/").status_code == 200

    def test_an_administrator_takes_a_lost_one_away_with_a_reason(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        give_authenticator(auditor)
        sign_in(client, person("administrator"))
        address = f"/person/{auditor.username}/authenticator/"
        assert client.post(address, {"reason": "โทรศัพท์หาย"}).headers["Location"].startswith("/account/check/")
        assert Authenticator.objects.filter(user=auditor).exists()
        confirm_oneself(client)
        assert client.post(address, {"reason": " "}).status_code == 409
        assert Authenticator.objects.filter(user=auditor).exists()
        assert client.post(address, {"reason": "โทรศัพท์หาย"}).status_code == 302
        assert not Authenticator.objects.filter(user=auditor).exists()
        entry = HistoryEntry.objects.get(action="account.second_factor_drop")
        assert (entry.record, entry.reason) == (auditor.reference, "โทรศัพท์หาย")


class TestNewPassword:
    def test_a_link_by_mail_sets_a_new_password_once(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        client.post("/sign-in/forgotten/", {"email": auditor.email})
        settled()
        link = re.search(r"https?://[^/]+(/sign-in/new-password/\S+)", mail.outbox[0].body)
        assert link
        page = client.get(link[1], follow=True)
        new = "kluai-hom thong 3 wi"
        where = page.redirect_chain[-1][0]
        assert client.post(where, {"password1": new, "password2": new}).status_code == 302
        assert sign_in(Client(), auditor, new).status_code == 302
        again = Client().get(link[1], follow=True)
        assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in again.content.decode()

    def test_an_unknown_address_gets_the_same_answer_and_nothing_that_opens(self, client: Client) -> None:
        answer = client.post("/sign-in/forgotten/", {"email": "nobody@example.org"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/forgotten/sent/")
        settled()
        assert not any("new-password" in message.body for message in mail.outbox)

    def test_a_link_goes_to_the_address_that_the_account_has_now_and_to_no_earlier_one(
        self, client: Client, person: People
    ) -> None:
        """The library keeps every address that a link was ever made for; an old mailbox opened the account."""
        auditor = person("auditor")
        before = auditor.email
        client.post("/sign-in/forgotten/", {"email": before})
        person_edit(SYSTEM, person=auditor, display_name="", email="Anong@example.go.th", language="th")
        settled()
        mail.outbox.clear()
        for email in (before, "anong@example.go.th"):
            assert client.post("/sign-in/forgotten/", {"email": email}).status_code == 302
        settled()
        assert [m.to for m in mail.outbox if "new-password" in m.body] == [["Anong@example.go.th"]]

    @pytest.mark.parametrize("typed", ["mıkke@example.go.th", "miK\u212ae@example.go.th", "mikke@examp\u212ae.go.th"])
    def test_letters_that_a_database_takes_for_alike_are_another_address(self, person: People, typed: str) -> None:
        auditor = person("auditor")
        Person.objects.filter(pk=auditor.pk).update(email="Mikke@example.go.th")
        assert [p.pk for p in reached_at(" mikkE@example.go.th ".strip())] == [auditor.pk]
        assert reached_at(typed) == []

    def test_an_administrators_link_is_shown_once_and_noted(self, client: Client, person: People) -> None:
        auditor = person("auditor")
        sign_in(client, person("administrator"))
        confirm_oneself(client)
        page = client.post(f"/person/{auditor.username}/invite/").content.decode()
        link = re.search(r"http://localhost:8000(/sign-in/new-password/[^<\s]+)", page)
        assert link
        assert "new-password" not in client.get(f"/person/{auditor.username}/").content.decode()
        assert "password1" in Client().get(link[1], follow=True).content.decode()
        assert HistoryEntry.objects.latest("sequence").action == "account.invite"
