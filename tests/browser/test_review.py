"""The review of an imported draft goes by keys: on and back, a value typed, a matter confirmed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from samrit.plans.drafting.document import standing
from samrit.plans.drafting.from_documents import read_sent
from samrit.plans.drafting.imported import open_matters
from samrit.plans.models import Role
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.browser.office import BrowserOffice

LETTER = Path(__file__).parents[1] / "intake" / "cases" / "c2-letter-in-figure.txt"


def test_a_review_is_done_with_keys_alone(office: BrowserOffice) -> None:
    contents = {LETTER.name: LETTER.read_bytes()}
    draft = draft_import(SYSTEM, reading=read_sent(contents), contents=contents)
    waiting = open_matters(draft, standing(draft))
    page = office.window(office.person(Role.PLANNER))
    page.goto(f"/drafts/{draft.pk}/review/")
    expect(page.locator("#reading")).to_contain_text(waiting[0].record)
    page.keyboard.press("e")
    page.keyboard.type("8")
    page.keyboard.press("Escape")
    for left in reversed(range(len(waiting))):
        page.keyboard.press("Enter")
        told = word("drafts.review_waiting", count=left) if left else word("drafts.review_done")
        expect(page.get_by_text(told)).to_be_visible()
    assert open_matters(draft, standing(draft)) == ()
    cell = waiting[0].cells[0]
    assert standing(draft)[cell.file][cell.number].cells[cell.column] == "8"
