"""docs/security.md says what is so: every requirement once, every test there; and known faults are looked for."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.source_tree import ROOT
from tools.advisories import known_faults, main, pins

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", PAGE, re.MULTILINE)
REQUIREMENTS = 253  # of the levels 1 and 2 of ASVS 5.0


def test_every_requirement_stands_once_with_a_state_that_counts() -> None:
    assert len({number for number, *_ in ROWS}) == len(ROWS) == REQUIREMENTS
    count = Counter(state for _, state, *_ in ROWS)
    assert set(count) == {"met", "n/a", "not met", "no test"}
    for state, words in (
        ("met", "met, each"),
        ("n/a", "not applicable"),
        ("not met", "not met;"),
        ("no test", "that we"),
    ):
        assert f"{count[state]} {words}" in PAGE


@pytest.mark.parametrize(("number", "state", "how", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_met_names_a_test_and_all_else_its_reason(number: str, state: str, how: str, test: str) -> None:
    if state == "met":
        assert (ROOT / test.strip("` ")).is_file()
    else:
        assert how.strip(" –")


class _List(BaseHTTPRequestHandler):
    """A list that knows one fault of jinja2."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        faulty = {"vulns": [{"id": "X-1"}]}
        answer = json.dumps({"results": [faulty if q["package"]["name"] == "jinja2" else {} for q in asked]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def public_list() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _List) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_known_fault_is_named_and_an_unreachable_list_is_said(public_list: str, capsys) -> None:
    pinned = pins([ROOT / "requirements.txt"])
    assert len(pinned) > 30
    assert [name for name, _ in known_faults(pinned, public_list)] == ["jinja2"]
    assert main(public_list) == 1
    assert "X-1" in capsys.readouterr().out
    assert main("http://127.0.0.1:9/") == 3
