"""A year with 1,000 contracts of 10 instalments each: ``python -m benchmarks.web.contracts [--people 20]``.

The example's first hundred works have ten contracts each, drawn by a seed, some late, ended early or paid out of order.
First every page is asked for a few times by one reader, in processor time; then people at their own pace go about all
of them (``people``).  The sums that the pages print are held against sums of whole satang made without Samrit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.enlarged import example
from benchmarks.web import people, servers
from benchmarks.web.load import Browser, figures, plain
from samrit.engine.choices import ContractState
from samrit.engine.model import Project
from samrit.engine.year import YearRecord

WORKS, CONTRACTS, INSTALMENTS = 100, 10, 10
_YEAR, _ENTERED = date(2025, 1, 6), datetime(2025, 12, 20, tzinfo=UTC)
_TIMES = 7  # how often one reader asks for each page


def records(project: str, rng: random.Random) -> Iterator[YearRecord]:
    """Yield the contracts of a work with their instalments; amounts have satang that don't come out even."""
    for at in range(1, CONTRACTS + 1):
        number, begun = f"{project}-{at}/2568", _YEAR + timedelta(days=rng.randrange(200))
        amounts = [Decimal(rng.randrange(1, 90_000_000)) / 100 for _ in range(INSTALMENTS)]
        state = rng.choices(list(ContractState), weights=(6, 3, 1))[0]
        yield _record("contracts", number, begun, number=number, party=f"บริษัท {at}", value=sum(amounts), state=state)
        for n, amount in enumerate(amounts, 1):
            due = begun + timedelta(days=30 * n)
            paid = due + timedelta(days=rng.randrange(-10, 40)) if rng.random() < 0.6 else None
            told = {"contract": number, "number": n, "amount": amount, "due_on": due}
            told |= {"delivered_on": paid, "accepted_on": paid, "paid_on": paid}
            yield _record("instalments", f"{number} / {n}", begun, **told)


def _record(kind: str, own: str, day: date, **values: Any) -> YearRecord:
    from samrit.package.kinds import kind_named

    declared = kind_named(kind)
    assert declared is not None  # noqa: S101 - both are named here
    whole = tuple((f.name, values.get(f.name, "" if f.kind.value == "text" else None)) for f in declared.fields)
    return YearRecord(kind, own, day, whole, entered_at=_ENTERED, entered_by="ผู้บันทึก")


def with_contracts(project: Project, rng: random.Random) -> Project:
    """Return a work with its contracts and instalments beside what it has."""
    return replace(project, records=(*project.records, *records(project.id, rng)))


def satang(projects: tuple[Project, ...], kind: str, field: str) -> int:
    """Return a sum over all records of a kind in whole satang, by digits alone."""
    told = (dict(r.values)[field] for p in projects for r in p.records if r.kind == kind)
    return sum(int(re.sub(r"\D", "", f"{value:.2f}")) for value in told)


def build() -> None:
    """Build the office in the database of the environment, and print what a load needs."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.web.office import EXAMPLE, cookie_of, person
    from samrit.plans.models import Unit
    from samrit.plans.reporting.register_file import read_register
    from samrit.plans.services.office.units import register_import
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.writing import SYSTEM

    call_command("migrate", verbosity=0)
    rows, _ = read_register((EXAMPLE.parent / "register" / "units.csv").read_bytes())
    register_import(SYSTEM, units=rows)
    package, rng = example(), random.Random(2568)  # noqa: S311 - to be the same in every run
    own, rest = package.plan.projects[:WORKS], package.plan.projects[WORKS:]
    projects = (*(with_contracts(project, rng) for project in own), *rest)
    made = replace(package, plan=replace(package.plan, projects=projects))
    plan = plan_import(SYSTEM, package=made, owner=Unit.objects.get(code="กนผ."))
    sums = {kind: satang(projects, kind, field) for kind, field in (("contracts", "value"), ("instalments", "amount"))}
    works = [project.id for project in own]
    print(json.dumps({"plan": plan.code, "works": works, "cookie": cookie_of(person("p", "planner")), "sums": sums}))


def pages(told: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the addresses by page; of works several, of lists several pages."""
    code, cookie = told["plan"], told["cookie"]
    year = f"/control/{code}/year/"
    paths = {
        "work": [f"/plans/{code}/works/{work}/" for work in told["works"][:20]],
        "contracts": [f"{year}?kind=contracts&page={n}" for n in (1, 7, 20)],
        "instalments": [f"{year}?kind=instalments&page={n}" for n in (1, 50, 200)],
        "overdue": [f"{year}?kind=instalments&overdue=1"],
        "timeline": [f"/control/{code}/times/?page={n}" for n in (1, 5)],
        "watch": [f"/control/{code}/watch/"],
        "control": [f"/control/{code}/"],
    }
    return {name: [{"path": path, "cookie": cookie} for path in own] for name, own in paths.items()}


def alone(told: dict[str, Any], port: int) -> dict[str, dict[str, float]]:
    """Return the seconds of each page for one reader who has the server to himself, the first look left out."""
    found = {}
    for name, requests in pages(told).items():
        browser = Browser(port, told["cookie"])
        for _ in range(_TIMES):
            for request in requests:
                browser.ask("GET", request["path"])
        if browser.faults:
            raise SystemExit(browser.faults[0])
        found[name] = figures(sorted(browser.took[len(requests) :]))
    return found


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.contracts", description=__doc__)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--people", type=int, default=20, help="how many at once")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they are watched")
    options = parser.parse_args()
    if options.build:
        build()
        return
    with tempfile.TemporaryDirectory() as name, servers.database("SQLite", Path(name)) as environment:
        command = [sys.executable, "-m", "benchmarks.web.contracts", "--build"]
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=servers.ROOT)
        told = json.loads(made.stdout.splitlines()[-1])
        with servers.serving(environment, Path(name)) as port:
            print(f"{'page':<12} {'alone p50':>10} {'p95':>8}  {options.people} people p50 {'p95':>8}   seconds")
            single = alone(told, port)
            for kind, sum_ in told["sums"].items():
                shown = plain(Browser(port, told["cookie"]).ask("GET", f"/control/{told['plan']}/year/?kind={kind}"))
                amount = f"{sum_ // 100:,}.{sum_ % 100:02}"
                print(f"sum of {kind}: {amount} {'is' if amount in shown.decode() else 'IS NOT'} what the page prints")
            order = {"users": options.people, "port": port, "seconds": options.seconds, "pages": pages(told)}
            several = people.run(order)
            for page, own in single.items():
                many = several["pages"][page]
                print(f"{page:<12} {own['p50']:>10.3f} {own['p95']:>8.3f}  {many['p50']:>13.3f} {many['p95']:>8.3f}")
            print(f"all {several['all']}, faults {several['faults']} {several['first_faults']}")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"processor time of building and serving: {spent.ru_utime + spent.ru_stime:.0f} s, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
