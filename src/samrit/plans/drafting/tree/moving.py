"""What a move in the tree changes, as rows to save: up, down, under, added, taken out, numbered again.

A move changes places, orders and numbers and nothing else: a work keeps its id, so that what was reported, last year's
results and links find it again wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.tree.branches import KEYS, LEVELS, NAMES, Branch, Place, in_order, place_of, tree_of
from samrit.plans.drafting.tree.hanging import below_of
from samrit.plans.drafting.tree.numbering import Cells, Numbers, RowEdit, numbered, there
from samrit.plans.errors import NotVisible, ServiceError
from samrit.vocabulary.numbers import whole

NUMBERED = ("tactics", "programmes")  # with a printed number beside their code
_PLACE_COLUMNS = ("strategy", "tactic", "programme")


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody asks for: ``do`` is "up", "down", "under", "add", "remove" or "number".

    ``to`` names a place by file and number (``strategies-3``), ``at`` the strategy, tactic and programme that a
    record was shown under, ``cells`` what a new one holds; ``below`` says what becomes of what hangs on a record that
    is taken out: "gone", or under ``to``.
    """

    do: str
    file: str = ""
    number: int = 0
    to: str = ""
    at: Place = ("", "", "")
    cells: Cells = field(default_factory=dict)
    below: str = ""


def changes_of(rows: Standing, move: Move) -> tuple[RowEdit, ...]:
    """Return what a move changes.

    Raises NotVisible for what is not there, ServiceError ``tree_has_below`` for taking out what holds
    something without a word on what becomes of it, ``tree_place_wrong`` for a place that can't hold it.
    """
    if move.do == "number":
        return tuple(numbered(rows))
    if move.do == "add":
        return (_added(rows, move),)
    row = rows.get(move.file, {}).get(move.number) if move.file in LEVELS else None
    if row is None or row.is_removed:
        raise NotVisible(f"{move.file} {move.number}")
    if move.do in ("up", "down"):
        return tuple(_shifted(rows, move, row))
    if move.do == "under":
        return tuple(_put(rows, move.file, row, _place_named(rows, move.file, move.to)))
    if move.do == "remove":
        return tuple(_taken_out(rows, move, row))
    raise NotVisible(move.do)


def places_for(rows: Standing, file: str, number: int = 0) -> tuple[tuple[str, Branch], ...]:
    """Return the branches that may hold a record of a file, each once by its mark, in the order of the tree.

    With ``number`` those that may hold that record: no tactic is under itself or under one below it.
    """
    levels = LEVELS[: LEVELS.index(file)] if file != "programmes" else ("tactics",)
    if file == "tactics":
        levels = ("strategies", "tactics")
    own = _itself_and_below(rows, number) if file == "tactics" and number else frozenset()
    return tuple(
        (mark_of_place(b), b)
        for top in tree_of(rows)
        for b in top.walk()
        if b.file in levels and not (b.file == "tactics" and b.code in own)
    )


def _itself_and_below(rows: Standing, number: int) -> frozenset[str]:
    """Return the codes of a tactic and of the tactics below it."""
    below = (b.code for b in below_of(rows, "tactics", number) if b.file == "tactics")
    return frozenset({rows["tactics"][number].cells.get("code", ""), *below})


def mark_of_place(branch: Branch) -> str:
    """Return what names a place to hang something: the record, and for a programme the tactic that it is under."""
    return f"{branch.mark}@{branch.place[1]}@{branch.place[0]}" if branch.file == "programmes" else branch.mark


def siblings_of(rows: Standing, file: str, row: StandingRow, at: Place) -> list[StandingRow]:
    """Return the records that are beside one, in their order, itself among them."""
    if file == "strategies":
        own = list(there(rows, file))
    elif file == "tactics":
        own = [r for r in there(rows, file) if _stands_at(r.cells) == _stands_at(row.cells)]
    elif file == "projects":
        own = [r for r in there(rows, file) if place_of(r.cells) == place_of(row.cells)]
    else:
        shown = {b.number for top in tree_of(rows) for b in top.walk() if b.file == file and b.place[:2] == at[:2]}
        own = [r for r in there(rows, file) if r.number in shown or r is row]
    return in_order(file, own)


def suggested_code(rows: Standing, file: str, place: Place) -> str:
    """Return a code for a new record that nothing bears yet, counted on from its siblings."""
    key = KEYS[file]
    borne = {row.cells.get(key, "") for row in there(rows, file)}
    above = place[1] or place[0]
    before = {"strategies": "", "tactics": f"{above}.", "programmes": f"{above}-"}.get(file)
    if before is None:
        before = _habit(rows, place) or f"{place[0]}-"
    ends = [int(code[len(before) :]) for code in borne if re.fullmatch(rf"{re.escape(before)}[0-9]{{1,6}}", code)]
    at = max(ends, default=0) + 1
    return f"{before}{at}"


def next_number(rows: Standing, work: Cells) -> int:
    """Return the number that a new work gets where ``work`` says that it stands, by the plan's numbering scheme."""
    return Numbers(rows).next_of(work)


def _habit(rows: Standing, place: Place) -> str:
    """Return what the ids of a strategy's works begin with: that of its last work, without the number at its end."""
    own = [r for r in there(rows, "projects") if r.cells.get("strategy", "") == place[0]]
    last = max(own, key=lambda r: whole(r.cells.get("number"), 0), default=None)
    return re.sub(r"[0-9]+$", "", last.cells.get("id", "")) if last is not None else ""


def _shifted(rows: Standing, move: Move, row: StandingRow) -> Iterator[RowEdit]:
    beside = siblings_of(rows, move.file, row, move.at)
    at = next(place for place, own in enumerate(beside) if own.number == row.number)
    to = at + (-1 if move.do == "up" else 1)
    if not 0 <= to < len(beside):
        return
    beside[at], beside[to] = beside[to], beside[at]
    column = "number" if move.file == "projects" else "order"
    for own, number in zip(beside, _orders(beside, column), strict=True):
        if own.cells.get(column, "") != str(number):
            yield RowEdit(move.file, own.number, {column: str(number)})


def _orders(beside: Sequence[StandingRow], column: str) -> list[int]:
    """Return the numbers that siblings share out among themselves: those they have, if they differ; else from 1 on."""
    own = sorted(whole(row.cells.get(column), 0) for row in beside)
    return own if len(set(own)) == len(own) and own[0] > 0 else list(range(1, len(own) + 1))


def _put(rows: Standing, file: str, row: StandingRow, place: Place) -> Iterator[RowEdit]:
    """Hang a record under another place, and let the works below it go along."""
    code, numbers = row.cells.get("code", ""), Numbers(rows)
    if file == "projects":
        yield from numbers.moved(row, dict(zip(_PLACE_COLUMNS, place, strict=True)))
        return
    if file == "strategies":
        raise ServiceError("tree_place_wrong", record=code)
    if file == "tactics":
        yield from _put_tactic(rows, row, place, numbers)
        return
    if row.cells.get("tactic", "") != place[1]:
        yield RowEdit(file, row.number, {"tactic": place[1], "order": ""})
    for work in in_order("projects", there(rows, "projects")):
        # A work that is under another tactic than the programme's own stays there.
        if work.cells.get("programme") == code and _stands_alike(work.cells, row.cells):
            yield from numbers.moved(work, {"strategy": place[0], "tactic": place[1]})


def _put_tactic(rows: Standing, row: StandingRow, place: Place, numbers: Numbers) -> Iterator[RowEdit]:
    """Hang a tactic under a strategy or another tactic; the tactics and works below it go along."""
    code = row.cells.get("code", "")
    below = [rows["tactics"][b.number] for b in below_of(rows, "tactics", row.number) if b.file == "tactics"]
    moved = _itself_and_below(rows, row.number) - {""}
    if place[1] in moved:
        raise ServiceError("tree_place_wrong", record=code)
    if _stands_at(row.cells) != place[:2]:
        yield RowEdit("tactics", row.number, {"strategy": place[0], "parent": place[1], "order": ""})
    for own in below:
        if own.cells.get("strategy", "") != place[0]:
            yield RowEdit("tactics", own.number, {"strategy": place[0]})
    for work in in_order("projects", there(rows, "projects")):
        if work.cells.get("tactic", "") in moved:
            yield from numbers.moved(work, {"strategy": place[0]})


def _stands_at(tactic: Cells) -> tuple[str, str]:
    return tactic.get("strategy", ""), tactic.get("parent", "")


def _stands_alike(work: Cells, programme: Cells) -> bool:
    return work.get("tactic", "") == programme.get("tactic", "")


def _added(rows: Standing, move: Move) -> RowEdit:
    file = move.file
    if file not in LEVELS:
        raise NotVisible(file)
    cells = {name: text for name, text in move.cells.items() if text.strip()}
    if not cells.get(NAMES[file], ""):
        raise ServiceError("tree_name_missing", record=cells.get(KEYS[file], ""))
    place = _place_named(rows, file, move.to) if file != "strategies" else ("", "", "")
    code = cells.setdefault(KEYS[file], suggested_code(rows, file, place))
    if any(row.cells.get(KEYS[file]) == code for row in there(rows, file)):
        if file not in NUMBERED:
            raise ServiceError("tree_code_borne", record=code[:60])
        # Somebody else's code can be this one's number: tactics and programmes count again below each heading (R18).
        cells |= {"code": suggested_code(rows, file, place), "number": cells.get("number") or code}
    if file == "projects":
        cells |= {name: text for name, text in zip(_PLACE_COLUMNS, place, strict=True) if text}
        cells.setdefault("number", str(next_number(rows, cells)))
    elif file == "tactics":
        cells |= {"strategy": place[0], **({"parent": place[1]} if place[1] else {})}
    elif file == "programmes" and place[1]:
        cells["tactic"] = place[1]
    return RowEdit(file, None, cells)


def _taken_out(rows: Standing, move: Move, row: StandingRow) -> Iterator[RowEdit]:
    below = below_of(rows, move.file, move.number)
    if below and move.below not in ("gone", "under"):
        raise ServiceError("tree_has_below", record=row.cells.get(KEYS[move.file], ""), count=len(below))
    if below and move.below == "under":
        if move.to not in {name for name, _ in places_below(rows, move.file, move.number)}:
            raise ServiceError("tree_place_wrong", record=row.cells.get(KEYS[move.file], ""))
        yield from _hung_over(rows, move, _place_named(rows, "projects", move.to), below)
    elif below:
        for branch in reversed(below):
            yield RowEdit(branch.file, branch.number, {}, is_removed=True)
    yield RowEdit(move.file, move.number, {}, is_removed=True)


def places_below(rows: Standing, file: str, number: int) -> tuple[tuple[str, Branch], ...]:
    """Return where what hangs on a record may go when it is taken out: no higher than it stood, and not below it."""
    gone = {(file, number), *((b.file, b.number) for b in below_of(rows, file, number))}
    levels = LEVELS[: LEVELS.index(file) + 1]
    return tuple(
        (name, b)
        for name, b in places_for(rows, "projects")
        if b.file in levels and (b.file, b.number) not in gone and (file != "strategies" or b.file == file)
    )


def _hung_over(rows: Standing, move: Move, place: Place, below: Sequence[Branch]) -> Iterator[RowEdit]:
    """Hang what was below a record under another place."""
    numbers = Numbers(rows)
    depth = LEVELS.index(move.file) + 1
    gone = rows[move.file][move.number].cells.get("code", "")
    for branch in below:
        row = rows[branch.file][branch.number]
        if branch.file == "projects":
            # What is under a tactic below the one that goes keeps its own.
            stays = move.file == "tactics" and row.cells.get("tactic") != gone
            yield from numbers.moved(row, dict(zip(_PLACE_COLUMNS[: 1 if stays else depth], place, strict=False)))
        elif branch.file == "tactics":
            over = {"parent": place[1], "order": ""} if row.cells.get("parent") == gone else {}
            yield RowEdit("tactics", row.number, {"strategy": place[0], **(over or {"order": ""})})
        elif move.file == "tactics" and row.cells.get("tactic") == gone:
            yield RowEdit("programmes", row.number, {"tactic": place[1], "order": ""})


def _place_named(rows: Standing, file: str, mark: str) -> Place:
    """Return the place that a mark of the page names; raises ServiceError ``tree_place_wrong`` where it holds none."""
    found = next((branch for name, branch in places_for(rows, file) if name == mark), None)
    if found is None:
        raise ServiceError("tree_place_wrong", record=mark[:60])
    return found.place
