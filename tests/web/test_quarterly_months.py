"""Pages of a plan that reports by quarters name each month as itself, and each report as its quarter (SP2)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from samrit.plans.models import Role
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.offices.forms import package
from tests.plans.office import Clock, People
from tests.web.signing_in import confirmed

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.django_db
def test_each_month_is_named_as_itself(person: People, clock: object) -> None:
    plan_import(SYSTEM, package=package("okr"))
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/plans/okr/works/KR1/?month=6").content.decode()
    strip = re.search(r'<nav class="months.*?</nav>', page, re.DOTALL)
    assert strip is not None
    assert re.findall(r">([A-Z][a-z]{2})<", strip[0]) == MONTHS
    heads = re.findall(r'/entries/[^"]+">\s*([A-Z][a-z]{2})\s*<', page)
    assert heads[:12] == MONTHS
    assert "Apr – Jun 2026" in page


@pytest.mark.django_db
def test_the_control_room_lists_the_months_that_ask_for_a_report(person: People, clock: Clock) -> None:
    plan_import(SYSTEM, package=package("okr"))
    client, planner = Client(), person(Role.PLANNER)
    for day, wanted in ((date(2026, 3, 10), ["2"]), (date(2026, 8, 20), ["6", "3"])):
        clock.set(day)
        client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
        confirmed(client, planner)
        page = client.get("/control/okr/").content.decode()
        (table,) = re.findall(r'<table class="data months-table">.*?</table>', page, re.DOTALL)
        assert table.count('<th scope="row">') == len(wanted)
        assert set(re.findall(r"month=(\d+)#matrix", table)) <= set(wanted)
