"""The servers of a measurement: gunicorn as ``samrit serve`` runs it, on SQLite or on a PostgreSQL of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import PostgresServer

ROOT = Path(__file__).resolve().parents[2]
_STARTS_WITHIN = 60


@contextmanager
def database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment of an empty database that keeps what it has acknowledged, also when the power fails."""
    environment = {
        **os.environ,
        "SAMRIT_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "benchmarks.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    if kind == "SQLite":
        yield {**environment, "SAMRIT_DATABASE": f"sqlite:///{folder / 'bench.sqlite3'}"}
        return
    server = PostgresServer.start(fsync=True)
    try:
        server.create("bench")
        yield {**environment, "SAMRIT_DATABASE": server.url("bench")}
    finally:
        server.stop()


@contextmanager
def serving(environment: dict[str, str], folder: Path, *options: str) -> Iterator[int]:
    """Serve the application, with gunicorn's ``options`` beside the recommended, and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-c", "python:samrit.config.serving", "--bind", f"127.0.0.1:{port}"]
    command += options
    with (folder / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(port, server, folder / "gunicorn.log")
            yield port
        finally:
            server.terminate()
            server.wait(30)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive/", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"gunicorn does not answer: {log.read_text()[-2000:]}")
