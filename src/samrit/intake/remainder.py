"""What no reader of works took: the ledger of cards, summaries, running text and of tables that nobody understood.

Their readers take single cells from among many, so what was used is found from its
end: a cell is used where its words or its figure are in the plan that was made.
Everything else is listed with its words, one finding for a table or a stretch of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import groupby

from samrit.engine.model import Plan, Source
from samrit.intake.claims import Claims
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings, key, pattern
from samrit.intake.ledger import Unused, told
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.layout import FEWEST_MONTHS, month_of, month_positions
from samrit.intake.tables.quarters import part_of_year
from samrit.intake.tables.spending import parts_named
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import parse_figure

_GROUPS = ("column", "side", "label", "card", "band", "kind_group", "proposal", "manpower", "told", "long", "day")
_MARK = re.compile(r"^[\s\d.()\-–—•●*]+")
_ABOVE = re.compile(pattern("work_above"), re.IGNORECASE)
_ITS_NUMBER = re.compile(rf"^\s*{pattern('ordinal')}\s*", re.IGNORECASE)
_SHORTEST = 4  # letters of a key that is looked for inside longer texts
_END = 16  # letters of a paragraph's beginning and end that are in the plan where its parts do
_SHOWN = 8
_LONGEST = 60
_HEADING = 260


class _Kept:
    """Every word and figure of a plan, to ask whether a cell is among them."""

    def __init__(self, plan: Plan | None) -> None:
        self._texts: set[str] = set()
        self._figures: set[Decimal] = set()
        for value in _values(plan):
            if isinstance(value, str):
                self._texts.add(key(value))
            else:
                self._figures.add(value)
        self._all = "\n".join(self._texts)

    def holds(self, text: str) -> bool:
        """Say whether the words of a cell, or the figure in it, are in the plan."""
        whole = key(text)
        if not whole or whole in self._texts:
            return True
        figure = parse_figure(text)
        if isinstance(figure, Decimal):
            return figure in self._figures
        bare = key(_MARK.sub("", text))
        if self._begins_and_ends(bare):
            return True
        return len(bare) >= _SHORTEST and (bare in self._all or self._made_of_parts(text))

    def _begins_and_ends(self, bare: str) -> bool:
        """Say whether both ends of a paragraph are in the plan: it was told in parts, result, cause and next step."""
        return len(bare) > 2 * _END and bare[:_END] in self._all and bare[-_END:] in self._all

    def _made_of_parts(self, text: str) -> bool:
        """Say whether all lines or sentences of a longer cell are in the plan by themselves."""
        label, _, rest = text.partition(":")
        if len(label) < _LONGEST and self._begins_and_ends(key(rest)):
            return True
        parts = [bare for part in re.split(r"[\n:;()]|\s{2,}", text) if (bare := key(_MARK.sub("", part)))]
        return len(parts) > 1 and all(part in self._all for part in parts)


def _values(value: object) -> Iterator[str | Decimal]:
    if isinstance(value, str):
        yield from (value, *value.splitlines()) if value else ()
    elif isinstance(value, Decimal):
        yield value
    elif isinstance(value, int):
        yield Decimal(value)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _values(one)
    elif is_dataclass(value) and not isinstance(value, Source):
        for own in fields(value):
            yield from _values(getattr(value, own.name))


def unused_elsewhere(
    grids: Iterable[Grid], read: Iterable[Grid], plan: Plan | None, words: Headings, claims: Claims | None = None
) -> list[Unused]:
    """Return the filled cells of ``grids`` that are nowhere in the plan; those of ``read`` have their own ledger.

    Of a table that was read by place (``claims``) a cell is used where its reader took it and the plan has its words.
    """
    others = {id(grid) for grid in read}
    kept = _Kept(plan)
    made = []
    for grid in grids:
        if id(grid) in others:
            continue
        lines = lay_out(grid)
        upright = _columns_of_months(lines)
        for line in lines:
            heads = bool(month_positions(line) or parts_named(line))
            for at, slot in enumerate(line):
                if slot.cell is None or not slot.begins or not slot.text:
                    continue
                names = (heads or at in upright) and _names_part(slot.text)
                if claims is not None and claims.covers(grid) and not claims.holds(slot.cell):
                    used = claims.names(slot.cell) or _says_what_others_are(slot.text, words)
                else:
                    used = _is_used(slot.text, kept, words)
                if not names and not used:
                    made.append(Unused(grid, slot.cell, at, ""))
    return made


def _columns_of_months(lines: Sequence[Line]) -> set[int]:
    """Return the positions at which a table names its months, or parts of the year, below each other."""
    named: dict[int, set[str]] = {}
    for line in lines:
        for at, slot in enumerate(line):
            if slot.text and _names_part(slot.text):
                named.setdefault(at, set()).add(slot.text)
    return {at for at, texts in named.items() if len(texts) >= FEWEST_MONTHS}


def _names_part(text: str) -> bool:
    return month_of(text, None) is not None or bool(part_of_year(text))


def _is_used(text: str, kept: _Kept, words: Headings) -> bool:
    if _says_what_others_are(text, words):
        return True
    if (above := _ABOVE.fullmatch(text)) is not None and kept.holds(above[2]):
        return True  # the work whose indicators are below it
    label = words.begins("proposal", _MARK.sub("", text))  # "ผู้รับผิดชอบโครงการ นายแข็งแรง"
    if label is not None and label[1] and kept.holds(label[1]):
        return True
    heading = words.begins("heading", _MARK.sub("", text))
    return kept.holds(text) or (heading is not None and kept.holds(_MARK.sub("", _ITS_NUMBER.sub("", heading[1]))))


def _says_what_others_are(text: str, words: Headings) -> bool:
    """Say whether a cell is a heading or label, or begins a part of a report; a dash says nothing."""
    if not key(text) or (len(text) <= _LONGEST and any(words.find(group, text) is not None for group in _GROUPS)):
        return True
    return len(text) <= _HEADING and words.begins("section", text) is not None


def remainder_told(unused: Sequence[Unused]) -> Iterator[Finding]:
    """Yield the findings: one for a table of which most was not used and for a document's text, else row by row."""
    texts: dict[str, list[Unused]] = {}
    for _, group in groupby(unused, key=lambda entry: id(entry.grid)):
        entries = [*group]
        grid = entries[0].grid
        filled = sum(bool(cell.text.strip()) for row in grid.rows for cell in row)
        if not grid.is_table:
            texts.setdefault(grid.document, []).extend(entries)
        elif 2 * len(entries) < filled:
            yield from told(entries)
        else:
            yield _listed("intake_table_not_used", entries, sheet=grid.sheet[:_LONGEST] or "–")
    for entries in texts.values():
        yield _listed("intake_text_not_used", entries)


def _listed(code: str, entries: Sequence[Unused], **params: object) -> Finding:
    """Return the finding about some cells: how many, the first ones, where they begin."""
    first = entries[0]
    words = dict.fromkeys(cleaned(entry.cell.text)[:_LONGEST] for entry in entries)
    place = Place(first.grid.document, first.grid.page, first.cell.line)
    return Finding(code, place, {**params, "count": len(entries), "cells": " | ".join([*words][:_SHOWN])})
