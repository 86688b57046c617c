"""The ledger of cells: every filled cell of a monitoring table is used, or listed as unused with its words.

It is written after the reading, from what became of it.  A figure is used where a fact
names its cell as source; words are used where their reader took that very cell and they
are in what was kept of their work.  So neither a cell whose words happen to be
elsewhere too counts as used, nor one that a reader took and dropped; and a figure that
two facts claim is told as a fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from samrit.engine.model import Mark, Source
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import WorkFacts
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings, key
from samrit.intake.monitoring.rows import MonitoringRow
from samrit.intake.monitoring.work_facts import WorkReading
from samrit.intake.tables.drafts import PlanRow, Scope, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.tokens import TokenKind
from samrit.vocabulary.findings import Finding, Place

_LABELS = ("side", "label")
_LONGEST_LABEL = 60
_HEADING_ROWS, _WIDE = 6, 3  # rows at the top; filled cells that make one a row of headings
_LONGEST_HEADING = 80
_LETTER = re.compile("[ก-๙A-Za-z]")
_NOTHING = re.compile(r"[\s\-–—−.…]*")
_FIGURE = re.compile("[0-9]{3,}")  # no number of an item
_SHOWN = 8  # cells of a row that a finding shows
_TAKEN_FROM_ANOTHER = ("intake_one_row_for_both", "intake_month_filled")
_MARKS = re.compile(r"[0-9๐-๙\W_]+")
_Key = tuple[str, int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Unused:
    """A filled cell that nothing was taken from: its place, its words, the column's heading position, the work."""

    grid: Grid
    cell: GridCell
    position: int
    record: str

    @property
    def source(self) -> Source:
        """Where the cell is."""
        return self.grid.source(self.cell)


def unused_cells(rows: Sequence[MonitoringRow], works: Sequence[WorkReading], words: Headings) -> list[Unused]:
    """Return every filled cell of ``rows`` that nothing of the draft was taken from."""
    figures = {k for work in works for k, _ in _claims(work.facts)}
    readings = {id(work.draft): (work, _kept(work)) for work in works}
    made = []
    for row in rows:
        found, kept = readings.get(id(row.work), (None, ""))
        for at, slot in enumerate(row.view.line):
            cell = slot.cell
            if cell is None or not slot.begins or not slot.text or at in row.view.layout.subtotals:
                continue
            is_used = _key(row.grid, cell) in figures or _is_structure(row, at, words, kept)
            if not is_used and not _is_kept(row, at, found, kept):
                made.append(Unused(row.grid, cell, at, found.facts.record if found is not None else ""))
    return made


def unused_of_plans(
    rows: Sequence[PlanRow], works: Sequence[WorkReading], monitored: Sequence[MonitoringRow] = ()
) -> list[Unused]:
    """Return every filled cell of plan tables whose words and figures are in nothing that was kept of their works.

    Tables of ``monitored`` rows have their own ledger.  A work that another table tells too was
    put together with it: then the words of any work count.
    """
    others = {id(row.grid) for row in monitored}
    rows = [row for row in rows if id(row.grid) not in others]
    kept = {
        id(work.draft): (work.facts.record, [*_kept(work).split("\n"), *_headings(work.draft.scope)]) for work in works
    }
    made = []
    for row in rows:
        own = [kept[id(work)] for work in row.works if id(work) in kept]
        own = own if own or not row.works else [*kept.values()]
        parts = sorted({part for _, lines in own for part in lines if part}, key=len, reverse=True)
        for at, slot in enumerate(row.line):
            if slot.cell is None or not slot.begins or not slot.text:
                continue
            if not _is_used(row, at, parts):
                made.append(Unused(row.grid, slot.cell, at, own[0][0] if len(own) == len(row.works) > 0 else ""))
    return made


def _is_used(row: PlanRow, at: int, parts: Sequence[str]) -> bool:
    """Say whether a cell of a plan table was used: its reader took its very place, and what it holds was kept.

    The same words are in many things, so words alone say nothing; and a reader cannot claim a cell that it dropped.
    """
    text = row.line[at].text
    if at not in row.used:
        return bool(_NOTHING.fullmatch(text))  # a dash says nothing
    return at in row.ticked or _stands_in(text, parts)


def _headings(scope: Scope) -> list[str]:
    """Return the headings that a work is under, as columns of a plan table name them too."""
    named = (
        (scope.strategy, scope.strategy_name),
        (scope.tactic, scope.tactic_name),
        ("", scope.programme),
        ("", scope.fund),
        ("", scope.goal),
    )
    return [key(text) for code, name in named for text in (name, f"{code} {name}", code) if text]


def _stands_in(text: str, parts: Sequence[str]) -> bool:
    """Say whether a cell is made of what was kept: its parts, their numbers and marks, and little else."""
    whole = rest = key(text)
    if not whole:
        return bool(_NOTHING.fullmatch(text))  # a dash says nothing; a tick does
    if whole in parts:
        return True
    if whole.isdigit() or not all(any(figure in part for part in parts) for figure in _FIGURE.findall(whole)):
        return False
    for part in parts:
        if len(part) > 1:
            rest = rest.replace(part, "")
    rest = _MARKS.sub("", rest)
    if 3 * len(rest) <= len(whole):
        return True
    bare = _MARKS.sub("", whole)  # a row that goes on, or whose words go on in the next
    return any(rest in part or bare in part for part in map(_without_marks, parts))


@lru_cache(maxsize=4096)
def _without_marks(text: str) -> str:
    return _MARKS.sub("", text)


def twice_used(rows: Iterable[MonitoringRow], works: Iterable[WorkReading]) -> Iterator[Finding]:
    """Yield a fault for every cell that more figures claim than it holds."""
    held = {
        _key(row.grid, slot.cell): len(slot.text.split())
        for row in rows
        for slot in row.view.line
        if slot.cell is not None and slot.begins
    }
    claimed: dict[_Key, list[str]] = defaultdict(list)
    for work in (w for w in works if w.draft.monthly):  # cells of plan tables hold several targets
        for place, field in _claims(work.facts):
            claimed[place].append(field)
    for place, fields in claimed.items():
        if len(fields) > max(held.get(place, 1), 1):
            where = Place(place[0], place[1], place[2])
            yield Finding("intake_cell_used_twice", where, {"fields": ", ".join(fields)})


def told(unused: Sequence[Unused]) -> Iterator[Finding]:
    """Yield the findings about unused cells, one for each row."""
    rows: dict[tuple[str, int | None, str], list[Unused]] = defaultdict(list)
    for entry in unused:
        rows[entry.grid.document, entry.cell.line, entry.record].append(entry)
    for (document, line, record), entries in rows.items():
        cells = " | ".join(map(_with_heading, entries[:_SHOWN]))
        more = {"count": len(entries), "cells": cells}
        yield Finding("intake_cells_unused", Place(document, entries[0].grid.page, line, record=record), more)


def _with_heading(unused: Unused) -> str:
    """Return a cell's words, after the heading of its column where the columns are certain: "พิกัด: 13.7, 100.5"."""
    text = cleaned(unused.cell.text)[:60]
    if not unused.grid.certain or not unused.grid.is_table:
        return text
    lines = lay_out(unused.grid)
    row, at = _place(lines, unused)
    above = [line for line in lines[: min(row, _HEADING_ROWS)] if sum(bool(slot.text) for slot in line) >= _WIDE]
    heads = (slot_at(line, at).covering for line in above)
    heading = next((head for head in heads if _LETTER.search(head)), "")
    return f"{heading[:40]}: {text}" if heading and heading != text and len(heading) <= _LONGEST_HEADING else text


def _place(lines: Sequence[Line], unused: Unused) -> tuple[int, int]:
    """Return row and position of a cell in its grid, whose rows a reader may have laid out wider (quarters)."""
    for row, line in enumerate(lines):
        for at, slot in enumerate(line):
            cell = slot.cell
            if cell is not None and slot.begins and (cell.line, cell.name) == (unused.cell.line, unused.cell.name):
                return row, at
    return len(lines), unused.position


# -- what is used -------------------------------------------------------------------------


def _key(grid: Grid, cell: GridCell) -> _Key:
    return grid.document, grid.page, cell.line, cell.name


def _claims(work: WorkFacts) -> Iterator[tuple[_Key, str]]:
    """Yield every figure's cell and the field that holds it; a cell of two figures in one is no fault."""
    seen: set[tuple[_Key, str]] = set()
    for record in work.records():
        facts = [*record.facts.items(), *((side, f) for side, spans in record.spans.items() for _, _, f in spans)]
        for name, fact in facts:
            if not fact.source.cell or not _is_figure(name) or set(fact.codes) & set(_TAKEN_FROM_ANOTHER):
                continue
            if fact.value is None or fact.value is Mark.BLANK:
                continue
            at = fact.source
            claim = (at.document, at.page, at.line, at.cell), f"{record.record} {name}"
            if claim not in seen:
                yield claim
            seen.add(claim)


def _is_figure(name: str) -> bool:
    return name in ("weight", "target", "plan_total", "actual_total", "percent", "plan", "actual") or "." in name


def _kept(work: WorkReading) -> str:
    """Return everything in words that was kept of a work, as one key."""
    draft = work.draft
    texts = [draft.title, draft.label, draft.unit, draft.budget, draft.remark, draft.period, *draft.notes]
    texts += [draft.goal, *draft.steps, str(draft.number or "")]
    texts += [text for share in draft.shares for text in share]
    for site in draft.sites:
        texts += [site.title, site.unit, site.budget, *site.planned, *site.actual, site.outcome]
    for indicator in draft.indicators:
        texts += [indicator.name, indicator.label, indicator.unit_of_measure, indicator.target_text]
        texts += [cell.text for cell in (*indicator.years.values(), *indicator.levels.values())]
        texts += [token.text for token in (indicator.weight, indicator.target) if token is not None]
    texts += [token.text for token in draft.percents]
    return "\n".join(key(text) for text in texts)


def _is_kept(row: MonitoringRow, at: int, work: WorkReading | None, kept: str) -> bool:
    if work is None:
        return False
    token = row.view.tokens[at]
    if token.kind is TokenKind.DASH:
        return True  # says nothing beside what is read
    if at not in row.view.taken:
        return False  # the same words are elsewhere
    text, lines = key(token.text), kept.split("\n")
    if token.value is not None and (token.value < 0 or at >= row.view.layout.months[0]):
        # The same digits are in many things: beside the months no figure is a number or label of the work.
        labels = {key(label) for label in (str(work.draft.number or ""), work.draft.label, *_labels(work.draft))}
        return token.value >= 0 and text in lines and text not in labels
    if text in lines or text == str(work.draft.number or ""):
        return True
    if token.kind is TokenKind.NUMBER:
        return False
    return bool(text) and (text in kept or _holds_kept(text, lines))


def _labels(work: WorkDraft) -> Iterator[str]:
    for indicator in work.indicators:
        yield from (str(indicator.number or ""), indicator.label)


def _holds_kept(text: str, kept: Sequence[str]) -> bool:
    """Say whether a cell is a number or label and words that were kept: "1. โครงการ…"."""
    return any(len(part) > 1 and part in text and 2 * len(part) >= len(text) for part in kept)


def _is_structure(row: MonitoringRow, at: int, words: Headings, kept: str) -> bool:
    """Say whether a cell only says what the others are, or that and words that were kept."""
    text = cleaned(row.view.line[at].text)
    begins = words.begins("label", text)
    if begins is not None and begins[0] == "period" and key(begins[1]) in kept:
        return True
    if len(text) > _LONGEST_LABEL:
        return False
    if row.view.indicator is not None and row.view.indicator[0] == at:
        return True
    marker = row.view.marker
    if marker is not None and marker[0] == at and marker[1] != "money":
        return True
    if text and at in row.view.left_out:
        return True
    return any(words.find(group, text) is not None for group in _LABELS)
