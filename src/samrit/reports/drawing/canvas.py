"""A sheet to draw on: collects SVG elements and measures the texts set on it.

Every text goes through :meth:`Canvas.text`, which escapes it; user text can therefore never
become markup.  Coordinates are floats: they are places on paper, not figures of a plan.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from samrit.reports.drawing.wrapping import wrap
from samrit.reports.look.fonts import FAMILY, text_width
from samrit.vocabulary.numbers import format_number

WIDTH = 720.0  # a text column of 16 cm; 16 units of type are then 10 pt
MARGIN = 4.0
INK, NAVY, TEAL, GREY, PALE, WHITE = "#1f2937", "#12355b", "#0f766e", "#5b6470", "#e5e7eb", "#ffffff"
BODY, SMALL, TITLE = 15.0, 13.0, 18.0
LEADING = 1.5  # Thai marks stand above and below the line; with less they touch
# Letters that XML cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HIGHEST_PLACES = 2


class Canvas:
    """A picture in the making; ``y`` is the lower edge of what has been drawn from the top."""

    def __init__(self, title: str, description: str, digits: str = "arabic") -> None:
        self.digits = digits
        self.y = MARGIN
        self._title, self._description = title, description
        self._elements: list[str] = []
        self._definitions: dict[str, str] = {}
        # Several pictures are on one page of HTML; their pattern names must differ.
        self.prefix = "s" + hashlib.sha256(f"{title}\0{description}".encode()).hexdigest()[:8]

    def add(self, tag: str, **attributes: object) -> None:
        """Draw one element; ``stroke_width`` becomes ``stroke-width``, numbers are shortened."""
        self._elements.append(element(tag, **attributes))

    def markup(self, fragment: str) -> None:
        """Draw a fragment of our own making (never user text)."""
        self._elements.append(fragment)

    def define(self, name: str, fragment: str) -> str:
        """Keep ``fragment`` among the definitions once and return the reference to it."""
        identifier = f"{self.prefix}-{name}"
        self._definitions[identifier] = fragment.replace("{id}", identifier)
        return f"url(#{identifier})"

    def text(
        self, x: float, y: float, text: str, *, size: float = BODY, bold: bool = False, anchor: str = "start",
        colour: str = INK,
    ) -> None:  # fmt: skip
        """Set one line of text with its base line at ``y``; ``anchor`` is "start", "middle" or "end"."""
        if text:
            attributes = {"x": x, "y": y, "font-size": size, "fill": colour, "text-anchor": anchor}
            attributes |= {"font-weight": "bold"} if bold else {}
            self._elements.append(element("text", **attributes)[:-2] + f">{_clean(text)}</text>")

    def block(
        self, x: float, y: float, lines: tuple[str, ...], *, size: float = BODY, bold: bool = False,
        anchor: str = "start", colour: str = INK,
    ) -> None:  # fmt: skip
        """Set several lines with their middle at height ``y``."""
        top = y - (len(lines) - 1) * size * LEADING / 2 + size * 0.35
        for number, line in enumerate(lines):
            self.text(x, top + number * size * LEADING, line, size=size, bold=bold, anchor=anchor, colour=colour)

    def heading(self, unit: str = "") -> None:
        """Set the title, which says the finding, and under it the unit of the figures."""
        for line in wrap(self._title, WIDTH - 2 * MARGIN, TITLE, bold=True) if self._title else ():
            self.y += TITLE * LEADING
            self.text(MARGIN, self.y - TITLE * 0.4, line, size=TITLE, bold=True, colour=NAVY)
        for line in wrap(unit, WIDTH - 2 * MARGIN, SMALL) if unit else ():
            self.y += SMALL * LEADING
            self.text(MARGIN, self.y - SMALL * 0.4, line, size=SMALL, colour=GREY)
        self.y += 8

    def figure(self, value: Decimal) -> str:
        """Return ``value`` as it is labelled: its own decimals, at most two (DI1)."""
        exponent = value.normalize().as_tuple().exponent
        places = min(-exponent, _HIGHEST_PLACES) if isinstance(exponent, int) and exponent < 0 else 0
        return format_number(value, places, self.digits)

    def render(self) -> str:
        """Return the whole picture as SVG, with its title and text alternative."""
        height = _short(self.y + MARGIN)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_short(WIDTH)}" height="{height}" '
            f'viewBox="0 0 {_short(WIDTH)} {height}" role="img" '
            f'aria-labelledby="{self.prefix}-t {self.prefix}-d" font-family="{FAMILY}, sans-serif">'
        )
        alternative = (
            f'<title id="{self.prefix}-t">{_clean(self._title)}</title>'
            f'<desc id="{self.prefix}-d">{_clean(self._description)}</desc>'
        )
        definitions = f"<defs>{''.join(self._definitions.values())}</defs>" if self._definitions else ""
        ground = element("rect", width=WIDTH, height=self.y + MARGIN, fill=WHITE)
        return head + alternative + definitions + ground + "".join(self._elements) + "</svg>"


def element(tag: str, **attributes: object) -> str:
    """Return an empty SVG element."""
    written = (f"{name.replace('_', '-')}={quoteattr(_value(value))}" for name, value in attributes.items())
    return f"<{tag} {' '.join(written)}/>"


def line_height(size: float) -> float:
    """Return the distance between two lines of text of ``size``."""
    return size * LEADING


def width_of(text: str, size: float = BODY, bold: bool = False) -> float:
    """Return the width of a line of text."""
    return text_width(text, size, bold)


def _value(value: object) -> str:
    return _short(value) if isinstance(value, float) else str(value)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))
