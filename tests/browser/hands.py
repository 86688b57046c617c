"""Hands at a keyboard or on a screen: each key press and tap is counted by the page itself, and only real ones."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

_COUNT = """for (const kind of ['keydown', 'pointerdown']) {
    addEventListener(kind, event => {
        if (event.isTrusted) sessionStorage.setItem('presses', Number(sessionStorage.getItem('presses')) + 1);
    }, true);
}"""


class Hands:
    """Types and taps in one window; ``presses`` is what the window noticed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(_COUNT)

    @property
    def presses(self) -> int:
        """How many keys were pressed and taps or clicks made, from the first page on."""
        return int(self.page.evaluate("sessionStorage.getItem('presses')") or 0)

    def keys(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, target: Locator, *, most: int = 60) -> None:
        """Press Tab until ``target`` has the focus, and see that one sees where one is."""
        for _ in range(most):
            if target.evaluate("part => part === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        assert target.evaluate("part => part === document.activeElement"), f"no way by Tab to {target}"
        shown = target.evaluate("part => [getComputedStyle(part).outlineStyle, getComputedStyle(part).boxShadow]")
        assert shown != ["none", "none"], f"nothing shows the focus on {target}"
