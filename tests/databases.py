"""The database that a test run uses: SQLite, or a PostgreSQL server started for the run and thrown away after it.

``pytest --database postgres``, or SAMRIT_TEST_DATABASE=postgres, runs the very same tests on PostgreSQL.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SERVER = "SAMRIT_TEST_SERVER"  # where the run's server is, for the workers of pytest-xdist


@dataclass
class PostgresServer:
    """A server of its own on a free port of this machine, owned by nobody else."""

    folder: Path
    port: int

    @classmethod
    def start(cls, *, fsync: bool = False) -> PostgresServer:
        """Start a server; raises RuntimeError when PostgreSQL is not installed.

        ``fsync`` keeps what it has acknowledged also when the power fails: for measurements.
        """
        folder = Path(tempfile.mkdtemp(prefix="samrit-postgres-"))
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = cls(folder, _free_port())
        server.run("initdb", "--pgdata", str(folder / "data"), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-p {server.port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        options += "" if fsync else " -c fsync=off"
        server.run("pg_ctl", "--pgdata", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
        return server

    def stop(self) -> None:
        """Stop the server and remove everything that it wrote."""
        self.run("pg_ctl", "--pgdata", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def process(self) -> int:
        """The number of its first process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def create(self, name: str) -> None:
        """Make an empty database."""
        self.run("createdb", "--host", str(self.folder), "--port", str(self.port), "--username", "postgres", name)

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user that it may run as."""
        command = [str(_programs() / program), *arguments]
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        result = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, **user)
        if result.returncode:
            raise RuntimeError(f"{program}: {result.stdout}{result.stderr}")


def wanted(option: str | None) -> str:
    """Return "sqlite" or "postgres"."""
    return option or os.environ.get("SAMRIT_TEST_DATABASE") or "sqlite"


def server_of_the_run() -> PostgresServer | None:
    """Return the server that this run, or the run that this worker belongs to, started."""
    place = os.environ.get(_SERVER)
    if not place:
        return None
    folder, _, port = place.rpartition(":")
    return PostgresServer(Path(folder), int(port))


def share(server: PostgresServer) -> None:
    """Let the run's workers find its server."""
    os.environ[_SERVER] = f"{server.folder}:{server.port}"


def fresh_url(folder: Path, name: str, kind: str) -> str:
    """Return the address of a new, empty database that other processes can open too."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.sqlite3"
    server = server_of_the_run()
    if server is None:
        raise RuntimeError("this run has no PostgreSQL server")
    server.create(name)
    return server.url(name)


def copied_url(folder: Path, name: str, original: str) -> str:
    """Return the address of a new copy of the database at ``original``, which nobody may have open."""
    if original.startswith("sqlite:///"):
        shutil.copyfile(original.removeprefix("sqlite:///"), folder / f"{name}.sqlite3")
        return f"sqlite:///{folder / name}.sqlite3"
    server = server_of_the_run()
    if server is None:
        raise RuntimeError("this run has no PostgreSQL server")
    place = ["--host", str(server.folder), "--port", str(server.port), "--username", "postgres"]
    server.run("createdb", *place, "--template", original.rpartition("/")[2], name)
    return server.url(name)


def installed() -> bool:
    """Say whether PostgreSQL and the user that it runs as are there."""
    try:
        if os.geteuid() == 0:
            pwd.getpwnam("postgres")
        return (_programs() / "initdb").exists()
    except (RuntimeError, KeyError):
        return False


def _programs() -> Path:
    found: Sequence[Path] = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if found:
        return found[0]
    if on_path:
        return Path(on_path).parent
    raise RuntimeError("PostgreSQL is not installed: on Debian it is the package postgresql")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
