"""Keys for other programs: what they open, for how long, and what they never open (BD1)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, HistoryEntry, MachineKey, Person, Plan, Role, Unit
from samrit.plans.records.audit import audit
from samrit.plans.services.office.machine_keys import machine_key_end, machine_key_make
from samrit.plans.services.office.people import person_switch
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import confirmed

ADDRESS = "/machine/report/small-2569/กฝ./3/month.json"


@pytest.fixture
def plan(register: dict[str, Unit], clock: Clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(units=("กฝ.", "กค.")))


@pytest.fixture
def reporter(person: People, plan: Plan) -> Person:
    return person(Role.REPORTER, unit="กฝ.")


def key_of(reporter: Person, *, days: int = 30) -> dict[str, str]:
    unit = Unit.objects.get(code="กฝ.")
    until = timezone.localdate() + timedelta(days)
    return {"authorization": f"Bearer {machine_key_make(reporter, unit=unit, name='ทะเบียน', until=until)}"}


def figures(*rows: dict[str, str]) -> dict[str, object]:
    return {"data": json.dumps({"figures": rows}), "content_type": "application/json"}


def test_a_program_reads_fills_in_and_sends_a_month_in_its_persons_name(reporter: Person) -> None:
    headers, program = key_of(reporter), Client(enforce_csrf_checks=True)
    month = program.get(ADDRESS, headers=headers).json()
    row = month["figures"][0]
    answer = program.post(ADDRESS, headers=headers, **figures({**row, "actual": "12"}))
    assert (answer.status_code, answer.json()["saved"]) == (200, 1)
    assert HistoryEntry.objects.get(action__startswith="figure.").actor == reporter
    assert audit().is_clean


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic {key}", "{key}"])
def test_nothing_else_opens_it(header: str, reporter: Person, client: Client) -> None:
    """Not a session either: what a browser sends by itself opens no door without a token of its form."""
    key = key_of(reporter)["authorization"].removeprefix("Bearer ")
    client.force_login(reporter)
    answer = client.post(ADDRESS, headers={"authorization": header.format(key=key)}, **figures())
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="samrit"')
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (ADDRESS.replace("กฝ.", "กค."), 404),  # another unit than the key's
        (ADDRESS.replace("small-2569", "other"), 404),
        (ADDRESS.replace("/3/", "/13/"), 404),
        ("/report/small-2569/กฝ./3/month.json", 401),  # the door of people
        ("/my-work/", 302),
    ],
)
def test_a_key_opens_its_own_unit_and_no_other_page(address: str, status: int, reporter: Person) -> None:
    assert Client().get(address, headers=key_of(reporter)).status_code == status


def test_a_key_ends_with_its_day_its_account_and_its_persons_rights(reporter: Person, clock: Clock) -> None:
    headers = key_of(reporter, days=2)
    clock.set(timezone.localdate() + timedelta(3))
    assert Client().get(ADDRESS, headers=headers).status_code == 401
    headers = key_of(reporter)
    reporter.roles.all().delete()  # type: ignore[attr-defined]
    assert Client().get(ADDRESS, headers=headers).status_code == 404
    person_switch(SYSTEM, person=reporter, active=False)
    assert Client().get(ADDRESS, headers=headers).status_code == 401


def test_a_key_in_the_clear_is_refused(reporter: Person, settings) -> None:
    headers = key_of(reporter)
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^machine/"]
    assert Client().get(ADDRESS, headers=headers).status_code == 403
    assert Client().get(ADDRESS, headers=headers, secure=True).status_code == 200


def test_a_person_makes_a_key_on_a_page_sees_it_once_and_takes_it_back(reporter: Person, client: Client) -> None:
    client.force_login(reporter)
    confirmed(client, reporter)
    sent = {"do": "make", "name": "ทะเบียน", "unit": "กฝ.", "until": "1 มิ.ย. 2569"}
    page = client.post("/account/machines/", sent)
    (key,) = re.findall(r'id="key" readonly value="([^"]+)"', page.content.decode())
    assert key not in client.get("/account/machines/").content.decode()
    assert key not in str(list(HistoryEntry.objects.values_list("new", flat=True)))
    assert Client().get(ADDRESS, headers={"authorization": f"Bearer {key}"}).status_code == 200
    client.post("/account/machines/", {"do": "end", "key": MachineKey.objects.get().pk})
    assert Client().get(ADDRESS, headers={"authorization": f"Bearer {key}"}).status_code == 401
    assert audit().is_clean


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"unit": "กค."},
        {"unit": "ไม่มี"},
        {"until": "พรุ่งนี้"},
        {"until": "1 มี.ค. 2569"},
        {"until": "1 มิ.ย. 2575"},
    ],
    ids=str,
)
def test_a_key_that_cannot_be_made_is_refused_in_words(wrong: dict[str, str], reporter: Person, client: Client) -> None:
    client.force_login(reporter)
    confirmed(client, reporter)
    sent = {"do": "make", "name": "ทะเบียน", "unit": "กฝ.", "until": "1 มิ.ย. 2569", **wrong}
    page = client.post("/account/machines/", sent)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert not MachineKey.objects.exists()


def test_everything_wrong_of_a_new_key_is_told_at_once(reporter: Person) -> None:
    with pytest.raises(ServiceError) as refused:
        machine_key_make(
            reporter, unit=Unit.objects.get(code="กฝ."), name="ก" * 101, until=timezone.localdate() - timedelta(1)
        )
    assert [error.code for error in refused.value.all] == ["machine_key_name_long", "machine_key_day"]
    assert not reporter.machine_keys.exists()


def test_a_key_made_refused_and_taken_back_stands_in_the_security_log(
    reporter: Person, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with caplog.at_level("INFO", "samrit.security"), django_capture_on_commit_callbacks(execute=True):
        key_of(reporter)
        Client().get(ADDRESS, headers={"authorization": "Bearer nonsense"})
        machine_key_end(reporter, key=reporter.machine_keys.get())
    events = [record.getMessage() for record in caplog.records if record.name == "samrit.security"]
    assert events == ["key_refused", "account_changed", "account_changed"]  # a write is told of once it counts
