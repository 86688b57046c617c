"""The pages that show in a real browser: no violation that axe finds, nothing wider than the screen, keys alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samrit.plans.models import Person, Plan
from samrit.plans.services.figures import figure_save
from tests.plans.office import People
from tests.web.reporting import signed_in

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
# Chromium's driver keeps an event loop in this thread; the database is asked between its steps, not within them.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PAGES = (
    "/?month=9",
    "/plans/sso-2568/?month=9",
    "/plans/sso-2568/?q=อบรม&band=good&col=budget&col=lowest&col=percent",
    "/plans/sso-2568/?q=zzzzzz",
    "/plans/sso-2568/works/S2-57/",
    "/plans/sso-2568/works/S2-78/?month=6",
    "/plans/sso-2568/entries/S2-57.1/8/",
    "/plans/sso-2568/why/S2-57/",
    "/plans/sso-2568/why/?band=improve",
    "/plans/sso-2568/compare/",
    "/plans/sso-2568/heat/",
    "/rules/",
    "/rules/WE1/",
    "/plans/hr-2569/overview/",
    "/plans/hr-2569/works/HR-1/",
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's own Chromium, without a window."""
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture
def opened(browser: Browser, live_server) -> Iterator[Open]:
    """Open a page as somebody, at a width, in a language; the browser may complain about nothing."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(who: Person | None, path: str, *, width: int = 1440, language: str = "th") -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        if who is not None:
            session = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("screen", [("th", 1440), ("th", 360), ("en", 1024)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    sso: Plan, hr: Plan, person: People, opened: Open, screen: tuple[str, int]
) -> None:
    language, width = screen
    planner = person("planner")
    figure_save(planner, plan=sso, indicator="S2-57.1", unit_code="กฝ.", period=8, actual="99", note="แก้")
    page = opened(planner, PAGES[0], width=width, language=language)
    found = []
    for path in PAGES:
        page.goto(path)
        found += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(path, "wide", wide)] if wide > width else []
    assert found == []


def test_from_the_front_page_to_the_person_behind_a_figure_by_links(sso: Plan, person: People, opened: Open) -> None:
    planner = person("planner")
    figure_save(planner, plan=sso, indicator="S2-57.2", unit_code="กฝ.", period=8, actual="150")
    page = opened(planner, "/?month=12")
    page.get_by_role("link", name="ยุทธศาสตร์ที่ 2").click()
    page.locator(".tree").get_by_role("link", name="2.4").click()
    page.locator(".plan-table").get_by_role("link", name="โครงการพัฒนาสมรรถนะบุคลากรด้านงานบัญชี").click()
    page.locator("#indicator-2").get_by_role("link", name="ตัวเลขนี้มาจากไหน").last.click()
    page.locator(".why-entry").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("สิงหาคม")
    expect(page.locator("main")).to_contain_text(str(planner))
    expect(page.locator("#history")).to_be_visible()


def test_a_filter_is_chosen_and_removed_by_keys_alone(sso: Plan, person: People, opened: Open) -> None:
    page = opened(person("executive"), "/plans/sso-2568/?month=12")
    page.locator(".filter-menu summary", has_text="ระดับ").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**band=good**")
    expect(page.locator(".found")).to_contain_text("199")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("235")


def test_a_menu_closes_by_escape_and_the_skip_link_leads_to_the_content(
    sso: Plan, person: People, opened: Open
) -> None:
    page = opened(person("executive"), "/plans/sso-2568/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    summary = page.locator(".filter-menu summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".filter-menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_a_derivation_prints_whole(sso: Plan, person: People, opened: Open) -> None:
    page = opened(person("auditor"), "/plans/sso-2568/why/S2-57/")
    page.emulate_media(media="print")
    for entry in page.locator(".why-entry .step-text").all():
        assert entry.bounding_box() is not None


def test_the_public_front_page_is_as_good_in_the_browser(sso: Plan, opened: Open) -> None:
    Plan.objects.filter(pk=sso.pk).update(is_public=True)
    page = opened(None, "/", width=360)
    expect(page.get_by_role("heading", level=1)).to_contain_text("ภาพรวม")
    assert Axe().run(page).response["violations"] == []
