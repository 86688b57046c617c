"""An office that has nobody: its first administrator by a page, once, and for whoever has the server's key only."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, Role, RoleAssignment
from samrit.plans.records.audit import audit
from samrit.plans.services.office.people import person_create
from samrit.plans.services.office.setting_up import administrator_first, setup_key
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.plans.office import PASSWORD

pytestmark = pytest.mark.django_db
FORM = {"username": "first", "display_name": "คนแรก", "language": "th", "password1": PASSWORD, "password2": PASSWORD}


def test_the_first_administrator_is_made_signed_in_and_led_on(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/setup/"
    assert setup_key() in client.get(f"/setup/?key={setup_key()}").content.decode()
    answer = client.post("/setup/", {**FORM, "key": setup_key()})
    assert answer.headers["Location"] == "/start/"
    assert client.get("/start/").status_code == 200
    assert RoleAssignment.objects.get().role == Role.ADMINISTRATOR
    assert client.get("/setup/").status_code == 404
    assert Client().get("/").headers["Location"] == "/sign-in/"
    assert audit().is_clean


def test_every_fault_is_told_at_once_and_nothing_is_made(client: Client) -> None:
    wrong = {
        "key": "x",
        "username": "มี ช่อง",
        "email": "none",
        "password1": "1234",
        "password2": "12345",
        "language": "th",
    }
    answer = client.post("/setup/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert word("setup.key_wrong") in page
    assert word("setup.passwords_differ") in page
    assert page.count('aria-invalid="true"') == 6
    for asked in ("length", "likeness", "common", "digits", "words"):
        told = page.count(word(f"account.password_{asked}", count=12))
        assert told == (2 if asked in {"length", "common", "digits"} else 1), "asked for above the box, told below"
    assert "assword" not in re.sub(r"<[^>]+>", "", page), "in the words of the page"
    assert "มี ช่อง" in page
    assert "1234" not in page, "a password is never sent back"
    assert not Person.objects.exists()


def test_the_key_opens_nothing_once_there_is_anybody(client: Client) -> None:
    person_create(SYSTEM, username="somebody")
    assert client.post("/setup/", {**FORM, "key": setup_key()}).status_code == 404
    with pytest.raises(NotVisible):
        administrator_first(key=setup_key(), username="second", password=PASSWORD)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "กข", setup_key()[:-1]])
def test_a_wrong_key_makes_nobody(key: str) -> None:
    with pytest.raises(ServiceError, match="setup_key_wrong"):
        administrator_first(key=key, username="first", password=PASSWORD)
    with pytest.raises(ServiceError, match="password_weak"):
        administrator_first(key=setup_key(), username="first", password="")
    assert not Person.objects.exists()
