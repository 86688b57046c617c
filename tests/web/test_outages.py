"""When the machine fails: reading goes on, writing says that nothing was saved, and what is wrong is said (F.9)."""

from __future__ import annotations

import errno
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samrit.cli.main import main
from samrit.plans.models import Evidence, HistoryEntry, Person, Plan, Unit
from samrit.plans.records.backup import backup
from samrit.plans.records.health import LAST_BACKUP, looks
from samrit.plans.services.office.people import language_choose
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.findings import sentence
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@contextmanager
def refusing(*words: str) -> Iterator[None]:
    """A database that refuses statements that begin with ``words``, as one on a full or read-only disk does."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(words):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def plan(register: dict[str, Unit], clock: Clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."], is_public=True)


@pytest.fixture
def browser(person: People, register: dict[str, Unit]) -> Client:
    client = Client()
    client.raise_request_exception = False
    sign_in(client, person("reporter", unit="กฝ."))
    return client


@pytest.fixture(autouse=True)
def _look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long enough after the sign-in for every page to write down when the session was last used."""
    later = time.time() + 300
    monkeypatch.setattr("samrit.web.middleware.time.time", lambda: later)


class TestReadOnly:
    def test_who_reads_goes_on_reading(self, browser: Client, plan: Plan) -> None:
        with refusing(*WRITES):
            for address in ("/", "/account/", reverse("my_work"), reverse("plan", args=[plan.code])):
                assert browser.get(address).status_code == 200, address
                assert Client().get("/").status_code == 200

    def test_who_writes_is_told_that_nothing_was_saved(self, browser: Client, plan: Plan) -> None:
        entries = HistoryEntry.objects.count()
        here = reverse("report_save", args=[plan.code, "กฝ.", 3])
        with refusing(*WRITES):
            answer = browser.post(here, {"a:P1.1": "5"})
        assert answer.status_code == 503
        assert "ยังไม่ได้บันทึก" in answer.content.decode()
        assert answer.headers["Retry-After"] == "30"
        assert HistoryEntry.objects.count() == entries
        assert browser.get(here.removesuffix("save/")).status_code == 200  # and it goes on by itself


def test_a_database_that_is_gone_is_said_on_every_page_and_comes_back(browser: Client, plan: Plan) -> None:
    with refusing("SELECT", *WRITES):
        for address in ("/", "/account/", "/alive/"):
            answer = browser.get(address)
            assert answer.status_code == 503, address
            assert "not saved" in answer.content.decode()
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_keeps_no_half_file(
    browser: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch, settings, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("samrit.plans.records.stored_files.os.fsync", full)
    file = SimpleUploadedFile("a.txt", b"evidence")
    answer = browser.post(reverse("evidence_add", args=[plan.code, "กฝ.", 3]), {"project": "P1", "file": file})
    assert answer.status_code == 503
    assert not Evidence.objects.exists()
    assert not [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


def test_another_fault_is_a_500_that_shows_nothing(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret inside")

    monkeypatch.setattr("samrit.web.views.office.accounts.assignments", broken)
    answer = browser.get("/account/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()


class Disk(NamedTuple):
    total: int
    used: int
    free: int


class TestDoctor:
    @pytest.fixture(autouse=True)
    def _folder(self, settings, tmp_path: Path) -> None:
        settings.DATA = tmp_path

    def codes(self) -> list[str]:
        found = list(looks(with_mail=False))
        assert all(sentence(finding, language) for finding in found for language in ("th", "en"))
        return [finding.code for finding in found if finding.severity.value != "notice"]

    def test_a_machine_that_is_well_and_backed_up(self, person: People, tmp_path: Path) -> None:
        person("auditor")
        assert self.codes() == ["health_backup_none"]
        backup(tmp_path / "b.zip")
        assert self.codes() == []

    def test_a_database_without_tables_is_said_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection.introspection, "table_names", list)
        assert self.codes() == ["health_tables_none", "health_backup_none"]

    def test_space_that_runs_out(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        backup(tmp_path / "b.zip")
        for free, code in ((1000, "health_space_low"), (100, "health_space_out")):
            monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: Disk(0, 0, free * 1024 * 1024))
            assert self.codes() == [code]

    def test_a_backup_that_is_old(self, tmp_path: Path) -> None:
        made = timezone.now() - timedelta(days=3)
        (tmp_path / LAST_BACKUP).write_text(json.dumps({"made_at": made.isoformat(), "file": "b.zip"}))
        assert self.codes() == ["health_backup_old"]
        (tmp_path / LAST_BACKUP).write_text("garbage")
        assert self.codes() == ["health_look_failed"]

    def test_a_chain_that_does_not_hold_and_a_clock_set_back(self, person: People, tmp_path: Path) -> None:
        language_choose(person("auditor"), language="en")
        backup(tmp_path / "b.zip")
        HistoryEntry.objects.filter(sequence=1).update(reason="changed")
        assert self.codes() == ["health_chain_broken"]
        HistoryEntry.objects.filter(sequence=1).update(reason="")
        HistoryEntry.objects.filter(pk=HistoryEntry.objects.latest("sequence").pk).update(
            at=timezone.now() + timedelta(hours=2)
        )
        assert self.codes() == ["health_chain_broken", "health_clock_back"]

    def test_a_database_that_cannot_be_written(self, person: People, tmp_path: Path) -> None:
        person("auditor")
        backup(tmp_path / "b.zip")
        with refusing(*WRITES):
            assert self.codes() == ["health_look_failed"]

    def test_tables_of_a_later_version(self, tmp_path: Path) -> None:
        backup(tmp_path / "b.zip")
        MigrationRecorder(connection).record_applied("plans", "9999_later")
        assert self.codes() == ["health_tables_newer"]

    def test_the_command_and_the_page_say_the_same(self, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "samrit.config.settings.test")
        done = CliRunner().invoke(main, ["doctor", "--lang", "en"])
        assert done.exit_code == 0
        assert "There has been no backup" in done.output
        client = Client()
        client.force_login(person("administrator"), backend="django.contrib.auth.backends.ModelBackend")
        assert "ยังไม่เคยสำรองข้อมูล" in client.get(reverse("health")).content.decode()
        assert Person.objects.count() == 1
