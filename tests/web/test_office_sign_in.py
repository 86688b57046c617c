"""The office's own sign-in (OpenID Connect), against a real provider that the tests start."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from samrit.plans.models import HistoryEntry, Person
from samrit.plans.services.office.people import person_switch
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People
from tests.web.signing_in import give_authenticator, is_signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore"),  # the provider's own libraries, in this process only for the test
]

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


def come_back(client: Client, office: str, subject: str):
    """Go to the provider, sign in there as ``subject``, and return with its code."""
    start = client.post("/sign-in/office/start/")
    assert start.status_code == 302, start.content.decode()
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
