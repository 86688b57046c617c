"""A unit's month sent by another program: categories of a breakdown by code or name, all of it or nothing (BD1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from samrit.cli.main import main
from samrit.plans.models import Figure, HistoryEntry, Plan, Role, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.report.undo import change_undo
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.month_json import read_month
from tests.plans.office import People
from tests.plans.test_breakdowns import MEN, WOMEN, broken_down

ADDRESS = "/report/small-2569/กฝ./1/month.json"


@pytest.fixture
def plan(register: dict[str, Unit], clock: object) -> Plan:
    return plan_import(SYSTEM, package=broken_down("หญิง", "ชาย"), owner=register["กนผ."])


@pytest.fixture
def client(plan: Plan, person: People) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["language"] = "en"
    client.force_login(person(Role.REPORTER, unit="กฝ."), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, *rows: object, **more: object) -> tuple[int, Any]:
    answer = client.post(ADDRESS, {"figures": list(rows), **more}, content_type="application/json")
    return answer.status_code, answer.json()


def standing() -> dict[str, str]:
    return {row.indicator: f"{row.actual}" for row in Figure.objects.all()}


def test_what_is_handed_out_names_the_categories_under_their_indicator(client: Client) -> None:
    told = client.get(ADDRESS).json()
    assert [(row["indicator"], row.get("part_of"), row["name"], row["actual"]) for row in told["figures"]] == [
        ("P1.1", None, told["figures"][0]["name"], ""),
        (WOMEN, "P1.1", "หญิง", ""),
        (MEN, "P1.1", "ชาย", ""),
    ]
    assert told["locked"] is None
    assert [found["dimension"] for found in told["breakdowns"]] == ["เพศ"]


def test_categories_are_taken_by_code_and_by_name_and_their_sum_is_told(client: Client) -> None:
    status, told = sent(
        client,
        {"part_of": "P1.1", "dimension": "เพศ", "name": "หญิง", "actual": "5.50"},
        {"indicator": MEN, "actual": 3},
    )
    assert (status, told["ok"], told["saved"]) == (200, True, 2)
    assert standing() == {WOMEN: "5.50", MEN: "3"}
    (found,) = told["breakdowns"]
    assert (found["together"], found["total"], found["gap"]) == ("8.50", "8.50", "0.00")
    assert told["figures"][0]["counted"] == "8.50"
    assert HistoryEntry.objects.filter(action="figure.save").count() == 2


def test_a_gap_to_the_whole_is_told(client: Client) -> None:
    _, told = sent(client, {"indicator": "P1.1", "actual": 10}, {"indicator": WOMEN, "actual": 5})
    assert told["breakdowns"][0]["gap"] == "5"


def test_what_was_handed_out_comes_back_as_it_is(client: Client) -> None:
    sent(client, {"indicator": WOMEN, "actual": 5}, {"indicator": MEN, "actual": 3})
    told = client.get(ADDRESS).json()
    status, again = sent(client, *told["figures"], plan=told["plan"], unit=told["unit"], period=told["period"])
    assert (status, again["saved"]) == (200, 0)
    assert standing() == {WOMEN: "5", MEN: "3"}


WRONG_ROWS = (
    ({"indicator": MEN, "actual": "x"}, "figure_not_a_number"),
    ({"indicator": MEN, "actual": [1]}, "month_row_value"),
    ({"indicator": MEN, "actual": True}, "month_row_value"),
    ({"indicator": MEN, "note": 5}, "month_row_value"),
    ({"indicator": MEN, "actual": "1", "revision": -1}, "month_row_value"),
    ({"indicator": MEN, "aktual": "1"}, "month_row_unknown_key"),
    ({"indicator": "P9.9", "actual": "1"}, "figure_not_yours"),
    ({"indicator": WOMEN, "actual": "1"}, "month_row_twice"),
    ({"part_of": "P1.1", "dimension": "เพศ", "name": "อื่น", "actual": "1"}, "month_category_unknown"),
    ({"actual": "1"}, "month_row_unnamed"),
    ({"indicator": MEN, "numerator": "1"}, "figure_parts_incomplete"),
    ({"indicator": MEN, "actual": "1", "revision": 7}, "month_stands_otherwise"),
    ([1], "month_row_no_object"),
)


def test_a_wrong_row_keeps_all_of_it_out(client: Client) -> None:
    before = HistoryEntry.objects.count()
    for row, code in WRONG_ROWS:
        status, told = sent(client, {"indicator": WOMEN, "actual": 5}, row)
        assert (status, told["ok"], told["code"]) == (409 if "stands" in code else 422, False, "month_has_faults"), code
        assert [(fault["row"], fault["code"]) for fault in told["details"]] == [(2, code)]
        assert (standing(), HistoryEntry.objects.count()) == ({}, before)


@pytest.mark.parametrize("part", ["key", "note", "actual", "name", "indicator", "revision", "plan"])
@pytest.mark.parametrize("text", ["\ud800", "a\0b", "x" * 5_000])
def test_what_no_table_can_hold_is_refused_in_words(client: Client, part: str, text: str) -> None:
    """JSON can say half a character and NUL, which no form can: no answer of ours and no database takes them."""
    before, row = HistoryEntry.objects.count(), {"indicator": MEN, "actual": "1"}
    more = {"plan": text} if part == "plan" else {}
    status, told = sent(client, row | {text if part == "key" else part: text} if not more else row, **more)
    assert (status, told["ok"]) == (422, False)
    assert all(len(fault["message"]) < 1_000 for fault in told["details"])
    assert (standing(), HistoryEntry.objects.count()) == ({}, before)


def test_all_faults_are_told_at_once(client: Client) -> None:
    _, told = sent(client, {"indicator": WOMEN, "actual": "x"}, {"indicator": "P9", "actual": "1"}, {"indicator": MEN})
    assert [fault["row"] for fault in told["details"]] == [1, 2]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "month_file_unreadable"),
        (b"{", "month_file_unreadable"),
        (b"\xff\xfe", "month_file_unreadable"),
        (b"[" * 100_000, "month_file_unreadable"),
        (b"[]", "month_file_no_figures"),
        (b'{"figures": {}}', "month_file_no_figures"),
        (b'{"figures": [' + b",".join([b"{}"] * 5_001) + b"]}", "month_file_no_figures"),
        (b" " * (1024 * 1024 + 1), "month_file_too_large"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(content: bytes, code: str) -> None:
    assert [fault.code for fault in read_month(content).faults] == [code]


def test_a_huge_number_is_refused_and_costs_nothing() -> None:
    (row,) = read_month(b'{"figures": [{"indicator": "P1", "actual": 1e999999999}]}').rows
    assert row.said == {"actual": "1e999999999"}


def test_a_form_in_place_of_json_is_refused(client: Client) -> None:
    answer = client.post(ADDRESS, {"figures": "x"})
    assert answer.status_code == 422
    assert "application/json" in answer.json()["details"][0]["message"]


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.replace("กฝ.", "nobody"), ADDRESS.replace("/1/", "/13/")])
def test_a_program_is_told_as_data_why_it_gets_nothing(client: Client, address: str) -> None:
    """Led to the sign-in page, a program would take its 200 for "done"."""
    for status, asks in ((401, Client()), *(((404, client),) if address != ADDRESS else ())):
        for answer in (asks.get(address), asks.post(address, {"figures": []}, content_type="application/json")):
            told = answer.json()
            assert (answer.status_code, told["ok"], told["details"]) == (status, False, [])
            assert told["message"]


def test_a_file_of_another_month_is_refused(client: Client) -> None:
    status, told = sent(client, {"indicator": WOMEN, "actual": 5}, period="2")
    assert (status, [fault["code"] for fault in told["details"]]) == (422, ["month_file_elsewhere"])
    assert standing() == {}


def test_a_sent_month_is_locked_and_says_so(client: Client, plan: Plan, person: People) -> None:
    sent(client, {"indicator": WOMEN, "actual": 5}, {"indicator": MEN, "actual": 3})
    reporter = person(Role.REPORTER, unit="กฝ.")
    report_submit(reporter, plan=plan, unit=Unit.objects.get(code="กฝ."), period=1)
    assert client.get(ADDRESS).json()["locked"]
    status, _ = sent(client, {"indicator": WOMEN, "actual": 6, "revision": 1})
    assert status == 422
    assert standing()[WOMEN] == "5"


def test_what_a_program_wrote_is_undone_as_anything_else(client: Client, person: People) -> None:
    sent(client, {"indicator": WOMEN, "actual": 5})
    change_undo(person(Role.REPORTER, unit="กฝ."), entry=HistoryEntry.objects.filter(record=WOMEN).get())
    assert client.get(ADDRESS).json()["figures"][1]["actual"] == ""


def test_who_may_only_look_writes_nothing(plan: Plan, person: People) -> None:
    for role, unit, status in ((Role.AUDITOR, "", 403), (Role.REPORTER, "กนผ.", 404)):
        client = Client()
        client.force_login(person(role, unit=unit), backend="django.contrib.auth.backends.ModelBackend")
        rows = {"figures": [{"indicator": WOMEN, "actual": 5}]}
        assert client.post(ADDRESS, rows, content_type="application/json").status_code == status
    assert standing() == {}


def test_the_command_takes_what_it_printed(plan: Plan, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "samrit.config.settings.test")
    by = ("--by", person(Role.REPORTER, unit="กฝ.").username, "--lang", "en")
    words = ["plan", "figures", plan.code, "กฝ.", "1", *by]
    printed = json.loads(CliRunner().invoke(main, words).stdout)
    printed["figures"][1]["actual"] = "4"
    taken = CliRunner().invoke(main, [*words, "--take", "-"], input=json.dumps(printed))
    assert (taken.exit_code, standing()) == (0, {WOMEN: "4"})
    printed["figures"][1] |= {"actual": "ห้า", "revision": 1}
    refused = CliRunner().invoke(main, [*words, "--take", "-"], input=json.dumps(printed))
    assert (refused.exit_code, standing()) == (1, {WOMEN: "4"})
    assert "figure_not_a_number" in refused.output
    assert CliRunner().invoke(main, [*words[:5], "--by", "nobody.here"]).exit_code == 3
    connection.ensure_connection()
