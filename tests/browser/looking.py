"""Looking at a page as a critic does: axe, nothing beside the screen at either width, its weight.

A usual run puts each page through axe at one width, taken by its address, so that about half of them are looked at
narrow; ``--full`` takes both. Whether anything stands beside the screen is asked at both widths always.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import axe_playwright_python
import brotli
from playwright.sync_api import Page, Response

from tests.browser.office import DESKTOP, PHONE

is_full = False  # set for the run by --full
LIGHT = 200_000  # bytes of a page with everything that it loads but fonts
WIDTHS = (DESKTOP, PHONE)
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
_OPEN = "document.querySelectorAll('main details').forEach(part => { part.open = true; })"
_FAULTS = """async () => {
    const { violations } = await axe.run({ resultTypes: ['violations'], preload: false });
    const parts = fault => fault.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ');
    return violations.map(fault => `${fault.id} (${fault.impact}): ${parts(fault)}`);
}
"""
_BESIDE = """() => {
    const isHeld = part => { // by something that scrolls by itself
        while ((part = part.parentElement) && part !== document.body) {
            if (getComputedStyle(part).overflowX !== 'visible') return true;
        }
        return false;
    };
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const beside = [...document.querySelectorAll('body *')]
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && part.checkVisibility());
    const free = beside.filter(part => !isHeld(part) || getComputedStyle(part).position === 'absolute');
    return (free.length ? free : beside).slice(0, 3).map(part => part.outerHTML.slice(0, 200));
}
"""


def faults_of(page: Page, address: str, *, status: int = 200, language: str = "th") -> list[str]:
    """Go to an address and return what is wrong with the page, everything folded on it opened."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != status:
        return [f"{address}: answered {answer.status}, not {status}"]
    return faults_here(page, language=language)


def faults_here(page: Page, *, language: str = "th") -> list[str]:
    """Return what is wrong with the page that is open."""
    where = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
    page.evaluate(_OPEN)
    page.evaluate(_AXE)  # through the debugger, which the content policy does not bind
    found = [] if page.locator("html").get_attribute("lang") == language else ["another language than asked for"]
    for size in WIDTHS:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if size in looked_at(where):
            found += [f"{size[0]} px: {fault}" for fault in page.evaluate(_FAULTS)]
        found += beside(page)
    return [f"{where}: {fault}" for fault in found]


def looked_at(address: str) -> tuple[tuple[int, int], ...]:
    """Return the windows in which a page goes through axe: one by its address, or both in a run at full size."""
    return WIDTHS if is_full else (WIDTHS[crc32(address.encode()) % 2],)


def beside(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    width = page.evaluate("innerWidth")
    return [f"{width} px: stands beside the screen: {part}" for part in page.evaluate(_BESIDE)]


class Scales:
    """Weighs what a page loads as a server sends it: static files as WhiteNoise compresses them, fonts left out."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[Response] = []
        page.on("response", lambda answer: self.answers.append(answer))

    def weight_of(self, address: str) -> int:
        """Go to an address with nothing remembered and return the bytes that came."""
        self.answers.clear()
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return sum(_weight(answer) for answer in self.answers if not answer.url.endswith(".woff2"))


def _weight(answer: Response) -> int:
    if "/static/" not in answer.url:
        return answer.request.sizes()["responseBodySize"]
    return _compressed(urlsplit(answer.url).path, answer.body())


@cache
def _compressed(_: str, content: bytes) -> int:
    return len(brotli.compress(content))
