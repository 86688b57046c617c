"""Two servers over one database: neither shows what the other has changed as it was, and nothing is overwritten."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests import databases

ROOT = Path(__file__).parents[2]
REPORT = f"/report/small-2569/{quote('กฝ.')}/1/"
CELL = "P1.1:1.1"


class Server:
    """gunicorn with one worker on a free port."""

    def __init__(self, environment: dict[str, str], session: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "-c", "python:samrit.config.serving", "--workers", "1"]
        self.process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
        headers = {"Cookie": session["cookie"], "X-CSRFToken": session["token"]}
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=300)
        self.wait()

    def wait(self, but_not: int = 0) -> None:
        """Wait until it answers by a worker, another one than ``but_not``."""
        end = time.monotonic() + 600
        while time.monotonic() < end:
            with contextlib.suppress(httpx.TransportError):
                if self.worker() not in (0, but_not) and self.client.get("/alive/").status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def worker(self) -> int:
        """Return the process id of the worker, 0 while there is none."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        return int(children[0]) if children else 0

    def save(self, value: int, revision: int) -> dict:
        """Save the figure over a revision and return what became of it."""
        form = {f"a:{CELL}": str(value), f"x:{CELL}": "ทดสอบ", f"r:{CELL}": str(revision)}
        answer = self.client.post(f"{REPORT}save/", data=form)
        assert answer.status_code == 200
        return answer.json()

    def go_on(self, value: int, revision: int) -> int:
        """Save over a revision; return the one that stands: its own, or one not acknowledged before."""
        answer = self.save(value, revision)
        if not answer["clashes"]:
            return answer["saved"][f"c:{CELL}"]
        (clash,) = answer["clashes"].values()
        assert clash["revision"] == revision + 1
        return clash["revision"]

    def shown(self) -> str:
        """Return the work's line of the plan's table: percent, band, forecast."""
        table = self.client.get("/plans/small-2569/tables/works.csv?month=1")
        assert table.status_code == 200
        return next(line for line in table.text.splitlines() if "P1" in line)


@pytest.fixture
def servers(tmp_path: Path, pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[list[Server]]:
    kind = databases.wanted(pytestconfig.getoption("--database"))
    environment = {
        **os.environ,
        "SAMRIT_DATA": str(tmp_path),
        "SAMRIT_DATABASE": databases.fresh_url(tmp_path, f"served_{os.getpid()}_{request.node.name[5:25]}", kind),
        "DJANGO_SETTINGS_MODULE": "samrit.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    built = subprocess.run(
        [sys.executable, "-m", "tests.web.served"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr[-3000:]
    started = [Server(environment, json.loads(built.stdout.splitlines()[-1])) for _ in range(2)]
    yield started
    for server in started:
        server.client.close()
        server.process.terminate()
    for server in started:
        server.process.wait(30)


@pytest.mark.slow
def test_what_one_server_saves_the_other_shows_at_once(servers: list[Server]) -> None:
    seen = {server.shown() for server in servers}
    assert len(seen) == 1
    for turn in range(8):
        writer, reader = servers[turn % 2], servers[1 - turn % 2]
        assert f"c:{CELL}" in writer.save(turn + 3, turn)["saved"]
        shown = reader.shown()
        assert shown == writer.shown()
        assert shown not in seen, "another figure, another percent"
        seen.add(shown)


@pytest.mark.slow
def test_two_servers_saving_over_the_same_revision_meet(servers: list[Server]) -> None:
    for turn in range(6):
        with ThreadPoolExecutor() as both:
            answers = list(both.map(Server.save, servers, (100 * turn + 1, 100 * turn + 2), (turn, turn)))
        assert sorted(len(a["saved"]) for a in answers) == [0, 1], "one is kept"
        assert sorted(len(a["clashes"]) for a in answers) == [0, 1], "the other is told"


@pytest.mark.slow
def test_a_killed_worker_loses_nothing_that_it_had_acknowledged(servers: list[Server]) -> None:
    server, other = servers
    revision = 0
    for turn in range(5):
        worker = server.worker()
        revision = server.go_on(1000 * turn + revision + 2, revision)
        killer = threading.Timer(0.01 * turn, os.kill, (worker, signal.SIGKILL))
        killer.start()
        # The blow may fall between two requests: then no answer fails, and the arbiter's next worker goes on.
        with contextlib.suppress(httpx.TransportError):
            while not killer.finished.is_set():
                revision = server.go_on(1000 * turn + revision + 2, revision)
        killer.join()
        server.wait(but_not=worker)
    assert revision >= 5
    stands = other.save(1, 10**6)["clashes"][f"c:{CELL}"]["revision"]
    assert revision <= stands <= revision + 1
