"""What the sheets of an .xlsx file share: their names and states, texts, and number formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.parts import main_part, part_of_kind, relations
from samrit.intake.sources.sheets.number_formats import BUILT_IN
from samrit.intake.sources.xml_events import Attributes, parse

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_YES = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """Everything that a sheet's own part refers to."""

    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    since_1904: bool = False

    def format_of(self, style: str | None) -> str:
        """Return the number format code of a cell's style."""
        if style is None or not style.isdecimal() or int(style) >= len(self.formats):
            return "General"
        return self.formats[int(style)]


def read_workbook(archive: Archive, job: Job) -> Workbook:
    """Return the workbook's lists; parts that are not there count as empty."""
    main = main_part(archive, job, "xl/workbook.xml")
    known = relations(archive, main, job)
    listed = _SheetList()
    parse(archive.chunks(main), listed, job)
    texts = _SharedTexts(job)
    parse(archive.chunks(part_of_kind(known, "sharedStrings", "xl/sharedStrings.xml")), texts, job)
    styles = _Formats()
    parse(archive.chunks(part_of_kind(known, "styles", "xl/styles.xml")), styles, job)
    sheets = [
        SheetPart(name, target, hidden)
        for name, key, hidden in listed.sheets
        for kind, target in [known.get(key, ("", ""))]
        if kind == "worksheet"
    ]
    return Workbook(sheets, texts.found, styles.found(), listed.since_1904)


def unescaped(text: str) -> str:
    """Return a text with its _x000D_ escapes resolved."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class _SheetList:
    """Reads xl/workbook.xml: the sheets in their order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "x:sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("r:id", ""), hidden))
        elif name == "x:workbookPr":
            self.since_1904 = attributes.get("date1904", "") in _YES

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


class _SharedTexts:
    """Reads xl/sharedStrings.xml; reading aids for other scripts (rPh) are left out."""

    def __init__(self, job: Job) -> None:
        self.found: list[str] = []
        self._job = job
        self._pieces: list[str] = []
        self._collecting = False
        self._aside = False

    def start(self, name: str, _: Attributes) -> None:
        if name == "x:si":
            self._pieces = []
        elif name == "x:rPh":
            self._aside = True
        self._collecting = name == "x:t" and not self._aside

    def end(self, name: str) -> None:
        self._collecting = False
        if name == "x:rPh":
            self._aside = False
        elif name == "x:si":
            text = unescaped("".join(self._pieces))
            self._job.kept_text(text)
            self.found.append(text)

    def text(self, text: str) -> None:
        if self._collecting:
            self._pieces.append(text)


class _Formats:
    """Reads xl/styles.xml: the number format of each cell style."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._used: list[str] = []
        self._in_cell_styles = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "x:numFmt":
            self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
        elif name == "x:cellXfs":
            self._in_cell_styles = True
        elif name == "x:xf" and self._in_cell_styles:
            self._used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "x:cellXfs":
            self._in_cell_styles = False

    def text(self, text: str) -> None:
        """Nothing to do."""

    def found(self) -> list[str]:
        """Return the format code per cell style."""
        return [self._own.get(key) or BUILT_IN.get(int(key) if key.isdecimal() else 0, "General") for key in self._used]
