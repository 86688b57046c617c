"""The demonstration office: alive, built once, never mixed with a real one, and harmless outside."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

from tests.office.conftest import ROOT

COUNTS = """
import json
from samrit.plans.models import *
from samrit.plans.evaluation.scoring import reported_plan, ruleset_of
from samrit.plans.services.plan.evaluations import summary_of
from samrit.engine.score import score
plan = Plan.objects.get(code="sso-2568")
package = reported_plan(plan)
print(json.dumps({
    "bands": summary_of(score(package.plan, ruleset_of(package), 12))["bands"],
    "states": sorted(set(plan.reports.filter(period=12).values_list("state", flat=True))),
    "late": plan.reports.filter(is_late=True).count(),
    "closed": [e.period for e in plan.evaluations.order_by("period")],
    "evidence": plan.evidence.count(),
    "findings": sorted(set(FindingState.objects.values_list("state", flat=True))),
    "units": plan.reports.values("unit").distinct().count(),
    "waiting": [plan.reports.get(unit__code="สลก.", period=p).state for p in (10, 11)],
    "times": list(HistoryEntry.objects.order_by("sequence").values_list("at", flat=True)) ==
        sorted(HistoryEntry.objects.values_list("at", flat=True)),
}))
"""


# The building ends at its 300th row, wherever the clock stands then.
KILLED = """
import os, signal
from itertools import count
from django.db.backends.signals import connection_created
from samrit.cli.main import main
rows = count(1)
def dying(execute, sql, params, many, context):
    if sql.startswith("INSERT INTO") and "plans_" in sql and next(rows) == 300:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
connection_created.connect(lambda connection, **_: connection.execute_wrappers.append(dying), weak=False)
main(["demo", "--no-documents", "--no-serve"])
"""


def test_the_office_is_alive_and_its_figures_are_the_reports(demo) -> None:
    found = json.loads(demo.python(COUNTS))
    assert found["bands"] == {"good": 199, "fair": 19, "low": 5, "improve": 12}
    assert found["states"] == ["accepted", "confirmed", "returned", "submitted"]
    assert found["closed"] == [3, 6, 9]
    assert found["findings"] == ["accepted", "explained", "fixed"]
    assert found["waiting"] == ["submitted", "returned"]
    assert found["late"] > 20
    assert found["evidence"] > 10
    assert found["units"] > 150
    assert found["times"], "the history is told in the order of time"
    assert demo.run("audit", "verify").returncode == 0


def test_every_sign_in_is_printed_and_fits_the_demonstration_only(demo) -> None:
    done = demo.run("demo", "--no-documents", "--no-serve", "--port", "8123")
    assert done.returncode == 0
    assert "Using the demonstration office built before" in done.stdout
    rows = re.findall(r"│ (\w+) +│ ([\w-]+) +│ http://localhost:8123(/\S*) +│", done.stdout)
    assert {name for name, _, _ in rows} == {
        "reporter", "head", "planner", "hr", "executive", "auditor", "administrator",
    }  # fmt: skip
    program = "from samrit.plans.models import Person\n" + "".join(
        f"print(Person.objects.get(username={name!r}).check_password({word!r}))\n" for name, word, _ in rows
    )
    assert set(demo.python(program, "demo").split()) == {"True"}
    assert set(demo.python(program, "local").split()) == {"False"}, "no other settings take these passwords"


def test_a_real_office_is_left_alone(fresh) -> None:
    office = fresh()
    office.run("administrator", "somying", given="ปลาตะเพียน-7-ตัว-ในสระ\n")
    for arguments in ((), ("--fresh",)):
        done = office.run("demo", "--no-documents", "--no-serve", *arguments)
        assert done.returncode == 3
        assert "left alone" in done.stderr
    assert office.python("from samrit.plans.models import Plan; print(Plan.objects.count())") == "0"


def test_it_does_not_run_with_a_servers_settings(fresh) -> None:
    done = fresh().run("demo", "--no-documents", "--no-serve", SAMRIT_SECRET_KEY="x" * 60)
    assert done.returncode == 2
    assert "server" in done.stderr


def test_killed_while_building_nothing_half_built_stays(fresh) -> None:
    office = fresh()
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, env=office.environment, capture_output=True, text=True, check=False
    )
    assert "Building" in done.stdout
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = (
        "from samrit.plans.models import *; print(Person.objects.count(), Unit.objects.count(), Plan.objects.count())"
    )
    assert office.python(left) == "0 0 0"
