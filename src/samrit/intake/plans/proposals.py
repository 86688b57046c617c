"""Projects proposed on a form of labels ("ชื่อโครงการ : …", "งบประมาณ : …"), in lines or in two columns (R40)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import columns_of
from samrit.intake.tables.results import measured_in
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.sums import is_sum
from samrit.intake.tables.tokens import token

_MOST_COLUMNS = 3  # a wider table is no form of labels
_FEWEST_LABELS = 3  # with something behind them, that make a project
_NUMBER = re.compile(r"^[0-9]{1,2}\s*[.)]\s*(?![0-9])")
_SUB_NUMBER = re.compile(r"^(?:[0-9]{1,2}\.[0-9]{1,2}\s*[.)]?|[0-9]{1,2}\s*[.)]|[-–•*])\s*")
_ITEM = re.compile(r"(?:^|(?<=\s))([0-9]{1,2})\s*[.)]\s+")
_SHORT = ("title", "unit", "period", "budget")  # labels that a value may follow without a colon


@dataclass(slots=True)
class _Proposal:
    """What is behind each label, line by line, and where the title is."""

    grid: Grid
    cell: GridCell
    numbered: bool
    told: dict[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # money of its activities


class ProposalReader:
    """Collects the projects of forms of labels."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self._scopes = Scopes(words)
        self._now: _Proposal | None = None
        self._label = ""
        self.works: list[WorkDraft] = []

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order; a title begins a project, any other label goes on with it."""
        for grid in grids:
            if grid.is_table and max((len(row) for row in grid.rows), default=0) > _MOST_COLUMNS:
                self._label = ""
                self._activities(lay_out(grid))
                continue
            for row in grid.rows:
                filled = [cell for cell in row if cell.text.strip()]
                if filled:
                    self._row(grid, filled)
        self._close()

    def _activities(self, lines: list[Line]) -> None:
        """Take the activities of a table within a form: its steps, and its money where the form names none."""
        columns = columns_of(lines[:1], set(), self._words) if lines else {}
        at = columns.get("name", columns.get("steps"))
        if self._now is None or at is None:
            return
        for line in lines[1:]:
            if (name := slot_at(line, at).text) and not is_sum(name):
                self._now.told.setdefault("steps", []).append(name)
                self._now.parts.append(slot_at(line, columns.get("budget", -1)).text)

    def _row(self, grid: Grid, filled: list[GridCell]) -> None:
        first = cleaned(filled[0].text)
        label, value = self._labelled(first)
        lines = [line for cell in filled[1:] for line in cell.text.splitlines()]
        if label == "title":
            self._close()
            self._now = _Proposal(grid, filled[0], bool(_NUMBER.match(first)))
        elif not label and (not self._now or self._scopes.read(first)):
            return
        if self._now is None:
            return
        if label:
            self._label = label
        elif self._now.numbered and _NUMBER.match(first):
            self._label = ""  # a part of the form that is not asked for
        values = [value if label else first, *lines]
        self._now.told.setdefault(self._label, []).extend(text for v in values if (text := cleaned(v)))
        self._now.lines += [filled[0].line] if filled[0].line is not None else []

    def _labelled(self, text: str) -> tuple[str, str]:
        """Return the label that a line begins with and what follows it, "" for none."""
        bare = _NUMBER.sub("", text)
        head, colon, value = bare.partition(":")
        begins = self._words.begins("proposal", bare)
        if begins is not None and not colon and begins[1] and bare.endswith(f" {begins[1]}"):
            within = self._now is not None and begins[0] != "title"  # words may begin so anywhere else
            if within or begins[0] in _SHORT:
                return begins
        match = self._words.find("proposal", head)
        if match is not None and (colon or head == bare):
            return match.code, value.strip()
        return begins if begins is not None and begins[0] in _SHORT and not colon else ("", "")

    def _close(self) -> None:
        found, self._now, self._label = self._now, None, ""
        if found is None or not found.told.get("title") or sum(map(bool, found.told.values())) < _FEWEST_LABELS:
            return
        told = {
            label: values[0] if label in _SHORT else " ".join(values) for label, values in found.told.items() if values
        }
        work = WorkDraft(found.grid, self._scopes.now, len(self.works) + 1, told["title"], found.cell, monthly=False)
        work.doubts.append("intake_number_missing")
        work.lines = found.lines
        work.unit, work.budget, work.period = (told.get(label, "") for label in ("unit", "budget", "period"))
        work.shares = [("", part) for part in found.parts if part and not work.budget]
        work.goal, work.steps = told.get("goal", ""), [*map(_bare, found.told.get("steps", ()))]
        work.indicators = list(_indicators(work, found.told.get("indicator", []), found.told.get("target", [])))
        self.works.append(work)


def _indicators(work: WorkDraft, names: list[str], targets: list[str]) -> Iterator[IndicatorDraft]:
    """Yield the indicators of a project, with the targets where they are as many."""
    names, targets = ([*map(_bare, _items(lines))] for lines in (names, targets))
    paired = len(names) == len(targets)
    for number, name in enumerate(names, 1):
        draft = IndicatorDraft(number=number, name=name, cell=work.cell, lines=list(work.lines))
        if paired:
            draft.target_text = targets[number - 1]
            draft.target = token(GridCell(draft.target_text, work.cell.line, work.cell.name), 0)
            draft.unit_of_measure = measured_in(draft.target_text)
        yield draft


def _items(lines: list[str]) -> list[str]:
    """Return the items of lines: one on each, or on a single line those whose numbers run on."""
    if len(lines) != 1:
        return lines
    marks: list[re.Match[str]] = []
    for mark in _ITEM.finditer(lines[0]):
        if int(mark[1]) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < 2 or marks[0].start():
        return lines
    ends = [*(mark.start() for mark in marks[1:]), len(lines[0])]
    return [lines[0][mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def _bare(item: str) -> str:
    return _SUB_NUMBER.sub("", item)
