"""A work's year in a browser: from a contract that was missed to the money kept for the next year (issue H)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.records.audit import audit
from samrit.web.words import word
from tests.browser.looking import faults_here
from tests.browser.office import BrowserOffice
from tests.web.test_year import WORK, YEAR, built


def record(page: Page, kind: str, /, **given: str) -> None:
    """Choose a kind on the work's page, fill its form, and come back to the story."""
    page.locator("#year .chip", has_text=kind).click()
    for name, value in given.items():
        field = page.locator(f"form.panel [name={name}]")
        if field.evaluate("own => own.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("form.panel button[value=save]").click()
    expect(page.locator(".notice-success")).to_have_text(word("year.added"))


def test_a_missed_contract_is_followed_to_the_money_kept_for_the_next_year(office: BrowserOffice) -> None:
    """R165, R246, R247, R250, R130: milestone, cause, action, decision, meeting, request, approval, in one story."""
    office.clock.set("2026-05-10")
    plan = office.plan(built())
    planner, head = office.person("planner"), office.person("head", unit="กฝ.")
    page = office.window(planner)
    page.goto(WORK)
    record(page, "ขั้นตอนจัดซื้อจัดจ้าง", step="contract", round="1", site="1", due_on="30/4/2569")
    expect(page.locator("#year .plain-list .notice-warning")).to_contain_text("เลยกำหนดตั้งแต่ 30 เม.ย. 2569")
    expect(page.locator("#year svg")).to_be_visible()

    phone = office.phone(head)
    phone.goto(WORK)
    record(phone, "สาเหตุและปัญหาอุปสรรค", cause="no_bidder", words="ประกาศสองครั้ง ไม่มีผู้ยื่นข้อเสนอ")
    record(phone, "การแก้ไขปัญหา", words="ทบทวนราคากลาง", owner="กฝ.", due_on="31/5/2569", state="open")
    assert faults_here(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    office.clock.set("2026-06-15")
    page = office.window(planner)
    page.goto(f"{YEAR}?kind=actions&overdue=1")
    page.get_by_role("link", name="P1").first.click()
    record(page, "ผลการพิจารณาทบทวน", decision="prepare_carry_over", decided_by="เลขาธิการ", words="เตรียมกันเงิน")
    record(page, "การประชุมหารือ", title="เร่งรัดงานก่อสร้าง", words="ให้ลงนามภายในกันยายน", state="running")
    record(
        page,
        "การกันเงิน",
        amount="1,000,000",
        sort="uncommitted",
        state="requested",
        words="ลงนามไม่ทันปี",
        requested_on="15/6/2569",
    )

    office.clock.set("2026-12-20")
    page = office.window(office.person("planner", plan=plan))  # who asks does not approve
    page.goto(WORK)
    page.locator("#year li", has_text="การกันเงินไว้เบิกเหลื่อมปี").get_by_role("link").click()
    page.locator("[name=state]").select_option("approved")
    page.locator("[name=happened_on]").fill("18 ธ.ค. 2569")
    page.locator("[name=approved_on]").fill("18 ธ.ค. 2569")
    page.locator("[name=approved_by]").fill("เลขาธิการ")
    page.locator("form.panel button[value=save]").click()
    expect(page.locator("#year li").first).to_contain_text("อนุมัติแล้ว")
    expect(page.locator("#year .plain-list > li")).to_have_count(6)
    assert faults_here(page) == []
    records = evaluate(plan, 12).plan.projects[0].records
    assert [r.value("state").value for r in records if r.kind == "carry_overs"] == ["requested", "approved"]
    assert audit(with_files=False).faults == ()
