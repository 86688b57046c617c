"""A new version changes the tables of an older one only after it has copied them (F.10)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

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


def _columns(database: sqlite3.Connection) -> set[str]:
    return {row[1] for row in database.execute("PRAGMA table_info(plans_person)")}
