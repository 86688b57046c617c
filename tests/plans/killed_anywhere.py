"""Writers of every kind killed at any moment: closing, importing, printing, and a backup made and brought back.

Run as a program by ``tests.plans.scenes``: ``python -m tests.plans.killed_anywhere FIRST END SEED`` kills once for each
number, and prints what was acknowledged, what stands and what lies about.  Saving is that of ``writers``.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from tests.plans import writers

KINDS = ("save", "send", "close", "import", "print", "restore")
FORMATS = ("html", "xlsx", "docx", "html", "xlsx", "docx", "pdf")
Say = Callable[..., None]


def main() -> None:
    """Prepare the database and kill once for each number of the command line."""
    django.setup()
    writers.prepare()
    first, end, seed = sys.argv[1:]
    print(json.dumps(killed_anywhere(range(int(first), int(end)), f"{seed} {first}")))


def killed_anywhere(numbers: range, seed: str) -> dict[str, Any]:
    """Kill a writer of the kind that each number says, restoring first, while the tables are small."""
    turns = Counter(KINDS[number % len(KINDS)] for number in numbers)
    restored = Killing(f"{seed} restore", deaths=turns.pop("restore", 0))
    faults = [*restored_faults(restored)]
    others = [Killing(f"{seed} {kind}", kind, deaths) for kind, deaths in turns.items() if kind != "save"]
    for one in others:
        for turn in range(one.deaths):
            one.kill(lambda say, turn=turn, kind=one.kind: WORKS[kind](say, turn))
    found = writers.killed(turns["save"], seed)
    every = [restored, *others]
    faults += [fault for one in others for fault in missing(one.said)]
    return {
        **found,
        "deaths": found["deaths"] + sum(one.killed for one in every),
        "errors": [*found["errors"], *(ack["error"] for one in every for ack in one.said if "error" in ack)],
        "said": {one.kind: len(one.said) for one in every},
        "half": [*faults, *half_closed()],
        "left": [*left_behind()],
        "faults": writers.stands()["faults"],  # after everything was swept
    }


@dataclass
class Killing:
    """One kind of work, killed again and again; what it said, and how long one round of it takes."""

    seed: str
    kind: str = "restore"
    deaths: int = 0
    killed: int = 0
    pace: float = 0.2
    said: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Have moments of its own."""
        self.chance = random.Random(self.seed)

    def kill(self, work: Callable[[Say], None]) -> list[dict[str, Any]]:
        """Let a child work for ever, kill it somewhere in its first rounds, and return what it acknowledged."""
        child, reading = writers.forked(lambda pipe: work(_saying(pipe)))
        rounds = self.chance.randint(0, 1) if self.said else 1
        text, pace = writers.heard(reading, rounds) if rounds else (b"", self.pace)
        self.pace = pace
        time.sleep(self.chance.random() * 1.5 * pace)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        self.killed += os.WIFSIGNALED(status)
        said = writers.acknowledged(reading, text)
        self.said += said
        return said


def _saying(pipe: int) -> Say:
    def say(**what: object) -> None:
        os.write(pipe, (json.dumps(what) + "\n").encode())

    return say


def _names(turn: int) -> Iterator[str]:
    """Yield ids of plans that no other child uses."""
    number = 0
    while True:
        yield f"k-{turn}-{os.getpid()}-{number}"
        number += 1


def send_for_ever(say: Say, turn: int) -> None:
    """Send a month's report and take it back."""
    from samrit.plans.models import Plan, Unit
    from samrit.plans.reporting.inputs import CellInput
    from samrit.plans.services.report.figures import figures_save
    from samrit.plans.services.report.reports import report_submit, report_take_back
    from samrit.plans.services.writing import SYSTEM

    plan, unit = Plan.objects.get(code="small-2569"), Unit.objects.get(code="กฝ.")
    about = {"plan": plan, "unit": unit, "period": 2}
    state = plan.reports.filter(unit=unit, period=2).values_list("state", flat=True).first()
    if state is None:
        figures_save(SYSTEM, cells=[CellInput(f"P1.{n}", "10") for n in (1, 2, 3)], **about)
    while True:
        if state != "submitted":
            report_submit(SYSTEM, **about)
            say(kind="report.submit", key=str(turn))
        report_take_back(SYSTEM, **about)
        say(kind="report.take_back", key=str(turn))
        state = "draft"


def close_for_ever(say: Say, turn: int) -> None:
    """Take in a plan and close its first quarter."""
    for code in _names(turn):
        say(kind="close", key=code, sha256=_closed(code).sha256)


def import_for_ever(say: Say, turn: int) -> None:
    """Take in plans, or in every other turn the forms of two units."""
    from samrit.plans.models import Plan, Unit
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.report import unit_forms
    from samrit.plans.services.writing import SYSTEM
    from tests.plans.killed_jobs import filled
    from tests.plans.office import small_plan

    if turn % 2:
        for code in _names(turn):
            plan_import(SYSTEM, package=small_plan(code=code))
            say(kind="plan", key=code)
    plan, unit = Plan.objects.get(code="group-2568"), Unit.objects.filter(type="province").order_by("code")[0]
    value = turn * 1000
    while True:
        value += 1
        name, form = unit_forms.unit_form(SYSTEM, plan=plan, unit=unit, period=1)
        (merged,) = unit_forms.unit_forms_merge(SYSTEM, name=name, content=filled(form, value))
        (row,) = merged.outcome.saved
        say(kind="form", key=unit.code, revision=row.revision, value=str(value))


def print_for_ever(say: Say, turn: int) -> None:
    """Close plans and print what was closed, in all kinds of documents."""
    from samrit.config import working
    from tests.plans.printed import printed

    working.use()
    for number, code in enumerate(_names(turn), turn):
        row = printed(_closed(code), FORMATS[number % len(FORMATS)])
        say(kind="print", key=code, sha256=row.sha256)


WORKS = {"send": send_for_ever, "close": close_for_ever, "import": import_for_ever, "print": print_for_ever}


def _closed(code: str) -> Any:
    from samrit.plans.services.plan.evaluations import evaluation_close
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.writing import SYSTEM
    from tests.plans.office import small_plan

    plan = plan_import(SYSTEM, package=small_plan(code=code))
    return evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")


def restored_faults(killing: Killing) -> Iterator[str]:
    """Bring back one of two backups and make it anew, killed at any moment: all of the one stands, or of the other."""
    if not killing.deaths:
        return
    from django.conf import settings

    from samrit.plans.records.backup import backup, restore

    folder = Path(settings.DATA) / "backups"
    states = {}
    for name in ("one", "other"):
        writers.write_for_ever(os.open(os.devnull, os.O_WRONLY), 0, steps=5)  # with evidence, which is in the last step
        backup(folder / f"{name}.zip")
        states[name] = contents()

    def work(say: Say, name: str) -> None:
        while True:
            restore(folder / f"{name}.zip", replace=True)
            say(kind="restore", key=name)
            backup(folder / f"{name}.zip")

    for _ in range(killing.deaths):
        name = killing.chance.choice(sorted(states))
        said = killing.kill(lambda say, name=name: work(say, name))
        standing = contents()
        if standing not in states.values():
            yield "a killed restore left neither what was there nor what was in the backup"
        if said and standing != states[name]:
            yield "a restore was acknowledged and is not there"
    restore(folder / "other.zip", replace=True)


def contents() -> str:
    """Return a hash of every row that a backup holds."""
    import hashlib

    from samrit.plans.records.backup import kept_models
    from samrit.plans.records.one_moment import one_moment

    taken = hashlib.sha256()
    with one_moment():
        for model in kept_models():
            for row in model._base_manager.order_by("pk").values_list():
                taken.update(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]).encode())
    return taken.hexdigest()


def missing(said: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what was acknowledged and does not stand."""
    from samrit.plans.models import Evaluation, Figure, HistoryEntry, Plan, ReportFile
    from samrit.plans.records.stored_files import document_path

    closed = dict(Evaluation.objects.values_list("plan__code", "sha256"))
    printed = dict(ReportFile.objects.filter(state="done").values_list("evaluation__plan__code", "sha256"))
    plans = set(Plan.objects.values_list("code", flat=True))
    figures = dict(Figure.objects.filter(plan__code="group-2568").values_list("unit_code", "revision"))
    for action, count in Counter(ack["kind"] for ack in said if ack.get("kind", "").startswith("report.")).items():
        if HistoryEntry.objects.filter(action=action, period=2).count() < count:
            yield f"{count} times {action} was acknowledged, less is in the history"
    for ack in said:
        match ack:
            case {"kind": "close"} if closed.get(ack["key"]) != ack["sha256"]:
                yield f"the closing of {ack['key']} is gone"
            case {"kind": "plan"} if ack["key"] not in plans:
                yield f"the plan {ack['key']} is gone"
            case {"kind": "form"} if figures.get(ack["key"], 0) < ack["revision"]:
                yield f"a form of {ack['key']} is gone"
            case {"kind": "print"} if printed.get(ack["key"]) != ack["sha256"]:
                yield f"the document of {ack['key']} is gone"
            case {"kind": "print"} if not document_path(ack["sha256"]).exists():
                yield f"the file of {ack['key']} is gone"


def half_closed() -> Iterator[str]:
    """Yield plans that are closed in part, or there without their version."""
    from samrit.plans.models import Plan

    for plan in Plan.objects.filter(code__startswith="k-").prefetch_related("closures", "evaluations", "versions"):
        closed = sorted(closure.period for closure in plan.closures.all())
        if closed != ([1, 2, 3] if plan.evaluations.all() else []) or not plan.versions.all():
            yield f"{plan.code} is half done: closed {closed}"


def left_behind() -> Iterator[str]:
    """Do once more what sweeps, and yield what nobody needs."""
    from django.conf import settings

    from samrit.config import working
    from samrit.plans.models import Evidence, ReportFile
    from samrit.plans.records.backup import backup
    from tests.plans.printed import printed

    data, database = Path(settings.DATA), Path(str(settings.DATABASES["default"]["NAME"])).name
    writers.write_for_ever(os.open(os.devnull, os.O_WRONLY), 99, steps=5)
    printed(_closed("last"), "html")
    backup(data / "backups" / "last.zip")
    working.use()
    named = {*Evidence.objects.values_list("sha256", flat=True), *ReportFile.objects.values_list("sha256", flat=True)}
    kept = {"last.zip", "one.zip", "other.zip", "last-backup.json"}
    for path in sorted(data.rglob("*")):
        own = path.name in named | kept or "turns" in path.parts or path.name.startswith(database)
        if path.is_file() and not own:
            yield str(path.relative_to(data))
    yield from (f"working/{path.name}" for path in (data / "working").iterdir() if str(path) != tempfile.tempdir)


if __name__ == "__main__":
    main()
