"""A work's year in a browser: from a contract that was missed to the money kept for the next year (issue H)."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.plans.drafting.reading import read_draft
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.records.audit import audit
from samrit.plans.services.draft.opening import draft_copy
from samrit.plans.services.writing import SYSTEM
from samrit.reports.evaluation.report import build
from samrit.reports.writers.html import render
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
    page.goto("/control/small-2569/watch/")
    expect(page.locator("main")).to_contain_text("ขั้นตอนจัดซื้อจัดจ้างเลยกำหนด 30 เม.ย. 2569")

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
    told_this_year(office.window(planner))
    told_next_year(office, plan)
    assert audit(with_files=False).faults == ()


def told_this_year(page: Page) -> None:
    """The year's report is drafted from the records: cause, remedy and the money kept, with its sum (R234–R236).

    May's report, as of the end of May, tells the cause and nothing of the money.
    """
    page.goto("/plans/small-2569/words/5/closing/")
    page.locator("#until").fill("31 พ.ค. 2569")
    page.locator("button[value=draft]").first.click()
    expect(page.locator("#until")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("1,000,000")
    for section, said in (("problem", "ไม่มีผู้ยื่นข้อเสนอ"), ("remedy", "ทบทวนราคากลาง"), ("closing", "1,000,000")):
        page.goto(f"/plans/small-2569/words/12/{section}/")
        page.locator("button[value=draft]").first.click()
        expect(page.locator("main")).to_contain_text(said)


def told_next_year(office: BrowserOffice, plan: Plan) -> None:
    """The work stands in next year's plan with its money, linked from both sides, and in that year's report (R132)."""
    draft = draft_copy(SYSTEM, plan=plan, code="next-2570", year_be=2570)
    page = office.window(office.person("planner"))
    page.goto(reverse("draft_carried", args=[draft.pk]))
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(word("carried.taken"))
    assert faults_here(page) == []
    page.goto(WORK)
    expect(page.locator("#year")).to_contain_text("next-2570 P1")
    package = read_draft(draft).package
    assert package is not None
    office.plan(package)
    page.goto("/plans/next-2570/works/P1/")
    expect(page.locator("#money")).to_contain_text("การกันเงินไว้เบิกเหลื่อมปี 2569")
    printed = render(build(score(package.plan, package.ruleset() or PERCENT_OF_PLAN, 3)))
    assert "การกันเงินไว้เบิกเหลื่อมปี 2569" in printed
