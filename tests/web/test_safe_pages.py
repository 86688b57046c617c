"""What pages and sign-in hold to, requirement by requirement of ASVS 5.0, where no other test shows it."""

from __future__ import annotations

import re
import ssl

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialToken
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError
from django.test import Client, RequestFactory
from django.urls import reverse

from samrit.plans.models import Person
from samrit.plans.services.office.people import person_create
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.passwords import OfficeWordsValidator
from tests.plans.office import PASSWORD, People
from tests.web.signing_in import give_authenticator, is_signed_in, sign_in

pytestmark = pytest.mark.one_database
LONG = "กุ้งแม่น้ำ " * 8 + "x" * 40  # 128 signs


def opens(person: Person, word: str) -> bool:
    return authenticate(RequestFactory().post("/sign-in/"), username=person.username, password=word) is not None


class TestPasswords:
    def test_a_password_is_taken_exactly_as_it_was_typed(self, db) -> None:
        """6.2.8, 6.2.9: not cut, not trimmed, not turned into small letters; 128 signs are welcome."""
        person = person_create(SYSTEM, username="long", password=f"{LONG} ")
        assert opens(person, f"{LONG} ")
        for other in (LONG, f"{LONG} "[:72], f"{LONG} ".upper(), f" {LONG} "):
            assert not opens(person, other)

    def test_an_old_password_goes_on_opening(self, client: Client, person: People, clock) -> None:
        """6.2.10: nobody is made to change one that nobody knows."""
        auditor = person("auditor")
        clock.set("2036-04-03")
        assert sign_in(client, auditor).status_code == 302
        assert is_signed_in(client)

    @pytest.mark.parametrize("weak", ["Samrit-samrit-1", "ประกันสังคม2569", "sso-SSO-sso-12"])
    def test_the_office_s_own_words_make_no_password(self, settings, weak: str) -> None:
        """6.1.2, 6.2.11: the words are the program's and those that the office names."""
        settings.PASSWORD_WORDS = [*settings.PASSWORD_WORDS, "ประกันสังคม", "SSO"]
        with pytest.raises(ValidationError):
            OfficeWordsValidator().validate(weak)
        OfficeWordsValidator().validate(f"{weak} kluai-hom thong")
        OfficeWordsValidator().validate("abcdefg")  # short, which another rule refuses

    def test_that_rule_holds_wherever_a_password_is_set(self) -> None:
        with pytest.raises(ValidationError, match="8"):
            validate_password("samrit-samrit-1")

    def test_passwords_are_hashed_slowly(self) -> None:
        """11.4.2: the framework's present number of rounds, at least what OWASP asks of PBKDF2-SHA-256."""
        assert PBKDF2PasswordHasher.algorithm == "pbkdf2_sha256"
        assert PBKDF2PasswordHasher.iterations >= 600_000

    def test_what_is_typed_is_hidden(self, client: Client, db) -> None:
        """6.2.6: every field for a password is one."""
        page = client.get(reverse("sign_in")).content.decode()
        assert re.findall(r'<input type="(\w+)"[^>]*name="password"', page) == ["password"]

    def test_a_new_password_does_not_go_past_the_code(self, client: Client, person: People) -> None:
        """6.4.3: who resets the password still needs the authenticator; 14.2.1: the key leaves the address at once."""
        auditor = person("auditor")
        give_authenticator(auditor)
        link = _link(auditor)
        first = client.get(link)
        assert first.status_code == 302
        assert "set-password" in first.headers["Location"]
        client.post(
            first.headers["Location"], {"password1": "kluai-hom thong 3 wi", "password2": "kluai-hom thong 3 wi"}
        )
        assert not is_signed_in(client)
        answer = sign_in(client, auditor, "kluai-hom thong 3 wi")
        assert answer.headers["Location"] == reverse("mfa_authenticate")
        assert not is_signed_in(client)


def _link(person: Person) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


def test_recovery_codes_and_sessions_cannot_be_guessed(person: People) -> None:
    """6.5.4: more than 20 bits a code; 7.2.3: 32 signs of 36, more than 128 bits."""
    give_authenticator(person("auditor"))
    codes = RecoveryCodes(person("auditor").authenticator_set.get(type="recovery_codes")).get_unused_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"\d{8}", code) for code in codes)
    store = SessionStore()
    store.create()
    assert re.fullmatch(r"[a-z0-9]{32}", store.session_key or "")


def test_signing_out_stands_on_every_page(client: Client, person: People) -> None:
    """7.4.4."""
    client.force_login(person("administrator"), backend=settings.AUTHENTICATION_BACKENDS[1])
    for name in ("front", "account", "people", "units", "holidays", "erasures", "privacy", "start"):
        assert f'action="{reverse("sign_out")}"' in client.get(reverse(name)).content.decode(), name


def test_answers_say_what_they_are(client: Client, db) -> None:
    """4.1.1: a kind and UTF-8; 13.4.3: no listing of folders; 13.4.4: no TRACE."""
    for name in ("front", "sign_in", "privacy", "rules", "alive"):
        assert re.match(r"text/(html|plain); charset=utf-8", client.get(reverse(name), follow=True)["Content-Type"]), (
            name
        )
    for folder in ("/static/", "/static/samrit/", "/evidence/", "/media/"):
        assert client.get(folder).status_code == 404
    assert client.trace("/").status_code == 405
    assert client.trace(reverse("privacy")).status_code == 405


def test_what_stands_in_the_address_is_not_what_was_sent(client: Client, person: People) -> None:
    """15.3.7: a name that stands in both places is taken from where it belongs."""
    auditor = person("auditor")
    client.force_login(auditor, backend=settings.AUTHENTICATION_BACKENDS[1])
    client.post(f"{reverse('language')}?language=th", {"language": "en"})
    auditor.refresh_from_db()
    assert auditor.language == "en"


def test_letters_take_no_line_break_in_a_heading_and_their_server_is_checked() -> None:
    """1.3.11; 12.3.2: STARTTLS with a certificate that is known."""
    for wrong in ({"subject": "a\nBcc: x@example.org"}, {"to": ["a@example.org\nBcc: x@example.org"]}):
        with pytest.raises((BadHeaderError, ValueError)):
            EmailMessage(**{"subject": "s", "body": "b", "to": ["a@example.org"], **wrong}).message()
    assert EmailBackend(use_tls=True).ssl_context.verify_mode is ssl.CERT_REQUIRED
    assert EmailBackend(use_tls=True).ssl_context.check_hostname


def test_logs_go_where_the_office_says_and_nowhere_else(client: Client, db, monkeypatch, caplog) -> None:
    """16.2.3: standard error or the office's file; 16.3.4: what went wrong is there."""
    kinds = {handler["class"] for handler in settings.LOGGING["handlers"].values()}
    assert kinds <= {"logging.StreamHandler", "logging.handlers.WatchedFileHandler"}

    def wrong(*_: object) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr("samrit.web.views.office.privacy.render", wrong)
    client.raise_request_exception = False
    with caplog.at_level("ERROR", "django.request"):
        monkeypatch.setattr(__import__("logging").getLogger("django"), "propagate", True)
        assert client.get(reverse("privacy")).status_code == 500
    assert "a fault of the program" in caplog.text


def test_no_token_of_the_office_s_provider_is_kept(db) -> None:
    """10.1.1."""
    assert settings.SOCIALACCOUNT_STORE_TOKENS is False
    assert not SocialToken.objects.exists()


def test_a_test_password_is_one_that_would_be_taken() -> None:
    validate_password(PASSWORD)
