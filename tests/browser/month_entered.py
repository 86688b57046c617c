"""The month's first half: the reminder, and the reports entered by grid, phone and Excel form."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from django.core import mail
from playwright.sync_api import Page, expect

from samrit.plans.models import LevelReached
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.office.reminding import reminders_send
from samrit.plans.services.report.figures import figures_save
from samrit.vocabulary.narrative import WORDS
from samrit.web.words import word
from tests.browser.month import EXCEL, GRID, MONTH, PHONE, SAVED, SUBMIT, Month
from tests.browser.office import sign_in


def reminded_and_signed_in(month: Month) -> Page:
    """The reminder's link leads through the sign-in to the report."""
    assert len(reminders_send(month.plan).sent) == 3
    assert len(reminders_send(month.plan).sent) == 0, "once"
    reporter = month.office.person("reporter", unit=GRID)
    (message,) = (message for message in mail.outbox if message.to == [reporter.email])
    page = month.office.window()
    page.goto(re.findall(r"https?://\S+", message.body)[0])
    expect(page).to_have_title(re.compile(word("sign_in.title")))
    sign_in(page, reporter.username)
    expect(page.locator("h1")).to_have_text(word("report.title", month=MONTH))
    return page


def entered_by_grid(month: Month, page: Page) -> None:
    """Typing, pasting, arrows, parts, levels, words, a file: scored by the server all along."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell, done = page.locator("#a-L1-3"), page.locator("#save-state")
    expect(cell).to_be_focused()
    page.evaluate("navigator.clipboard.writeText('๔๐๐\\r\\n92\\r\\n1๐๐\\r\\n97\\r\\n')")
    page.keyboard.press("Control+v")
    expect(page.locator("#L1-out")).to_contain_text("420")
    expect(page.locator("#L2-out")).to_contain_text("92")
    expect(page.locator("#L2-3")).to_have_text("92")
    expect(done).to_contain_text(SAVED)
    assert month.figures("P1") == {"P1.1": "400", "P1.2": "92/100", "P1.3": "97"}
    expect(page.locator("#L1-notes .unusual")).to_be_visible()
    with page.expect_response(re.compile("/try/$")) as scored:
        cell.fill("1")
    assert scored.value.request.post_data is not None
    expect(page.locator("#L1-out")).to_contain_text("21")
    expect(page.locator("#L1-out")).to_contain_text("70 %")
    expect(page.locator("#L1-out .band")).to_have_class(re.compile("band-"))
    page.keyboard.press("ArrowDown")
    expect(page.locator("#n-L2-3")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#d-L2-3")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#d-L2-2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("9")
    expect(page.locator("#L2-3")).to_have_text("9")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("=")  # a share's plan is no result: nothing is filled (E.2)
    expect(page.locator("#a-L3-3")).to_have_value("97")
    page.locator("#a-L3-3").fill("๕")
    levels_and_words(month, page)


def levels_and_words(month: Month, page: Page) -> None:
    """A level with its day, an explanation where a figure wants one, cause and next step, a file; then it is sent."""
    page.locator("[name='l:P1.4:1']").fill("๓๑ มี.ค. ๖๙")
    page.locator("[name='lt:P1.4:1']").fill("บันทึกการประชุมครั้งที่ 3")
    expect(page.locator("#L4-out")).to_contain_text(word("report.level_so_far", reached="1", planned="1"))
    for unusual in ("L1", "L2"):  # a tenth of the plan, one of them by its parts
        page.locator(f"#{unusual}-x").fill("น้ำท่วมศูนย์ฝึกอบรม")
    expect(page.locator("#W1-words")).to_have_attribute("open", "")
    shown = [page.locator(place).inner_text() for place in ("#W1-band", "#L1-out", "#L2-out", "#L3-out", "#L4-out")]
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.locator("#faults")).to_have_text(word("report.not_ready"))
    month.office.watch(page).faults.clear()  # the refusal, 422, is what was looked for
    kept = [page.locator(place).inner_text() for place in ("#W1-band", "#L1-out", "#L2-out", "#L3-out", "#L4-out")]
    assert shown == kept, "what was shown while typing is what was kept"
    page.locator(".todo-list a[href='#W1-wc']").click()
    boxes = {f"#W1-{one.field}": f"{one.label()}: ผู้เข้าอบรมติดภารกิจน้ำท่วม" for one in WORDS}
    for box, text in boxes.items():
        page.locator(box).fill(text)
    page.locator("#W1-file").set_input_files({"name": "รายชื่อ.pdf", "mimeType": "", "buffer": b"%PDF-1.7 names"})
    page.locator("button[form='W1-upload']").click()
    expect(page.locator(".notice-success")).to_contain_text("รายชื่อ.pdf")
    for box, text in boxes.items():
        expect(page.locator(box)).to_have_value(text)
    page.get_by_role("button", name=SUBMIT).click()
    page.wait_for_url(re.compile("/my-work/"))
    assert month.figures("P1") == {"P1.1": "1", "P1.2": "9/100", "P1.3": "5"}
    level = LevelReached.objects.get(indicator="P1.4", number=1)
    assert (level.reached_on.isoformat(), level.evidence_text) == ("2026-03-31", "บันทึกการประชุมครั้งที่ 3")
    assert month.state(GRID) == "submitted"


def entered_by_phone(month: Month) -> None:
    """One indicator at a time, with a finger, on 360 px."""
    page = month.office.phone(month.office.person("reporter", unit=PHONE))
    page.goto("/my-work/")
    page.get_by_role("link", name=word("my_work.open", month=MONTH)).tap()
    steps = page.locator("progress")
    page.locator("input[data-main]").tap()
    page.keyboard.type("๑๑")
    expect(page.locator("#L1-out")).to_contain_text("30")
    page.get_by_role("button", name=word("phone.next")).tap()
    expect(steps).to_have_attribute("value", "2")
    page.get_by_role("button", name=word("phone.as_planned", planned="10")).tap()
    page.get_by_role("button", name=word("phone.next")).tap()
    expect(steps).to_have_attribute("value", "3")
    page.get_by_role("button", name=word("phone.nothing")).tap()
    page.get_by_role("button", name=word("phone.next")).tap()
    page.get_by_role("button", name=SUBMIT).tap()
    page.wait_for_url(re.compile("/my-work/"))
    assert list(month.figures("P2").values()) == ["11", "10", "–"]
    assert month.state(PHONE) == "submitted"


def entered_by_excel_form(month: Month, folder: Path) -> None:
    """The form goes out, is filled off-line, and comes back over a figure that somebody changed meanwhile."""
    reporter = month.office.person("reporter", unit=EXCEL)
    page = month.office.window(reporter)
    page.goto(f"/report/month-2569/{EXCEL}/3/")
    with page.expect_download() as download:
        page.get_by_role("link", name=word("forms.get_month")).click()
    form = folder / download.value.suggested_filename
    download.value.save_as(form)
    book = openpyxl.load_workbook(form)
    for row, figure in zip(book["รายงาน"].iter_rows(min_row=6), (12, "๑๓", 9), strict=True):
        row[6].value = figure
    book.save(form)
    head = month.office.person("head", unit=EXCEL)
    change = [CellInput("P3.1", "7")]
    figures_save(head, plan=month.plan, unit=month.unit(EXCEL), period=3, cells=change)
    page.goto("/my-work/")
    page.get_by_role("link", name=word("forms.send_filled")).click()
    page.locator("#forms").set_input_files(form)
    page.get_by_role("button", name=word("forms.send")).click()
    expect(page.get_by_role("row", name=form.name).locator("td.number")).to_contain_text("2")
    told = word("forms.conflict", indicator="P3.1", theirs="7", who=str(head), mine="12")
    expect(page.get_by_text(told)).to_be_visible()
    assert month.figures("P3") == {"P3.1": "7", "P3.2": "13", "P3.3": "9"}, "nothing was written over"
    page.goto(f"/report/month-2569/{EXCEL}/3/")
    page.get_by_role("button", name=SUBMIT).click()
    page.wait_for_url(re.compile("/my-work/"))
    assert month.state(EXCEL) == "submitted"
