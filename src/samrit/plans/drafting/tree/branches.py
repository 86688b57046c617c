"""The tree of a draft's plan, built from its rows as they are typed: whatever they hold, every record stands once.

Tactics are under one another at any depth (``parent``); one whose parent is not there, or runs in a circle, stands
under its strategy.  A programme may be under several tactics (R20): it is shown wherever works name it, and under
its own tactic.
Works are before the tactics beside them, as a plan's book prints them: numbering follows this order.
What names a place that there is not is under a branch of its own at the end, where it can be moved from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samrit.engine.surroundings import Tactic
from samrit.engine.tree import tactic_tree
from samrit.package.ordering import natural
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.vocabulary.numbers import whole

LEVELS = ("strategies", "tactics", "programmes", "projects")
KEYS: Mapping[str, str] = {"strategies": "code", "tactics": "code", "programmes": "code", "projects": "id"}
NAMES: Mapping[str, str] = {"strategies": "name", "tactics": "name", "programmes": "name", "projects": "title"}
_LAST = 10**9

Place = tuple[str, str, str]  # codes of strategy, tactic and programme, "" for none


@dataclass(frozen=True, slots=True)
class Branch:
    """A record of the tree with what hangs on it; ``place`` is where its children hang."""

    file: str  # "" for what hangs nowhere
    number: int
    code: str
    name: str
    place: Place
    children: tuple[Branch, ...] = ()
    cells: Mapping[str, str] | None = None

    @property
    def number_printed(self) -> str:
        """The number that is printed before its name, its code where the plan gives it none of its own (R18)."""
        own = (self.cells or {}).get("number", "") if self.file in ("tactics", "programmes") else ""
        return own or self.code

    @property
    def works(self) -> int:
        """How many works hang on it, at any depth."""
        return (self.file == "projects") + sum(child.works for child in self.children)

    @property
    def mark(self) -> str:
        """What names it on a page."""
        return f"{self.file}-{self.number}"

    def walk(self) -> Iterator[Branch]:
        """Yield it and everything below, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree_of(rows: Standing) -> tuple[Branch, ...]:
    """Return the strategies with all that hangs on them, and last what hangs nowhere."""
    grown = _Growth(rows)
    found = [grown.strategy(row) for row in grown.own["strategies"]]
    loose = grown.loose({branch.mark for top in found for branch in top.walk()})
    return (*found, Branch("", 0, "", "", ("", "", ""), loose)) if loose else tuple(found)


def in_order(file: str, rows: Iterable[StandingRow]) -> list[StandingRow]:
    """Return records of a file as a plan lists them: works by number, all else by place, then by code."""
    column = "number" if file == "projects" else "order"
    return sorted(
        rows, key=lambda r: (whole(r.cells.get(column), _LAST), natural(r.cells.get(KEYS[file], "")), r.number)
    )


def place_of(work: Mapping[str, str]) -> Place:
    """Return where a work hangs."""
    return work.get("strategy", ""), work.get("tactic", ""), work.get("programme", "")


class _Growth:
    """The records of a draft by where they hang."""

    def __init__(self, rows: Standing) -> None:
        self.own = {file: in_order(file, (r for r in rows[file].values() if not r.is_removed)) for file in LEVELS}
        self.coded = {file: {r.cells.get("code", ""): r for r in self.own[file]} for file in LEVELS[:3]}
        cells = (row.cells for row in self.own["tactics"])
        self.nested = tactic_tree(
            Tactic(c.get("code", ""), c.get("strategy", ""), "", parent=c.get("parent", "")) for c in cells
        ).above
        self.works: dict[Place, list[StandingRow]] = {}
        for row in self.own["projects"]:
            self.works.setdefault(place_of(row.cells), []).append(row)

    def strategy(self, row: StandingRow) -> Branch:
        """Return a strategy with its tactics, and the works and programmes that name no tactic."""
        code = row.cells.get("code", "")
        own = [r for r in self.own["tactics"] if r.cells.get("strategy") == code and not self._is_nested(r)]
        named = [
            r
            for t in self._used(0, code, 1)
            if (r := self.coded["tactics"].get(t)) and r not in own and r.cells.get("strategy") != code
        ]
        tactics = tuple(self._tactic(r, code) for r in (*own, *named))
        return self._made("strategies", row, (code, "", ""), (*self._programmes(code, "", ()), *tactics))

    def loose(self, standing: set[str]) -> tuple[Branch, ...]:
        """Return what hangs on none of the strategies."""
        return tuple(
            self._made(file, row, ("", "", ""), ())
            for file in LEVELS[1:]
            for row in self.own[file]
            if f"{file}-{row.number}" not in standing
        )

    def _tactic(self, row: StandingRow, strategy: str) -> Branch:
        code = row.cells.get("code", "")
        own = [r for r in self.own["programmes"] if code and r.cells.get("tactic") == code]
        nested: tuple[Branch, ...] = ()
        if row.cells.get("strategy") != strategy:
            own = []  # shown where it belongs
        elif self.coded["tactics"].get(code) is row:
            below = (r for r in self.own["tactics"] if self._is_nested(r) and r.cells.get("parent") == code)
            nested = tuple(self._tactic(each, strategy) for each in below)
        children = (*self._programmes(strategy, code, own), *nested)
        return self._made("tactics", row, (strategy, code, ""), children)

    def _is_nested(self, row: StandingRow) -> bool:
        """Say whether a tactic is under another one that is shown."""
        parent = self.nested.get(row.cells.get("code", ""), "")
        above = self.coded["tactics"].get(parent) if parent else None
        if above is None or row.cells.get("parent") != parent:
            return False
        return above.cells.get("strategy") == row.cells.get("strategy")

    def _programmes(self, strategy: str, tactic: str, own: Iterable[StandingRow]) -> tuple[Branch, ...]:
        """Return the programmes of a place, then the works that name none."""
        known = list(own)
        codes = [p for (s, t, p) in self.works if (s, t) == (strategy, tactic)]
        known += [r for p in codes if (r := self.coded["programmes"].get(p)) is not None and r not in known]
        branches = []
        for row in in_order("programmes", known):
            place = (strategy, tactic, row.cells.get("code", ""))
            branches.append(self._made("programmes", row, place, self._works(place)))
        return (*branches, *self._works((strategy, tactic, "")))

    def _works(self, place: Place) -> tuple[Branch, ...]:
        return tuple(self._made("projects", row, place, ()) for row in self.works.get(place, ()))

    def _used(self, at: int, code: str, wanted: int) -> list[str]:
        """Return what works name at one depth, where they name ``code`` at another."""
        return list(dict.fromkeys(place[wanted] for place in self.works if place[at] == code and place[wanted]))

    def _made(self, file: str, row: StandingRow, place: Place, children: tuple[Branch, ...]) -> Branch:
        cells = row.cells
        return Branch(file, row.number, cells.get(KEYS[file], ""), cells.get(NAMES[file], ""), place, children, cells)
