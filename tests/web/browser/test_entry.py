"""The month in a real browser: keys counted, blocks pasted, a lost connection, two people, the phone, axe."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samrit.engine.model import Mark
from samrit.plans.models import Evidence, Figure, MonthlyReport, Person, Plan
from samrit.plans.services.figures import CellInput, figures_save
from samrit.plans.services.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.web.reporting import five, signed_in, varied

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
# Chromium's driver keeps an event loop in this thread; the database is asked between its steps, not within them.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

REPORT = "/report/five-2569/กฝ./3/"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's own Chromium, without a window."""
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@dataclass
class Visitor:
    """Somebody at a page, whose key presses and taps are counted, and whose browser complains about nothing."""

    page: Page
    presses: int = 0
    complaints: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text: str) -> None:
        """Type characters, each a press."""
        self.press(*text)

    def tap(self, selector: str) -> None:
        """Tap what the selector finds."""
        self.page.click(selector)
        self.presses += 1

    def saved(self) -> None:
        """Wait until everything typed is saved."""
        expect(self.page.locator("#save-state")).to_have_class("save-state is-saved", timeout=10_000)


Visit = Callable[..., Visitor]


@pytest.fixture
def plan(register, clock) -> Plan:
    return plan_import(SYSTEM, package=five(), owner=register["กนผ."])


@pytest.fixture
def visit(browser: Browser, live_server, request) -> Visit:
    """Open a page as somebody, at a width, in a language."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def opened(who: Person, path: str, *, width: int = 1440, language: str = "th") -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=width < 500)
        contexts.append(context)
        session = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
                {"name": "language", "value": language, "url": live_server.url},
            ]
        )
        visitor = Visitor(context.new_page())
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on(
            "console", lambda m: visitor.complaints.append(m.text) if "Content Security Policy" in m.text else None
        )
        visitor.page.goto(live_server.url + path)
        visitors.append(visitor)
        return visitor

    yield opened
    for context in contexts:
        context.close()
    assert [c for v in visitors for c in v.complaints] == []


@pytest.fixture
def reporter(person) -> Person:
    return person("reporter", unit="กฝ.")


def kept() -> dict[tuple[str, int], object]:
    """Return the kept figures by indicator and month."""
    return {(f.indicator, f.period): f.actual for f in Figure.objects.all()}


def test_five_indicators_are_typed_and_sent_in_under_25_presses(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    for figure in ("10", "11", "12", "9", "10"):
        here.type(figure)
        here.press("Enter")
    expect(here.page.locator("button.submit")).to_be_focused()
    here.press("Enter")
    here.page.wait_for_url("**/my-work/")
    assert MonthlyReport.objects.get().state == "submitted"
    assert [kept()[f"P1.{n}", 3] for n in range(1, 6)] == [10, 11, 12, 9, 10]
    assert here.presses < 25, here.presses


def test_five_indicators_as_planned_take_three_taps_from_ones_work(plan, reporter, visit, clock) -> None:
    clock.set("2026-03-31")
    here = visit(reporter, "/my-work/")
    here.tap(".task >> nth=0 >> a:visible")
    here.tap("button[value=as_planned]")
    expect(here.page.locator(".notice-success")).to_be_visible()
    here.tap("button.submit")
    here.page.wait_for_url("**/my-work/")
    assert MonthlyReport.objects.get().state == "submitted"
    assert here.presses == 3


def test_planned_figures_by_key_and_one_that_differs(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.press("=", "Enter", "=", "Enter", "8", "Enter", "=", "Enter", "=", "Control+Enter")
    here.page.wait_for_url("**/my-work/")
    assert [kept()[f"P1.{n}", 3] for n in range(1, 6)] == [10, 10, 8, 10, 10]


def test_arrows_walk_the_grid_and_escape_goes_back(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    focused = lambda: here.page.evaluate("document.activeElement.name")  # noqa: E731
    assert focused() == "a:P1.1:3.1"
    here.press("ArrowDown", "ArrowLeft")
    assert focused() == "a:P1.2:2.1"
    here.press("ArrowUp", "ArrowRight", "ArrowRight")
    assert focused() == "a:P1.1:4.1", "April has begun"
    here.press("ArrowRight")
    assert focused() == "a:P1.1:4.1", "May has not"
    here.press("ArrowLeft", "7", "Escape")
    assert here.page.input_value("[name='a:P1.1:3.1']") == ""


def test_a_block_from_a_spreadsheet_is_pasted_with_thai_digits_separators_and_dashes(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.page.focus("[name='a:P1.2:2.1']")
    here.page.evaluate(
        """text => {
        const data = new DataTransfer(); data.setData("text/plain", text);
        const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
        document.activeElement.dispatchEvent(event); }""",
        "๑๒\t1,250\r\n–\t0\r\n9.5\t8\r\n",
    )
    here.saved()
    assert kept() == {
        ("P1.2", 2): Decimal(12), ("P1.2", 3): Decimal(1250), ("P1.3", 2): Mark.NOTHING, ("P1.3", 3): Decimal(0),
        ("P1.4", 2): Decimal("9.5"), ("P1.4", 3): Decimal(8),
    }  # fmt: skip


def test_what_one_types_is_scored_at_once_and_focus_stays(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.type("4")
    expect(here.page.locator("#L1-out")).to_contain_text("80 %")
    assert here.page.evaluate("document.activeElement.name") == "a:P1.1:3.1"
    here.type("00")
    expect(here.page.locator("#L1-notes .unusual")).to_be_visible()
    expect(here.page.locator("#L1-x")).to_be_visible()
    here.page.fill("#L1-x", "จัดพร้อมกันทั้งปี")
    here.page.locator("#L1-x").blur()
    here.saved()
    assert Figure.objects.get().explanation == "จัดพร้อมกันทั้งปี"


def test_drafts_survive_a_lost_connection_and_a_closed_page(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.page.context.set_offline(True)
    here.type("7")
    here.press("Enter")
    expect(here.page.locator("#save-state")).to_have_class("save-state is-waiting", timeout=5000)
    expect(here.page.locator("#connection")).to_be_visible()
    assert not Figure.objects.exists()
    address = here.page.url
    here.page.close()
    here.page.context.set_offline(False)
    here.page = here.page.context.new_page()
    here.page.goto(address)
    assert here.page.input_value("[name='a:P1.1:3.1']") == "7"
    here.saved()
    assert kept()["P1.1", 3] == 7
    assert here.page.evaluate("localStorage.length") == 0


def test_what_waits_is_sent_as_soon_as_the_connection_is_back(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.page.context.set_offline(True)
    here.type("7")
    here.press("Enter")
    expect(here.page.locator("#save-state")).to_have_class("save-state is-waiting", timeout=5000)
    here.page.context.set_offline(False)
    here.saved()
    assert kept()["P1.1", 3] == 7


def test_two_people_on_one_figure_see_both_values_and_choose(plan, reporter, register, person, visit) -> None:
    here = visit(reporter, REPORT)
    other = person("head", unit="กฝ.")
    figures_save(other, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "8")])
    here.type("9")
    here.press("Enter")
    clash = here.page.locator("#L1 .clash")
    expect(clash).to_contain_text(str(other))
    expect(clash).to_contain_text("8")
    assert kept()["P1.1", 3] == 8
    here.page.click("#L1 [data-take=mine]")
    here.saved()
    assert kept()["P1.1", 3] == 9


def test_the_last_change_is_undone_from_the_bar(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT)
    here.type("6")
    here.press("Enter")
    here.saved()
    here.tap("#undo button")
    here.page.wait_for_load_state()
    expect(here.page.locator("[name='a:P1.1:3.1']")).to_have_value("")
    assert kept()["P1.1", 3] is Mark.BLANK


def test_the_phone_form_takes_one_indicator_at_a_time_with_big_targets(plan, reporter, visit) -> None:
    here = visit(reporter, REPORT + "?view=phone", width=360)
    for number in range(1, 6):
        expect(here.page.locator(".phone-progress")).to_contain_text(f"ตัวที่ {number} จาก 6")
        here.tap(".phone-quick [data-fill='10']")
        here.tap(".phone-buttons .btn-primary")
    here.page.wait_for_url("**at=send")
    buttons = here.page.locator("main .btn:visible").all()
    assert min(button.bounding_box()["height"] for button in buttons) >= 44
    here.tap("button.submit")
    here.page.wait_for_url("**/my-work/")
    assert MonthlyReport.objects.get().state == "submitted"
    assert here.presses == 11


@pytest.mark.parametrize("path", [REPORT, REPORT + "?view=phone", "/my-work/", "/confirm/", "/accept/five-2569/"])
def test_no_page_is_wider_than_a_small_phone(plan, person, reporter, visit, path) -> None:
    who = {"/confirm/": person("head", unit="กฝ."), "/accept/five-2569/": person("planner")}.get(path, reporter)
    here = visit(who, path, width=360)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_evidence_is_attached_and_comes_back_as_a_download(plan, reporter, visit, tmp_path) -> None:
    paper = tmp_path / "รายงานการประชุม.pdf"
    paper.write_bytes(b"%PDF-1.4\n%...")
    here = visit(reporter, REPORT)
    here.type("5")
    here.page.click("#W1-words summary")
    here.page.set_input_files("#W1-file", paper)
    here.page.click("#W1-words .file-add button")
    expect(here.page.locator(".file-list a")).to_have_text("รายงานการประชุม.pdf")
    assert Evidence.objects.get().unit_code == "กฝ."
    assert kept()["P1.1", 3] == 5, "what was typed is saved before the page goes"
    with here.page.expect_download() as download:
        here.page.click(".file-list a")
    assert download.value.suggested_filename == "รายงานการประชุม.pdf"


def test_the_whole_way_from_entry_to_acceptance(plan, reporter, person, visit) -> None:
    here = visit(reporter, REPORT)
    here.press("=", "Enter", "=", "Enter", "5", "Enter", "=", "Enter", "=", "Enter", "Enter")
    here.page.wait_for_url("**/my-work/")
    head = visit(person("head", unit="กฝ."), "/confirm/")
    expect(head.page.locator(".looked tbody tr")).to_have_count(1)
    head.page.click(".give-back summary")
    head.page.check("[name^=about]")
    head.page.fill("[name^=reason]", "ขอให้ตรวจยอดอีกครั้ง")
    head.page.click(".give-back button")
    head.page.wait_for_load_state()
    here.page.goto(here.page.url)
    expect(here.page.locator(".returned-reason")).to_contain_text("P1.3: ขอให้ตรวจยอดอีกครั้ง")
    here.page.click(".task a:visible")
    here.page.fill("[name='a:P1.3:3.1']", "9")
    here.page.click("button.submit")
    here.page.wait_for_url("**/my-work/")
    head.page.goto(head.page.url)
    expect(head.page.locator(".looked")).to_contain_text("แก้จาก 5")
    head.page.click(".decide-bar .btn-primary")
    expect(head.page.locator(".notice-success")).to_be_visible()
    division = visit(person("planner"), "/accept/five-2569/")
    division.page.click(".look summary")
    expect(division.page.locator(".look-here .looked, .look-here p").first).to_be_visible()
    division.page.click(".decide-bar .btn-primary")
    expect(division.page.locator(".notice-success")).to_be_visible()
    assert MonthlyReport.objects.get().state == "accepted"


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_on_any_page_of_entry(plan, register, person, visit, language) -> None:
    plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "400")])
    head, planner = person("head", unit="กฝ."), person("planner")
    pages = [
        (reporter, "/my-work/"),
        (reporter, REPORT),
        (reporter, "/report/varied-2569/กฝ./3/?all=1"),
        (reporter, REPORT + "?view=phone&at=L1"),
        (reporter, REPORT + "?view=phone&at=send"),
        (head, "/confirm/"),
        (planner, "/accept/five-2569/"),
    ]
    for who, path in pages:
        here = visit(who, path, language=language, width=360 if "phone" in path else 1440)
        found = Axe().run(
            here.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
