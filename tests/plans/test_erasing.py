"""What is personal is erased by a decision, the history goes on proving itself, no backup brings it back (F.7)."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import TestCase

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Erasure, Evidence, HistoryEntry, Person, ReminderSent, Sending
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import backup, kept_models, restore
from samrit.plans.records.erasure_list import erased_before, settle
from samrit.plans.records.health import looks
from samrit.plans.records.history import entry_hash
from samrit.plans.records.stored_files import evidence_path
from samrit.plans.selectors.office.files import evidence_of_person
from samrit.plans.selectors.office.own_data import own_data
from samrit.plans.selectors.report.sending_content import is_as_sent
from samrit.plans.services.office.accounts import person_edit
from samrit.plans.services.office.erasing import (
    erase_again,
    erasure_decide,
    evidence_erasure_ask,
    person_erasure_ask,
)
from samrit.plans.services.office.people import is_managed, person_create, role_give, role_take
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

FILE, NAME = b"%PDF-1.7 names of insured persons", "รายชื่อนายสมชาย.pdf"
# Offices of the versions whose history called people by name, which 0.10 does no more.
OLDER = [Path(__file__).parent / "offices" / f"{version}.zip" for version in ("0.8", "0.9")]


class Scene:
    """A unit's month that was sent with a file, and everybody who has to do with it."""

    def __init__(self, register, person) -> None:
        self.plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 10))), owner=register["กนผ."])
        self.unit = register["กฝ."]
        self.reporter, self.head = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
        self.planner, self.administrator, self.auditor = person("planner"), person("administrator"), person("auditor")
        self.second = person_create(SYSTEM, username="second.admin")
        role_give(SYSTEM, person=self.second, role="administrator")
        self.file = self.add()
        self.report = report_submit(self.reporter, plan=self.plan, unit=self.unit, period=2)

    def add(self, period: int = 2) -> Evidence:
        about = {"plan": self.plan, "project": "P1", "unit": self.unit, "period": period}
        return evidence_add(self.reporter, **about, name=NAME, stream=BytesIO(FILE))

    def erase_file(self) -> Erasure:
        asked = evidence_erasure_ask(self.head, evidence=self.file, reason="มีเลขบัตรประชาชน")
        with TestCase.captureOnCommitCallbacks(execute=True):
            return erasure_decide(self.administrator, erasure=asked, erase=True)

    def erase_person(self, person: Person) -> Erasure:
        asked = person_erasure_ask(self.administrator, person=person, reason="ลาออก เกินสิบปี")
        with TestCase.captureOnCommitCallbacks(execute=True):
            return erasure_decide(self.second, erasure=asked, erase=True)


@pytest.fixture
def scene(register, clock, person) -> Scene:
    return Scene(register, person)


def everything_kept() -> str:
    """All rows of all tables as text."""
    found = []
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found).encode().decode("unicode_escape", "replace") + "\n".join(found)


def faults() -> list[str]:
    return [fault.code for fault in audit().faults]


def test_an_erased_file_is_nowhere_and_the_history_still_proves_itself(scene) -> None:
    assert NAME in everything_kept()
    assert is_as_sent(scene.report)
    done = scene.erase_file()
    assert NAME not in everything_kept()
    assert not evidence_path(scene.file.sha256).exists()
    assert is_as_sent(scene.report)
    found = audit()
    assert (found.faults, found.erased) == ((), (f"evidence {scene.file.pk}: erasure {done.pk}",))
    with pytest.raises(NotVisible):
        evidence_of_person(scene.auditor, scene.file.pk)


def test_a_file_is_erased_wherever_it_stands_and_does_not_come_back(scene) -> None:
    again = scene.add(period=3)
    scene.erase_file()
    again.refresh_from_db()
    assert (again.name, again.erased > 0) == ("", True)
    with pytest.raises(ServiceError, match="evidence_erased"):
        scene.add(period=3)
    assert not evidence_path(scene.file.sha256).exists()
    assert faults() == []


@pytest.mark.parametrize("hand", ["head", "reporter", "auditor"])
def test_who_asked_who_added_it_and_who_may_not_decide_nothing(scene, hand) -> None:
    asked = evidence_erasure_ask(scene.head, evidence=scene.file, reason="มีชื่อบุคคล")
    with pytest.raises(ServiceError, match="not_allowed"):
        erasure_decide(getattr(scene, hand), erasure=asked, erase=True)
    by_division = Erasure.objects.filter(pk=asked.pk)
    by_division.update(asked_by=scene.planner)
    with pytest.raises(ServiceError, match="erasure_hands"):
        erasure_decide(scene.planner, erasure=asked, erase=True)
    by_division.update(asked_by=scene.head)
    Evidence.objects.update(added_by=scene.planner)
    with pytest.raises(ServiceError, match="erasure_hands"):
        erasure_decide(scene.planner, erasure=asked, erase=True)
    assert evidence_path(scene.file.sha256).exists()


def test_a_request_needs_a_reason_comes_once_and_a_refusal_leaves_everything(scene) -> None:
    with pytest.raises(ServiceError, match="reason_missing"):
        evidence_erasure_ask(scene.head, evidence=scene.file, reason=" ")
    asked = evidence_erasure_ask(scene.head, evidence=scene.file, reason="มีชื่อบุคคล")
    with pytest.raises(ServiceError, match="erasure_there"):
        evidence_erasure_ask(scene.planner, evidence=scene.file, reason="มีชื่อบุคคล")
    with pytest.raises(ServiceError, match="reason_missing"):
        erasure_decide(scene.administrator, erasure=asked, erase=False)
    erasure_decide(scene.administrator, erasure=asked, erase=False, remark="ไม่มีข้อมูลบุคคล")
    with pytest.raises(ServiceError, match="erasure_decided"):
        erasure_decide(scene.administrator, erasure=asked, erase=True)
    assert evidence_of_person(scene.auditor, scene.file.pk).name == NAME
    assert evidence_erasure_ask(scene.head, evidence=scene.file, reason="พบอีกหน้า").state == "asked"
    assert faults() == []


def test_the_machine_does_not_decide_what_it_asked(scene) -> None:
    asked = evidence_erasure_ask(SYSTEM, evidence=scene.file, reason="มีชื่อบุคคล")
    with pytest.raises(ServiceError, match="erasure_hands"):
        erasure_decide(SYSTEM, erasure=asked, erase=True)


def test_the_history_says_a_number_and_never_a_name(scene) -> None:
    scene.reporter.display_name = "นางสาวมะลิ ใจดี"
    said = [[e.actor_name, e.record, e.old, e.new] for e in HistoryEntry.objects.all()]
    text = json.dumps(said, ensure_ascii=False)
    for person in Person.objects.all():
        assert person.username not in text
        assert not person.email or person.email not in text


def test_an_erased_person_is_nowhere_and_the_history_still_proves_itself(scene) -> None:
    Authenticator.objects.create(user=scene.reporter, type="totp", data={"secret": "x"})
    Person.objects.get(pk=scene.reporter.pk)
    addresses = "Mali.Maiden@example.org", "mali@example.org"
    for address in addresses:  # letters went to the one, then to the other
        person_edit(SYSTEM, person=scene.reporter, display_name="นางสาวมะลิ", email=address, language="th")
        ReminderSent.objects.create(
            plan=scene.plan, unit=scene.unit, period=2, stage="before", address=address, sent_at=scene.report.changed_at
        )
    somebody = {"plan": scene.plan, "unit": scene.unit, "period": 2, "stage": "before"}
    ReminderSent.objects.create(**somebody, address="other@example.org", sent_at=scene.report.changed_at)
    told = [letter["address"] for letter in own_data(scene.reporter)["reminders"]]
    assert told == list(addresses)
    name = scene.reporter.username
    scene.erase_person(scene.reporter)
    left = everything_kept()
    assert not [said for said in ("นางสาวมะลิ", *addresses, f"'{name}'") if said in left]
    assert ReminderSent.objects.filter(address="other@example.org").exists()
    row = Person.objects.get(pk=scene.reporter.pk)
    assert (row.is_active, row.seal, row.has_usable_password(), row.roles.count()) == (False, "", False, 0)
    assert Evidence.objects.get().added_by == row
    assert faults() == []


def test_no_frozen_document_holds_a_name_that_nobody_could_erase(scene) -> None:
    """A version and a closed evaluation never change: what somebody is called must not be in them."""
    person_edit(SYSTEM, person=scene.planner, display_name="นางสาวมะลิ", email="", language="th")
    scene.planner.refresh_from_db()
    settlement_save(scene.planner, plan=scene.plan, record="P1", period=2, percent=Decimal(50), reason="มติที่ประชุม")
    given = {"happened_on": "1/3/2569", "state": "running"}
    year_record_add(scene.planner, plan=scene.plan, kind="work_states", project="P1", given=given)
    evaluation = evaluation_close(scene.planner, plan=scene.plan, period=3, reason="ปิด")
    contents = [bytes(row.content) for row in (evaluation, *scene.plan.versions.all())]
    frozen = [file.read(name).decode() for file in map(ZipFile, map(BytesIO, contents)) for name in file.namelist()]
    assert any("มติที่ประชุม" in text for text in frozen)
    assert any("running" in text for text in frozen)
    assert not [text for text in frozen if "มะลิ" in text]


def test_nobody_erases_themselves_or_the_last_administrator(scene) -> None:
    asked = person_erasure_ask(scene.administrator, person=scene.administrator, reason="ลาออก")
    with pytest.raises(ServiceError, match="erasure_hands"):
        erasure_decide(scene.administrator, erasure=asked, erase=True)
    with pytest.raises(ServiceError, match="not_allowed"):
        person_erasure_ask(scene.planner, person=scene.reporter, reason="ลาออก")
    erasure_decide(scene.second, erasure=asked, erase=True)
    last = person_erasure_ask(scene.second, person=scene.second, reason="ลาออก")
    with pytest.raises(ServiceError, match="last_administrator"):
        erasure_decide(SYSTEM, erasure=last, erase=True)
    assert faults() == []


DEEDS = {
    "another word in an emptied entry": lambda: HistoryEntry.objects.filter(action="evidence.add").update(reason="x"),
    "an entry more under the cloak": lambda: HistoryEntry.objects.filter(action="report.submit").update(
        erased=Erasure.objects.get().pk, reason="x"
    ),
    "an entry less": lambda: HistoryEntry.objects.filter(action="evidence.add").update(erased=None),
    "a decision that was none": lambda: Erasure.objects.update(digest="0" * 64),
    "a decision taken away": lambda: Erasure.objects.all().delete(),
    "another name in the row": lambda: Evidence.objects.update(name="อื่น.pdf"),
    "a row back to life": lambda: Evidence.objects.update(erased=0),
    "a sending": lambda: Sending.objects.update(sha256="0" * 64),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nothing_is_changed_under_the_cloak_of_an_erasure(scene, deed) -> None:
    scene.erase_file()
    deed()
    assert faults() != []


def test_a_file_that_is_still_there_is_named(scene) -> None:
    scene.erase_file()
    evidence_path(scene.file.sha256).write_bytes(FILE)
    assert faults() == ["evidence_file_not_erased"]
    settle()
    assert faults() == []


def test_an_entry_that_was_changed_before_is_not_laundered(scene) -> None:
    HistoryEntry.objects.filter(action="evidence.add").update(reason="x")
    asked = evidence_erasure_ask(scene.head, evidence=scene.file, reason="มีชื่อบุคคล")
    with pytest.raises(ServiceError, match="erasure_not_proved"):
        erasure_decide(scene.administrator, erasure=asked, erase=True)


def test_a_backup_of_before_does_not_bring_it_back(scene, tmp_path) -> None:
    before, reporter = tmp_path / "before.zip", scene.reporter.username
    backup(before)
    scene.erase_file()
    scene.erase_person(scene.reporter)
    assert NAME.encode() not in (Path(erasure_file())).read_bytes()
    with TestCase.captureOnCommitCallbacks(execute=True):
        restore(before, replace=True, after=lambda: erase_again(erased_before()))
    settle()
    left = everything_kept()
    assert not [said for said in (NAME, f"'{reporter}'") if said in left]
    assert not evidence_path(scene.file.sha256).exists()
    found = audit()
    assert (found.faults, len(found.erased)) == ((), 2)
    assert "health_chain" in [look.code for look in looks(with_mail=False)], "the doctor takes it for no break"
    assert erase_again(erased_before()) == 0


def test_a_file_of_before_is_erased_where_it_stood_before_it_was_erased_elsewhere(scene, tmp_path) -> None:
    backup(before := tmp_path / "before.zip")
    first, scene.file = scene.file, scene.add(period=3)
    scene.erase_file()
    for _ in range(2):  # the second time the list knows both places
        with TestCase.captureOnCommitCallbacks(execute=True):
            restore(before, replace=True, after=lambda: erase_again(erased_before()))
        settle()
        assert NAME not in everything_kept()
        assert not evidence_path(first.sha256).exists()
        assert (faults(), Erasure.objects.count()) == ([], 1)


def test_who_was_the_last_administrator_then_does_not_keep_a_backup_from_coming_back(scene, tmp_path) -> None:
    role = scene.second.roles.get()
    role_take(SYSTEM, assignment=role)
    backup(before := tmp_path / "before.zip")
    role_give(SYSTEM, person=scene.second, role="administrator")
    name = scene.administrator.username
    asked = person_erasure_ask(scene.administrator, person=scene.administrator, reason="ลาออก")
    with TestCase.captureOnCommitCallbacks(execute=True):
        erasure_decide(scene.second, erasure=asked, erase=True)
    restore(before, replace=True, after=lambda: erase_again(erased_before()))
    assert f"'{name}'" not in everything_kept()
    assert (faults(), is_managed()) == ([], False)


def erasure_file() -> Path:
    return Path(settings.DATA) / "erasures.jsonl"


def people_of_the_office() -> list[Person]:
    """Return who has a role and is no administrator: the last of those stays."""
    roles = Person.objects.exclude(roles=None).exclude(roles__role="administrator")
    return list(roles.order_by("pk").distinct())


def acted(person: Person) -> bool:
    """Say whether an entry of the history tells what a person did."""
    return HistoryEntry.objects.filter(actor=person).exists()


@pytest.mark.parametrize("office", OLDER, ids=lambda path: path.stem)
def test_people_of_an_older_version_are_erased_from_its_entries(db, office) -> None:
    restore(office, replace=True, unsigned=True)
    person = next(person for person in people_of_the_office() if acted(person))
    is_named = HistoryEntry.objects.filter(actor_name=str(person)).exists()
    name = person.username
    asked = person_erasure_ask(person, person=person, reason="ขอลบข้อมูล")
    erasure_decide(SYSTEM, erasure=asked, erase=True)
    assert f"'{name}'" not in everything_kept()
    assert audit(with_files=False).faults == ()
    emptied = HistoryEntry.objects.filter(erased=asked.pk)
    assert emptied.exists() == is_named, "since 0.10 an entry holds the number of who did it, and no name"
    assert [entry for entry in emptied if entry.hash == entry_hash(entry)] == []


def test_two_decisions_may_meet_in_one_entry(db) -> None:
    restore(OLDER[0], replace=True, unsigned=True)
    people = people_of_the_office()
    for person in people[-2:]:
        asked = person_erasure_ask(person, person=person, reason="ขอลบข้อมูล")
        erasure_decide(SYSTEM, erasure=asked, erase=True)
    assert audit(with_files=False).faults == ()
