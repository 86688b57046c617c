"""The office's commands as an administrator types them, on a database and in a data folder of their own."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests import databases
from tests.plans.fixtures import own_files, person, register

ROOT = Path(__file__).parents[2]
SAMRIT = (sys.executable, "-c", "from samrit.cli.main import main; main()")
_number = count(1)


@dataclass(frozen=True)
class Office:
    """A data folder with its database, and how ``samrit`` is started: from the source tree, if nothing else is said."""

    folder: Path
    database: str
    samrit: Sequence[str] = SAMRIT
    at: Path = ROOT
    source: str = str(ROOT / "src")

    @property
    def environment(self) -> Mapping[str, str]:
        """Nothing of the tester's own settings, only where the data is."""
        own = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
        place = {"SAMRIT_DATA": str(self.folder), "SAMRIT_DATABASE": self.database}
        return own | place | {"PYTHONPATH": self.source, "SAMRIT_LANG": "en"}

    def run(self, *arguments: object, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``samrit`` and return what it printed."""
        done = subprocess.run(
            [*self.samrit, *map(str, arguments)], cwd=self.at, env={**self.environment, **more}, input=given,
            capture_output=True, text=True, check=False, timeout=3000,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def python(self, program: str, settings: str = "demo") -> str:
        """Run a program with the framework started and return what it printed."""
        head = "import django; django.setup()\n"
        chosen = {"DJANGO_SETTINGS_MODULE": f"samrit.config.settings.{settings}"}
        done = subprocess.run(
            [sys.executable, "-c", head + program], cwd=ROOT, env={**self.environment, **chosen},
            capture_output=True, text=True, check=False, timeout=1200,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def serving(self, *arguments: object, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Let ``samrit`` serve at a free port until the block ends; give the process and the address."""
        port = free_port()
        # Its log goes to a file: a pipe that nobody reads is full after some hundred lines, and the server waits.
        with tempfile.TemporaryFile("w+") as log, subprocess.Popen(
            [*self.samrit, *map(str, arguments), "--port", str(port)], cwd=self.at, env={**self.environment, **more},
            stdout=subprocess.PIPE, stderr=log, text=True,
        ) as process:  # fmt: skip
            try:
                assert process.stdout is not None
                said = ""
                for line in process.stdout:
                    said += line
                    if "Ctrl-C" in line:
                        break
                else:
                    log.seek(0)
                    raise AssertionError(said + log.read())
                yield process, f"http://localhost:{port}"
            finally:
                process.terminate()


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def fresh(tmp_path: Path, pytestconfig: pytest.Config):
    """Make empty offices: ``fresh()``."""
    kind = databases.wanted(pytestconfig.getoption("--database"))

    def make() -> Office:
        name = f"office_{os.getpid()}_{next(_number)}"
        folder = tmp_path / name
        folder.mkdir()
        return Office(folder, databases.fresh_url(folder, name, kind))

    return make


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Office:
    """The demonstration office, built once for all of the run's workers: look, don't change."""
    kind = databases.wanted(pytestconfig.getoption("--database"))
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo-office"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = shared / "database"
        if not place.exists():
            office = Office(shared, databases.fresh_url(shared, "demo_office", kind))
            done = office.run("demo", "--no-documents", "--no-serve")
            assert done.returncode == 0, done.stderr
            assert '"event"' not in done.stderr, "a story that is made up is no news for the security log"
            place.write_text(office.database)
        return Office(shared, place.read_text())


__all__ = ["own_files", "person", "register"]
