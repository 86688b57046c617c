"""What is evaluated can be seen for each fund by itself (R3): heat map, comparison, control room, and their pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from samrit.plans.models import Plan
from samrit.plans.selectors.control.control_room import control_room
from samrit.plans.selectors.control.reporting_units import Wish
from samrit.plans.selectors.results.compare import comparison, evaluated
from samrit.plans.selectors.results.heat import heat
from samrit.plans.selectors.results.look import look
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.test_one_count_of_works import TODAY, random_package

FUNDS = ("F", "G")


@pytest.fixture
def plan(register, clock) -> Plan:
    clock.set(TODAY.isoformat())
    return plan_import(SYSTEM, package=random_package(4), owner=register["กนผ."])


def test_parts_by_fund_are_the_whole_and_an_unknown_fund_is_all(plan) -> None:
    seen = look(plan, month=6, today=date(2026, 8, 20))
    every = heat(seen, "good")
    assert [code for code, _ in every.funds] == list(FUNDS)
    parts = [heat(seen, "good", fund) for fund in FUNDS]
    works = [p for p in random_package(4).plan.projects if not p.level]
    assert (
        sum(row.works for row in every.rows) == len({(p.responsible_units[0], p.key) for p in works}) > 0
    )  # once a work (RU1)
    assert sum(row.works for part in parts for row in part.rows) == len(
        {(p.fund, p.responsible_units[0], p.key) for p in works}
    )
    assert heat(seen, "good", "X").rows == every.rows
    assert all(part.fund == fund and part.rows != every.rows for part, fund in zip(parts, FUNDS, strict=True))
    sides = evaluated(plan, 3), evaluated(plan, 6)
    whole = comparison(*sides, seen=seen)
    own = [comparison(*sides, seen=seen, fund=fund) for fund in FUNDS]
    moved = lambda one: {(m.id, d) for d, works in one.moved for m in works}  # noqa: E731
    key = {p.id: p.key for p in works}
    # A work on a line of either fund moves once in the whole, and with its own line in the part of each fund (RU1, R3).
    twice = {p.key for p in works if {q.fund for q in works if q.key == p.key} == set(FUNDS)}
    assert moved(whole) <= moved(own[0]) | moved(own[1])
    assert {key[i] for one in own for i, _ in moved(one) - moved(whole)} <= twice
    assert not moved(own[0]) & moved(own[1])
    assert comparison(*sides, seen=seen, fund="X").moved == whole.moved


def test_the_control_room_shows_the_units_that_owe_something_of_a_fund(plan, person) -> None:
    planner = person("planner")
    lead = {p.responsible_units[0]: p.fund for p in random_package(4).plan.projects}
    assert set(lead) == {"กฝ.", "กม."}
    rows = {
        fund: {row.unit.code for row in control_room(planner, plan.code, wish=Wish(fund=fund)).sheet.rows}
        for fund in ("", *FUNDS, "X")
    }
    assert rows["F"] | rows["G"] == rows[""] == rows["X"]
    asked = control_room(planner, plan.code, wish=Wish(search="กฝ.", fund="X")).sheet
    assert (asked.wish.fund, asked.wish.search) == ("", "กฝ.")


def test_pages_and_tables_take_the_fund_of_their_address(plan, person, client: Client) -> None:
    client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
    for address in (f"/plans/{plan.code}/heat/", f"/plans/{plan.code}/compare/", f"/control/{plan.code}/"):
        answer = client.get(address, {"fund": "F"})
        assert answer.status_code == 200, address
        assert "กองทุน G" in answer.content.decode(), address
