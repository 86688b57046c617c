"""``samrit administrator``, ``serve``, ``audit verify``, ``backup``, ``restore`` on both databases."""

from __future__ import annotations

import signal
import socket
import urllib.request

from tests.office.conftest import Office

WORD = "ปลาตะเพียน-7-ตัว-ในสระ"


def administrator(office: Office, name: str = "somying", word: str = WORD):
    return office.run("administrator", name, "--name", "สมหญิง", given=word + "\n")


def test_the_first_administrator_is_made_by_one_command(fresh) -> None:
    office = fresh()
    assert administrator(office).returncode == 0
    program = (
        "from samrit.plans.models import Person; p = Person.objects.get(username='somying')\n"
        f"print(p.check_password({WORD!r}), [r.role for r in p.roles.all()])"
    )
    assert office.python(program, "local") == "True ['administrator']"
    assert administrator(office).returncode == 0, "asked twice, the role is there already"
    assert office.python("from samrit.plans.models import RoleAssignment as R; print(R.objects.count())") == "1"


def test_a_weak_password_is_refused_with_its_reason(fresh) -> None:
    office = fresh()
    done = administrator(office, word="12345")
    assert done.returncode == 3
    assert "12" in done.stderr
    assert office.python("from samrit.plans.models import Person; print(Person.objects.count())") == "0"


def test_a_backup_comes_back_in_an_empty_place_and_is_proved(fresh, tmp_path) -> None:
    office, other = fresh(), fresh()
    administrator(office)
    before = office.run("audit", "verify")
    assert before.returncode == 0
    assert "all there and unchanged" in before.stdout
    file = tmp_path / "kept.zip"
    assert office.run("backup", file).returncode == 0
    assert other.run("restore", file).returncode == 0
    after = other.run("audit", "verify")
    assert (after.returncode, after.stdout) == (0, before.stdout)
    again = other.run("restore", file)
    assert again.returncode == 3, "what is there is not overwritten by mistake"
    assert other.run("restore", file, "--replace").returncode == 0


def test_a_change_behind_the_history_is_named_and_leaves_with_1(fresh) -> None:
    office = fresh()
    administrator(office)
    noted = office.run("audit", "verify").stdout.splitlines()[-1].split()
    office.python("from samrit.plans.models import Person; Person.objects.update(display_name='คนอื่น')")
    done = office.run("audit", "verify")
    assert done.returncode == 1
    assert "somying" in done.stdout
    office.python(
        "from samrit.plans.models import HistoryEntry, ChainHead; HistoryEntry.objects.all().delete(); "
        "ChainHead.objects.all().delete()"
    )
    assert office.run("audit", "verify", *noted).returncode == 1, "the note of the last hash shows it"


def test_commands_say_what_to_do_without_tables_or_database(fresh, tmp_path) -> None:
    office = fresh()
    for words in (("audit", "verify"), ("remind",), ("backup", tmp_path / "x.zip")):
        done = office.run(*words)
        assert done.returncode == 3
        assert "samrit serve" in done.stderr
    unreachable = Office(office.folder, "postgresql://nobody@127.0.0.1:1/nothing")
    done = unreachable.run("audit", "verify")
    assert done.returncode == 3
    assert "SAMRIT_DATABASE" in done.stderr


def test_it_serves_at_once_and_stops_when_told(fresh) -> None:
    office = fresh()
    with office.serving("serve", "--workers", "1") as (process, address):
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
