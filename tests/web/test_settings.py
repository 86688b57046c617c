"""Settings of a server: nothing secret has a default, and Django's own check for servers finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "SAMRIT_SECRET_KEY": "m7#kq9-an-example-of-a-long-random-key-of-a-server-2b5!x0w8e6r4t2y",
    "SAMRIT_HOSTS": "samrit.example.go.th",
    "SAMRIT_BASE_URL": "https://samrit.example.go.th",
}


def check(tmp_path: Path, *, without: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``check --deploy`` with the settings of a server."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.production", "SAMRIT_DATA": str(tmp_path)}
    environment |= {"PYTHONPATH": str(ROOT / "src")}
    environment |= {k: v for k, v in {**COMPLETE, **changes}.items() if k != without}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_djangos_check_for_servers_finds_nothing(tmp_path: Path) -> None:
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", COMPLETE)
def test_a_server_does_not_start_without(tmp_path: Path, name: str) -> None:
    done = check(tmp_path, without=name)
    assert done.returncode != 0
    assert name in done.stderr
    assert "docs/operations.md" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMRIT_SECRET_KEY", "short"),
        ("SAMRIT_SECRET_KEY", "ab" * 30),
        ("SAMRIT_HOSTS", "*"),
        ("SAMRIT_HOSTS", " , "),
        ("SAMRIT_DATABASE", "mysql://localhost/samrit"),
        ("SAMRIT_OIDC_SERVER", "https://id.example.go.th"),
        ("SAMRIT_OIDC_MATCH", "nickname"),
        ("SAMRIT_TOTP_ROLES", "administrator,boss"),
        ("SAMRIT_BASE_URL", "http://samrit.example.go.th"),
    ],
)
def test_a_server_does_not_start_with(tmp_path: Path, name: str, value: str) -> None:
    done = check(tmp_path, **{name: value})
    assert done.returncode != 0
    assert "SAMRIT_" in done.stderr


def test_every_variable_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    read = {
        word.strip('"')
        for path in (ROOT / "src" / "samrit" / "config").rglob("*.py")
        for word in path.read_text("utf-8").replace("(", " ").replace(",", " ").replace(")", " ").split()
        if word.startswith('"SAMRIT_')
    }
    assert len(read) > 15
    assert sorted(name for name in read if f"`{name}`" not in text) == []
