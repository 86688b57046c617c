"""Due days in a calendar that signs in nowhere, and the letter about a report that came back."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from samrit.plans.models import MonthlyReport, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts import notices
from tests.plans.office import small_plan
from tests.web.reporting import signed_in


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


def test_a_calendar_subscribes_under_a_private_address_until_it_is_taken_away(plan, person) -> None:
    reader = signed_in(person("reporter", unit="กฝ."))
    page = reader.post("/account/calendar/", {"do": "make"}).content.decode()
    address = re.search(r'value="https?://[^/"]+(/calendar/private/[^"]+\.ics)"', page)[1]
    assert "/calendar/private/" not in reader.get("/account/calendar/").content.decode(), "shown once"
    outside = Client()
    feed = outside.get(address)
    assert feed.status_code == 200
    assert feed.content.decode().count("BEGIN:VEVENT") == 12
    assert feed["Content-Disposition"].startswith("attachment")
    assert outside.get("/calendar/private/x.ics").status_code == 404
    reader.post("/account/calendar/", {"do": "end"})
    assert outside.get(address).status_code == 404


def test_a_returned_report_is_told_to_its_reporter_at_once(plan, person) -> None:
    reporter, head = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
    unit = Unit.objects.get(code="กฝ.")
    figures_as_planned(reporter, plan=plan, unit=unit, period=3)
    report_submit(reporter, plan=plan, unit=unit, period=3)
    number = MonthlyReport.objects.get().pk
    window = signed_in(head)
    window.post("/confirm/", {"return": f"{number}", f"reason-{number}": ""})
    notices.settled()
    assert not mail.outbox, "refused: nothing was returned"
    window.post("/confirm/", {"return": f"{number}", f"reason-{number}": "ขอตรวจยอด"})
    notices.settled()
    (letter,) = mail.outbox
    assert letter.to == [reporter.email]
    assert "ขอตรวจยอด" in letter.body
    assert "มีนาคม 2569" in letter.subject
    assert f"/report/{plan.code}/" in letter.body


def test_a_due_day_is_moved_in_the_control_room_and_what_is_refused_stays(plan, person) -> None:
    window = signed_in(person("planner"))
    given = {"period": "3", "region": "", "day": "31/3/2569", "reason": "อุทกภัย"}
    refused = window.post(f"/control/{plan.code}/due/", given)
    assert refused.status_code == 422
    assert 'value="31/3/2569"' in refused.content.decode()
    window.post(f"/control/{plan.code}/due/", given | {"day": "20/4/2569"})
    page = window.get(f"/control/{plan.code}/decisions/").content.decode()
    assert "20 เมษายน 2569" in page
