"""The application on a real server with a database of its own, for one browser test.

The server runs in threads of the test's process, so that a test sets the clock, reads the
mail and looks into the database; what the browser gets went over a socket all the same.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler

from samrit.config import environment
from samrit.plans.services.office.units import register_import
from samrit.plans.services.writing import SYSTEM
from samrit.web import fonts
from tests import databases
from tests.plans.office import register_rows


class _Http(ThreadedWSGIServer):
    """A server that can drop whoever is connected, and waits for what it is doing when it is closed."""

    daemon_threads = False

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), QuietWSGIRequestHandler)
        self.connected: set[socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connected.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connected.discard(request)
        super().shutdown_request(request)

    def drop(self) -> None:
        """End every connection."""
        for connection in list(self.connected):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


class Server:
    """The application on a free port; stopped and started again it keeps its address.

    Paths that match ``failing`` are answered with 503, as by a proxy that reaches nobody.
    """

    def __init__(self) -> None:
        self.port = 0
        self.failing: re.Pattern[str] | None = None
        self.start()

    @property
    def url(self) -> str:
        """The address without a stroke at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._application = get_wsgi_application()
        self._http = _Http(self.port)
        self.port = self._http.server_address[1]
        self._http.set_app(self._answer)
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and drop whoever is connected."""
        self._http.shutdown()
        self._http.drop()
        self._http.server_close()
        self._thread.join()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self.failing is not None and self.failing.search(environ["PATH_INFO"]):
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return self._application(environ, start_response)


@contextmanager
def database_in_use(url: str, folder: Path) -> Iterator[None]:
    """Let this thread, and every thread begun meanwhile, use the database at ``url``."""
    held, settings = connections["default"], connections.settings
    connections.settings = connections.configure_settings({"default": environment.database(url, folder)})
    del connections["default"]
    try:
        yield
    finally:
        connections.close_all()
        connections.settings = settings
        connections["default"] = held


@dataclass(frozen=True)
class Prepared:
    """What every test starts from: a database that nobody has open, and the folder of the web fonts."""

    url: str
    assets: Path


def prepared(folder: Path, kind: str) -> Prepared:
    """Make a database with tables and register, and the fonts: once for all workers of the run."""
    name = f"office_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:12]}"
    made, assets = folder / f"{name}.url", folder / f"{name}.assets"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            fonts.build(assets)
            url = databases.fresh_url(folder, name, kind)
            with database_in_use(url, folder):
                call_command("migrate", verbosity=0)
                register_import(SYSTEM, units=register_rows())
            made.write_text(url)
        return Prepared(made.read_text(), assets)
