"""Works of a draft that share goal, steps and indicators with one of them: put together and taken apart (R43, R44)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from samrit.plans.drafting.document import Standing, StandingRow, standing
from samrit.plans.drafting.library.uses import CARD, DEFINING
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.text import search_key

PARTS = ("goal", "steps", "indicators")
# Of an indicator of one work that another takes over; months are each work's own.
_INDICATOR = (*DEFINING, "name", "weight", "interpolated", "quantity", "years_add_up", "rhythm")
_TARGET = ("year_be", "comparator", "value", "upper", "quantity", "unit_of_measure", "text")
_LEVEL = ("number", "text", "due_period", "due_on", "threshold")
_BELOW = (("targets", _TARGET, "year_be"), ("levels", _LEVEL, "number"), ("indicator_cards", CARD, "indicator"))
_STEP = ("order", "text", "due_on", "decided_by")

Changes = dict[str, list[RowInput]]


@service
def draft_group(
    actor: Actor, *, draft: PlanDraft, work: str, members: Iterable[str], parts: Iterable[str]
) -> DraftOutcome:
    """Let ``members`` share with ``work`` what ``parts`` name (of ``PARTS``); who is named no longer leaves the group.

    Goal and steps are dropped from the members, so that those of ``work`` hold; its indicators are theirs too, with
    one identity, its targets, levels and cards, and months of their own.  Who leaves keeps goal and steps as a copy.
    Raises NotVisible for a work that there is not, ServiceError ``group_chained`` where one is in another group,
    ``draft_not_open`` or ``not_allowed``.
    """
    draft = require_open(actor, draft)
    rows = standing(draft)
    works = {row.cells.get("id", ""): row for row in _there(rows, "projects")}
    named, chosen = dict.fromkeys(members), frozenset(parts)
    if any(not own or own not in works for own in (work, *named)):
        raise NotVisible(work)
    heads = {row.cells.get("shares_with", "") for own, row in works.items() if own != work}
    elsewhere = any(works[own].cells.get("shares_with", "") not in ("", work) for own in named)
    if works[work].cells.get("shares_with") or work in named or elsewhere or not heads.isdisjoint(named):
        raise ServiceError("group_chained", record=works[work].cells.get("title") or work)
    changes: Changes = {}
    group = _Group(rows, works[work], changes)
    for own, row in works.items():
        if own in named:
            group.take_in(row, chosen)
        elif row.cells.get("shares_with") == work:
            group.let_go(row)
    return save_rows(actor, draft, changes)


class _Group:
    """What changes in the rows when works join or leave the group of one."""

    def __init__(self, rows: Standing, head: StandingRow, changes: Changes) -> None:
        self._rows, self._head, self._changes = rows, head, changes
        self._id = head.cells["id"]
        self._borne = {row.cells.get("id", "") for row in _there(rows, "indicators")}
        self._plan = next((row.cells.get("id", "") for row in _there(rows, "plan")), "")

    def take_in(self, row: StandingRow, parts: frozenset[str]) -> None:
        """Let a work share with the head what ``parts`` name."""
        dropped = {"goal": ""} if "goal" in parts else {}
        self._put("projects", row, {"shares_with": self._id, **dropped})
        if "steps" in parts:
            self._take_out("steps", self._of("steps", "project", row.cells["id"]))
        if "indicators" in parts:
            self._measure_alike(row.cells["id"])

    def let_go(self, row: StandingRow) -> None:
        """Let a work stand alone again with a copy of what it shared."""
        goal = row.cells.get("goal") or self._head.cells.get("goal", "")
        self._put("projects", row, {"shares_with": "", "goal": goal})
        if not self._of("steps", "project", row.cells["id"]):
            for step in self._of("steps", "project", self._id):
                self._put("steps", None, {"project": row.cells["id"], **_said(step, _STEP)})

    def _measure_alike(self, work: str) -> None:
        """Give a work the head's indicators, those that it has by identity or name in the head's definition."""
        own = [r for r in self._of("indicators", "project", work) if not r.cells.get("part_of")]
        for theirs in self._of("indicators", "project", self._id):
            if theirs.cells.get("part_of") or not theirs.cells.get("id"):
                continue
            identity = theirs.cells.get("identity") or f"{self._plan}:{theirs.cells['id']}"
            mine = next((r for r in own if _is_same(r.cells, theirs.cells, identity)), None)
            cells = {name: theirs.cells.get(name, "") for name in _INDICATOR}
            if mine is not None:  # it stays the one that it was in other years and in the plan above
                own.remove(mine)  # of two that are called alike, each has its own
                self._put("indicators", mine, cells)
                self._below(theirs.cells["id"], mine.cells["id"])
            else:
                made = self._unused(work)
                self._put("indicators", None, {"project": work, "id": made, "identity": identity, **cells})
                self._below(theirs.cells["id"], made)

    def _below(self, theirs: str, mine: str) -> None:
        """Give an indicator the targets, levels and card of another; a level that the other has not goes, too."""
        for file, columns, key in _BELOW:
            there = {r.cells.get(key, ""): r for r in self._of(file, "indicator", mine)}
            for row in self._of(file, "indicator", theirs):
                known = there.pop(mine if key == "indicator" else row.cells.get(key, ""), None)
                self._put(file, known, {"indicator": mine, **{name: row.cells.get(name, "") for name in columns}})
            if file == "levels":  # one scale; targets of other years are each indicator's own past
                self._take_out(file, there.values())

    def _unused(self, work: str) -> str:
        number = next(n for n in range(1, len(self._borne) + 2) if f"{work}.{n}" not in self._borne)
        self._borne.add(f"{work}.{number}")
        return f"{work}.{number}"

    def _put(self, file: str, row: StandingRow | None, cells: Mapping[str, str]) -> None:
        """Change a row where it says something else, or add one."""
        if row is None:
            self._changes.setdefault(file, []).append(RowInput(None, cells))
        elif any(row.cells.get(name, "") != text for name, text in cells.items()):
            self._changes.setdefault(file, []).append(RowInput(row.number, cells, row.revision))

    def _take_out(self, file: str, rows: Iterable[StandingRow]) -> None:
        given = (RowInput(row.number, {}, row.revision, is_removed=True) for row in rows)
        self._changes.setdefault(file, []).extend(given)

    def _of(self, file: str, column: str, record: str) -> list[StandingRow]:
        own = (row for row in _there(self._rows, file) if row.cells.get(column) == record)
        return sorted(own, key=lambda row: whole(row.cells.get("order") or row.cells.get("number"), 0))


def _is_same(mine: Mapping[str, str], theirs: Mapping[str, str], identity: str) -> bool:
    if mine.get("identity"):
        return mine["identity"] == identity
    return bool(search_key(mine.get("name", ""))) and search_key(mine["name"]) == search_key(theirs.get("name", ""))


def _said(row: StandingRow, columns: Iterable[str]) -> dict[str, str]:
    return {name: row.cells[name] for name in columns if row.cells.get(name)}


def _there(rows: Standing, file: str) -> Iterator[StandingRow]:
    return (row for row in rows[file].values() if not row.is_removed)
