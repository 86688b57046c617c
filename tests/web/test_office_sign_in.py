"""The office's own sign-in (OpenID Connect), against a real provider that the tests start."""

from __future__ import annotations

import json
import re
import time
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from samrit.plans.models import HistoryEntry, Person
from samrit.plans.services.office.people import person_switch
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.office_sign_in import decoded, nonce_of
from tests.plans.office import People
from tests.web.signing_in import give_authenticator, is_signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore"),  # the provider's own libraries, in this process only for the test
]

LIBRARY = "allauth.socialaccount.providers.openid_connect.views.OpenIDConnectOAuth2Adapter.openid_config"
SOMCHAI = {
    "sub": "somchai",
    "email": "auditor-1@example.org",
    "email_verified": True,
    "preferred_username": "auditor-1",
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A running OpenID provider; its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

        with run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def office(provider: str, settings) -> str:
    """The application with the provider as its office's sign-in."""
    settings.OIDC_SERVER, settings.OIDC_NAME = provider, "หน่วยงาน"
    app = {"provider_id": "office", "name": "หน่วยงาน", "client_id": "samrit", "secret": "a secret of the tests"}
    app["settings"] = {"server_url": provider, "token_auth_method": "client_secret_basic"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


class _Form(HTMLParser):
    """The hidden fields of the provider's page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.fields[str(given["name"])] = given.get("value") or ""


def claims(office: str, given: dict[str, object]) -> None:
    """Tell the provider who somebody is."""
    rest = {k: v for k, v in given.items() if k != "sub"}
    requests.put(f"{office}/users/{given['sub']}", json=rest, timeout=5).raise_for_status()


def come_back(client: Client, office: str, subject: str, **changed: str):
    """Go to the provider, sign in there as ``subject``, and return with its code."""
    start = client.post("/sign-in/office/start/")
    assert start.status_code == 302, start.content.decode()
    for name, value in changed.items():
        start.headers["Location"] = re.sub(rf"(?<=[?&]){name}=[^&]*", f"{name}={value}", start.headers["Location"])
    page = requests.get(start.headers["Location"], timeout=5)
    form = _Form()
    form.feed(page.text)
    answer = requests.post(
        urljoin(office, start.headers["Location"]),
        data={**form.fields, "sub": subject},
        timeout=5,
        allow_redirects=False,
    )
    assert answer.status_code == 302, answer.text
    back = answer.headers["Location"]
    assert back.startswith("http://testserver/sign-in/office/back/")
    return client.get(back.removeprefix("http://testserver"))


def test_the_button_stands_on_the_sign_in_page_only_when_there_is_a_provider(
    client: Client, office: str, settings
) -> None:
    assert "/sign-in/office/start/" in client.get("/sign-in/").content.decode()
    settings.OIDC_SERVER = ""
    assert "/sign-in/office/start/" not in client.get("/sign-in/").content.decode()


def test_a_verified_address_opens_the_account_that_has_it(client: Client, office: str, person: People) -> None:
    auditor = person("auditor")
    claims(office, SOMCHAI)
    assert come_back(client, office, "somchai").status_code == 302
    assert is_signed_in(client)
    assert client.get("/account/").context["page"].person == auditor
    assert SocialAccount.objects.get(user=auditor).uid == "somchai"
    assert HistoryEntry.objects.latest("sequence").action == "account.connect"


def test_later_the_identity_opens_the_account_whatever_its_address_is(
    client: Client, office: str, person: People
) -> None:
    auditor = person("auditor")
    claims(office, SOMCHAI)
    come_back(client, office, "somchai")
    Person.objects.filter(pk=auditor.pk).update(email="moved@example.org")
    other = Client()
    come_back(other, office, "somchai")
    assert is_signed_in(other)


@pytest.mark.parametrize(
    "given",
    [
        {"sub": "thief", "email": "auditor-1@example.org", "email_verified": False},
        {"sub": "thief", "email": "auditor-1@example.org"},
        {"sub": "thief", "email": "nobody@example.org", "email_verified": True},
        {"sub": "thief", "preferred_username": "auditor-1"},
        {"sub": "thief"},
    ],
)
def test_whoever_is_not_surely_known_is_refused_and_no_account_is_made(
    client: Client, office: str, person: People, given: dict[str, object]
) -> None:
    person("auditor")
    claims(office, given)
    answer = come_back(client, office, "thief")
    assert answer.status_code == 403
    assert "ยังไม่มีบัญชีผู้ใช้นี้" in answer.content.decode()
    assert not is_signed_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_address_of_two_accounts_opens_neither(client: Client, office: str, person: People) -> None:
    person("auditor")
    Person.objects.create(username="other", email="auditor-1@example.org")
    claims(office, SOMCHAI)
    assert come_back(client, office, "somchai").status_code == 403
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(client: Client, office: str, person: People) -> None:
    auditor = person("auditor")
    claims(office, SOMCHAI)
    come_back(client, office, "somchai")
    person_switch(SYSTEM, person=auditor, active=False)
    other = Client()
    come_back(other, office, "somchai")
    assert not is_signed_in(other)


def test_the_user_name_may_be_what_names_a_person(client: Client, office: str, person: People, settings) -> None:
    settings.OIDC_MATCH = "username"
    person("auditor")
    claims(office, {"sub": "by-name", "preferred_username": "Auditor-1"})
    assert come_back(client, office, "by-name").status_code == 302
    assert is_signed_in(client)


def test_an_authenticator_is_asked_for_here_too(client: Client, office: str, person: People) -> None:
    auditor = person("auditor")
    give_authenticator(auditor)
    claims(office, SOMCHAI)
    assert come_back(client, office, "somchai").headers["Location"].startswith("/sign-in/code/")
    assert not is_signed_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, office: str, person: People) -> None:
    person("auditor")
    assert client.get("/sign-in/office/back/?code=x&state=y").status_code in (200, 401, 403)
    assert not is_signed_in(client)


def test_an_identity_makes_an_authenticator_unnecessary_for_roles_that_need_one(
    client: Client, office: str, person: People, settings
) -> None:
    settings.TOTP_ROLES = ["auditor"]
    person("auditor")
    claims(office, SOMCHAI)
    come_back(client, office, "somchai")
    assert is_signed_in(client)


def test_starting_is_a_form_of_ours(office: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/office/start/").status_code == 403
    page = client.get("/sign-in/office/start/")
    assert page.status_code == 200
    assert '<form method="post"' in page.content.decode()


def test_a_token_of_another_sign_in_opens_nothing(client: Client, office: str, person: People) -> None:
    """10.5.1: the token carries the nonce of this very sign-in."""
    person("auditor")
    claims(office, SOMCHAI)
    come_back(client, office, "somchai", nonce="another")
    assert not is_signed_in(client)
    assert nonce_of("one") != nonce_of("other")


def test_a_way_that_the_office_does_not_name_leaves_the_authenticator_a_duty(
    client: Client, office: str, person: People, settings
) -> None:
    """6.8.4: the provider says how it made sure (``acr``); where the office names ways, no other one does."""
    settings.TOTP_ROLES, settings.OIDC_ACR = ["auditor"], ["two-factors"]
    person("auditor")
    claims(office, SOMCHAI)
    come_back(client, office, "somchai")
    assert client.get("/account/").headers["Location"].startswith("/account/authenticator/")
    session = client.session
    session["office_sign_in_acr"] = "two-factors"
    session.save()
    assert is_signed_in(client)


def test_another_issuer_than_the_one_that_was_set_is_refused(
    client: Client, office: str, person: People, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10.5.3."""
    person("auditor")
    claims(office, SOMCHAI)
    there = requests.get(f"{office}/.well-known/openid-configuration", timeout=5).json()
    monkeypatch.setattr(LIBRARY, property(lambda _: {**there, "issuer": "https://another.example"}))
    assert come_back(client, office, "somchai").status_code == 401
    assert not is_signed_in(client)


def test_a_provider_that_is_gone_is_said_in_words(client: Client, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> None:
        raise requests.ConnectionError("nobody there")

    monkeypatch.setattr(LIBRARY, property(gone))
    client.raise_request_exception = False
    assert client.post("/sign-in/office/start/").status_code == 401


KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
NOW = int(time.time())  # when the tests are collected: those on it may run an hour later
GOOD = {"iss": "https://id.example", "aud": "samrit", "sub": "somchai", "exp": NOW + 86_400, "iat": NOW}


def token(claims: dict[str, object], *, key: object = KEY, algorithm: str = "RS256", kid: str = "one") -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> str:
    """The provider's keys, as its address gives them."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))

    class Session:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def get(self, _: str) -> requests.Response:
            answer = requests.Response()
            answer.status_code = 200
            answer._content = json.dumps({"keys": [{**public, "kid": "one", "alg": "RS256"}]}).encode()
            return answer

    monkeypatch.setattr("samrit.web.accounts.adapters.OfficeAdapter.get_requests_session", lambda _: Session())
    return "https://id.example/keys"


def opened(credential: str, keys: str) -> dict[str, object]:
    return decoded(credential, keys=keys, issuer="https://id.example", app=SocialApp(client_id="samrit"))


def test_a_signed_token_of_now_for_us_is_taken(keys: str) -> None:
    assert opened(token(GOOD), keys)["sub"] == "somchai"
    assert opened(token(GOOD, kid=""), keys)["sub"] == "somchai", "a provider with one key need not name it"


@pytest.mark.parametrize(
    "wrong",
    [
        token(GOOD, key=OTHER),
        token(GOOD)[:-8] + "AAAAAAAA",
        token({**GOOD, "sub": "thief"}).rpartition(".")[0] + "." + token(GOOD).rpartition(".")[2],
        token(GOOD, key=None, algorithm="none"),
        token(GOOD, key="a secret that somebody knows, long enough", algorithm="HS256"),
        token(GOOD, kid="another"),
        token({**GOOD, "exp": NOW - 600}),
        token({**GOOD, "nbf": NOW + 80_000}),
        token({**GOOD, "aud": "another"}),
        token({key: value for key, value in GOOD.items() if key != "aud"}),
        token({key: value for key, value in GOOD.items() if key != "exp"}),
        token({**GOOD, "iss": "https://another.example"}),
        "no token",
        "",
    ],
    ids=["other key", "other signature", "other content", "none", "shared secret", "unknown key", "old", "not yet",
         "for another", "for nobody", "for ever", "of another", "text", "empty"],
)  # fmt: skip
def test_any_other_token_is_refused(keys: str, wrong: str) -> None:
    """6.8.2, 9.1.1, 9.1.2, 9.1.3, 9.2.1, 9.2.2, 9.2.3, 10.5.4: signature, algorithm, key, time, audience, issuer."""
    with pytest.raises(OAuth2Error):
        opened(wrong, keys)
