"""Writers in processes of their own, on a database of their own: killed in the middle, or all at once.

Run as a program by ``tests.plans.scenes``: ``python -m tests.plans.writers 20`` prints what was acknowledged by so many
at once and what stands as one line of JSON.  Killing is ``killed_anywhere``'s.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from io import BytesIO

import django

WRITERS = 20
EACH = 8


def main() -> None:
    """Prepare the database and run what the command line names."""
    django.setup()
    prepare()
    print(json.dumps(together(int(sys.argv[1]))))


def prepare() -> None:
    """Migrate, and give every one of the first units a plan of its own line."""
    from django.core.management import call_command

    from samrit.plans.models import Unit
    from samrit.plans.services.office.units import register_import
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.writing import SYSTEM
    from tests.plans.office import register_rows, small_plan

    call_command("migrate", verbosity=0)
    register_import(SYSTEM, units=register_rows())
    plan_import(SYSTEM, package=small_plan(year_be=2568, indicators=3), owner=Unit.objects.get(code="กนผ."))
    group = small_plan(code="group-2568", year_be=2568, units=("จังหวัด",))
    plan_import(SYSTEM, package=group)


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Run ``work`` in a child that writes to a pipe; return its process id and the end to read from."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001
            os.write(writing, (json.dumps({"error": repr(error)}) + "\n").encode())
            os._exit(1)
    os.close(writing)
    return child, reading


def acknowledged(reading: int, text: bytes = b"") -> list[dict]:
    """Return everything that a child said before it ended, after the ``text`` that was read before."""
    while chunk := os.read(reading, 65536):
        text += chunk
    os.close(reading)
    return [json.loads(line) for line in text.split(b"\n")[:-1] if line]


def killed(times: int, seed: str) -> dict:
    """Kill a writer ``times`` times, each at another moment, and say what stands."""
    chance = random.Random(seed)
    acks: list[dict] = warmed()
    deaths = 0
    for turn in range(times):
        child, reading = forked(lambda pipe, turn=turn: write_for_ever(pipe, turn))
        said, pace = heard(reading, chance.randint(4, 12))
        # The moment lies anywhere from here to some acknowledgements on, however slow the machine is just now.
        time.sleep(chance.random() * 2 * pace)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        deaths += os.WIFSIGNALED(status)
        acks += acknowledged(reading, said)
    return {"deaths": deaths, **told(acks), **stands()}


def heard(reading: int, lines: int) -> tuple[bytes, float]:
    """Read until a child has said so many lines; return them and the seconds that each took on the whole."""
    text, begun = b"", time.monotonic()
    while text.count(b"\n") < lines and (chunk := os.read(reading, 65536)):
        text += chunk
    return text, (time.monotonic() - begun) / lines


def warmed() -> list[dict]:
    """Write once here, so that the children need not read the plan and the calendar again; return what was said."""
    reading, writing = os.pipe()
    write_for_ever(writing, 0, steps=4)
    os.close(writing)
    return acknowledged(reading)


def write_for_ever(pipe: int, turn: int, steps: int = sys.maxsize) -> None:
    """Save, submit and take back until the end comes; a line is written only after its commit."""
    from samrit.plans.models import Evidence, Figure, Narrative, Plan, Unit
    from samrit.plans.reporting.inputs import CellInput
    from samrit.plans.services.report.evidence import evidence_add
    from samrit.plans.services.report.figures import figures_save
    from samrit.plans.services.report.narratives import narrative_save
    from samrit.plans.services.report.reports import report_submit, report_take_back
    from samrit.plans.services.writing import SYSTEM

    plan, unit = Plan.objects.get(code="small-2569"), Unit.objects.get(code="กฝ.")
    about = {"plan": plan, "unit": unit, "period": 1}

    def say(**what: object) -> None:
        os.write(pipe, (json.dumps(what) + "\n").encode())

    for step in range(1, steps):
        value = str((turn + 1) * 1000 + step)
        seen = dict(Figure.objects.filter(plan=plan, period=1).values_list("indicator", "revision"))
        cells = [
            CellInput(f"P1.{n}", value, explanation="ทดสอบ", expected_revision=seen.get(f"P1.{n}", 0))
            for n in (1, 2, 3)
        ]
        state = plan.reports.filter(unit=unit, period=1).values_list("state", flat=True).first()
        if state == "submitted":
            report_take_back(SYSTEM, **about)
        outcome = figures_save(SYSTEM, cells=cells, **about)
        for row in outcome.saved:
            say(kind="figure", key=row.indicator, revision=row.revision, value=value)
        words = Narrative.objects.filter(plan=plan, period=1).values_list("revision", flat=True).first() or 0
        told = narrative_save(
            SYSTEM,
            **about,
            project="P1",
            result=value,
            cause="สาเหตุ",
            next_step="ต่อไป",
            expected_revision=words,
        )
        say(kind="narrative", key="P1", revision=told.revision, value=value)
        if step % 4 == 0:
            content = f"%PDF-1.7 {value}".encode()
            file = evidence_add(SYSTEM, **about, project="P1", name=f"{value}.pdf", stream=BytesIO(content))
            say(kind="evidence", key=file.sha256, revision=Evidence.objects.count(), value=value)
        if step % 3 == 0:
            report_submit(SYSTEM, **about)
            say(kind="report", key=value, revision=0, value="submitted")


def told(acks: list[dict]) -> dict:
    """Return the latest of what was acknowledged."""
    latest: dict[str, dict] = {}
    for ack in acks:
        if "error" not in ack and ack["kind"] in ("figure", "narrative"):
            latest[ack["key"]] = ack
    return {
        "acknowledged": sum("error" not in a for a in acks),
        "errors": [a["error"] for a in acks if "error" in a],
        "latest": latest,
        "evidence": sorted(a["key"] for a in acks if a.get("kind") == "evidence"),
        "submitted": sum(a.get("kind") == "report" for a in acks),
    }


def stands() -> dict:
    """Return what the database holds now, and what the audit says of it."""
    from samrit.plans.models import Evidence, Figure, HistoryEntry, Narrative
    from samrit.plans.records.audit import audit

    found = audit()
    figures = Figure.objects.filter(plan__code="small-2569", period=1)
    return {
        "figures": {i: [str(v), r] for i, v, r in figures.values_list("indicator", "actual", "revision")},
        "narrative": list(Narrative.objects.values_list("result", "revision").first() or ()),
        "kept": sorted(Evidence.objects.values_list("sha256", flat=True)),
        "submits": HistoryEntry.objects.filter(action="report.submit").count(),
        "saves": HistoryEntry.objects.filter(action="figure.save").count(),
        "entries": found.entries,
        "faults": [f"{f.code} {f.detail}" for f in found.faults],
    }


def together(writers: int) -> dict:
    """Let many processes write at once, each its own figures and all one and the same."""
    from samrit.plans.models import Figure

    children = [forked(lambda pipe, number=number: write_some(pipe, number)) for number in range(writers)]
    acks: list[dict] = []
    for child, reading in children:
        acks += acknowledged(reading)
        os.waitpid(child, 0)
    contested = Figure.objects.get(plan__code="small-2569", indicator="P1.1", period=1)
    own = Figure.objects.filter(plan__code="group-2568")
    return {
        **told(acks),
        "contested": [contested.revision, str(contested.actual)],
        "contested_acks": sum(a.get("kind") == "figure" and a["key"] == "P1.1" for a in acks),
        "own": sorted([f.unit_code, str(f.actual), f.revision] for f in own),
        "conflicts": sum(a.get("conflicts", 0) for a in acks),
        **stands(),
    }


def write_some(pipe: int, number: int) -> None:
    """Save one's own figure several times, and the contested one after each."""
    from samrit.plans.models import Figure, Plan, Unit
    from samrit.plans.reporting.inputs import CellInput
    from samrit.plans.services.report.figures import figures_save
    from samrit.plans.services.writing import SYSTEM

    group, one = Plan.objects.get(code="group-2568"), Plan.objects.get(code="small-2569")
    mine = Unit.objects.filter(type="province").order_by("code")[number]
    lead = Unit.objects.get(code="กฝ.")
    conflicts = 0
    for step in range(EACH):
        cell = CellInput("P1.1", str(number * 100 + step), expected_revision=step)
        assert figures_save(SYSTEM, plan=group, unit=mine, period=1, cells=[cell]).saved
        while True:
            seen = (
                Figure.objects.filter(plan=one, indicator="P1.1", period=1).values_list("revision", flat=True).first()
            )
            cell = CellInput("P1.1", str(10_000 + number * 100 + step), expected_revision=seen or 0)
            outcome = figures_save(SYSTEM, plan=one, unit=lead, period=1, cells=[cell])
            conflicts += len(outcome.conflicts)
            if outcome.saved:
                break
        ack = {"kind": "figure", "key": "P1.1", "revision": outcome.saved[0].revision, "value": cell.actual}
        os.write(pipe, (json.dumps(ack) + "\n").encode())
    os.write(pipe, (json.dumps({"kind": "end", "key": "", "conflicts": conflicts}) + "\n").encode())


if __name__ == "__main__":
    main()
