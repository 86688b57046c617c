"""No page asks the database more often because a plan has more works."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samrit.plans.models import Plan
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, small_plan

MOST = 20
PAGES = {
    "planner": (
        "/plans/{plan}/overview/",
        "/plans/{plan}/",
        "/plans/{plan}/money/",
        "/plans/{plan}/heat/",
        "/plans/{plan}/compare/",
        "/control/{plan}/",
        "/control/{plan}/findings/?state=all",
        "/accept/{plan}/",
        "/report/{plan}/กฝ./2/?all=1",
    ),
    "reporter": ("/my-work/", "/report/{plan}/กฝ./2/?all=1"),
}


@pytest.fixture
def small(register) -> Plan:
    return plan_import(SYSTEM, package=small_plan(year_be=2568), owner=register["กนผ."])


def asked(client: Client, address: str) -> int:
    """Return how many queries a page takes once the process knows the plan."""
    for _ in range(2):
        assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("role", PAGES)
def test_a_plan_of_235_works_takes_no_more_queries_than_one_of_one(
    role: str, small: Plan, sso: Plan, person: People, client: Client
) -> None:
    client.force_login(
        person(role, unit="กฝ." if role == "reporter" else ""), backend="django.contrib.auth.backends.ModelBackend"
    )
    for address in PAGES[role]:
        counts = [asked(client, address.format(plan=plan.code)) for plan in (small, sso)]
        assert counts[1] <= counts[0] <= MOST, address
