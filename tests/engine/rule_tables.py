"""The worked tables of the rules' pages, read as test cases: ``<!-- test: name -->`` stands above each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from samrit.engine.model import Entry, Figure, Mark

PAGES = Path(__file__).parents[2] / "src" / "samrit" / "engine" / "rules"
_MARKER = re.compile(r"<!-- test: (\w+) -->\n((?:\|.*\n)+)")


@dataclass(frozen=True)
class Case:
    """One row of a worked table: the page's file name and the cells by column heading."""

    page: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __str__(self) -> str:
        return f"{self.page}-{self.number}"


def cases(name: str) -> list[Case]:
    """Return the rows of every table of that name, over all pages."""
    found = []
    for page in sorted(PAGES.glob("*.md")):
        for marker in _MARKER.finditer(page.read_text("utf-8")):
            if marker[1] == name:
                head, _, *rows = [_cells(line) for line in marker[2].splitlines()]
                found += [
                    Case(page.stem, at, dict(zip(head, row, strict=True)))
                    for at, row in enumerate(rows, len(found) + 1)
                ]
    return found


def table_names() -> set[str]:
    """Return the names of all tables that the pages hold."""
    return {m[1] for page in PAGES.glob("*.md") for m in _MARKER.finditer(page.read_text("utf-8"))}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def decimal(text: str) -> Decimal | None:
    """Return a number of a table; "none" and an empty cell are None."""
    return None if text in ("none", "") else Decimal(text)


def figure(text: str) -> Figure:
    """Return a month's figure: a number, "–" or "blank"."""
    return {"–": Mark.NOTHING, "blank": Mark.BLANK}.get(text) or Decimal(text)


def listed(text: str) -> list[str]:
    """Return the parts of a list cell."""
    return [part.strip() for part in text.split(",") if part.strip()]


def months(text: str) -> dict[int, Figure]:
    """Return figures by month: in order from month 1, or each with its own ("5@3")."""
    if "@" in text:
        return {int(part.split("@")[1]): figure(part.split("@")[0]) for part in listed(text)}
    return {month: figure(part) for month, part in enumerate(listed(text), 1)}


def entries(plan: str, actual: str) -> tuple[Entry, ...]:
    """Return the entries of a planned and an actual row."""
    planned, done = months(plan), months(actual)
    return tuple(
        Entry(m, planned=planned.get(m, Mark.BLANK), actual=done.get(m, Mark.BLANK)) for m in sorted({*planned, *done})
    )


def span_entries(text: str, unit: str = "") -> tuple[Entry, ...]:
    """Return actual figures written ``value[×span]@month``."""
    made = []
    for part in listed(text):
        value, month = part.split("@")
        amount, _, span = value.partition("×")
        made.append(Entry(int(month), unit, actual=figure(amount), span=int(span or 1)))
    return tuple(made)


def parts_entries(text: str, unit: str = "") -> tuple[Entry, ...]:
    """Return reported shares, month by month: ``1/2`` or a bare percent ``80%``."""
    made = []
    for month, part in enumerate(listed(text), 1):
        if part.endswith("%"):
            made.append(Entry(month, unit, actual=Decimal(part[:-1])))
        else:
            top, bottom = part.split("/")
            made.append(Entry(month, unit, numerator=Decimal(top), denominator=Decimal(bottom)))
    return tuple(made)


def rules_of(page: Path) -> list[str]:
    """Return the numbers of the rules that the title of a page names: "FC1–FC6" names six."""
    title = page.read_text("utf-8").splitlines()[0]
    ranges = re.findall(r"\b(FC|MO|P)([0-9]{1,2})–\1?([0-9]{1,2})\b", title)
    spans = [f"{kind}{number}" for kind, first, last in ranges for number in range(int(first), int(last) + 1)]
    return spans or re.findall(r"\b(?:[A-Z]{2}[1-9][0-9]?|M-[A-E]|P[0-9]{1,2})\b", title)


def unit_entries(plan: str, actual: str) -> tuple[Entry, ...]:
    """Return the entries of units written ``A: months; B: months``; ``whole`` is all units, no name one unit."""
    made: dict[tuple[str, int, int], Entry] = {}
    for text, side in ((plan, "planned"), (actual, "actual")):
        for part in text.split(";"):
            name, colon, figures = part.rpartition(":")
            unit = "" if not colon or name.strip() == "whole" else name.strip()
            for period, span, cells in _months_of(figures, side):
                key = (unit, period, span)
                made[key] = replace(made.get(key, Entry(period, unit, span=span)), **cells)
    return tuple(made.values())


def _months_of(text: str, side: str) -> list[tuple[int, int, dict[str, Figure]]]:
    found: list[tuple[int, int, dict[str, Figure]]] = []
    for place, part in enumerate(listed(text), 1):
        amount, _, month = part.partition("@")
        amount, _, span = amount.partition("×")
        top, slash, bottom = amount.partition("/")
        cells: dict[str, Figure] = {side: figure(amount)} if not slash else {}
        if slash:
            prefix = "planned_" if side == "planned" else ""
            cells = {f"{prefix}numerator": Decimal(top), f"{prefix}denominator": Decimal(bottom)}
        found.append((int(month or place), int(span or 1), cells))
    return found
