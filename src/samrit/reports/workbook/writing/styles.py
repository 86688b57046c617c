"""Cell formats: the official font, quiet borders, bands in their colours, figures half up (DI1).

A format rounds only what is shown; the cell keeps its exact value.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from samrit.engine.ruleset import Band

FONT = "TH SarabunPSK"  # what the offices have; metric twin of Sarabun at three quarters of its size
SIZE = 14
NAVY = "#12355B"
HEAD = "#DCE6F0"
GROUP = "#EEF2F6"
QUIET = "#F5F5F5"
LINE = "#A6A6A6"
INPUT = "#12355B"  # figures that were typed; computed ones are black

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_ALIGNED: dict[str, dict[str, Any]] = {
    "text": {"align": "left"},
    "wrap": {"align": "left", "text_wrap": True},
    "code": {"align": "center"},
    "flag": {"align": "center", "num_format": '0;-0;""'},
    "count": {"align": "right", "num_format": "#,##0"},
    "figure": {"align": "right", "num_format": "#,##0.##########", "font_color": INPUT},
    "total": {"align": "right", "num_format": "#,##0.00"},
    "money": {"align": "right", "num_format": "#,##0.00", "font_color": INPUT},
    "weight": {"align": "right", "num_format": "#,##0.00"},
    "percent": {"align": "right"},
    "share": {"align": "right"},
    "band": {"align": "center"},
    "helper": {"align": "right", "font_color": "#808080", "num_format": "General"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    "fixed": {"align": "right", "italic": True, "bg_color": QUIET, "num_format": "#,##0.00"},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, percent_places: int, share_places: int) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._kinds: dict[tuple[Any, ...], Format] = {}
        self._places = {"percent": percent_places, "share": share_places}

    def of(self, name: str, **changes: Any) -> Format:
        """Return the format ``name``, with some properties changed."""
        key = (name, *changes.items())
        if key not in self._kinds:
            properties = {**_ALIGNED[name], "valign": "top"}
            if name in self._places:
                properties["num_format"] = number_format(self._places[name])
            self._kinds[key] = self.make(**{**properties, **changes})
        return self._kinds[key]

    def with_places(self, name: str, places: int) -> Format:
        """Return the format ``name`` with thousands separators and exactly so many decimals."""
        key = (name, places)
        if key not in self._kinds:
            self._kinds[key] = self.of(name, num_format=number_format(places))
        return self._kinds[key]

    def boxed(self, name: str, **changes: Any) -> Format:
        """Return the format ``name`` with a border, for tables that are read rather than filtered."""
        return self.of(name, **{"border": 1, "border_color": LINE, **changes})

    def make(self, **properties: Any) -> Format:
        """Return a format with exactly these properties in the official font."""
        wanted = {"font_name": FONT, "font_size": SIZE, "valign": "top", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    @cached_property
    def head(self) -> Format:
        """A column heading."""
        return self.make(
            bold=True, text_wrap=True, align="center", valign="vcenter", bg_color=HEAD, border=1, border_color=LINE
        )

    @cached_property
    def title(self) -> Format:
        """The title of a sheet or of a table on it."""
        return self.make(bold=True, font_size=SIZE + 4, font_color=NAVY, valign="vcenter")

    @cached_property
    def subtitle(self) -> Format:
        """A line under a title."""
        return self.make(bold=True, font_size=SIZE + 1, font_color=NAVY, valign="vcenter")

    @cached_property
    def note(self) -> Format:
        """Running text."""
        return self.make(text_wrap=True, align="left")

    def when_band(self, band: Band) -> Format:
        """Return what a band lays over a cell: its colour on a tint; word and sign are in the cell (BA3)."""
        return self._workbook.add_format(self.band_colours(band))

    @staticmethod
    def band_colours(band: Band) -> dict[str, Any]:
        """Return the band's colour as text on a tint of it."""
        colour = band.colour if _COLOUR.fullmatch(band.colour) else "#333333"
        return {"font_color": colour, "bg_color": tint(colour), "bold": True}

    def when_places(self, places: int) -> Format:
        """Return what shows a figure with more places than usual (BA2)."""
        return self._workbook.add_format({"num_format": number_format(places)})

    @cached_property
    def when_whole(self) -> Format:
        """What shows a whole total without decimals."""
        return self._workbook.add_format({"num_format": "#,##0"})

    @cached_property
    def when_changed(self) -> Format:
        """What marks a row that no longer says what the evaluation said."""
        return self._workbook.add_format({"bg_color": "#FFF4CE", "bold": True})


def number_format(places: int) -> str:
    """Return a spreadsheet number format with thousands separators and exactly ``places`` decimals."""
    return "#,##0" + ("." + "0" * places if places else "")


def tint(colour: str) -> str:
    """Return a pale tint of an "#rrggbb" colour, light enough for dark text on it."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - part) * 14 // 100:02X}" for part in parts)
