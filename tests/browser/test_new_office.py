"""A new office from an empty database to its first confirmed report, by its pages alone."""

from __future__ import annotations

import re

from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from samrit.plans.evaluation import memory
from samrit.plans.models import DraftState, MonthlyReport, Plan, PlanDraft, ReportState
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import make_room
from samrit.plans.services.office.setting_up import setup_key
from samrit.web.words import word
from tests.browser.office import BrowserOffice, sign_in
from tests.plans.office import PASSWORD
from tests.web.sheets import office_sheets

UNITS = [
    ["สนง.", "สำนักงานทดลอง", "office", ""],
    ["กผ.", "กองแผน", "central", "สนง."],
    ["กอ.", "กองอบรม", "central", "สนง."],
]
PEOPLE = [
    ["planner", "ผู้วางแผน", "", "กองแผน", "", ""],
    ["chief", "ผู้บริหาร", "", "executive", "", ""],
    ["reporter", "ผู้รายงาน", "", "reporter", "กอ.", ""],
    ["head", "หัวหน้า", "", "head", "กอ.", ""],
]
MONTHS = "\r\n".join(f"1-1.1\t\t{period}\t1\t10" for period in range(1, 13))


def test_from_an_empty_office_to_the_first_confirmed_report(office: BrowserOffice) -> None:
    with transaction.atomic():
        make_room(replace=True)
    memory.forget()
    office.clock.set("2026-02-02")
    administrator = set_up(office)
    taken_in(administrator)
    links = invited(administrator)
    planner = password_set(office, "planner", links)
    draft = drafted(planner)
    approved(password_set(office, "chief", links), draft)
    published(planner, draft)
    reported(password_set(office, "reporter", links))
    confirmed(password_set(office, "head", links))
    administrator.goto("/start/")
    expect(administrator.locator("main > p, .page-head .quiet").first).to_have_text(word("start.all_done"))
    assert audit().is_clean


def set_up(office: BrowserOffice) -> Page:
    """Whoever reads what the server prints makes the first administrator, and is led on; then the door is shut."""
    page = office.window()
    office.watch(page).expected = {422}  # a file with faults is refused in words
    page.goto("/")
    page.wait_for_url(re.compile("/setup/"))
    page.goto(f"/setup/?key={setup_key()}")
    for name, text in (
        ("username", "first"),
        ("display_name", "ผู้ดูแลคนแรก"),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ):
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/start/"))
    assert office.window().request.get(f"/setup/?key={setup_key()}").status == 404
    return page


def taken_in(page: Page) -> None:
    """The empty office leads to its first steps; one file brings units and people, looked at first."""
    page.goto("/")
    page.locator("main").get_by_role("link", name=word("start.title")).click()
    expect(page.locator("[aria-current=step] h2")).to_contain_text(word("start.units"))
    page.get_by_role("link", name=word("start.take")).first.click()
    wrong = [*PEOPLE, ["nobody", "ไม่มีหน่วยงาน", "ไม่ใช่อีเมล", "reporter", "กก.", ""]]
    for people, shown in ((wrong, ".notice-error li"), (PEOPLE, "#preview")):
        content = office_sheets(units=UNITS, people=people)
        page.locator("#file").set_input_files({"name": "office.xlsx", "mimeType": "", "buffer": content})
        page.get_by_role("button", name=word("start.look")).click()
        expect(page.locator(shown).first).to_be_visible()
    page.get_by_role("button", name=word("start.take_do")).click()
    expect(page.locator("[aria-current=step] h2")).to_contain_text(word("start.plan"))


def invited(page: Page) -> dict[str, str]:
    """Slips with a link for each person."""
    page.get_by_role("link", name=word("start.invitations")).first.click()
    page.get_by_role("button", name=word("start.print")).click()
    slips = page.locator(".slips li")
    expect(slips).to_have_count(len(PEOPLE))
    names = [person[0] for person in PEOPLE]
    return {name: slips.filter(has_text=name).locator("code").inner_text() for name in names}


def password_set(office: BrowserOffice, name: str, links: dict[str, str]) -> Page:
    """The slip's link sets a password, and the person signs in."""
    page = office.window()
    office.watch(page).expected = {422}
    page.goto(links[name])
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.goto("/sign-in/?next=/account/")
    if page.locator("[name=login]").count():
        sign_in(page, name)
    return page


def drafted(page: Page) -> str:
    """A plan of one work is built from its tree and pasted into, its faults are mended, and it is submitted.

    Nothing is typed but what an office knows: names, a unit, a target, months.  Return its address.
    """
    page.goto("/drafts/new/")
    page.locator("#e-title").fill("แผนทดลอง 2569")
    page.locator("#e-year").fill("๒๕๖๙")
    for code in ("แผน 1", "first-2569"):
        page.locator("#e-code").fill(code)
        page.get_by_role("button", name=word("drafts.begin_empty")).click()
    expect(page.locator("[aria-labelledby=wrong] .is-error")).to_have_count(1)
    here = page.url
    page.goto(f"{here}tree/")
    added(page, "strategies", "ยุทธศาสตร์ที่ 1")
    added(page, "projects", "อบรม")
    page.get_by_role("link", name=word("tree.of_work")).click()
    in_row(page, "project_units", {"n:1:unit": "กองอบรม"})
    in_row(page, "projects", {"c:1:kind": "routine", "c:1:first_period": "1", "c:1:last_period": "12"})
    page.get_by_role("link", name=word("draft_work.add")).click()
    in_row(page, "indicators", {"n:1:name": "จำนวนครั้ง", "n:1:unit_of_measure": "ครั้ง", "n:1:weight": "100"})
    expect(cell(page, "c:1:id")).to_have_value("1-1.1")
    page.goto(f"{here}targets/?of=1-1.1")
    in_row(page, "targets", {"n:1:year_be": "2569", "n:1:comparator": "ge", "n:1:value": "120"})
    page.goto(f"{here}monthly/")
    page.locator("details.panel summary").click()
    page.locator("#table").fill(MONTHS)
    page.get_by_role("button", name=word("drafts.paste_do")).click()
    expect(page.locator(".notice-success")).to_contain_text("12")
    page.goto(here)
    expect(page.locator("[aria-labelledby=wrong] .is-error")).to_have_count(0)
    page.locator("#remark").fill("ตรวจแล้ว")
    page.locator("button[value=submit]").click()
    expect(page.locator(".page-head")).to_contain_text(word("drafts.state_submitted"))
    return here


def added(page: Page, level: str, name: str) -> None:
    """Add a record below the one that is open in the tree; it is open then."""
    page.locator(f"#add-name-{level}").fill(name)
    page.locator(f"#add-name-{level}").press("Enter")
    expect(page.locator(".tree-columns")).to_contain_text(name)


def in_row(page: Page, file: str, cells: dict[str, str]) -> None:
    """Fill cells of one table of the page and save that table."""
    table = page.locator(f"form:has([id^='{file}-h-'])")
    for name, text in cells.items():
        target = table.locator(f"[name='{name}']")
        if target.evaluate("part => part.localName") == "select":
            target.select_option(text)
        else:
            target.fill(text)
    table.get_by_role("button", name=word("drafts.save")).click()
    expect(page.locator(".notice-success").first).to_be_visible()


def cell(page: Page, name: str) -> Locator:
    """Return a cell by the name of its field."""
    return page.locator(f"[name='{name}']")


def approved(page: Page, draft: str) -> None:
    """Somebody else approves."""
    page.goto(draft)
    page.locator("button[value=approve]").click()
    expect(page.locator(".page-head")).to_contain_text(word("drafts.state_approved"))


def published(page: Page, draft: str) -> None:
    """The draft becomes the plan."""
    page.goto(draft)
    page.locator("button[value=publish]").click()
    page.get_by_role("link", name=word("drafts.open_plan")).click()
    expect(page.locator("h1")).to_contain_text("แผนทดลอง 2569")
    assert PlanDraft.objects.get().state == DraftState.PUBLISHED


def reported(page: Page) -> None:
    """The unit's reporter finds January, fills it in and sends it."""
    page.goto("/my-work/")
    page.locator("article.task a.wide-only").first.click()
    page.locator("#a-L1-1").fill("10")
    page.locator("button[value=submit]").click()
    page.wait_for_url(re.compile("/my-work/"))
    assert MonthlyReport.objects.get().state == ReportState.SUBMITTED


def confirmed(page: Page) -> None:
    """The head confirms it."""
    page.goto("/confirm/")
    page.locator(".decide-bar button").click()
    expect(page.locator(".empty-state")).to_be_visible()
    report = MonthlyReport.objects.select_related("plan").get()
    assert (report.plan, report.state) == (Plan.objects.get(code="first-2569"), ReportState.CONFIRMED)
