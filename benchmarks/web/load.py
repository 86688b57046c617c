"""The load, in a process of its own: ``python -m benchmarks.web.load`` reads as JSON what to do, prints what it took.

Users of ``steady`` ask without a pause, each over a connection of its own, until the time is
over: the hardest way for so many users to use a server.  How people use it is in ``people``.
Every answer but the expected is a fault.
"""

from __future__ import annotations

import gzip
import http.client
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

TIMEOUT = 60  # seconds for one answer


@dataclass
class Browser:
    """One user's browser: a kept connection, cookies, and how long every answer took."""

    port: int
    cookie: str
    took: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, *, expected: int = 200) -> bytes:
        """Send one request and return the answer's body; b"" for a fault."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        body = None
        if form is not None:
            headers |= {"X-CSRFToken": self.cookie.rpartition("=")[2]}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(form)
        begun = time.perf_counter()
        try:
            status, content = self._send(method, quote(path, safe="/?=&%~"), body, headers)
        except (OSError, http.client.HTTPException) as error:
            self._connection = None
            self.faults.append(f"{method} {path}: {error!r}")
            return b""
        self.took.append(time.perf_counter() - begun)
        if status != expected:
            self.faults.append(f"{method} {path}: {status} {content[:300]!r}")
            return b""
        return content

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        for attempt in (1, 2):
            fresh = self._connection is None
            connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            self._connection = connection
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._connection = None  # a kept connection that the server has closed meanwhile
                if fresh or attempt == 2 or method != "GET":
                    raise
        raise AssertionError


Act = Callable[[Browser, int], None]  # one request of a user, the how-manieth


def main() -> None:
    """Do what standard input says."""
    order = json.load(sys.stdin)
    from benchmarks.web import evening, people

    kinds: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"evening": evening.run, "people": people.run}
    print(json.dumps(kinds.get(order["kind"], steady)(order)))


def steady(order: dict[str, Any]) -> dict[str, Any]:
    """Let ``users`` ask for ``seconds``; each begins at another of the requests."""
    port, seconds = order["port"], order["seconds"]
    browsers = [(Browser(port, cookie), act) for cookie, act in islice(cycle(_acts(order["requests"])), order["users"])]
    end = threading.Event()
    noise = [(Browser(port, cookie), act) for cookie, act in _acts(order.get("beside", []))]
    others = [threading.Thread(target=_until, args=(b, act, end, order["pause"])) for b, act in noise]
    users = [threading.Thread(target=_until, args=(b, act, end, 0)) for b, act in browsers]
    begun = time.perf_counter()
    for thread in (*others, *users):
        thread.start()
    time.sleep(seconds)
    end.set()
    for thread in (*others, *users):
        thread.join()
    took = sorted(t for b, _ in browsers for t in b.took)
    faults = [f for b, _ in (*browsers, *noise) for f in b.faults]
    return {**figures(took), "wall": time.perf_counter() - begun, "faults": len(faults), "first_faults": faults[:3]}


def figures(took: list[float]) -> dict[str, float]:
    """Return count, median and 95th percentile of sorted seconds."""
    if not took:
        return {"count": 0, "p50": 0.0, "p95": 0.0}
    return {"count": len(took), "p50": took[len(took) // 2], "p95": took[min(int(len(took) * 0.95), len(took) - 1)]}


def _until(browser: Browser, act: Act, end: threading.Event, pause: float) -> None:
    done = 0
    while not end.is_set() and not browser.faults:
        act(browser, done)
        done += 1
        if pause:
            end.wait(pause)


def _acts(requests: list[dict[str, Any]]) -> Iterator[tuple[str, Act]]:
    for request in requests:
        yield request["cookie"], act_of(request)


def act_of(request: dict[str, Any]) -> Act:
    """Return what a user does for one request of an order: save a cell, or ask for a page."""
    return _save(request) if "indicator" in request else _get(request["path"])


def _get(path: str) -> Act:
    def act(browser: Browser, _: int) -> None:
        browser.ask("GET", path)

    return act


def _save(request: dict[str, Any]) -> Act:
    """Return the saving of one cell over the revision that it then has."""
    cell = f"{request['indicator']}:{request['month']}.1"
    revision = [request["revision"]]

    def act(browser: Browser, turn: int) -> None:
        form = {f"a:{cell}": str(turn + 2), f"x:{cell}": "–", f"r:{cell}": str(revision[0])}
        answer = browser.ask("POST", request["path"], form)
        if answer:
            revision[0] = json.loads(plain(answer))["saved"].get(f"c:{cell}", revision[0])

    return act


def plain(content: bytes) -> bytes:
    """Return an answer's content unpacked."""
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


if __name__ == "__main__":
    main()
