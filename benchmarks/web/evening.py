"""The evening of the deadline: every unit at once opens its work, fills in every figure, and submits."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from benchmarks.web.load import Browser, figures, plain


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Let all units report at once; return what was acknowledged, how long answers took, and every fault."""
    units = [Unit(order, code, cells) for code, cells in order["evening"].items()]
    threads = [threading.Thread(target=unit.report) for unit in units]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - begun
    faults = [fault for unit in units for fault in unit.browser.faults]
    return {
        **figures(sorted(t for unit in units for t in unit.browser.took)),
        "saves": figures(sorted(t for unit in units for t in unit.saving)),
        "wall": wall,
        "faults": len(faults),
        "first_faults": faults[:3],
        "acknowledged": [ack for unit in units for ack in unit.acknowledged],
        "submitted": [unit.code for unit in units if unit.is_submitted],
    }


class Unit:
    """One unit's reporter, as the page's script acts for one: every figure is kept as it is typed."""

    def __init__(self, order: dict[str, Any], code: str, cells: list[dict[str, Any]]) -> None:
        self.code, self.cells, self.month = code, cells, order["month"]
        self.at = f"/report/{order['plan']}/{code}/{order['month']}/"
        self.browser = Browser(order["port"], order["reporters"][code])
        self.acknowledged: list[list[Any]] = []
        self.saving: list[float] = []
        self.is_submitted = False

    def report(self) -> None:
        """Report the month."""
        self.browser.ask("GET", "/my-work/")
        self.browser.ask("GET", self.at)
        for cell in self.cells:
            self._type(cell)
        words = {f"{kind}:{work}": "–" for work in {c["work"] for c in self.cells} for kind in ("ww", "wc", "wn")}
        self.browser.ask("POST", f"{self.at}save/", words)
        self.browser.ask("GET", f"{self.at}?part=todo")
        self.browser.ask("POST", self.at, {"do": "submit"}, expected=302)
        self.is_submitted = not self.browser.faults

    def _type(self, cell: dict[str, Any]) -> None:
        name = f"{cell['indicator']}:{self.month}.1"
        kinds = ("n", "d") if cell["parts"] else ("a",)
        form = {f"{kind}:{name}": cell["value"] for kind in kinds} | {f"x:{name}": "–", f"r:{name}": "0"}
        begun = time.perf_counter()
        answer = self.browser.ask("POST", f"{self.at}save/", form)
        self.saving.append(time.perf_counter() - begun)
        if answer and f"c:{name}" in json.loads(plain(answer))["saved"]:
            self.acknowledged.append([cell["indicator"], cell["unit"], cell["value"]])
        elif answer:
            self.browser.faults.append(f"{name}: {plain(answer)[:300]!r}")
