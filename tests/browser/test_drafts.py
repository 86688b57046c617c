"""What is typed is never lost: it saves itself, survives a lost connection, and overwrites nobody silently."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from samrit.engine.model import Mark
from samrit.plans.models import Figure, HistoryEntry, MonthlyReport, Plan, Unit
from samrit.plans.records.audit import audit
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.browser.hands import Hands
from tests.browser.office import BrowserOffice, sign_in
from tests.plans.office import Person, small_plan
from tests.web.reporting import five

REPORT = "/report/five-2569/กฝ./3/"
MONTH = "มีนาคม 2569"


@pytest.fixture
def reporter(office: BrowserOffice) -> Person:
    office.plan(five())
    return office.person("reporter", unit="กฝ.")


def test_typing_saves_itself_and_says_when(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    page.goto(REPORT)
    page.locator("#a-L1-3").press_sequentially("๑๒.๕")
    page.locator("#a-L1-3").press("ArrowDown")
    expect(page.locator("#save-state")).to_have_text(f"{word('report.saved_at')} 10:00")
    assert figures() == {"P1.1": Decimal("12.5")}
    page.reload()
    expect(page.locator("#a-L1-3")).to_have_value("12.5")


def test_a_pause_saves_without_leaving_the_field(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    page.clock.install()
    page.goto(REPORT)
    page.locator("#a-L1-3").press_sequentially("7")
    expect(page.locator("#save-state")).to_have_text(word("report.unsaved"))
    page.clock.fast_forward(2_000)
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    assert figures() == {"P1.1": Decimal(7)}


def test_figures_survive_a_lost_connection_and_are_sent_when_it_is_back(
    office: BrowserOffice, reporter: Person
) -> None:
    page = office.window(reporter)
    office.watch(page).offline = True
    page.goto(REPORT)
    page.context.set_offline(True)
    type_down(page, "11", "12")
    expect(page.locator("#connection")).to_have_text(word("frame.offline"))
    expect(page.locator("#save-state")).to_have_text(word("report.waiting"))
    assert figures() == {}
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    expect(page.locator("#connection")).to_have_text(word("frame.online_again"))
    assert figures() == {"P1.1": Decimal(11), "P1.2": Decimal(12)}


def test_figures_survive_a_stopped_server_and_a_closed_window(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    office.watch(page).offline = True
    page.goto(REPORT)
    office.server.stop()
    type_down(page, "11", "12")
    expect(page.locator("#connection")).to_be_visible()
    page.close()
    office.server.start()
    again = page.context.new_page()
    again.goto(REPORT)
    expect(again.locator("#a-L1-3")).to_have_value("11")
    again.wait_for_function("() => !Object.keys(localStorage).length")  # nothing is left on the device
    assert figures() == {"P1.1": Decimal(11), "P1.2": Decimal(12)}


def test_a_reload_keeps_what_could_not_be_sent(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    office.watch(page).expected = {503}
    office.server.failing = re.compile("/save/$")
    page.goto(REPORT)
    type_down(page, "11")
    expect(page.locator("#save-state")).to_have_text(word("report.waiting"))
    page.reload()
    expect(page.locator("#a-L1-3")).to_have_value("11")
    expect(page.locator("#save-state")).to_have_text(word("report.waiting"))
    expect(page.locator("#L1-out")).to_contain_text("31"), "what is restored is scored again"
    office.server.failing = None
    page.reload()
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert figures() == {"P1.1": Decimal(11)}


def test_what_can_no_longer_be_saved_is_shown_and_not_thrown_away(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    office.watch(page).expected = {409, 503}
    page.goto(REPORT)
    office.server.failing = re.compile("/save/$")
    type_down(page, "11")
    expect(page.locator("#save-state")).to_have_text(word("report.waiting"))
    period_close(SYSTEM, plan=Plan.objects.get(code="five-2569"), period=3)
    office.server.failing = None
    page.reload()
    expect(page.locator("#draft-notice")).to_contain_text("11")
    assert figures() == {}


def test_a_report_is_not_sent_before_everything_typed_is_saved(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    office.watch(page).expected = {503}
    page.goto(REPORT)
    office.server.failing = re.compile("/save/$")
    type_down(page, "10", "10", "10", "10", "10")
    page.get_by_role("button", name=word("report.submit", month=MONTH)).click()
    expect(page.locator("#save-state")).to_have_text(word("report.waiting"))
    assert not MonthlyReport.objects.filter(state="submitted").exists()
    office.server.failing = None
    page.get_by_role("button", name=word("report.submit", month=MONTH)).click()
    page.wait_for_url(re.compile("/my-work/"))
    assert len(figures()) == 5
    assert MonthlyReport.objects.get().state == "submitted"


def test_an_ended_session_loses_nothing(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    page.goto(REPORT)
    office.watch(page).expected = {401}
    page.context.clear_cookies(name="sessionid")
    type_down(page, "11")
    expect(page.locator("#connection")).to_have_text(word("frame.signed_out"))
    expect(page.locator("#save-state")).to_have_text(word("report.unsaved"))
    page.wait_for_load_state("networkidle")  # what is scored meanwhile must not say that all is well
    expect(page.locator("#connection")).to_have_text(word("frame.signed_out"))
    page.reload()
    sign_in(page, reporter.username)
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert figures() == {"P1.1": Decimal(11)}
    expect(page.locator("#a-L1-3")).to_have_value("11")


@pytest.mark.parametrize(("choice", "stands"), [("mine", "9"), ("theirs", "8")])
def test_two_people_on_one_figure_are_told_and_choose(
    office: BrowserOffice, reporter: Person, choice: str, stands: str
) -> None:
    mine, theirs = office.window(reporter), office.window(office.person("head", unit="กฝ."))
    for page in (mine, theirs):
        page.goto(REPORT)
    type_down(theirs, "8")
    expect(theirs.locator("#save-state")).to_contain_text(word("report.saved_at"))
    type_down(mine, "9")
    clash = mine.locator(".clash")
    expect(clash).to_contain_text("head กฝ.")
    expect(clash.locator("dd")).to_have_text(["8", "9"])
    expect(mine.locator("#save-state")).to_have_text(word("report.clash_short"))
    assert figures() == {"P1.1": Decimal(8)}, "nothing was overwritten"
    clash.locator(f"[data-take={choice}]").click()
    expect(clash).to_be_hidden()
    expect(mine.locator("#a-L1-3")).to_have_value(stands)
    mine.reload()
    expect(mine.locator("#a-L1-3")).to_have_value(stands)
    assert figures() == {"P1.1": Decimal(stands)}
    assert Figure.objects.get().revision == (2 if choice == "mine" else 1)
    assert audit().is_clean


def test_the_last_own_change_is_undone(office: BrowserOffice, reporter: Person) -> None:
    page = office.window(reporter)
    page.goto(REPORT)
    type_down(page, "12")
    page.get_by_role("button", name=word("report.undo", record="P1.1", at="10:00")).click()
    expect(page.locator(".notice-success")).to_have_text(word("report.undone", record="P1.1"))
    expect(page.locator("#a-L1-3")).to_have_value("")
    assert figures() == {"P1.1": Mark.BLANK}
    assert HistoryEntry.objects.filter(action="figure.undo").count() == 1


def test_a_reporter_needs_no_mouse(office: BrowserOffice) -> None:
    office.plan(small_plan(code="five-2569", indicators=5, reported=((1, 0), (2, 0))))
    reporter = office.person("reporter", unit="กฝ.")
    page = office.window(reporter)
    hands = Hands(page)
    page.goto("/my-work/")
    hands.to(page.get_by_role("link", name=word("my_work.open", month=MONTH)))
    hands.keys("Enter")
    expect(page.locator("#a-L1-3")).to_be_focused()
    for figure in ("0", "0", "0", "2", "2"):
        hands.keys(*figure, "Enter")
    expect(page.locator("#W1-words")).to_have_attribute("open", "")
    hands.to(page.locator("#W1-wc"))
    page.keyboard.type("งบประมาณมาช้า")
    hands.to(page.locator("#W1-wn"))
    page.keyboard.type("เร่งในไตรมาสหน้า")
    hands.keys("Control+Enter")
    page.wait_for_url(re.compile("/my-work/"))
    assert MonthlyReport.objects.get().state == "submitted"


def test_a_head_needs_no_mouse(office: BrowserOffice, reporter: Person) -> None:
    plan, unit = Plan.objects.get(), Unit.objects.get(code="กฝ.")
    figures_as_planned(SYSTEM, plan=plan, unit=unit, period=3)
    report_submit(SYSTEM, plan=plan, unit=unit, period=3)
    page = office.window(office.person("head", unit="กฝ."))
    hands = Hands(page)
    page.goto("/confirm/")
    hands.to(page.locator(".give-back summary"))
    hands.keys("Enter")
    hands.to(page.locator(".give-back [name^=reason]"))
    page.keyboard.type("แนบรายชื่อผู้เข้าอบรม")
    hands.keys("Enter")  # in a reason it never confirms; it leads to the button beside it
    expect(page.locator(".give-back button")).to_be_focused()
    hands.keys("Enter")
    expect(page.locator(".notice-success")).to_be_visible()
    assert MonthlyReport.objects.get().return_reason.endswith("แนบรายชื่อผู้เข้าอบรม")
    again = office.window(reporter)
    again.goto("/my-work/")
    expect(again.locator(".returned-reason")).to_contain_text("แนบรายชื่อผู้เข้าอบรม")
    again.goto(REPORT)
    again.keyboard.press("Control+Enter")
    again.wait_for_url(re.compile("/my-work/"))
    page.goto("/confirm/")
    hands.to(page.locator(".decide-bar button"))
    hands.keys("Enter")
    expect(page.locator(".empty-state")).to_be_visible()
    assert MonthlyReport.objects.get().state == "confirmed"


def type_down(page: Page, *values: str) -> None:
    """Type figures into March, one under the other, and leave the last."""
    page.locator("#a-L1-3").focus()
    for value in values:
        page.keyboard.type(value)
        page.keyboard.press("Enter")


def figures() -> dict[str, object]:
    """Return what the database holds of March."""
    return {figure.indicator: figure.actual for figure in Figure.objects.filter(period=3)}
