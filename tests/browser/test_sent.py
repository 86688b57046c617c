"""What was sent counts, in a browser: unsent, reopened, taken back, a head's and the division's stale page, closing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from samrit.plans.evaluation import scoring
from samrit.plans.models import Evaluation, MonthlyReport, Plan, Unit
from samrit.plans.services.plan.periods import period_close, period_unlock
from samrit.plans.services.plan.plans import plan_settings
from samrit.plans.services.report.reports import report_return
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.browser.office import BrowserOffice
from tests.plans.office import small_plan

UNIT = "กฝ."
REPORT = f"/report/small-2569/{UNIT}/3/"
SUBMIT = word("report.submit", month="มีนาคม 2569")


@pytest.fixture
def plan(office: BrowserOffice) -> Plan:
    office.clock.set("2026-04-02")
    return office.plan(small_plan(reported=((1, 10), (2, 10))))


def typed(page: Page, value: str) -> None:
    """Type March's figure and wait until it is kept."""
    page.goto(REPORT)
    page.locator("#a-L1-3").fill(value)
    page.locator("#a-L1-3").press("Enter")
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))


def sent(page: Page, value: str) -> None:
    """Type March's figure and send the report."""
    typed(page, value)
    page.get_by_role("button", name=SUBMIT).click()
    page.wait_for_url(re.compile("/my-work/"))


def taken_back(page: Page) -> None:
    page.goto(REPORT)
    page.locator("button[value=take_back]").click()
    expect(page.locator("#a-L1-3")).to_be_visible()


def counted(plan: Plan) -> object:
    """What counts for March."""
    entries = scoring.evaluate(plan, 12).plan.projects[0].indicators[0].entries
    return next(e.actual for e in entries if e.period == 3)


def state() -> str:
    return MonthlyReport.objects.get(period=3).state


def test_a_figure_that_was_not_sent_stands_on_its_units_own_page_only(office: BrowserOffice, plan: Plan) -> None:
    plan_settings(SYSTEM, plan=plan, is_public=True)
    reporter = office.window(office.person("reporter", unit=UNIT))
    typed(reporter, "77777")
    planner = office.window(office.person("planner"))
    planner.goto(REPORT)
    expect(planner.locator("main")).to_contain_text(word("report.begun_unseen"))
    everywhere = ("/plans/small-2569/overview/", "/plans/small-2569/works/P1/", "/plans/small-2569/")
    for page, places in (
        (planner, (REPORT, "/control/small-2569/", *everywhere)),
        (office.window(office.person("executive")), everywhere),
        (office.window(), everywhere),
    ):
        for place in places:
            page.goto(place)
            assert "77777" not in page.content().replace(",", ""), place
    reporter.goto(REPORT)
    expect(reporter.locator("#a-L1-3")).to_have_value(re.compile("77,?777"))


def test_what_was_taken_back_counts_as_it_was_sent_until_it_is_sent_anew(office: BrowserOffice, plan: Plan) -> None:
    reporter = office.window(office.person("reporter", unit=UNIT))
    sent(reporter, "11")
    taken_back(reporter)
    typed(reporter, "12")
    expect(reporter.locator("main")).to_contain_text(word("report.under_correction").partition("{")[0].strip())
    assert counted(plan) == 11
    reporter.get_by_role("button", name=SUBMIT).click()
    reporter.wait_for_url(re.compile("/my-work/"))
    assert counted(plan) == 12


def test_a_month_opened_again_counts_as_it_was_until_it_is_sent(office: BrowserOffice, plan: Plan) -> None:
    reporter = office.window(office.person("reporter", unit=UNIT))
    sent(reporter, "11")
    period_close(SYSTEM, plan=plan, period=3)
    reporter.goto(REPORT)
    expect(reporter.locator("#a-L1-3")).to_have_count(0)
    unit = Unit.objects.get(code=UNIT)
    period_unlock(SYSTEM, plan=plan, period=3, unit=unit, reason="แก้ยอด", until=date(2026, 4, 30))
    typed(reporter, "12")
    assert counted(plan) == 11
    reporter.get_by_role("button", name=SUBMIT).click()
    reporter.wait_for_url(re.compile("/my-work/"))
    assert counted(plan) == 12


def test_neither_head_nor_division_decides_about_what_was_not_on_their_page(office: BrowserOffice, plan: Plan) -> None:
    reporter = office.window(office.person("reporter", unit=UNIT))
    head, planner = office.window(office.person("head", unit=UNIT)), office.window(office.person("planner"))
    sent(reporter, "11")
    head.goto("/confirm/")
    taken_back(reporter)
    sent(reporter, "12")
    head.locator(".decide-bar button").click()
    expect(head.locator(".notice-error")).to_contain_text("เปลี่ยนไปหลังจากที่ท่านเปิดดู")
    expect(head.locator("section.waiting")).to_contain_text(word("confirm.changed_from", old="11"))
    assert state() == "submitted"
    head.locator(".decide-bar button").click()
    expect(head.locator(".empty-state")).to_be_visible()
    planner.goto("/accept/small-2569/")
    unit = Unit.objects.get(code=UNIT)
    report_return(office.person("planner"), plan=plan, unit=unit, period=3, reason="ตรวจยอด")
    sent(reporter, "13")
    head.goto("/confirm/")
    head.locator(".decide-bar button").click()
    expect(head.locator(".empty-state")).to_be_visible()
    planner.locator(".decide-bar button").click()
    expect(planner.locator(".notice-error")).to_contain_text("เปลี่ยนไปหลังจากที่ท่านเปิดดู")
    assert state() == "confirmed"


def test_closing_is_a_page_that_asks_why(office: BrowserOffice, plan: Plan) -> None:
    planner = office.window(office.person("planner"))
    planner.goto("/control/small-2569/evaluate/?period=3")
    expect(planner.locator("main")).to_contain_text(word("gap.missing", count=1))
    planner.locator("main form button.btn-primary").click()
    assert not Evaluation.objects.exists(), "the reason is needed"
    planner.locator("#reason").fill("ปิดโดยขาดหนึ่งหน่วย")
    planner.locator("main form button.btn-primary").click()
    planner.wait_for_url("**/evaluations/3/1/")
    expect(planner.locator("main")).to_contain_text("ปิดโดยขาดหนึ่งหน่วย")
    expect(planner.locator("main")).to_contain_text(word("gap.missing", count=1))
