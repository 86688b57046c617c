"""The notice, one's own data, erasing through pages and commands, and who counts numbers up (F.7)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samrit.cli.main import main
from samrit.plans.models import Erasure, Evidence, HistoryEntry, KnownPlace, Person, Unit
from samrit.plans.selectors.office.own_data import own_data
from samrit.plans.selectors.office.retention import due, years_before
from samrit.plans.services.office.calendars import calendar_key_make
from samrit.plans.services.office.machine_keys import machine_key_make
from samrit.plans.services.office.people import person_create, person_switch, role_give
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People
from tests.web.addressed import office
from tests.web.test_accounts_watched import log

__all__ = ["log"]
pytestmark = pytest.mark.one_database


@pytest.fixture
def made(register, person: People, clock):
    return office(person)


def samrit(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["privacy", *arguments], env={"SAMRIT_LANG": "en"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.output


def test_the_notice_is_everybody_s_and_says_this_office_s_periods(db, settings) -> None:
    settings.KEEP_EVIDENCE_YEARS, settings.PRIVACY_CONTACT = 7, "dpo@example.go.th"
    page = Client().get(reverse("privacy")).content.decode()
    assert "7 ปีหลังสิ้นปีของแผน" in page
    assert "dpo@example.go.th" in page
    assert reverse("privacy") in Client().get(reverse("sign_in")).content.decode()


def test_one_s_own_data_are_all_there_and_nobody_else_s(made) -> None:
    told = made.client("reporter").get(reverse("own_data"))
    assert told["Content-Disposition"].startswith("attachment")
    data = json.loads(told.content)
    assert data["account"]["username"] == made.people["reporter"].username
    assert [e["name"] for e in data["evidence"]] == ["minutes.pdf", "names.pdf"]
    assert {e["action"] for e in data["done"]} >= {"evidence.add", "report.submit"}
    others = {p.username for name, p in made.people.items() if name != "reporter"}
    assert not [name for name in others if f'"{name}"' in told.content.decode()]
    assert json.loads(samrit("export", made.people["reporter"].username)[1])["account"] == data["account"]


def test_one_s_own_data_hold_what_stands_in_every_table_about_people(made) -> None:
    """A table about a person that comes later is told to them, and emptied with them, or this names it."""
    head, acting = made.people["head"], {"is_acting": True, "valid_to": timezone.localdate()}
    role_give(SYSTEM, person=head, role="reporter", unit=Unit.objects.get(code="กค."), **acting)
    calendar_key_make(head)
    until = timezone.localdate()
    machine_key_make(head, unit=Unit.objects.get(code="กค."), name="register", until=until)
    data = own_data(head)
    assert [role["acting"] for role in data["roles"]] == [False, True]
    assert len(data["calendar_addresses_made_at"]) == 1
    assert [key["program"] for key in data["keys_for_programs"]] == ["register"]
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Person and field.name in ("person", "user")
    }
    assert kept == {
        "plans.RoleAssignment.person", "plans.CalendarKey.person", "plans.SavedView.person", "plans.KnownPlace.person",
        "plans.MachineKey.person",
        "account.EmailAddress.user", "mfa.Authenticator.user", "usersessions.UserSession.user",
        "socialaccount.SocialAccount.user",
    }  # fmt: skip


def test_one_s_data_are_written_for_nobody_else_to_read_and_a_missing_folder_is_said(made, tmp_path) -> None:
    name = made.people["head"].username
    assert samrit("export", name, "--out", str(tmp_path / "own.json"))[0] == 0
    assert (tmp_path / "own.json").stat().st_mode & 0o777 == 0o600
    code, said = samrit("export", name, "--out", str(tmp_path / "none" / "own.json"))
    assert (code, "own.json can't be written" in said) == (3, True)


def test_a_refused_request_keeps_what_was_typed(made) -> None:
    about = reverse("evidence_erase", args=(Erasure.objects.get().subject,))  # asked for already
    answer = made.client("head").post(about, {"reason": "พบเลขบัตรอีกหน้า"})
    assert answer.status_code == 422
    assert "พบเลขบัตรอีกหน้า</textarea>" in answer.content.decode()


def test_a_file_is_erased_through_the_pages_and_its_place_says_by_which_decision(made) -> None:
    head, file = made.client("head"), made.evidence
    asking = head.get(reverse("report", args=(made.plan.code, file.unit_code, 3))).content.decode()
    assert reverse("evidence_erase", args=(file.pk,)) in asking
    assert head.post(reverse("evidence_erase", args=(file.pk,)), {"reason": " "}).status_code == 422
    head.post(reverse("evidence_erase", args=(file.pk,)), {"reason": "มีเลขประจำตัว"})
    asked = Erasure.objects.get(sha256=file.sha256)
    door = reverse("erasure_decide", args=(asked.pk,))
    waiting = head.get(reverse("erasures")).content.decode()
    assert door not in waiting
    assert (f"คำขอที่ {asked.pk}" in waiting, f"คำสั่งที่ {asked.pk}" in waiting) == (True, False)
    administrator = made.client("administrator")
    assert door in administrator.get(reverse("erasures")).content.decode()
    administrator.post(door, {"do": "erase"})
    assert Evidence.objects.get(pk=file.pk).name == ""
    shown = head.get(reverse("report", args=(made.plan.code, file.unit_code, 3))).content.decode()
    assert f"ลบตามคำสั่งที่ {asked.pk}" in shown
    assert file.name not in shown
    assert f"ลบตามคำสั่งที่ {asked.pk}" not in made.client("auditor").get(reverse("people")).content.decode()


def test_commands_ask_and_decide_with_separate_hands(made) -> None:
    head = made.people["head"]
    code, said = samrit("ask", "--person", head.username, "--reason", "ลาออก")
    assert code == 0
    number = str(Erasure.objects.latest("pk").pk)
    assert samrit("decide", number, "--erase")[0] == 3, said
    Erasure.objects.filter(pk=number).delete()
    made.client("head").post(reverse("own_erase"), {"reason": "ลาออก"})
    number = str(Erasure.objects.latest("pk").pk)
    assert samrit("decide", number, "--erase")[0] == 0
    assert Person.objects.get(pk=head.pk).username == f"erased-{head.pk}"
    assert f"{number} · person · {head.pk} · done" in samrit("list")[1]
    assert samrit("ask", "--reason", "x")[0] == 2


def test_what_was_kept_for_long_enough_is_named_and_traces_go(made, clock) -> None:
    leaver = person_create(SYSTEM, username="leaver")
    person_switch(SYSTEM, person=leaver, active=False)
    KnownPlace.objects.create(person=leaver, mark="x", seen_at=timezone.now())
    assert not due(timezone.localdate()).is_any
    clock.now += timedelta(days=366 * 11)
    found = due(timezone.localdate())
    assert [a.person.username for a in found.accounts] == ["closed", "leaver"]
    assert [(e.plan.code, e.files) for e in found.evidence] == [(made.plan.code, 2)]
    assert found.traces == 1
    assert samrit("due")[0] == 1
    assert samrit("tidy") == (0, "Traces taken away: 1\n")
    assert (KnownPlace.objects.count(), HistoryEntry.objects.latest("sequence").action) == (0, "traces.tidy")
    assert "leaver" in made.client("administrator").get(reverse("erasures")).content.decode()


def test_ten_years_before_29_february_is_a_day() -> None:
    assert years_before(timezone.datetime(2028, 2, 29).date(), 10).isoformat() == "2018-02-28"


def test_counting_numbers_up_is_noticed_and_a_stale_link_is_not(made, log) -> None:
    cache.clear()  # what another test's person of the same number has tried is not this one's
    planner = made.client("planner")
    for number in range(900, 919):
        assert planner.get(reverse("evidence", args=(number,))).status_code == 404
    assert "numbers_tried" not in log.events()
    planner.get(reverse("draft", args=(919,)))
    assert log.events().count("numbers_tried") == 1
    made.client("head").get(reverse("evidence", args=(901,)))
    assert log.events().count("numbers_tried") == 1
