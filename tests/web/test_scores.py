"""Scores above the works: on the front page, explained, taken out as a table, in the report (RU5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from samrit.cli.main import main
from samrit.engine.model import Strategy
from samrit.engine.score import score
from samrit.package import PlanPackage, write
from samrit.plans.models import Plan, Role, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.reports.document.model import TableBlock
from samrit.reports.evaluation import report
from tests.plans.office import People, small_plan


def weighed() -> PlanPackage:
    """Return a plan of two strategies of 75 and 25, with a work at 80 and one at 40 in January."""
    package = small_plan(reported=((1, 8),))
    (first,) = package.plan.projects
    indicator = replace(first.indicators[0], id="P2.1")
    entries = tuple(replace(e, actual=Decimal(4)) if e.period == 1 else e for e in indicator.entries)
    second = replace(first, id="P2", number=2, strategy="2", indicators=(replace(indicator, entries=entries),))
    strategies = (Strategy("1", "ยุทธศาสตร์ที่หนึ่ง", weight=Decimal(75)), Strategy("2", "สอง", weight=Decimal(25)))
    return replace(package, plan=replace(package.plan, strategies=strategies, projects=(first, second)))


def signed_in(who: People) -> Client:
    made = Client()
    made.force_login(who(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture
def plan(register: dict[str, Unit], clock: object) -> Plan:
    return plan_import(SYSTEM, package=weighed(), owner=register["กนผ."])


@pytest.fixture
def client(plan: Plan, person: People) -> Client:
    return signed_in(person)


def test_the_front_page_has_the_scores_and_leads_to_their_reason(client: Client) -> None:
    """75 × 80 + 25 × 40 = 70."""
    page = client.get("/plans/small-2569/overview/?month=1").content.decode()
    assert 'id="scores"' in page
    assert '<table class="data">' in page.partition('id="scores"')[2].partition("</section>")[0]
    assert "?score=plan&amp;row=&amp;month=1" in page
    why = client.get("/plans/small-2569/why/?score=plan&month=1").content.decode()
    assert "75 × 80 + 25 × 40" in why
    assert client.get("/plans/small-2569/why/?score=strategy&row=9&month=1").status_code == 404
    assert client.get("/plans/small-2569/why/?score=nothing&month=1").status_code == 404


def test_a_plan_that_weighs_nothing_has_none(register: dict[str, Unit], clock: object, person: People) -> None:
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    made = signed_in(person)
    assert 'id="scores"' not in made.get("/plans/small-2569/overview/?month=1").content.decode()
    assert made.get("/plans/small-2569/why/?score=plan&month=1").status_code == 404


def test_they_go_out_as_a_table(client: Client) -> None:
    text = client.get("/plans/small-2569/tables/scores.csv?month=1").content.decode("utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    assert [(row[1], row[2], row[4]) for row in rows[:3]] == [
        ("แผน", "", "70"),
        ("1 ยุทธศาสตร์ที่หนึ่ง", "75", "80"),
        ("2 สอง", "25", "40"),
    ]
    assert [row[4] for row in rows[3:]] == ["70"]


def test_the_report_prints_them_beside_those_before() -> None:
    package = weighed()
    (ruleset,) = package.rulesets
    now, before = (score(package.plan, ruleset, month) for month in (2, 1))
    tables = [b for b in report.build(now, previous=before).blocks if isinstance(b, TableBlock)]
    (scores,) = [table for table in tables if "คะแนนรวมของแผน" in table.caption]
    assert [[cell.text for cell in row.cells] for row in scores.rows] == [
        ["แผน", "", "35", "ปรับปรุง", "70"],
        ["1 ยุทธศาสตร์ที่หนึ่ง", "75", "40", "ปรับปรุง", "80"],
        ["2 สอง", "25", "20", "ปรับปรุง", "40"],
    ]


def test_the_commands_say_them(tmp_path: Path) -> None:
    folder = str(tmp_path / "weighed")
    write(weighed(), Path(folder))
    told = CliRunner().invoke(main, ["explain", folder, "--score", "plan", "--month", "1", "--lang", "en"])
    assert "(75 × 80 + 25 × 40) ÷ 100 = 70" in told.output
    wrong = CliRunner().invoke(main, ["explain", folder, "--score", "strategy=9", "--month", "1", "--lang", "en"])
    assert "no score of strategy=9" in wrong.output
    assert CliRunner().invoke(main, ["explain", folder, "P1", "--score", "plan"]).exit_code != 0
    assert "70" in CliRunner().invoke(main, ["evaluate", folder, "--month", "1", "--lang", "en"]).output
