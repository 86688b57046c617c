"""``samrit administrator``, ``remind``, ``audit verify``, ``backup``, ``restore`` and ``serve``, as they are typed."""

from __future__ import annotations

import json
import re
import signal
import socket
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.core import mail
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase

from samrit.cli.main import COMMANDS, main
from samrit.package import PlanPackage, read, write
from samrit.plans.models import ChainHead, HistoryEntry, Person, Plan, RoleAssignment
from samrit.plans.services.office.erasing import person_erasure_ask
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.office.conftest import ROOT, Office
from tests.plans.office import People, small_plan

WORD = "ปลาตะเพียน-7-ตัว-ในสระ"


@pytest.fixture
def run(db, monkeypatch: pytest.MonkeyPatch):
    """Run ``samrit`` in this process, on the tests' own database."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "samrit.config.settings.test")
    monkeypatch.setenv("SAMRIT_LANG", "en")

    def invoke(*arguments: object, given: str = "") -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return invoke


def test_the_first_administrator_is_made_by_one_command(run) -> None:
    for _ in range(2):  # asked twice, the role is there already
        assert run("administrator", "somying", "--name", "สมหญิง", given=WORD + "\n").exit_code == 0
    person = Person.objects.get()
    assert (person.username, person.display_name, person.check_password(WORD)) == ("somying", "สมหญิง", True)
    assert RoleAssignment.objects.get().role == "administrator"


@pytest.mark.parametrize(("word", "code"), [("12345", 3), ("", 2)])
def test_a_weak_password_is_refused_and_nobody_is_made(run, word, code) -> None:
    done = run("administrator", "somying", given=word + "\n" if word else "")
    assert done.exit_code == code
    assert "password" in done.stderr.lower()
    assert not Person.objects.exists()


def test_each_reminder_goes_out_once(run, register, person: People) -> None:
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    person("reporter", unit="กฝ.")
    first, second = (run("remind", "--day", "2026-04-07") for _ in range(2))
    assert "Sent 1, sent before 0" in first.stdout
    assert "Sent 0, sent before 1" in second.stdout
    (message,) = mail.outbox
    assert "/report/small-2569/" in message.body


def test_a_refused_mail_is_said_and_tried_again(run, register, person: People, monkeypatch) -> None:
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    person("reporter", unit="กฝ.")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", _refuse)
        failed = run("remind", "--day", "2026-04-07")
    assert failed.exit_code == 3
    assert "no mail today" in failed.stderr
    assert "Sent 1" in run("remind", "--day", "2026-04-07").stdout


def _refuse(*_: object) -> None:
    raise OSError("no mail today")


def amended(package: PlanPackage) -> PlanPackage:
    """The plan with another title of its work, which is no result."""
    (work,) = package.plan.projects
    return replace(package, plan=replace(package.plan, projects=(replace(work, title="งานที่ปรับปรุง"),)))


def test_a_plan_comes_in_is_amended_published_and_taken_out(run, register, tmp_path: Path) -> None:
    package = small_plan()
    write(package, tmp_path / "plan")
    write(amended(package), tmp_path / "plan.zip")
    code = package.plan.id
    done = run("plan", "load", tmp_path / "plan", "--owner", "กนผ.")
    assert f"Plan {code} is in: 1 works." in done.stdout
    plan = Plan.objects.get()
    assert (plan.owner.code, plan.is_public) == ("กนผ.", False)
    refused = run("plan", "amend", tmp_path / "plan", "--from", 4, "--reason", "มติ")
    assert refused.exit_code == 3, "the same plan is no amendment"
    assert (
        f"Version 2 of plan {code}" in run("plan", "amend", tmp_path / "plan.zip", "--from", 4, "--reason", "มติ").stdout
    )
    assert HistoryEntry.objects.filter(action="version.amend_without_approval", reason="มติ").count() == 1
    assert run("plan", "publish", code).exit_code == 0
    assert Plan.objects.get().is_public
    assert json.loads(run("plan", "list", "--json").stdout)["plans"][0]["versions"] == 2
    assert run("plan", "publish", code, "--back").exit_code == 0
    assert not Plan.objects.get().is_public
    assert run("plan", "export", code, "--out", tmp_path / "out").exit_code == 0
    taken = read(tmp_path / "out").package
    assert taken is not None
    assert [p.title for p in taken.plan.projects] == ["งานที่ปรับปรุง"]


def test_a_draft_is_begun_checked_published_and_copied(run, register, tmp_path: Path) -> None:
    write(small_plan(code="small-2568", year_be=2568), tmp_path / "plan.zip")
    begun = run("draft", "open", tmp_path / "plan.zip")
    assert (begun.exit_code, "errors 0" in begun.stdout) == (0, True)
    number = json.loads(run("draft", "list", "--json").stdout)["drafts"][0]["number"]
    assert run("draft", "step", number, "publish").exit_code == 3, "not before it is approved"
    for step in ("submit", "approve", "publish"):
        assert run("draft", "step", number, step, "--remark", "มติ").exit_code == 0
    assert Plan.objects.get().code == "small-2568"
    assert run("draft", "copy", "small-2568", "--id", "small-2569", "--year", 2569).exit_code == 0
    assert "errors 0" in run("draft", "amend", "small-2568", "--from", 6).stdout
    assert run("draft", "export", number + 1, "--out", tmp_path / "out.zip").exit_code == 0
    assert read(tmp_path / "out.zip").package.plan.year_be == 2569
    assert run("draft", "check", number).exit_code == 0
    assert run("draft", "check", 999).exit_code == 3


def test_documents_become_a_draft_whose_doubts_are_confirmed_by_kind_or_all(run, register, tmp_path: Path) -> None:
    report = tmp_path / "b" / "report.txt"
    report.parent.mkdir()
    text = (ROOT / "tests" / "intake" / "cases" / "a0-base-ok.txt").read_bytes()
    report.write_bytes(text)
    (tmp_path / "report.txt").write_bytes(text)
    refused = run("draft", "import", report, tmp_path / "report.txt")
    assert (refused.exit_code, "report.txt" in refused.stderr) == (2, True), "a doubt could be of either"
    assert run("draft", "import", report, "--id", "read-2570").exit_code in {0, 1}
    number = json.loads(run("draft", "list", "--json").stdout)["drafts"][0]["number"]
    for wrong in ((), ("--kind", "nothing")):
        done = run("draft", "confirm", number, *wrong)
        assert (done.exit_code, "--kind" in done.stderr) == (2, True), "0 confirmed would sound like success"
    assert run("draft", "confirm", number, "--list").exit_code == 0
    assert run("draft", "confirm", number, "--all").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "publish", "nowhere"), "There is no plan nowhere"),
        (("plan", "export", "nowhere", "--out", "x"), "There is no plan nowhere"),
        (("plan", "load", "{empty}"), "can't be used|cannot be used"),
        (("plan", "load", "{plan}", "--owner", "ไม่มี"), "ไม่มี"),
    ],
)
def test_what_cannot_be_done_with_a_plan_is_said_and_nothing_is_kept(run, register, tmp_path, arguments, said) -> None:
    write(small_plan(), tmp_path / "plan")
    (tmp_path / "empty").mkdir()
    places = {"plan": tmp_path / "plan", "empty": tmp_path / "empty"}
    done = run(*(str(a).format(**places) for a in arguments))
    assert done.exit_code == 3
    assert re.search(said, done.stderr)
    assert not Plan.objects.exists()


def test_a_backup_comes_back_and_is_proved(run, register, person: People, tmp_path: Path) -> None:
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    before = run("audit", "verify")
    assert before.exit_code == 0
    assert "all there and unchanged" in before.stdout
    done = run("backup", tmp_path)
    assert done.exit_code == 0
    (file,) = tmp_path.glob("samrit-*.zip")
    person("head", unit="กฝ.")
    assert run("restore", file).exit_code == 3, "what is there is not overwritten by mistake"
    assert run("restore", file, "--replace").exit_code == 0
    assert run("audit", "verify").stdout == before.stdout
    assert Plan.objects.count() == 1
    file.write_bytes(file.read_bytes()[:-100])
    assert run("restore", file, "--replace").exit_code == 3


def test_what_was_erased_stays_so_on_another_machine_that_is_given_the_list(run, person: People, tmp_path) -> None:
    last = person("administrator")
    name, kept, file = last.username, tmp_path / "kept.jsonl", tmp_path / "before.zip"
    assert run("backup", file).exit_code == 0
    second = person_create(SYSTEM, username="second")
    role_give(SYSTEM, person=second, role="administrator")
    asked = person_erasure_ask(last, person=last, reason="ลาออก")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert run("privacy", "decide", asked.pk, "--erase").exit_code == 0
    (Path(settings.DATA) / "erasures.jsonl").rename(kept)  # the other machine's own list says nothing
    no_list = tmp_path / "no-list.jsonl"
    no_list.write_text("{}\n", "utf-8")
    wrong = run("restore", file, "--replace", "--erasures", no_list)
    assert (wrong.exit_code, "no list of erasures" in wrong.stderr) == (3, True)
    with TestCase.captureOnCommitCallbacks(execute=True):
        done = run("restore", file, "--replace", "--erasures", kept)
    assert done.exit_code == 0
    assert "Erased again by earlier decisions: 1" in done.stdout
    assert "samrit administrator NAME" in done.stdout
    assert not Person.objects.filter(username=name).exists()
    assert "erased by decision" in run("audit", "verify").stdout


def test_a_change_behind_the_history_is_named_and_leaves_with_1(run, register) -> None:
    noted = run("audit", "verify").stdout.splitlines()[-1].split()
    assert run("audit", "verify", *noted).exit_code == 0
    register["กฝ."].__class__.objects.filter(code="กฝ.").update(name="คนอื่น")
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "กฝ." in done.stdout
    HistoryEntry.objects.all().delete()
    ChainHead.objects.all().delete()
    assert run("audit", "verify", *noted).exit_code == 1, "the note of the last hash shows it"
    assert run("audit", "verify", "--since", "yesterday").exit_code == 2


def test_commands_say_what_to_do_without_tables_or_database(fresh) -> None:
    office = fresh()
    done = office.run("audit", "verify")
    assert done.returncode == 3
    assert "samrit serve" in done.stderr
    done = Office(office.folder, "postgresql://nobody@127.0.0.1:1/nothing").run("remind")
    assert done.returncode == 3
    assert "SAMRIT_DATABASE" in done.stderr


def test_it_serves_at_once_and_stops_when_told(fresh) -> None:
    with fresh().serving("serve", "--workers", "1") as (process, address):
        with urllib.request.urlopen(f"{address}/alive/", timeout=30) as answer:
            assert answer.read().strip() == b"ok"
        with urllib.request.urlopen(f"{address}/static/fonts/sarabun-regular.woff2", timeout=30) as font:
            assert font.read(4) == b"wOF2"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_port_in_use_is_said_before_anything_else(fresh) -> None:
    office = fresh()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = office.run("serve", "--port", port)
    assert done.returncode == 3
    assert f"--port {port + 1}" in done.stderr
    assert not (office.folder / "secret-key").exists()


def test_a_servers_settings_are_taken_where_the_environment_is_a_servers(fresh) -> None:
    done = fresh().run("audit", "verify", SAMRIT_SECRET_KEY="too short")
    assert done.returncode == 2
    assert "SAMRIT_SECRET_KEY" in done.stderr


def test_the_page_for_servers_names_every_command_of_the_office() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    commands = [name for name, place in COMMANDS.items() if place.startswith("office.")]
    assert len(commands) >= 6
    assert [name for name in commands if f"samrit {name}" not in text] == []


@pytest.mark.parametrize("name", ["backups", "not/mounted", "not/mounted/today.zip"])
def test_a_backup_into_a_folder_that_is_not_there_says_so(run, tmp_path: Path, name: str) -> None:
    """A disk that is not mounted looks like this: copying into its empty place would lose the copy with the machine."""
    done = run("backup", tmp_path / name)
    assert done.exit_code == 2
    assert "no folder" in done.stderr
    assert not list(tmp_path.rglob("*"))


def test_no_command_of_the_office_writes_over_what_it_did_not_write(run, register, person: People, tmp_path) -> None:
    """Nor does it archive, or read a plan for minutes, before it says so."""
    code = plan_import(SYSTEM, package=small_plan(), reason="-").code
    draft = run("draft", "amend", code, "--from", "6").output.split("Draft ")[1].split(":")[0]
    mine, folder = tmp_path / "mine.zip", tmp_path / "own"
    mine.write_text("mine")
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    username = person("auditor").username
    commands = {
        "plan export": ("plan", "export", code, "--out"),
        "draft export": ("draft", "export", draft, "--out"),
        "archive": ("plan", "archive", code, "--reason", "-", "--out"),
        "past": ("plan", "past", code, "--empty"),
        "person": ("privacy", "export", username, "--out"),
        "backup": ("backup",),
    }
    for name, command in commands.items():
        for place in (mine, mine / "below.zip", folder):
            if place == folder and name == "backup":
                continue  # it gets a file named by the hour
            done = run(*command, place)
            assert done.exit_code in {2, 3}, (name, place, done.output)
            assert "Errno" not in done.output
            assert re.search("Name another place|is a directory|no folder", done.stderr), (name, place, done.output)
        assert (mine.read_text(), sorted(tmp_path.rglob("*"))) == ("mine", [mine, folder, folder / "mine.txt"]), name
    assert Plan.objects.get().archived_at is None
    for _ in range(2):  # a later backup takes the place of an earlier one
        assert run("backup", tmp_path / "b.zip").exit_code == 0


@pytest.mark.parametrize("command", [["backup"], ["audit", "verify"]])
def test_a_database_of_a_later_version_is_refused(run, tmp_path: Path, command: list[str]) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("plans", "9999_of_a_later_version")
    try:
        done = run(*command, *([tmp_path] if command == ["backup"] else []))
    finally:
        recorder.record_unapplied("plans", "9999_of_a_later_version")
    assert done.exit_code == 3
    assert "9999_of_a_later_version" in done.stderr


@pytest.mark.parametrize("anchor", ["²:abc", "9" * 5000 + ":abc", "3", ":abc", "-1:abc"])
def test_an_anchor_that_is_none_is_refused_in_words(run, anchor: str) -> None:
    done = run("audit", "verify", "--since", anchor)
    assert done.exit_code == 2
    assert "NUMBER:HASH" in done.stderr


def test_ends_of_the_history_that_left_the_house_are_held_against_it(run, person: People, tmp_path: Path) -> None:
    person("auditor")
    head = ChainHead.objects.get()
    printed = " ".join(head.hash[at : at + 16] for at in range(0, 64, 16))
    letters = tmp_path / "letters.txt"
    letters.write_text(f"จดหมาย\n{head.sequence}:{head.hash}\nรายงาน {head.sequence}:{printed}\n", "utf-8")
    assert run("audit", "verify", "--heads", letters).exit_code == 0
    assert run("audit", "verify", "--since", f"{head.sequence}:{printed}").exit_code == 0
    letters.write_text(f"{head.sequence}:{head.hash[::-1]}", "utf-8")
    assert run("audit", "verify", "--heads", letters).exit_code == 1
    letters.write_text("nothing", "utf-8")
    assert run("audit", "verify", "--heads", letters).exit_code == 2
