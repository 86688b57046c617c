"""The month's second half: confirmed, accepted, closed, printed, and corrected after closing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from samrit.plans.models import Evaluation, HistoryEntry
from samrit.plans.records.audit import audit
from samrit.web.words import word
from tests.browser.month import EXCEL, GRID, PHONE, SAVED, SUBMIT, Month
from tests.browser.office import sign_in
from tests.web.signing_in import code_of, give_authenticator


def returned_and_confirmed(month: Month, reporter: Page) -> Page:
    """The head returns one report with a reason; corrected and sent again, all three are confirmed at once."""
    head = month.office.window(month.office.person("head", unit="ส่วนกลาง"))
    head.goto("/confirm/")
    expect(head.locator("section.waiting")).to_have_count(3)
    mine = head.locator("section.waiting", has_text="กองฝึกอบรม")
    mine.locator(".give-back summary").click()
    mine.locator("[name^=reason]").fill("จำนวนผู้เข้าอบรมไม่ตรงรายชื่อ")
    mine.locator("button[name=return]").click()
    expect(head.locator("section.waiting")).to_have_count(2)
    reporter.goto("/my-work/")
    expect(reporter.locator(".returned-reason")).to_contain_text("จำนวนผู้เข้าอบรมไม่ตรงรายชื่อ")
    reporter.locator("article.task a.wide-only").first.click()
    reporter.locator("#a-L1-3").fill("12")
    reporter.get_by_role("button", name=SUBMIT).click()
    reporter.wait_for_url(re.compile("/my-work/"))
    head.reload()
    head.locator(".decide-bar button").click()
    expect(head.locator(".empty-state")).to_be_visible()
    assert {month.state(unit) for unit in (GRID, PHONE, EXCEL)} == {"confirmed"}
    return head


def signed_in_with_a_code(month: Month, settings: object) -> Page:
    """The planner's role asks for an authenticator; its code opens the door."""
    settings.TOTP_ROLES = ["planner"]  # type: ignore[attr-defined]
    planner = month.office.person("planner")
    secret = give_authenticator(planner)
    page = month.office.window()
    page.goto("/accept/month-2569/")
    sign_in(page, planner.username)
    expect(page).to_have_url(re.compile("/sign-in/code/"))
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_contain_text(word("accept.title"))
    return page


def accepted(month: Month, page: Page, head: Page) -> None:
    """The division returns one report to its head, who confirms it again; all are accepted with one button."""
    rows = page.locator(".accept-list li.panel")
    expect(rows).to_have_count(3)
    odd = rows.filter(has_text=month.unit(PHONE).name)
    odd.locator(".give-back summary").click()
    odd.locator("[name^=reason]").fill("ยืนยันตัวเลขอีกครั้ง")
    odd.locator("button[value$=':head']").click()
    expect(rows).to_have_count(2)
    head.goto("/confirm/")
    expect(head.locator(".returned-reason")).to_contain_text("ยืนยันตัวเลขอีกครั้ง")
    head.locator(".decide-bar button").click()
    expect(head.locator(".empty-state")).to_be_visible()
    page.reload()
    expect(rows).to_have_count(3)
    page.locator(".decide-bar button").click()
    expect(page.locator(".empty-state")).to_be_visible()
    assert {month.state(unit) for unit in (GRID, PHONE, EXCEL)} == {"accepted"}


def closed_and_evaluated(month: Month, page: Page) -> Evaluation:
    """The quarter is closed and frozen; the reporter's page says why nothing can be changed."""
    evaluate(page)
    expect(page.locator(".notice-success")).to_have_text(word("control.evaluated"))
    first = Evaluation.objects.get()
    expect(page.get_by_text(first.sha256)).to_be_visible()
    assert first.summary["total"] == 3
    locked = month.office.window(month.office.person("reporter", unit=GRID))
    locked.goto(f"/report/month-2569/{GRID}/3/")
    expect(locked.locator("#locked")).to_be_visible()
    expect(locked.locator("#L1 td.now input")).to_have_count(0)
    expect(locked.locator("thead th.now")).to_have_attribute("title", re.compile("ปิด"))
    return first


def reported_in_four_formats(page: Page) -> dict[str, bytes]:
    """One button prints four documents; the page tells how far it is and hands them out as downloads."""
    page.get_by_role("button", name=word("control.print_th")).click()
    under_way = f"{word('control.file_waiting')}|{word('control.file_running')}"
    expect(page.locator("#files")).to_contain_text(re.compile(under_way))
    links = page.locator("#files a")
    expect(links).to_have_count(4, timeout=60_000)
    return downloads(page)


def corrected(month: Month, planner: Page, reporter: Page) -> None:
    """A closed month is opened again for one unit, with a reason and a last day, and a figure is corrected and sent."""
    planner.goto("/control/month-2569/")
    form = planner.locator("form[action$='/unlock/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=period]").select_option("3")
    form.locator("[name=unit]").fill(GRID)
    form.locator("[name=until]").fill("10 เม.ย. 2569")
    form.locator("[name=reason]").fill("พบใบลงชื่อเพิ่ม")
    form.locator("button").click()
    expect(planner.locator(".notice-success")).to_have_text(word("control.unlocked"))
    reporter.goto(f"/report/month-2569/{GRID}/3/")
    reporter.locator("#n-L2-3").fill("88")
    reporter.locator("#n-L2-3").press("Enter")
    expect(reporter.locator("#save-state")).to_contain_text(SAVED)
    reporter.get_by_role("button", name=SUBMIT).click()
    reporter.wait_for_url(re.compile("/my-work/"))
    (entry,) = HistoryEntry.objects.filter(action="unlock.open")
    assert (entry.reason, entry.by, entry.unit_code) == (
        "พบใบลงชื่อเพิ่ม",
        str(month.office.person("planner")),
        GRID,
    )
    assert entry.new["until"] == "2026-04-10"


def compared(month: Month, page: Page, first: Evaluation, printed: dict[str, bytes]) -> None:
    """The frozen evaluation stays as it was, byte for byte; the new one differs; the records hold."""
    page.goto("/control/month-2569/")
    evaluate(page, reason="แก้ตัวเลขหลังตรวจใบลงชื่อ")
    expect(page.get_by_text("แก้ตัวเลขหลังตรวจใบลงชื่อ")).to_be_visible()
    second = Evaluation.objects.get(number=2)
    assert second.sha256 != first.sha256
    assert second.summary["bands"] != first.summary["bands"]
    page.goto("/plans/month-2569/evaluations/3/1/")
    expect(page.get_by_text(first.sha256)).to_be_visible()
    assert downloads(page) == printed
    kept = Evaluation.objects.get(number=1)
    assert (bytes(kept.content), kept.sha256, kept.summary) == (bytes(first.content), first.sha256, first.summary)
    found = audit()
    assert found.is_clean, found.faults
    assert found.entries == HistoryEntry.objects.count() > 30


def evaluate(page: Page, reason: str = "ปิดตามกำหนด", *, code: str = "month-2569", period: int = 3) -> None:
    """Close the periods up to one from the control room, by the page that shows what is frozen."""
    page.goto(f"/control/{code}/")
    form = page.locator("form[action$='/evaluate/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=period]").select_option(str(period))
    form.locator("button").click()
    page.wait_for_url(f"**/evaluate/?period={period}")
    page.locator("#reason").fill(reason)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/evaluations/{period}/*/")


def downloads(page: Page) -> dict[str, bytes]:
    """Take every document of an evaluation's page; each comes as a download and is what it says."""
    begins = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!"}
    taken: dict[str, bytes] = {}
    for link in page.locator("#files a").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        kind = name.rpartition(".")[2]
        taken[kind] = download.value.path().read_bytes()
        assert taken[kind].startswith(begins[kind]), name
    assert set(taken) == set(begins)
    return taken
