"""Long jobs in processes of their own, killed in the middle and run again, on a database that outlives them.

Run as a program by ``test_survival.py``: ``python -m tests.plans.killed_jobs remind`` prints what came of it as JSON.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import django

DUE = date(2025, 4, 8)  # the day on which the reports of March 2568 are due: weekend and holidays come before it


def main() -> None:
    """Prepare the database and run the job that the command line names."""
    django.setup()
    import samrit.config.urls  # noqa: F401  here, not in every child
    from tests.plans.writers import prepare

    prepare()
    print(json.dumps({"remind": remind, "print": printing, "merge": merge}[sys.argv[1]]()))


def killed(job: Callable[[], None]) -> bool:
    """Run ``job`` in a child; say whether it was killed, as against came to its end."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            job()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the job failed")
    return os.WIFSIGNALED(status)


def die() -> None:
    """End this process here and now."""
    os.kill(os.getpid(), signal.SIGKILL)


def remind() -> dict[str, Any]:
    """Kill the reminders before, right after and well after a message, until they come to their end."""
    from django.core.mail import EmailMessage

    from samrit.plans.models import HistoryEntry, Plan, ReminderSent, Unit
    from samrit.plans.services.office import reminding
    from samrit.plans.services.office.people import person_create, role_give
    from samrit.plans.services.writing import SYSTEM

    post = Path(os.environ["SAMRIT_DATA"]) / "post"
    unit = Unit.objects.get(code="กฝ.")
    for n in range(9):
        person = person_create(SYSTEM, username=f"reporter-{n}", display_name="x", email=f"reporter-{n}@example.org")
        role_give(SYSTEM, person=person, role="reporter", unit=unit)
    turns = {"before": 0, "between": 0, "after": 0}

    def job(moment: str) -> None:
        def send(message: EmailMessage) -> int:
            if moment == "before":
                die()
            with post.open("a") as file:
                file.write(f"{message.to[0]} {message.extra_headers['Message-ID']}\n")
            if moment == "between":
                die()
            return 1

        def tell(_: object) -> None:
            if moment == "after":
                die()

        EmailMessage.send = send
        reminding.reminders_send(Plan.objects.get(code="small-2569"), today=DUE, tell=tell)

    # Killed before a message goes out, before it is booked, then after each booking: the next run goes on behind it.
    for moment in ("before", "between"):
        for _ in range(3):
            turns[moment] += killed(lambda: job(moment))  # noqa: B023
    while killed(lambda: job("after")):
        turns["after"] += 1
    lines = [tuple(line.split()) for line in post.read_text().splitlines()]
    return {
        "deaths": turns,
        "messages": Counter(address for address, _ in lines),
        "distinct": Counter(address for address, _ in set(lines)),
        "booked": ReminderSent.objects.count(),
        "entries": HistoryEntry.objects.filter(action="reminder.send").count(),
        "faults": faults(),
    }


def printing() -> dict[str, Any]:
    """Kill the printing of a document before, while and after it is written, then print it again."""
    from django.conf import settings

    from samrit.plans.models import Plan, ReportFile
    from samrit.plans.records.printing import is_printing
    from samrit.plans.services.plan import report_files
    from samrit.plans.services.plan.evaluations import evaluation_close
    from samrit.plans.services.writing import SYSTEM
    from tests.plans.printed import printed

    closed = evaluation_close(SYSTEM, plan=Plan.objects.get(code="small-2569"), period=3, reason="ปิดตามกำหนด")
    states, folders, alive = [], [], []

    def left() -> list[str]:
        return [p.name for p in Path(settings.DOCUMENT_ROOT).glob(".printing-*")]

    def job(place: str) -> None:
        if place:
            setattr(report_files, place, lambda *_, **__: die())
        printed(closed, "html")

    for place in ("_result", "_written", "_done"):
        assert killed(lambda place=place: job(place))
        states.append(ReportFile.objects.get().state)
        folders.append(left())
        alive.append(is_printing(closed.pk, "th"))
    assert not killed(lambda: job(""))
    row = ReportFile.objects.get()
    kept = report_files.document_path(row.sha256)
    return {
        "states": states,
        "state": row.state,
        "is_whole": kept.stat().st_size == row.size and kept.read_bytes().rstrip().endswith(b"</html>"),
        "alive": alive,
        "folders": folders,
        "left": left(),
        "faults": faults(),
    }


def merge() -> dict[str, Any]:
    """Kill the merging of a zip of forms at every form, then merge it again."""
    from samrit.plans.models import Figure, HistoryEntry, Plan, Unit
    from samrit.plans.services.report import unit_forms
    from samrit.plans.services.writing import SYSTEM

    plan = Plan.objects.get(code="group-2568")
    units = list(Unit.objects.filter(type="province").order_by("code")[:4])
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for unit in units:
            name, form = unit_forms.unit_form(SYSTEM, plan=plan, unit=unit, period=1)
            archive.writestr(name, filled(form, 7))
    stands = []
    save = unit_forms.figures_save

    def job(at: int) -> None:
        calls = iter(range(100))

        def saved(*args: Any, **kwargs: Any) -> Any:
            if next(calls) == at:
                die()
            return save(*args, **kwargs)

        unit_forms.figures_save = saved
        unit_forms.unit_forms_merge(SYSTEM, name="forms.zip", content=content.getvalue())

    for at in range(len(units)):
        assert killed(lambda at=at: job(at))
        stands.append(Figure.objects.filter(plan=plan).count())
    assert not killed(lambda: job(-1))
    figures = Figure.objects.filter(plan=plan)
    return {
        "stands": stands,
        "figures": [[str(f.actual), f.revision] for f in figures],
        "entries": HistoryEntry.objects.filter(plan=plan, action="figure.save").count(),
        "faults": faults(),
    }


def filled(form: bytes, value: int) -> bytes:
    """Return a form with its first figure filled in."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(form))
    next(book["รายงาน"].iter_rows(min_row=6))[6].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults() -> list[str]:
    """Return what the audit finds wrong."""
    from samrit.plans.records.audit import audit

    return [f"{f.code} {f.detail}" for f in audit().faults]


if __name__ == "__main__":
    main()
