"""A reporter with five indicators due reports the month in under 25 key presses or taps (issue C)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from samrit.plans.models import Figure, MonthlyReport
from samrit.web.words import word
from tests.browser.hands import Hands
from tests.browser.office import BrowserOffice
from tests.plans.office import Person
from tests.web.reporting import five

MOST = 24
MONTH = "มีนาคม 2569"
OPEN, SUBMIT, NEXT = (
    word("my_work.open", month=MONTH),
    word("report.submit", month=MONTH),
    word("phone.next"),
)


@pytest.fixture
def reporter(office: BrowserOffice) -> Person:
    office.plan(five())
    return office.person("reporter", unit="กฝ.")


def test_the_counter_counts_what_hands_do(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    page.get_by_role("link", name=OPEN).click()
    expect(page.locator("#a-L1-3")).to_be_focused()
    hands.keys("1", "2", "Enter")
    assert hands.presses == 4


def test_five_figures_by_keyboard(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    page.get_by_role("link", name=OPEN).click()
    expect(page.locator("#a-L1-3")).to_be_focused()
    for figure in ("11", "9", "12", "10", "13"):
        hands.keys(*figure, "Enter")
    expect(page.get_by_role("button", name=SUBMIT)).to_be_focused()
    hands.keys("Enter")
    assert reported(page) == ["11", "9", "12", "10", "13"]
    assert hands.presses <= MOST, hands.presses


def test_five_figures_as_planned_one_by_one(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    page.get_by_role("link", name=OPEN).click()
    expect(page.locator("#a-L1-3")).to_be_focused()
    hands.keys(*["=", "Enter"] * 5, "Enter")
    assert reported(page) == ["10"] * 5
    assert hands.presses <= MOST, hands.presses


def test_a_month_as_planned_in_three_clicks(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    page.get_by_role("link", name=OPEN).click()
    page.get_by_role("button", name=word("report.all_as_planned")).click()
    page.get_by_role("button", name=SUBMIT).click()
    assert reported(page) == ["10"] * 5
    assert hands.presses == 3


def test_five_figures_on_a_phone(office: BrowserOffice, reporter: Person) -> None:
    page = office.phone(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    page.get_by_role("link", name=OPEN).tap()
    for number, figure in enumerate(("11", "9", "12", "10", "13"), 1):
        page.locator("input[data-main]").tap()
        hands.keys(*figure)
        page.get_by_role("button", name=NEXT).tap()
        expect(page.locator("progress")).to_have_attribute("value", str(number + 1))
    page.get_by_role("button", name=SUBMIT).tap()
    assert reported(page) == ["11", "9", "12", "10", "13"]
    assert hands.presses <= MOST, hands.presses


def reported(page: Page) -> list[str]:
    """Return the figures of March once the report is sent."""
    page.wait_for_url(re.compile("/my-work/"))
    expect(page.locator(".notice-success")).to_be_visible()
    assert MonthlyReport.objects.get().state == "submitted"
    return [str(figure.actual) for figure in Figure.objects.filter(period=3).order_by("indicator")]
