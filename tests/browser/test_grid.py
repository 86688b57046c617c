"""The grid behaves like the spreadsheet that people know, and the frame around it by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from samrit.plans.models import Figure
from samrit.vocabulary.pasted import cells_of, figure_meant
from samrit.web.words import word
from tests.browser.hands import Hands
from tests.browser.looking import faults_here
from tests.browser.office import BrowserOffice
from tests.plans.office import small_plan
from tests.web.reporting import five, varied

REPORT = "/report/five-2569/กฝ./3/"


@pytest.fixture
def page(office: BrowserOffice) -> Page:
    office.plan(five())
    window = office.window(office.person("reporter", unit="กฝ."))
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.goto(REPORT)
    return window


def test_keys_move_edit_and_take_back(page: Page) -> None:
    hands, cell = Hands(page), page.locator("#a-L1-3")
    hands.keys("1", "2", "Enter")
    expect(page.locator("#a-L2-3")).to_be_focused()
    hands.keys("Shift+Enter")
    expect(cell).to_be_focused()
    hands.keys("ArrowUp")
    expect(cell).to_be_focused()  # nothing is above
    hands.keys("ArrowLeft")
    expect(page.locator("#a-L1-2")).to_be_focused()
    hands.keys("ArrowRight", "7")
    expect(cell).to_have_value("7")  # typing takes the place of what stood there
    hands.keys("F2", "ArrowLeft", "1")
    expect(cell).to_have_value("17")  # editing, an arrow moves within the figure
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    hands.keys("ArrowDown", "9", "Escape")
    expect(page.locator("#a-L2-3")).to_have_value("")  # back to what is saved
    expect(page.locator("#L2-out")).to_contain_text("20")


def test_the_parts_of_a_share_are_asked_for_and_kept(office: BrowserOffice) -> None:
    office.plan(varied())
    page = office.window(office.person("reporter", unit="กฝ."))
    page.goto("/report/varied-2569/กฝ./3/")
    asked = page.locator("#L3 [data-parts]")
    expect(asked).to_have_attribute("aria-expanded", "false")
    asked.click()
    expect(asked).to_have_attribute("aria-expanded", "true")
    numerator = page.locator("#n-L3-3")
    expect(numerator).to_be_focused()
    named = f"{word('report.numerator')} {word('report.this_month')} มี.ค. ตัวชี้วัดที่ 3"
    expect(page.get_by_role("textbox", name=named)).to_be_focused()
    assert faults_here(page) == []
    numerator.fill("49")
    numerator.press("Enter")
    expect(page.locator("#d-L3-3")).to_be_focused()
    expect(page.locator("#save-state")).to_have_text(word("report.half"))
    page.reload()
    expect(page.locator("#n-L3-3")).to_have_value("49")  # half a share waits on this device, its row open again
    page.locator("#d-L3-3").fill("50")
    expect(page.locator("#L3-out")).to_contain_text("98")
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    assert [(f.numerator, f.denominator) for f in Figure.objects.all()] == [(49, 50)]
    page.locator("#d-L3-3").fill("70")
    expect(page.locator("#L3-out")).to_contain_text("70")
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    assert Figure.objects.get().denominator == 70  # over the revision that the first saving gave
    asked.click()
    expect(numerator).to_be_hidden()


def test_enter_leads_from_the_last_row_to_the_next_page_of_a_long_report(office: BrowserOffice) -> None:
    package = small_plan(code="long-2569", indicators=60)
    (work,) = package.plan.projects
    rest = replace(work, id="P2", number=2, indicators=work.indicators[40:])
    works = (replace(work, indicators=work.indicators[:40]), rest)
    office.plan(replace(package, plan=replace(package.plan, projects=works)))
    page = office.window(office.person("reporter", unit="กฝ."))
    page.goto("/report/long-2569/กฝ./3/")
    page.locator("#a-L40-3").fill("9")
    page.locator("#a-L40-3").press("Enter")
    expect(page.locator("a[rel=next]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#a-L41-3")).to_be_focused()
    assert Figure.objects.get().actual == 9  # what was typed on the page before is kept
    page.locator("#a-L60-3").press("Enter")
    expect(page.locator("button.submit")).to_be_focused()
    expect(page.locator(".todo-list a").first).to_have_attribute("href", "?page=1#L1")
    assert faults_here(page) == []


def test_a_block_from_a_spreadsheet_fills_what_is_open_and_says_what_it_skipped(page: Page) -> None:
    page.locator("#a-L4-3").focus()
    page.evaluate("navigator.clipboard.writeText('1,200\\t12\\t13\\r\\n๗\\t–\\t\\r\\n5\\t\\t\\r\\n')")
    page.keyboard.press("Control+v")
    values = [page.locator(f"#a-{place}").input_value() for place in ("L4-3", "L4-4", "L5-3", "L5-4")]
    assert values == ["1,200", "12", "๗", "–"]
    told = f"{word('report.skipped', count=2)} {word('report.pasted_nothing', count=1)}"
    expect(page.locator("#connection")).to_have_text(told)
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))


def test_a_paste_is_read_in_the_browser_as_everywhere_else(page: Page) -> None:
    blocks = [
        "1\t2\r\n3\t\r\n",
        '"ก\nข"\t5\n',
        '"ก\tข ""ค"""\t5',
        '"ดี" มาก\t5\n6\t7\n',
        '"ดี\t5\n6',
        '5" ท่อ\t7',
        "\n7\n",
        "",
    ]
    assert page.evaluate("blocks => blocks.map(window.samritPasted.cells)", blocks) == [cells_of(b) for b in blocks]
    cells = [
        " -   ",
        "-",
        "–",
        "฿ - ",
        "\u00a0-\u00a0",
        "- kr ",
        " US$ -",
        "no -",
        "฿ (1,250.50)",
        "($.5)",
        "(1,250.50)",
        "(5 %)",
        "(ก)",
        "- 5",
        " 12 ",
        "95%",
        ".5",
        "(.5)",
        "",
    ]
    expected = [[text, read.value if read else ""] for text, read in map(figure_meant, cells)]
    assert page.evaluate("cells => cells.map(window.samritPasted.meant)", cells) == expected


def test_a_faulty_figure_is_refused_beside_its_cell_and_the_rest_is_kept(page: Page) -> None:
    page.locator("#a-L1-3").fill("สิบ")
    page.locator("#a-L2-3").fill("9")
    page.locator("#a-L2-3").press("Enter")
    expect(page.locator("#a-L1-3")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#L1 .fault").first).to_contain_text("สิบ")
    expect(page.locator("#L2 .fault")).to_have_count(0)
    expect(page.locator("#save-state")).to_have_text(word("report.refused"))
    page.locator("#a-L1-3").fill("10")
    page.locator("#a-L1-3").press("Enter")
    expect(page.locator("#save-state")).to_contain_text(word("report.saved_at"))
    expect(page.locator("#L1 .fault")).to_have_count(0)


def test_menus_and_the_way_past_them_by_keyboard(page: Page) -> None:
    page.goto("/plans/five-2569/")
    hands = Hands(page)
    hands.keys("Tab")
    expect(page.locator(".skip")).to_be_focused()
    hands.keys("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.reload()
    menu = page.locator("details.plan-menu")
    hands.to(menu.locator("summary"))
    hands.keys("Enter")
    expect(menu).to_have_attribute("open", "")
    hands.keys("Tab", "Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_language_switch_stays_on_the_page_and_keeps_what_is_typed(page: Page) -> None:
    page.locator("#a-L1-3").fill("11")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(word("report.title", "en", month="March B.E. 2569"))
    expect(page.locator("#a-L1-3")).to_have_value("11")
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert Figure.objects.get().actual == 11
