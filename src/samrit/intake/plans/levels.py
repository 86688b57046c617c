"""Tables of indicators with what each level of a scale asks for ("เกณฑ์การให้คะแนน 1 2 3 4 5") (R105, R106)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samrit.intake.grid import GridCell
from samrit.intake.headings import pattern
from samrit.intake.plans.years import YearTableReader
from samrit.intake.tables.drafts import IndicatorDraft
from samrit.intake.tables.lattice import Line, slot_at

_HEADING_ROWS = 8
_FEWEST_LEVELS = 3
_SCALE = re.compile(pattern("scale"), re.IGNORECASE)
_LEVEL = re.compile(pattern("level"), re.IGNORECASE)


def level_heading(lines: Sequence[Line]) -> tuple[int, dict[int, int]] | None:
    """Return the row that numbers the levels of a scale from 1 on and position → level, None where there is none."""
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        found: dict[int, int] = {}
        for position, slot in enumerate(line):
            match = _LEVEL.fullmatch(slot.text)
            above = " ".join(slot_at(row, position).covering for row in lines[: at + 1])
            if match and _SCALE.search(above):
                found[position] = int(match[1])
        if len(found) >= _FEWEST_LEVELS and [*found.values()] == [*range(1, len(found) + 1)]:
            return at, found
    return None


class LevelTableReader(YearTableReader):
    """Collects indicators, each a work of its own, whose levels are beside each other."""

    def _heading(self, lines: Sequence[Line]) -> tuple[int, dict[int, int]] | None:
        return level_heading(lines)

    def _take(self, draft: IndicatorDraft, targets: dict[int, GridCell]) -> None:
        draft.levels = dict(targets)
