"""What people type stays text in a real browser, and what comes as a file never opens in our name.

The content policy would stop a script that got through; here even its attempt is a fault: the browser would
complain on its console, or ask for the picture that the script brings along.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from samrit.plans.models import Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.report.figures import figures_save
from samrit.web.words import word
from tests.browser.office import BrowserOffice
from tests.browser.test_every_page import FILES, ROOMS
from tests.web.addressed import UNIT, Office
from tests.web.addressed import office as addressed_office
from tests.web.poison import SCRIPT, poison
from tests.web.reporting import five

REPORT = f"/report/five-2569/{UNIT}/3/"


@pytest.fixture
def made(office: BrowserOffice) -> Office:
    return addressed_office(office.person)


@pytest.mark.parametrize("room", ["seeing", "reporting", "deciding", "control", "administration"])
def test_no_page_runs_what_people_typed(
    office: BrowserOffice, made: Office, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(made, monkeypatch)
    who, names = ROOMS[room]
    page, shown = office.window(made.people[who]), 0
    for name in names.split():
        page.goto(made.address(name))
        page.locator("details").evaluate_all("parts => parts.forEach(part => { part.open = true; })")
        page.wait_for_load_state("networkidle")
        shown += SCRIPT in page.locator("body").inner_text()
        assert page.locator("img[src=x], main script").count() == 0, name
    assert shown, "what was typed really reaches these pages"


def test_without_escaping_the_browser_would_complain(
    office: BrowserOffice, made: Office, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    poison(made, monkeypatch)
    template = settings.TEMPLATES[0]  # type: ignore[attr-defined]
    plain = {**template, "OPTIONS": {**template["OPTIONS"], "autoescape": False}}
    settings.TEMPLATES = [plain]  # type: ignore[attr-defined]
    page = office.window(made.people["administrator"])
    page.goto(made.address("people"))
    faults = office.watch(page).faults
    assert any("Content Security Policy" in fault for fault in faults), faults
    faults.clear()


def test_what_scripts_put_on_a_page_is_text_too(office: BrowserOffice) -> None:
    plan, unit = office.plan(five()), Unit.objects.get(code=UNIT)
    reporter, other = office.person("reporter", unit=UNIT), office.person("head", unit=UNIT)
    other.display_name = SCRIPT
    other.save()
    page = office.window(reporter)
    page.goto(REPORT)
    figures_save(other, plan=plan, unit=unit, period=3, cells=[CellInput("P1.1", "8", explanation=SCRIPT)])
    page.locator("#a-L1-3").fill("400")
    expect(page.locator("#L1-notes .unusual")).to_be_visible()
    page.locator("#L1-x").fill(SCRIPT)
    page.locator("#L1-x").blur()
    expect(page.locator(".clash")).to_contain_text(SCRIPT)
    page.locator("#a-L2-3").fill(SCRIPT[:60])
    page.locator("#a-L2-3").blur()
    expect(page.locator("#L2-notes .fault")).to_contain_text(SCRIPT[:20])
    page.locator("[name='wc:P1']").evaluate("part => { part.closest('details').open = true; }")
    page.locator("[name='wc:P1']").fill(SCRIPT)
    page.locator("#W1-file").set_input_files({"name": f"{SCRIPT}.pdf", "mimeType": "", "buffer": b"%PDF-1.7 x"})
    page.locator("[name='wc:P1']").blur()
    expect(page.get_by_role("button", name=word("report.undo", record="P1", at="10:00"))).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_every_file_comes_as_a_download(office: BrowserOffice, made: Office) -> None:
    # What was not sent is its unit's alone; the file of people is the administrator's.
    own = {"reporter": {"evidence"}, "administrator": {"start_file"}}
    # An evaluation's file is printed in the test of the whole month; records are answers to a script, no file; the
    # picture of a document's page is drawn by us and stands in the review.
    elsewhere = {"evaluation_file", "control_records", "draft_picture", "original_picture", "calendar_private"}
    elsewhere |= {"month_data", "month_machine"}  # an answer to a program, too
    of_planners = FILES - elsewhere - set[str]().union(*own.values())
    for who, names in ({"planner": of_planners} | own).items():
        page = office.window(made.people[who])
        page.goto("/my-work/")
        for name in sorted(names):
            with page.expect_download() as download:
                page.evaluate("address => { location.href = address; }", made.address(name))
            assert download.value.suggested_filename, name
        assert page.url.endswith("/my-work/"), "nothing opened in place of the page"
