"""How the works of a draft are numbered: where a scheme begins again, the next free number, all of them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.tree.branches import tree_of
from samrit.plans.errors import ServiceError
from samrit.vocabulary.numbers import whole

Cells = Mapping[str, str]

# What numbers of works run through: where a scheme of ``numbering`` begins again.  Any other scheme is left alone.
SCHEMES: Mapping[str, Callable[[Mapping[str, str]], tuple[str, ...]]] = {
    "per_strategy": lambda work: (work.get("fund", ""), work.get("strategy", "")),
    "per_plan": lambda _: (),
    "per_fund": lambda work: (work.get("fund", ""),),
}


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row to save: its number, None for a new one, and the cells that become others."""

    file: str
    number: int | None
    cells: Cells = field(default_factory=dict)
    is_removed: bool = False


def there(rows: Standing, file: str) -> Iterator[StandingRow]:
    """Yield the records of a file that are not taken out."""
    return (row for row in rows[file].values() if not row.is_removed)


class Numbers:
    """The next free number of works, by where the plan's scheme begins again."""

    def __init__(self, rows: Standing) -> None:
        self.span = SCHEMES.get(_scheme(rows), SCHEMES["per_plan"])
        self.reached: dict[tuple[str, ...], int] = {}
        for row in there(rows, "projects"):
            span = self.span(row.cells)
            self.reached[span] = max(self.reached.get(span, 0), whole(row.cells.get("number"), 0))

    def next_of(self, work: Cells) -> int:
        """Return the number after the last where a work is, and take it."""
        span = self.span(work)
        self.reached[span] = self.reached.get(span, 0) + 1
        return self.reached[span]

    def moved(self, row: StandingRow, place: dict[str, str]) -> Iterator[RowEdit]:
        """Yield what puts a work elsewhere; it keeps its number within the same span."""
        cells = {name: text for name, text in place.items() if text != row.cells.get(name, "")}
        if cells and self.span({**row.cells, **cells}) != self.span(row.cells):
            cells["number"] = str(self.next_of({**row.cells, **cells}))
        if cells:
            yield RowEdit("projects", row.number, cells)


def _scheme(rows: Standing) -> str:
    plan = next(there(rows, "plan"), None)
    return (plan.cells.get("numbering", "") if plan is not None else "") or "per_strategy"


def numbered(rows: Standing) -> Iterator[RowEdit]:
    """Number all works in the order of the tree, as the plan's scheme says; a scheme that is not known changes none."""
    span = SCHEMES.get(_scheme(rows))
    if span is None:
        raise ServiceError("tree_numbering_unknown", record=_scheme(rows)[:60])
    reached: dict[tuple[str, ...], int] = {}
    done: set[int] = set()
    for branch in (b for top in tree_of(rows) for b in top.walk() if b.file == "projects"):
        if branch.number in done:
            continue
        done.add(branch.number)
        cells = branch.cells or {}
        reached[span(cells)] = number = reached.get(span(cells), 0) + 1
        if cells.get("number", "") != str(number):
            yield RowEdit("projects", branch.number, {"number": str(number)})
