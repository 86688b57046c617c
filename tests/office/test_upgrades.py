"""A new version changes the tables of an older one only after it has copied them (F.10)."""

from __future__ import annotations

import contextlib
import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.office.conftest import ROOT

# Tables as an earlier version left them, then what its successor does at its first start.
_OLD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "plans", "0004", verbosity=0)
"""
_START = "from samrit.cli.office import starting; starting.start('en'); starting.migrate('en')"


@pytest.mark.slow
def test_the_tables_of_an_earlier_version_are_copied_before_they_change(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"SAMRIT_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.local"}

    def run(code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    run(_OLD)
    assert not (tmp_path / "before-upgrade").exists()
    assert "was copied before the update" in run(_START)
    assert run(_START) == ""
    (copy,) = (tmp_path / "before-upgrade").iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    assert copy.parent.stat().st_mode & 0o077 == 0
    with sqlite3.connect(copy) as old, sqlite3.connect(tmp_path / "samrit.sqlite3") as new:
        assert "session_round" not in _columns(old)
        assert "session_round" in _columns(new)
    old.close()
    new.close()


@pytest.mark.slow
def test_a_demonstration_of_an_earlier_version_is_known_before_its_tables_are_brought_up_to_date(
    tmp_path: Path,
) -> None:
    """``samrit demo`` asks whose a database is first, and may ask for no column that it does not have yet."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"SAMRIT_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.local"}
    told = "from samrit.plans.demo.office import built_from; print(built_from())"
    done = subprocess.run(
        [sys.executable, "-c", _OLD + told], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None\n"


def _columns(database: sqlite3.Connection) -> set[str]:
    return {row[1] for row in database.execute("PRAGMA table_info(plans_person)")}


DUMPS = Path(__file__).parent / "dumps"
VERSIONS = sorted(  # 0.10 after 0.9
    (file.name.removesuffix(".sqlite.sql.xz") for file in DUMPS.glob("*.sqlite.sql.xz")),
    key=lambda version: [int(part) for part in version.split(".")],
)
_ASK = """
import django
django.setup()
from samrit.plans.records.upgrade_copy import is_upgrade
print(is_upgrade())
"""
_LOOK = """
import django
django.setup()
from samrit.plans.models import Evaluation, Figure, Person, PlanDraft
from samrit.plans.records.audit import audit
counts = [model.objects.count() for model in (Figure, Evaluation, PlanDraft, Person)]
print(counts, audit(with_files=False).faults, len(set(Person.objects.values_list("seal", flat=True))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_the_database_of_each_earlier_version_is_copied_migrated_and_proved(tmp_path: Path, version: str) -> None:
    kind = databases.wanted(None) if databases.server_of_the_run() is None else "postgres"
    text = lzma.decompress((DUMPS / f"{version}.{kind}.sql.xz").read_bytes()).decode()
    assert len(text) > 20_000
    url = databases.fresh_url(tmp_path, f"v{version.replace('.', '_')}", kind)
    _load(text, url, tmp_path)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"SAMRIT_DATA": str(tmp_path), "SAMRIT_DATABASE": url, "PYTHONPATH": str(ROOT / "src")}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.local"}

    def run(code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    is_upgrade = run(_ASK).strip() == "True"
    assert is_upgrade or version == VERSIONS[-1], "only the newest may have today's tables"
    assert ("was copied before the update" in run(_START)) is is_upgrade
    assert (tmp_path / "before-upgrade").exists() is is_upgrade
    assert run(_LOOK).strip() == "[3, 1, 1, 5] () 5"


def _load(text: str, url: str, folder: Path) -> None:
    """Put a dump into an empty database."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            database.executescript(text)
        return
    server = databases.server_of_the_run()
    assert server is not None
    file = server.folder / f"{folder.name}.sql"
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    place = ("--host", str(server.folder), "--port", str(server.port), "--username", "postgres")
    server.run("psql", *place, "--quiet", "-v", "ON_ERROR_STOP=1", "--file", str(file), url.rpartition("/")[2])
