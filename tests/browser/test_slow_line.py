"""On a provincial line the page stands before its scripts do: what is tapped or typed in between is not lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from samrit.engine.model import Mark
from samrit.plans.models import Figure
from samrit.web.words import word
from tests.browser.office import BrowserOffice
from tests.plans.office import Person
from tests.web.reporting import five

NEXT = word("phone.next")
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 100_000, "uploadThroughput": 50_000}


@pytest.fixture
def reporter(office: BrowserOffice) -> Person:
    office.plan(five())
    return office.person("reporter", unit="กฝ.")


def slowed(page: Page) -> Page:
    """Return the page behind a slow line, on which every script is fetched anew."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW)
    return page


def figures() -> list[str]:
    """Return March as it is kept, by indicator."""
    return [
        "–" if row.actual is Mark.NOTHING else str(row.actual)
        for row in Figure.objects.filter(period=3).order_by("indicator")
    ]


def test_a_tap_before_the_scripts_waits_for_them(office: BrowserOffice, reporter: Person) -> None:
    page = slowed(office.phone(reporter))
    page.goto("/report/five-2569/กฝ./3/?view=phone", wait_until="commit")
    page.get_by_role("button", name=word("phone.as_planned", planned="10")).tap()
    page.get_by_role("button", name=NEXT).tap()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    page.get_by_role("button", name=word("phone.nothing")).tap()
    page.get_by_role("button", name=NEXT).tap()
    expect(page.locator("progress")).to_have_attribute("value", "3")
    assert figures() == ["10", "–"]


def test_what_is_typed_before_the_scripts_is_kept(office: BrowserOffice, reporter: Person) -> None:
    page = slowed(office.window(reporter))
    page.goto("/report/five-2569/กฝ./3/", wait_until="commit")
    page.locator("#a-L1-3").fill("11")
    assert not page.evaluate("Boolean(window.samritDraft)"), "typed before the script came"
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    expect(page.locator("#L1-out")).to_contain_text("31")
    assert figures() == ["11"]
