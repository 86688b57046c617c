"""Four offices unlike the first, each from its filled Excel form to a closed period and its report (issue M).

Every step is taken on a page: the form sent up, submitted, approved, published, a month reported, confirmed and
accepted, its period closed and printed.  The right values stand in examples/offices/README.md, reckoned by hand.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from samrit.engine.score import score
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import Evaluation, MonthlyReport, Plan, Role
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import make_room
from samrit.web.words import word
from tests.browser.month_decided import downloads, evaluate
from tests.browser.office import BrowserOffice
from tests.offices.forms import OFFICES, by_hand
from tests.offices.test_own_words import foreign, texts_of

# The office, the unit that reports in the browser, the day after its month, and the one language of the plan.
STORIES = {
    "tambon": ("กช.", "2026-07-02", "th"),
    "faculty": ("วช.", "2026-10-02", "th"),
    "ngo": ("WASH", "2026-07-02", "en"),
    "health-district": ("ร.1", "2025-12-02", "th"),
}


@pytest.mark.parametrize("name", STORIES)
def test_an_office_from_its_form_to_its_printed_report(office: BrowserOffice, name: str) -> None:
    unit, day, language = STORIES[name]
    rows = [row for row in by_hand("reported") if row[0] == name]
    period = int(rows[0][1])
    with transaction.atomic():
        make_room(replace=True)
    memory.forget()
    office.clock.set(day)
    page = office.window(office.person(Role.PLANNER), language=language)
    draft = sent_up(page, name, language)
    office.signed_in(page, office.person(Role.EXECUTIVE))
    decide(page, draft, "approve")
    office.signed_in(page, office.person(Role.PLANNER))
    decide(page, draft, "publish")
    office.signed_in(page, office.person(Role.REPORTER, unit=unit))
    report_month(page, f"/report/{name}/{unit}/{period}/", rows)
    office.signed_in(page, office.person(Role.HEAD, unit=unit))
    accept(page, "/confirm/")
    office.signed_in(page, office.person(Role.PLANNER))
    accept(page, f"/accept/{name}/")
    assert MonthlyReport.objects.get().state == "accepted"
    evaluate(page, "ok", code=name, period=period)
    figures_are_as_a_hand_reckons(rows, period)
    shown_and_printed(page, rows, language)
    assert audit().is_clean


def sent_up(page: Page, name: str, language: str) -> str:
    """Send the filled form up and submit the draft that it makes; return the draft's address."""
    page.goto("/drafts/new/?way=file")
    page.locator("#f-file").set_input_files(OFFICES / f"{name}.xlsx")
    page.locator("#f-code").fill(name)
    page.get_by_role("button", name=word("drafts.begin_file", language)).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/$"))
    expect(page.locator(".told .is-error")).to_have_count(0)
    draft = page.url
    page.locator("#remark").fill("ok")
    press(page, "submit")
    return draft


def decide(page: Page, draft: str, step: str) -> None:
    """Take a draft one step on its way."""
    page.goto(draft)
    press(page, step)


def press(page: Page, step: str) -> None:
    """Press the button of a step and see that it was taken."""
    page.locator(f"button[value={step}]").click()
    expect(page.locator(".notice-success")).to_be_visible()


def report_month(page: Page, address: str, rows: list[list[str]]) -> None:
    """Type the figures of the table and send the report."""
    page.goto(address)
    typed = [cell for row in rows for cell in row[2].split("; ") if cell != "–"]
    for cell in typed:
        at, figure = cell.split(" = ")
        page.locator(f"[name='{at}']").fill(figure)
    for words in page.locator(".words textarea:visible, .explain textarea:visible").all():
        words.fill("checked in the field")
    page.locator("button[value=submit]").click()
    page.wait_for_url(re.compile("/my-work/"))


def accept(page: Page, address: str) -> None:
    """The unit's head confirms what was sent, or the division accepts it: all with one button."""
    page.goto(address)
    page.locator(".decide-bar button").click()
    expect(page.locator(".empty-state")).to_be_visible()


def figures_are_as_a_hand_reckons(rows: list[list[str]], period: int) -> None:
    """The closed evaluation holds the figures and bands of the table, exactly."""
    closed = Evaluation.objects.get()
    package = unpack(bytes(closed.content))
    result = score(package.plan, ruleset_of(package), period)
    for _, _, _, work, figure, band, *_ in rows:
        found = result.project(work)
        assert found is not None
        assert found.band is not None
        assert found.figure is not None
        told = found.figure.quantize(Decimal("0.0001"))
        assert (work, told, found.band.code) == (work, Decimal(figure), band)


def shown_and_printed(page: Page, rows: list[list[str]], language: str) -> None:
    """The closed evaluation in four formats; each tells the works, and no word of another office."""
    page.get_by_role("button", name=word(f"control.print_{language}", language)).click()
    expect(page.locator("#files a")).to_have_count(4, timeout=60_000)
    titles = {p.id: p.title for p in unpack(bytes(Evaluation.objects.get().content)).plan.projects}
    plan = Plan.objects.get()
    for kind, content in downloads(page).items():
        text = "\n".join(texts_of(content, f"report.{kind}"))
        if kind != "pdf":  # its lines are broken and its Thai is shaped
            assert [row[3] for row in rows if titles[row[3]] not in text] == [], kind
        if language == "en":
            assert foreign(text) == []
            assert re.findall("[ก-๛]+", text) == [], kind
    seen = page.locator("main").inner_text()
    assert plan.title in page.title()
    assert language != "en" or re.findall("[ก-๛]+", seen) == []
