"""docs/security.md says what is so: every requirement once, every test there; and known faults are looked for."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.source_tree import ROOT
from tools import advisories
from tools.advisories import known_faults, main, pins

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", PAGE, re.MULTILINE)
REQUIREMENTS = 253  # of the levels 1 and 2 of ASVS 5.0


def test_every_requirement_stands_once_with_a_state_that_counts() -> None:
    assert len({number for number, *_ in ROWS}) == len(ROWS) == REQUIREMENTS
    count = Counter(state for _, state, *_ in ROWS)
    assert set(count) == {"met", "n/a", "not met", "by setting"}
    for state, words in (
        ("met", "met and"),
        ("n/a", "not applicable"),
        ("not met", "not met."),
        ("by setting", "met once the office sets"),
    ):
        assert f"{count[state]} {words}" in PAGE


@pytest.mark.parametrize(("number", "state", "how", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_met_names_a_test_and_all_else_its_reason(number: str, state: str, how: str, test: str) -> None:
    if state in ("met", "by setting"):
        assert (ROOT / test.strip("` ")).is_file()
    if state != "met":
        assert how.strip(" –")


def test_every_variable_that_a_row_names_is_explained() -> None:
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    named = {name for _, _, how, _ in ROWS for name in re.findall(r"`(SAMRIT_\w+)", how)}
    assert len(named) >= 8
    assert [name for name in named if f"`{name}`" not in explained] == []


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_table_of_the_database_has_its_class() -> None:
    """14.1.1."""
    from samrit.plans.records.backup import kept_models

    classed = re.findall(r"^\| \*\*.*\| ([a-z, ]+) \|$", section("Data"), re.MULTILINE)
    told = Counter(name.strip() for cell in classed for name in cell.split(","))
    assert set(told.values()) == {1}
    assert set(told) == {model._meta.model_name for model in kept_models()}


def test_every_algorithm_of_the_source_stands_in_the_table_of_keys() -> None:
    """11.1.1, 11.1.2: and what each is for."""
    keys = section("Keys")
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    parts = set(re.findall(r"from cryptography\.\S+ import ([\w, ]+)", source))
    assert {name.strip() for names in parts for name in names.split(",")} == {
        "AESGCM", "Fernet", "HKDF", "InvalidTag", "MultiFernet", "SHA256",
    }  # fmt: skip
    for algorithm in ("AES-256-GCM", "Fernet: AES-128-CBC with HMAC-SHA-256", "HKDF", "scrypt", "PBKDF2-SHA-256"):
        assert algorithm in keys
    assert "NIST SP 800-57" in keys


def test_what_runs_it_may_do_no_more_than_it_needs_and_faults_are_mended_in_time() -> None:
    """13.2.2, 15.1.1."""
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    for words in ("User=samrit", "NoNewPrivileges=yes", "NOSUPERUSER NOCREATEDB NOCREATEROLE"):
        assert words in operations
    assert "within two days" in (ROOT / "SECURITY.md").read_text("utf-8")


class _List(BaseHTTPRequestHandler):
    """A list that knows two faults of jinja2, on two pages."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        answer = json.dumps({"results": [self.about(query) for query in asked]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def about(self, query: dict[str, Any]) -> dict[str, Any]:
        if query["package"]["name"] != "jinja2":
            return {}
        if query.get("page_token") == "more":
            return {"vulns": [{"id": "X-2"}]}
        return {"vulns": [{"id": "X-1"}], "next_page_token": "more"}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Silent(_List):
    """A list without faults."""

    def about(self, query: dict[str, Any]) -> dict[str, Any]:
        return {}


class _Strange(_List):
    """Something that is no such list."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>sign in to the network</html>")


@contextmanager
def served(kind: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page as it stands, elsewhere."""
    copy = tmp_path / "security.md"
    copy.write_text(PAGE, "utf-8")
    monkeypatch.setattr(advisories, "PAGE", copy)
    return copy


def said(page: Path) -> str:
    return page.read_text("utf-8").partition("<!-- advisories:")[2].partition("-->\n")[2].partition("\n<!--")[0]


def test_a_known_fault_is_named_whatever_page_of_the_list_it_is_on(page: Path, capsys) -> None:
    pinned = pins([ROOT / "requirements.txt"])
    assert len(pinned) > 30
    with served(_List) as address:
        assert [(name, faults) for (name, _), faults in known_faults(pinned, address).items()] == [
            ("jinja2", ["X-1", "X-2"])
        ]
        assert main(address) == 1
    assert "X-1, X-2" in capsys.readouterr().out
    assert re.fullmatch(r"Last result: \d+ \w+ \d{4}, \d+ pins, known faults in 1: jinja2 \S+: X-1, X-2\.", said(page))


def test_a_list_that_is_not_reached_leaves_the_last_result_and_says_so(page: Path, capsys) -> None:
    rest = PAGE.partition("<!-- advisories:")[0]
    with served(_Silent) as address:
        assert main(address) == 0
    before = said(page)
    assert before.endswith("pins, no fault is known.")
    with served(_Strange) as strange:
        for address in ("http://127.0.0.1:9/", strange, "http://127.0.0.1:9/"):
            assert main(address) == 3
            assert "could not be reached" in capsys.readouterr().err
            assert re.fullmatch(re.escape(before) + r" Last tried: \d+ \w+ \d{4}\.", said(page))
    assert page.read_text("utf-8").startswith(rest)
