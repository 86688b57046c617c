"""People at their own pace: each looks at a page or saves a figure, pauses, and goes on to something else.

Whom one is, what one does and how long one pauses is drawn by a seeded generator: two runs
ask for the same.  A figure is always saved by the same user, over the revision that it has.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from benchmarks.web.load import Act, Browser, act_of, figures

PAUSE = (1.0, 3.0)  # seconds between the answer to one request and the next one
SEED = 2568


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Let ``users`` go about the pages of ``pages`` (requests by name) for ``seconds``; return the figures by page."""
    people = [Somebody(order, number) for number in range(order["users"])]
    threads = [threading.Thread(target=one.go_about, args=(order["seconds"],)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [fault for one in people for fault in one.browser.faults]
    took = {name: sorted(t for one in people for t in one.took[name]) for name in order["pages"]}
    return {
        "pages": {name: figures(own) for name, own in took.items()},
        "all": figures(sorted(t for own in took.values() for t in own)),
        "faults": len(faults),
        "first_faults": faults[:3],
    }


class Somebody:
    """One user; who signed in is whoever may see the page that is asked for."""

    def __init__(self, order: dict[str, Any], number: int) -> None:
        self.chance = random.Random(SEED + number)  # noqa: S311 - to be the same in every run
        self.browser = Browser(order["port"], "")
        self.acts = {name: _own(requests, number, order["users"]) for name, requests in order["pages"].items()}
        self.took: dict[str, list[float]] = {name: [] for name in order["pages"]}

    def go_about(self, seconds: float) -> None:
        """Ask and pause until the time is over; the first pause brings everybody in at another moment."""
        end, turn = time.perf_counter() + seconds, 0
        names = [name for name, acts in self.acts.items() if acts]
        while True:
            time.sleep(self.chance.uniform(*PAUSE) if turn else self.chance.uniform(0, PAUSE[1]))
            if time.perf_counter() > end or self.browser.faults:
                return
            turn += 1
            name = self.chance.choice(names)
            cookie, act = self.chance.choice(self.acts[name])
            self.browser.cookie = cookie
            before = len(self.browser.took)
            act(self.browser, turn)
            self.took[name] += self.browser.took[before:]


def _own(requests: list[dict[str, Any]], number: int, users: int) -> list[tuple[str, Act]]:
    """Return what one user asks for: every page, but of the figures to save only those that nobody else saves."""
    mine = [r for n, r in enumerate(requests) if "indicator" not in r or n % users == number]
    return [(request["cookie"], act_of(request)) for request in mine]
