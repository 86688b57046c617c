"""What people read in Thai stands in the catalogue of its room: no room writes more of it into its code than it did."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from samrit.plans.unit_form.model import FIGURE_COLUMNS, LEVEL_COLUMNS, SHEETS, TAG_COLUMN
from samrit.plans.unit_form.past_file import COLUMNS, PARTS
from samrit.plans.unit_form.past_file import SOURCE as SOURCE_COLUMN
from samrit.plans.unit_form.words import texts
from tests.source_tree import SOURCE, Module, modules

_THAI = re.compile("[ก-๛]")
# Titles of columns stand where the column is declared, and a migration never changes again.
_ELSEWHERE = {"package/columns", "package/kinds", "plans/migrations"}
# Literals by room when this was counted; a number may only fall, and a room that is not named has none.  What is
# left in ``vocabulary`` and ``intake`` is mostly what documents are recognised by, not what people are told.
MOST = {
    "cli": 171,
    "cli/office": 153,
    "config/settings": 1,
    "engine": 10,
    "engine/checks": 19,
    "engine/explain": 4,
    "engine/indicators": 8,
    "intake": 43,
    "intake/forms": 13,
    "intake/monitoring": 11,
    "intake/plans": 7,
    "intake/prose": 17,
    "intake/repair": 2,
    "intake/review": 39,
    "intake/sources": 19,
    "intake/tables": 42,
    "package": 6,
    "plans": 1,
    "plans/demo": 29,
    "plans/drafting": 3,
    "plans/models": 42,
    "plans/reporting": 20,
    "plans/selectors": 15,
    "plans/services": 1,
    "plans/unit_form": 1,
    "reports/drawing": 6,
    "reports/texts": 1,
    "reports/writers": 8,
    "vocabulary": 155,  # words by which rates are recognised are among them
    "web/forms": 1,
}

SLACK = 10  # how many may have gone unnoticed, on branches that meet


@cache
def found() -> Counter[str]:
    """Return how many literals with Thai in them each room has, docstrings apart."""
    count: Counter[str] = Counter()
    for module in modules():
        told = {id(node.value) for node in module.walk() if isinstance(node, ast.Expr)}
        texts_ = (n for n in module.walk() if isinstance(n, ast.Constant) and id(n) not in told)
        thai = sum(isinstance(n.value, str) and bool(_THAI.search(n.value)) for n in texts_)
        if thai and (room := room_of(module)) not in _ELSEWHERE:
            count[room] += thai
    return count


def room_of(module: Module) -> str:
    """Return the folder of a file, two steps below the package at most: "cli/office", "vocabulary"."""
    return "/".join(Path(module.where).relative_to("src/samrit").parent.parts[:2])


def test_no_room_has_more_thai_in_its_code_than_it_had() -> None:
    more = {room: (count, MOST.get(room, 0)) for room, count in found().items() if count > MOST.get(room, 0)}
    assert more == {}, "put what people read into the room's catalogue"


def test_the_numbers_fall_with_what_is_left() -> None:
    left = {room: (most, found()[room]) for room, most in MOST.items() if found()[room] < most}
    assert sum(most - now for most, now in left.values()) <= SLACK, f"let these numbers in MOST fall: {left}"


@pytest.mark.parametrize("group", texts())
def test_every_text_of_the_unit_form_is_used(group: str) -> None:
    form = (SOURCE / "plans/unit_form", SOURCE / "plans/services/report")
    source = "".join(path.read_text("utf-8") for folder in form for path in folder.glob("*.py"))
    if group in {"fill", "sheet"}:  # chosen by the sheet
        assert texts()[group].keys() == set(SHEETS)
        return
    if group == "heading":  # chosen by the columns
        shown = {key for key, _, _ in (*FIGURE_COLUMNS, *LEVEL_COLUMNS)}
        assert texts()[group].keys() == shown - {TAG_COLUMN}
        return
    if group == "past":  # chosen by the columns
        assert texts()["past"].keys() == {"sheet", "month", SOURCE_COLUMN, *COLUMNS, *PARTS}
        return
    assert [key for key in texts()[group] if f'word("{group}", "{key}"' not in source] == []
