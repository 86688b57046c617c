"""The whole month in a browser: from the reminder to the correction of a closed quarter (issue C, "It must show")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from django.core import mail
from playwright.sync_api import Page, expect

from samrit.engine.model import Entry, Mark
from samrit.package import PlanPackage
from samrit.plans.audit import audit
from samrit.plans.models import Evaluation, Figure, HistoryEntry, LevelReached, MonthlyReport, Plan, Unit
from samrit.plans.services.figures import CellInput, figures_save
from samrit.plans.services.reminding import reminders_send
from samrit.web.words import word
from tests.browser.office import BrowserOffice, sign_in
from tests.plans.office import small_plan
from tests.web.reporting import varied
from tests.web.signing_in import code_of, give_authenticator

GRID, PHONE, EXCEL = "กฝ.", "กม.", "กค."  # the units, each entering its own way
MONTH = "มีนาคม 2569"
SUBMIT = word("report.submit", month=MONTH)
SAVED = word("report.saved_at")


def package() -> PlanPackage:
    """A plan of three works: one with every kind of indicator, two with three counts."""
    made = varied()
    (many,) = made.plan.projects
    others, units = [], list(made.plan.units)
    for number, unit in ((2, PHONE), (3, EXCEL)):
        other = small_plan(units=(unit,), indicators=3, reported=((1, 10), (2, 9)))
        (work,) = other.plan.projects
        lines = tuple(replace(i, id=f"P{number}.{i.number}") for i in work.indicators)
        others.append(replace(work, id=f"P{number}", number=number, indicators=lines))
        units += other.plan.units
    count = replace(many.indicators[0], entries=tuple(map(_reported, many.indicators[0].entries)))
    first = replace(many, indicators=(count, *many.indicators[1:]))
    plan = replace(made.plan, id="month-2569", projects=(first, *others), units=tuple(units))
    return replace(made, plan=plan)


def _reported(entry: Entry) -> Entry:
    return replace(entry, actual=Decimal(10)) if entry.period < 3 else entry


@dataclass
class Month:
    """The office, its plan, and who does what in it."""

    office: BrowserOffice
    plan: Plan

    def unit(self, code: str) -> Unit:
        """Return a unit."""
        return Unit.objects.get(code=code)

    def figures(self, project: str) -> dict[str, str]:
        """Return what is kept of a work's March, by indicator."""
        rows = Figure.objects.filter(plan=self.plan, period=3, indicator__startswith=f"{project}.")
        return {row.indicator: said(row) for row in rows.order_by("indicator")}

    def state(self, unit: str) -> str:
        """Return where a unit's report of March is on its way."""
        return MonthlyReport.objects.get(plan=self.plan, unit__code=unit, period=3).state


def test_the_whole_month(office: BrowserOffice, settings: object, tmp_path: Path) -> None:
    office.clock.set("2026-04-02")
    month = Month(office, office.plan(package()))
    for code in (GRID, PHONE, EXCEL):
        office.person("reporter", unit=code)
    grid = reminded_and_signed_in(month)
    entered_by_grid(month, grid)
    entered_by_phone(month)
    entered_by_excel_form(month, tmp_path)
    head = returned_and_confirmed(month, grid)
    planner = signed_in_with_a_code(month, settings)
    accepted(month, planner, head)
    first = closed_and_evaluated(month, planner)
    printed = reported_in_four_formats(planner)
    corrected(month, planner, grid)
    compared(month, planner, first, printed)


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
    page.keyboard.press("=")
    expect(page.locator("#a-L3-3")).to_have_value("98")
    page.locator("#a-L3-3").fill("๕")
    levels_and_words(month, page)


def levels_and_words(month: Month, page: Page) -> None:
    """A level with its day, an explanation where a figure wants one, cause and next step, a file; then it is sent."""
    page.locator("[name='l:P1.4:1']").fill("๓๑ มี.ค. ๖๙")
    page.locator("[name='lt:P1.4:1']").fill("บันทึกการประชุมครั้งที่ 3")
    expect(page.locator("#L4-out")).to_contain_text(word("report.level_so_far", reached="1", planned="1"))
    page.locator("#L1-x").fill("น้ำท่วมศูนย์ฝึกอบรม")
    expect(page.locator("#W1-words")).to_have_attribute("open", "")
    shown = [page.locator(place).inner_text() for place in ("#W1-band", "#L1-out", "#L2-out", "#L3-out", "#L4-out")]
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.locator("#faults")).to_have_text(word("report.not_ready"))
    month.office.watch(page).faults.clear()  # the refusal, 422, is what was looked for
    kept = [page.locator(place).inner_text() for place in ("#W1-band", "#L1-out", "#L2-out", "#L3-out", "#L4-out")]
    assert shown == kept, "what was shown while typing is what was kept"
    page.locator(".todo-list a[href='#W1-wc']").click()
    page.locator("#W1-wc").fill("ผู้เข้าอบรมติดภารกิจน้ำท่วม")
    page.locator("#W1-wn").fill("จัดอบรมชดเชยในเดือนเมษายน")
    page.locator("#W1-file").set_input_files({"name": "รายชื่อ.pdf", "mimeType": "", "buffer": b"%PDF-1.7 names"})
    page.locator("button[form='W1-upload']").click()
    expect(page.locator(".notice-success")).to_contain_text("รายชื่อ.pdf")
    expect(page.locator("#W1-wc")).to_have_value("ผู้เข้าอบรมติดภารกิจน้ำท่วม")
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
    expect(page.get_by_role("row", name=form.name).locator("td.number")).to_have_text("2")
    told = word("forms.conflict", indicator="P3.1", theirs="7", who=str(head), mine="12")
    expect(page.get_by_text(told)).to_be_visible()
    assert month.figures("P3") == {"P3.1": "7", "P3.2": "13", "P3.3": "9"}, "nothing was written over"
    page.goto(f"/report/month-2569/{EXCEL}/3/")
    page.get_by_role("button", name=SUBMIT).click()
    page.wait_for_url(re.compile("/my-work/"))
    assert month.state(EXCEL) == "submitted"


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
    """A closed month is opened again for one unit, with a reason and a last day, and a figure is corrected."""
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
    reporter.goto("/my-work/")
    (entry,) = HistoryEntry.objects.filter(action="unlock.open")
    assert (entry.reason, entry.actor_name, entry.unit_code) == (
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


def said(row: Figure) -> str:
    """Return a figure, or the parts that it is made from, as text."""
    if isinstance(row.denominator, Decimal):
        return f"{row.numerator}/{row.denominator}"
    return "–" if row.actual is Mark.NOTHING else str(row.actual)


def evaluate(page: Page, reason: str = "") -> None:
    """Close the first quarter from the control room."""
    page.goto("/control/month-2569/")
    form = page.locator("form[action$='/evaluate/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=period]").select_option("3")
    form.locator("[name=reason]").fill(reason)
    form.locator("button").click()
    page.wait_for_url("**/evaluations/3/*/")


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
