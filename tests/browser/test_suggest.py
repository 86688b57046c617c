"""Choices asked of the server as one types: a result is settled without knowing its code."""

from __future__ import annotations

from playwright.sync_api import expect

from samrit.plans.models import Settlement
from samrit.web.words import word
from tests.browser.office import BrowserOffice
from tests.web.reporting import five


def test_a_planner_settles_a_result_that_the_page_leads_to_or_offers(office: BrowserOffice) -> None:
    office.plan(five())
    page = office.window(office.person("planner"))
    page.goto("/plans/five-2569/works/P1/?month=2")
    page.get_by_role("link", name=word("see.settle_of", name="P1"), exact=True).click()
    field = page.locator("#settle-record")
    expect(field).to_have_value("P1")
    expect(page.locator("#settle-period")).to_have_value("2")
    field.fill("ตัวชี้วัดที่ 3")  # perhaps before its script has come
    offered = page.locator("#settle-records option")
    expect(offered).to_have_count(1)
    field.fill(offered.get_attribute("value") or "")
    page.locator("#settle-percent").fill("87.5")
    page.locator("#settle-reason").fill("มติคณะกรรมการ")
    page.get_by_role("button", name=word("control.settle_do")).click()
    expect(page.locator(".notice-success")).to_have_text(word("control.settled"))
    row = Settlement.objects.get()
    assert (row.record, row.period, str(row.percent)) == ("P1.3", 2, "87.5")
