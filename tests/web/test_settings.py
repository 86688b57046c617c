"""Settings of a server: nothing secret has a default, and Django's own check for servers finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from samrit.config.environment import (
    count,
    database,
    flag,
    is_near,
    is_secret_or_near,
    kept_secret,
    log_handler,
    place,
    roles,
    text,
)

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "SAMRIT_SECRET_KEY": "m7#kq9-an-example-of-a-long-random-key-of-a-server-2b5!x0w8e6r4t2y",
    "SAMRIT_HOSTS": "samrit.example.go.th",
    "SAMRIT_BASE_URL": "https://samrit.example.go.th",
}


def check(tmp_path: Path, *, without: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``check --deploy`` with the settings of a server."""
    given = {k: v for k, v in {**COMPLETE, **changes}.items() if k != without}
    return run(tmp_path, given, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")


def run(tmp_path: Path, given: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the settings of a server."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.production", "SAMRIT_DATA": str(tmp_path)}
    environment |= {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *command],
        env={**environment, **given}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_sqlite_s_index_stays_between_two_requests(tmp_path: Path) -> None:
    """Made anew for each request, it kept everybody from reading on a disk with no byte left (F.9)."""
    between = "import samrit.config.wsgi; from django.db import connection as c; c.ensure_connection(); c.close()"
    done = run(tmp_path, COMPLETE, "-c", f"{between}; import os; print(os.listdir({str(tmp_path)!r}))")
    assert "samrit.sqlite3-shm" in done.stdout, done.stderr


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
        ("SAMRIT_DATABASE", "postgresql://samrit:x@db.example.go.th/samrit?sslmode=require"),
        ("SAMRIT_MAIL_HOST", "mail.example.go.th"),
        ("SAMRIT_SECURITY_LOG", "syslog:collector"),
        ("SAMRIT_TOTP_ROLES", "administrator,boss"),
        ("SAMRIT_CLAMD", "clamd"),
        ("SAMRIT_CLAMD", "clamd:"),
        ("SAMRIT_BREACHED_PASSWORDS", "/nowhere/breached.txt"),
        ("SAMRIT_BASE_URL", "http://samrit.example.go.th"),
    ],
)
def test_a_server_does_not_start_with(tmp_path: Path, name: str, value: str) -> None:
    done = check(tmp_path, **{name: value})
    assert done.returncode != 0
    assert "SAMRIT_" in done.stderr


def test_postgresql_s_certificate_is_checked_where_the_address_says_so(tmp_path: Path) -> None:
    url = "postgresql://samrit:p%40ss@db.example.go.th:5432/samrit"
    assert database(url, tmp_path)["OPTIONS"] == {}
    asked = database(f"{url}?sslmode=verify-full&sslrootcert=/etc/ca.pem", tmp_path)
    assert asked["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    assert (asked["NAME"], asked["PASSWORD"], asked["HOST"]) == ("samrit", "p@ss", "db.example.go.th")
    for wrong in ("sslmode=yes", "ssl=1", "sslmode="):
        with pytest.raises(RuntimeError, match="SAMRIT_DATABASE"):
            database(f"{url}?{wrong}", tmp_path)


def test_a_key_that_is_made_is_for_its_owner_s_eyes_and_stays(tmp_path: Path) -> None:
    made = kept_secret(tmp_path / "data" / "secret-key")
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert kept_secret(tmp_path / "data" / "secret-key") == made
    assert len(made) >= 50


@pytest.mark.parametrize("given", ["0", "-1", "ten", "1.5", "10000", "²"])
def test_a_number_of_years_is_one(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SAMRIT_KEEP_EVIDENCE_YEARS", given)
    with pytest.raises(RuntimeError, match="SAMRIT_KEEP_EVIDENCE_YEARS"):
        count("SAMRIT_KEEP_EVIDENCE_YEARS", 10)


WITH_EACH = """
import importlib, os, sys
for name in sys.argv[1:]:
    for value in ("nonsense", "-1", "²", "9" * 40, "", "postgresql://u@h:port/x", "http://[", "postgresql://u@localhost/x?sslmode"):
        for module in [m for m in sys.modules if m.startswith("samrit.config.settings.")]:
            del sys.modules[module]
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            importlib.import_module("samrit.config.settings.production")
        except RuntimeError as error:
            if "SAMRIT_" not in str(error):
                print(name, repr(value), error)
        except Exception as error:
            print(name, repr(value), repr(error))
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
"""


def test_whatever_a_variable_holds_is_taken_or_refused_by_a_variables_name(tmp_path: Path) -> None:
    done = run(tmp_path, COMPLETE, "-c", WITH_EACH, *sorted(variables()))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A line "SAMRIT_DATA=" of a service's file put the office's data into whatever folder it was started in."""
    monkeypatch.setenv("SAMRIT_X", "")
    assert (text("SAMRIT_X", "as usual"), count("SAMRIT_X", 5)) == ("as usual", 5)
    assert place("SAMRIT_X", tmp_path) == tmp_path
    with pytest.raises(RuntimeError, match="set the environment variable SAMRIT_X"):
        text("SAMRIT_X")


def test_cookies_of_a_server_are_bound_to_its_host() -> None:
    """ASVS 3.3.3."""
    text = (ROOT / "src/samrit/config/settings/production.py").read_text("utf-8")
    for name in ("session", "csrf"):
        assert f'{name.upper()}_COOKIE_NAME = "__Host-{name}" if HTTPS' in text


def test_every_variable_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert len(variables()) > 15
    assert sorted(name for name in variables() if f"`{name}`" not in text) == []


def variables() -> set[str]:
    """Return the variables that the settings read."""
    return {
        word.strip('"')
        for path in (ROOT / "src" / "samrit" / "config").rglob("*.py")
        for word in path.read_text("utf-8").replace("(", " ").replace(",", " ").replace(")", " ").split()
        if word.startswith('"SAMRIT_')
    }


def test_what_leaves_in_the_clear_leaves_because_the_office_says_so(tmp_path: Path) -> None:
    """12.3.1: a database and a mail server elsewhere are reached by TLS, or a server does not start (see above)."""
    assert all(map(is_near, ("", "localhost", "127.0.0.1", "::1", "/run/postgresql")))
    assert not any(map(is_near, ("db.example.go.th", "10.0.0.1", "localhost.example.go.th")))
    for url, fits in (
        ("sqlite:///samrit.sqlite3", True),
        ("postgresql://samrit@localhost/samrit", True),
        ("postgresql:///samrit", True),
        ("postgresql://samrit@db/samrit", False),
        ("postgresql://samrit@db/samrit?sslmode=require", False),  # enciphered, with whoever answers
        ("postgresql://samrit@db/samrit?sslmode=verify-full&sslrootcert=/etc/ca.pem", True),
    ):
        assert is_secret_or_near(database(url, tmp_path)) is fits, url
    done = check(tmp_path, SAMRIT_MAIL_HOST="mail.example.go.th", SAMRIT_PLAIN_CONNECTIONS="1")
    assert done.returncode == 0, done.stderr


def test_a_certificate_may_stand_in_a_password_s_place(tmp_path: Path) -> None:
    """13.2.1."""
    options = database("postgresql://samrit@db/samrit?sslcert=/c.pem&sslkey=/k.pem", tmp_path)["OPTIONS"]
    assert options == {"sslcert": "/c.pem", "sslkey": "/k.pem"}


def test_a_secret_may_come_as_a_file_of_its_keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """13.3.1: what systemd, Kubernetes or a vault hands out."""
    file = tmp_path / "passphrase"
    file.write_text("ความลับ\n", "utf-8")
    monkeypatch.setenv("SAMRIT_X_FILE", str(file))
    assert text("SAMRIT_X", "") == "ความลับ"
    monkeypatch.setenv("SAMRIT_X", "said itself")
    assert text("SAMRIT_X") == "said itself"
    monkeypatch.delenv("SAMRIT_X")
    monkeypatch.setenv("SAMRIT_X_FILE", str(tmp_path / "none"))
    with pytest.raises(RuntimeError, match="SAMRIT_X_FILE"):
        text("SAMRIT_X", "")


def test_the_security_log_goes_to_a_collector_where_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """16.4.2, 16.4.3."""
    monkeypatch.setenv("SAMRIT_SECURITY_LOG", "syslog:log.example.go.th:514")
    assert log_handler("SAMRIT_SECURITY_LOG") == {
        "class": "logging.handlers.SysLogHandler",
        "address": ("log.example.go.th", 514),
        "formatter": "json",
    }


def test_every_role_may_be_made_to_have_an_authenticator(monkeypatch: pytest.MonkeyPatch) -> None:
    """6.3.3."""
    monkeypatch.setenv("SAMRIT_TOTP_ROLES", "all")
    assert len(roles("SAMRIT_TOTP_ROLES")) == 6


@pytest.mark.parametrize("said", ["maybe", "ใช่", "2", "y es"])
def test_a_switch_that_says_neither_yes_nor_no_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("SAMRIT_HTTPS", said)
    with pytest.raises(RuntimeError, match="SAMRIT_HTTPS has to be yes or no"):
        flag("SAMRIT_HTTPS", default=True)


def test_a_switch_says_yes_and_no_in_either_case_and_its_default_where_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for said, wanted in (("YES", True), ("on", True), ("Off", False), ("0", False), ("", True)):
        monkeypatch.setenv("SAMRIT_HTTPS", said)
        assert flag("SAMRIT_HTTPS", default=True) is wanted
