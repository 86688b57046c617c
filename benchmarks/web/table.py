"""Measure and print: ``python -m benchmarks.web.table [--users 1 20 100] [--seconds 3] [--databases SQLite]``.

Each page alone under users who never pause, then all pages together under people who do,
then the evening on which everybody reports.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.web import people, servers
from tests import databases

USERS, SECONDS = (1, 20, 100), 3.0
PEOPLE, MINUTE = (20, 100), 60.0
DATABASES = ("SQLite", "PostgreSQL")
_PAUSE = 0.1  # seconds between the saves that go on beside the readers


@dataclass(frozen=True)
class Page:
    """One row of the table: what is asked, by whom, what it is compared with, and what saves go on meanwhile."""

    name: str
    requests: list[dict[str, Any]]
    rival: str = ""
    beside: tuple[dict[str, Any], ...] = ()


def main() -> None:
    """Measure on each database."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.table", description=__doc__)
    parser.add_argument("--users", type=int, nargs="+", default=list(USERS), help="how many at once")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each row is measured")
    parser.add_argument("--people", type=int, nargs="*", default=list(PEOPLE), help="how many who pause as people do")
    parser.add_argument("--people-seconds", type=float, default=MINUTE, help="how long they are watched")
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[], help="processes to compare (default: recommended)"
    )
    parser.add_argument("--rows", nargs="+", default=[], help="only the rows whose name holds one of these")
    parser.add_argument("--databases", nargs="+", default=list(DATABASES), choices=DATABASES)
    options = parser.parse_args()
    for kind in options.databases:
        if kind == "PostgreSQL" and not databases.installed():
            print("PostgreSQL is not installed\n")
            continue
        with tempfile.TemporaryDirectory(prefix="samrit-bench-") as folder:
            on(kind, Path(folder), options)


def on(kind: str, folder: Path, options: argparse.Namespace) -> None:
    """Build the office on one database, measure every page, then the evening."""
    with servers.database(kind, folder) as environment:
        office = _run("office", environment, {})
        rows = [p for p in pages(office) if not options.rows or any(part in p.name for part in options.rows)]
        print(f"The web application on {kind}: 2,350 works and 235, {len(office['reporters'])} units that report,")
        print(f"  gunicorn as recommended, load and database on the same {os.cpu_count()} cores")
        compared = options.workers or [0]
        for workers in compared:
            chosen = ("--workers", str(workers)) if workers else ()
            print(f"  {workers} workers" if workers else "", end="\n" if workers else "", flush=True)
            with servers.serving(environment, folder, *chosen) as port:
                if options.users[0]:
                    table(rows, port, environment, users=options.users, seconds=options.seconds)
                if options.people and any(not row.beside for row in rows):
                    at_their_pace(rows, port, environment, counts=options.people, seconds=options.people_seconds)
                if not options.rows and workers == compared[-1]:  # a month is reported once
                    evening(office, port, environment)
    print()


def pages(office: dict[str, Any]) -> list[Page]:
    """Return the rows of the table."""
    one, ten, month, planner, executive = (office[k] for k in ("one", "ten", "month", "planner", "executive"))
    reporters = office["reporters"]
    saves = [
        {"path": f"/report/{ten}/{code}/{month}/save/", "cookie": reporters[code], "month": month,
         "indicator": found[0], "revision": found[1]}
        for code, found in office["saves"].items() if found
    ]  # fmt: skip
    readers, writers = saves[:-5], tuple(saves[-5:])

    def seen(path: str, cookie: str = executive) -> list[dict[str, Any]]:
        return [{"path": path, "cookie": cookie}]

    grids = [r for code, cookie in reporters.items() for r in seen(f"/report/{one}/{code}/{month}/", cookie)]
    return [
        Page("rival: counts in SQL floats", seen("/rival/front/")),
        Page("front page", seen(f"/plans/{ten}/overview/"), "rival: counts in SQL floats"),
        Page("  while 50 figures a second come in", seen(f"/plans/{ten}/overview/"), beside=writers),
        Page("  of the plan of 235 works", seen(f"/plans/{one}/overview/")),
        Page("rival: 50 rows in SQL floats", seen("/rival/list/")),
        Page("plan list", seen(f"/plans/{ten}/"), "rival: 50 rows in SQL floats"),
        Page("work page", [r for w in office["works"][:100] for r in seen(f"/plans/{ten}/works/{w}/")]),
        Page("my work", [r for cookie in reporters.values() for r in seen("/my-work/", cookie)]),
        Page("grid of a unit, plan of 235 works", grids),
        Page("grid save", readers),
        Page("control room", seen(f"/control/{ten}/", planner)),
        Page("  while 50 figures a second come in", seen(f"/control/{ten}/", planner), beside=writers),
        Page("confirm page of a head", [r for cookie in office["heads"] for r in seen("/confirm/", cookie)]),
    ]  # fmt: skip


def table(rows: list[Page], port: int, environment: dict[str, str], *, users: list[int], seconds: float) -> None:
    """Measure and print the rows."""
    print(
        f"  {'p50 / p95 in ms, answers/s; no pause':36}" + "".join(f"{f'{n} users':>26}" for n in users) + "   ÷ rival"
    )
    rates: dict[str, float] = {}
    for page in rows:
        order = {"kind": "steady", "port": port, "requests": page.requests}
        _run("load", environment, {**order, "users": 12, "seconds": 1.0})  # every worker has seen it once
        line, faults = f"  {page.name:36}", []
        for count in users:
            beside = {"beside": page.beside, "pause": _PAUSE}
            took = _run("load", environment, {**order, **beside, "users": count, "seconds": seconds})
            rates[page.name] = took["count"] / took["wall"]
            line += f"{took['p50'] * 1000:9.0f} /{took['p95'] * 1000:6.0f} {rates[page.name]:7.0f}/s"
            faults += took["first_faults"]
        line += f"{rates[page.rival] / rates[page.name]:10.2f}" if page.rival in rates else ""
        print(line + (f"   FAULTS {faults}" if faults else ""), flush=True)


def at_their_pace(
    rows: list[Page], port: int, environment: dict[str, str], *, counts: list[int], seconds: float
) -> None:
    """Measure and print all pages together, under people who pause between one request and the next."""
    pages = {page.name.strip(): page.requests for page in rows if not page.beside and not page.name.startswith("rival")}
    low, high = people.PAUSE
    head = f"p50 / p95 in ms; {low:.0f}-{high:.0f} s of pause"
    print(f"  {head:36}" + "".join(f"{f'{n} people':>26}" for n in counts))
    order = {"kind": "people", "port": port, "pages": pages, "seconds": seconds}
    _run("load", environment, {**order, "users": 20, "seconds": 10.0})  # every worker has seen every page
    took = [_run("load", environment, {**order, "users": count}) for count in counts]
    for name in pages:
        print(f"  {name:36}" + "".join(_cell(one["pages"][name]) for one in took))
    print(f"  {'all of them':36}" + "".join(_cell(one["all"]) for one in took), flush=True)
    if faults := [fault for one in took for fault in one["first_faults"]]:
        print(f"  FAULTS {faults}", flush=True)


def _cell(took: dict[str, float]) -> str:
    return f"{took['p50'] * 1000:9.0f} /{took['p95'] * 1000:6.0f} {took['count']:7.0f}x"


def evening(office: dict[str, Any], port: int, environment: dict[str, str]) -> None:
    """Let every unit report at once, and prove that everything is there."""
    about = {"plan": office["one"], "month": office["month"]}
    order = {"kind": "evening", "port": port, "evening": office["evening"], "reporters": office["reporters"], **about}
    took = _run("load", environment, order)
    said = {name: took[name] for name in ("acknowledged", "submitted")}
    proof = _run("proof", environment, {**about, **said})
    wanted = sum(map(len, office["evening"].values()))
    print(
        f"  The evening of the deadline: {len(took['submitted'])} of {len(office['evening'])} units, all at once, "
        f"submitted {len(took['acknowledged'])} of {wanted} figures\n"
        f"    in {took['wall']:.0f} s (aim: one minute): {took['count']} requests, p95 {took['p95'] * 1000:.0f} ms, "
        f"saves p95 {took['saves']['p95'] * 1000:.0f} ms, {took['faults']} faults {took['first_faults'] or ''}\n"
        f"    lost: {proof['figures_lost']} figures, {proof['entries_lost']} entries, {proof['reports_lost']} reports; "
        f"{proof['entries']} entries of the chain verified, faults: {proof['audit_faults'] or 'none'}",
        flush=True,
    )


def _run(part: str, environment: dict[str, str], order: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.web.{part}"]
    done = subprocess.run(
        command, input=json.dumps(order), env=environment, cwd=servers.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{part} failed: {done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
