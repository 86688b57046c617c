"""No page weighs more than 200 kB before compression, fonts aside: of the example plan, of every province."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from samrit.plans.models import Plan
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.plans.singly import report_confirm
from tests.web.reporting import signed_in

pytestmark = pytest.mark.one_database

MOST = 200_000


def weight(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, address
    return len(response.content)


@pytest.fixture
def planner(person: People) -> Client:
    return signed_in(person("planner"))


def test_pages_of_the_example_plan_are_light(sso: Plan, planner: Client, clock: Clock) -> None:
    clock.set("2025-12-20")
    heaviest = {
        address: weight(planner, address)
        for address in (
            "/plans/sso-2568/overview/?month=9",
            "/plans/sso-2568/",
            "/plans/sso-2568/?page=2&col=unit&col=course&col=percent&col=band&col=lowest&col=forecast&col=state&col=budget&col=spent",
            "/plans/sso-2568/works/S2-80/",
            "/plans/sso-2568/money/",
            "/plans/sso-2568/compare/?from=3&to=12",
            "/plans/sso-2568/heat/",
            *(f"/control/sso-2568/?page={page}" for page in range(1, 7)),
            "/control/sso-2568/findings/?state=all",
            "/forms/?plan=sso-2568",
            "/units/",
        )
    }
    assert {address: size for address, size in heaviest.items() if size > MOST} == {}


def test_pages_about_every_province_and_branch_are_light(register, planner: Client, person: People, clock) -> None:
    plan = plan_import(SYSTEM, package=small_plan(code="wide-2569", units=("จังหวัด", "สาขา")), owner=register["กนผ."])
    units = [unit for unit in register.values() if unit.type in ("province", "branch")]
    assert len(units) > 100
    for unit in units:
        cells = [CellInput("P1.1", "10", explanation="ตามแผน")]
        figures_save(SYSTEM, plan=plan, unit=unit, period=2, cells=cells)
        report_submit(SYSTEM, plan=plan, unit=unit, period=2)
        report_confirm(SYSTEM, plan=plan, unit=unit, period=2)
    for address in (
        reverse("accept", args=[plan.code]),
        reverse("control", args=[plan.code]),
        reverse("control", args=[plan.code]) + "?page=3",
        reverse("work", args=[plan.code, "P1"]),
        reverse("why", args=[plan.code, "P1"]),
        reverse("entry", args=[plan.code, "P1.1", 2]),
        reverse("unit_forms") + f"?plan={plan.code}&month=1",
    ):
        assert weight(planner, address) < MOST, address
