"""The plan's tree in a draft: every record is shown whatever its rows hold; a move changes places, nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.package.rows import typed
from samrit.plans.drafting.document import Standing, StandingRow, standing
from samrit.plans.drafting.tree.branches import LEVELS, NAMES, tree_of
from samrit.plans.drafting.tree.hanging import hanging
from samrit.plans.drafting.tree.moving import Move, changes_of, places_for, suggested_code
from samrit.plans.drafting.tree.numbering import SCHEMES
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import HistoryEntry, PlanDraft
from samrit.plans.services.draft.arranging import draft_arrange
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.rows import draft_undo
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import example, small_plan

# Codes of which some name nothing, blanks, and the same code twice: whatever people type.
CODES = ["", "1", "2", "1.1", "แผนงาน 1"]
code = st.sampled_from(CODES)
COLUMNS = {
    "strategies": ("code", "name"),
    "tactics": ("code", "strategy", "parent", "name"),
    "programmes": ("code", "tactic", "name"),
    "projects": ("id", "strategy", "tactic", "programme", "title"),
}


def row(number: int, /, **cells: str) -> StandingRow:
    return StandingRow(number, {name: text for name, text in cells.items() if text})


@st.composite
def drafts(draw) -> Standing:
    """Rows of a draft whose works are numbered through without a gap."""
    rows: dict[str, dict[int, StandingRow]] = {
        "plan": {1: row(1, id="p", numbering=draw(st.sampled_from(list(SCHEMES))))}
    }
    for file in LEVELS:
        made = draw(st.lists(st.tuples(*(code for _ in COLUMNS[file])), max_size=4))
        cells = [dict(zip(COLUMNS[file], each, strict=True)) for each in made]
        if file == "projects":
            cells = [
                {**c, "id": f"W{at}", "number": str(at), "fund": draw(st.sampled_from(["", "ก"]))}
                for at, c in enumerate(cells, 1)
            ]
        rows[file] = {at: row(at, **own) for at, own in enumerate(cells, 1)}
    return rows


def moved(rows: Standing, move: Move) -> dict[str, dict[int, StandingRow]]:
    """Return the rows after a move."""
    after = {file: dict(own) for file, own in rows.items()}
    for change in changes_of(rows, move):
        number = change.number or max(after[change.file], default=0) + 1
        old = after[change.file].get(number, StandingRow(number, {}))
        cells = {n: t for n, t in {**old.cells, **change.cells}.items() if t}
        after[change.file][number] = replace(old, cells=cells, is_removed=change.is_removed)
    return after


def shown(rows: Standing) -> set[tuple[str, int]]:
    return {(b.file, b.number) for top in tree_of(rows) for b in top.walk() if b.file}


def titles(rows: Standing) -> list[str]:
    return [b.code for top in tree_of(rows) for b in top.walk() if b.file == "projects"]


def there(rows: Standing) -> set[tuple[str, int]]:
    return {(file, n) for file in LEVELS for n, own in rows[file].items() if not own.is_removed}


@given(drafts())
def test_every_record_is_shown_whatever_its_rows_hold(rows: Standing) -> None:
    assert shown(rows) == there(rows)


@given(drafts(), st.data())
def test_a_move_changes_places_and_nothing_else(rows: Standing, data) -> None:
    if not there(rows):
        return
    file, number = data.draw(st.sampled_from(sorted(there(rows))))
    places = [name for name, _ in places_for(rows, file, number)] if file != "strategies" else []
    ways = ["up", "down", "number", *(["under"] if places else [])]
    move = Move(data.draw(st.sampled_from(ways)), file, number, to=data.draw(st.sampled_from(places)) if places else "")
    after = moved(rows, move)
    assert shown(after) == there(rows)
    for level in LEVELS:
        for own in rows[level].values():
            kept = {"code", "id", "fund", NAMES[level]}
            assert {n: t for n, t in own.cells.items() if n in kept} == {
                n: t for n, t in after[level][own.number].cells.items() if n in kept
            }
    span = SCHEMES[rows["plan"][1].cells["numbering"]]
    numbers = Counter((span(r.cells), r.cells.get("number")) for r in after["projects"].values())
    assert not numbers or max(numbers.values()) == 1, "no two works of a span bear one number"


@given(drafts(), st.data())
def test_down_takes_back_what_up_did(rows: Standing, data) -> None:
    works = [b.number for top in tree_of(rows) for b in top.walk() if b.file == "projects"]
    if not works:
        return
    number = data.draw(st.sampled_from(works))
    up = moved(rows, Move("up", "projects", number))
    assert titles(moved(up, Move("down", "projects", number))) == titles(rows) or up == rows


@given(drafts(), st.data())
def test_what_is_taken_out_with_all_below_leaves_nothing_below_hanging(rows: Standing, data) -> None:
    if not there(rows):
        return
    file, number = data.draw(st.sampled_from(sorted(there(rows))))
    full = {**{r: {} for r in typed(small_plan())}, **rows}
    told = hanging(full, file, number)
    after = moved(full, Move("remove", file, number, below="gone"))
    gone = there(rows) - there(after)
    assert gone == {(file, number), *((b.file, b.number) for b in told.below)}
    if told.below:
        with pytest.raises(ServiceError, match="tree_has_below"):
            changes_of(full, Move("remove", file, number))


def nested() -> dict[str, dict[int, StandingRow]]:
    """A goal with an outcome, an output under it and a work at the bottom, beside a second goal."""
    return {
        "plan": {1: row(1, id="p")},
        "strategies": {1: row(1, code="1", name="ก"), 2: row(2, code="2", name="ข")},
        "tactics": {
            1: row(1, code="1.1", strategy="1", name="outcome"),
            2: row(2, code="1.1.1", strategy="1", parent="1.1", name="output"),
            3: row(3, code="1.1.1.1", strategy="1", parent="1.1.1", name="result"),
        },
        "programmes": {},
        "projects": {1: row(1, id="W1", number="1", strategy="1", tactic="1.1.1.1", title="work")},
    }


def test_tactics_stand_under_one_another_at_any_depth() -> None:
    (first, _) = tree_of(nested())
    assert [b.code for b in first.walk()] == ["1", "1.1", "1.1.1", "1.1.1.1", "W1"]
    assert first.works == 1
    assert suggested_code(nested(), "tactics", ("1", "1.1", "")) == "1.1.2"


def test_a_tactic_goes_elsewhere_with_all_below_it_and_never_under_itself() -> None:
    rows = nested()
    after = moved(rows, Move("under", "tactics", 2, to="strategies-2"))
    assert [b.code for b in tree_of(after)[1].walk()] == ["2", "1.1.1", "1.1.1.1", "W1"]
    assert after["projects"][1].cells["strategy"] == "2"
    assert [name for name, _ in places_for(rows, "tactics", 2)] == ["strategies-1", "tactics-1", "strategies-2"]
    with pytest.raises(ServiceError, match="tree_place_wrong"):
        changes_of(rows, Move("under", "tactics", 1, to="tactics-3"))


def test_what_stood_under_a_tactic_that_is_taken_out_keeps_its_own_below_it() -> None:
    after = moved(nested(), Move("remove", "tactics", 2, to="tactics-1", below="under"))
    assert [b.code for b in tree_of(after)[0].walk()] == ["1", "1.1", "1.1.1.1", "W1"]


class TestExample:
    """The example of 235 works: programmes under tactics, numbers that begin anew in each fund and strategy."""

    def rows(self) -> dict[str, dict[int, StandingRow]]:
        files = typed(example("sso-2568"))
        return {name: {r.number: StandingRow(r.number, r.cells) for r in own} for name, own in files.items()}

    def test_all_its_works_hang_on_their_strategies(self) -> None:
        tree = tree_of(self.rows())
        assert [top.code for top in tree] == ["1", "2", "3"]
        assert sum(top.works for top in tree) == 235

    def test_numbering_anew_keeps_the_works_apart_in_each_fund_and_strategy(self) -> None:
        """Numbers begin anew with each strategy where the plan says so (R19)."""
        after = moved(self.rows(), Move("number"))
        for span, count in Counter(SCHEMES["per_strategy"](r.cells) for r in after["projects"].values()).items():
            own = [
                int(r.cells["number"]) for r in after["projects"].values() if SCHEMES["per_strategy"](r.cells) == span
            ]
            assert sorted(own) == list(range(1, count + 1))

    def test_a_tactic_takes_its_works_along(self) -> None:
        rows = self.rows()
        tactic = next(r for r in rows["tactics"].values() if r.cells["code"] == "1.1")
        goal = next(name for name, b in places_for(rows, "tactics") if b.code == "3")
        after = moved(rows, Move("under", "tactics", tactic.number, to=goal))
        own = [r.cells for r in after["projects"].values() if r.cells.get("tactic") == "1.1"]
        assert own
        assert {cells["strategy"] for cells in own} == {"3"}

    def test_codes_are_counted_on_from_the_siblings(self) -> None:
        rows = self.rows()
        assert suggested_code(rows, "strategies", ("", "", "")) == "4"
        assert suggested_code(rows, "tactics", ("1", "", "")) == "1.5"
        assert suggested_code(rows, "projects", ("1", "", "")).startswith(("S1-", "W1-"))


def test_a_name_is_missing_a_code_is_borne_and_a_place_is_none() -> None:
    rows: Standing = {f: {} for f in (*LEVELS, "plan")} | {"strategies": {1: row(1, code="1", name="ก")}}
    with pytest.raises(ServiceError, match="tree_name_missing"):
        changes_of(rows, Move("add", "strategies"))
    with pytest.raises(ServiceError, match="tree_code_borne"):
        changes_of(rows, Move("add", "strategies", cells={"name": "ข", "code": "1"}))
    with pytest.raises(ServiceError, match="tree_place_wrong"):
        changes_of(rows, Move("add", "projects", to="tactics-1", cells={"title": "ข"}))
    for move in (Move("up", "strategies", 7), Move("sideways", "strategies", 1), Move("up", "monthly", 1)):
        with pytest.raises(NotVisible):
            changes_of(rows, move)


@pytest.mark.django_db
def test_a_strategy_goes_with_its_works_in_one_change_that_comes_back_whole() -> None:
    draft = draft_open(SYSTEM, files=typed(small_plan(indicators=2)))
    before = {name: dict(own) for name, own in standing(draft).items()}
    told = hanging(before, "strategies", 1)
    assert dict(told.all_along) == {"projects": 1, "project_units": 1, "indicators": 2, "targets": 2, "monthly": 24}
    outcome = draft_arrange(SYSTEM, draft=draft, move=Move("remove", "strategies", 1, below="gone"))
    assert outcome.saved + outcome.followed == 1 + sum(told.all_along.values())
    assert not tree_of(standing(PlanDraft.objects.get()))
    draft_undo(SYSTEM, draft=draft, entry=HistoryEntry.objects.latest("sequence"))
    assert {n: {k: r.cells for k, r in own.items()} for n, own in standing(draft).items()} == {
        n: {k: r.cells for k, r in own.items()} for n, own in before.items()
    }


def test_a_number_may_stand_under_every_tactic_and_the_code_is_made() -> None:
    """R18: who types 1 for the first programme of each tactic gets two programmes that are printed with 1."""
    rows: Standing = {f: {} for f in (*LEVELS, "plan")} | {
        "strategies": {1: row(1, code="1", name="ก"), 2: row(2, code="2", name="ข")},
        "tactics": {1: row(1, code="1", strategy="1", name="ค")},
    }
    (tactic,) = changes_of(rows, Move("add", "tactics", to="strategies-2", cells={"name": "ง", "code": "1"}))
    assert tactic.cells == {"name": "ง", "code": "2.1", "number": "1", "strategy": "2"}
    rows = {**rows, "tactics": {**rows["tactics"], 2: row(2, **tactic.cells)}}
    (first,) = changes_of(rows, Move("add", "programmes", to="tactics-1", cells={"name": "จ", "code": "แผนงาน 1"}))
    rows = {**rows, "programmes": {1: row(1, **first.cells)}}
    (second,) = changes_of(rows, Move("add", "programmes", to="tactics-2", cells={"name": "ฉ", "code": "แผนงาน 1"}))
    assert second.cells == {"name": "ฉ", "code": "2.1-1", "number": "แผนงาน 1", "tactic": "2.1"}
    rows = {**rows, "programmes": {1: row(1, **first.cells), 2: row(2, **second.cells)}}
    shown = [b.number_printed for top in tree_of(rows) for b in top.walk() if b.file in ("tactics", "programmes")]
    assert shown == ["1", "แผนงาน 1", "1", "แผนงาน 1"]
