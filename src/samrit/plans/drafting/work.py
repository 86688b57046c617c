"""One work of a draft on one page: what it is, whose, its steps, money and sites, and what its indicators come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.model import Figure
from samrit.engine.results import ProjectResult
from samrit.package.ordering import natural
from samrit.package.tables.cells import decimal_of
from samrit.plans.drafting.document import StandingRow
from samrit.plans.drafting.naming import is_name
from samrit.plans.drafting.reading import DraftReading
from samrit.plans.drafting.table import DraftTable, draft_table
from samrit.plans.errors import NotVisible
from samrit.vocabulary.figures import Ends

PARTS = ("projects", "project_units", "steps", "budgets", "sites", "links")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator of the work: as typed, with its target and what its months come to where the plan can be read."""

    id: str
    name: str
    weight: str
    measured_in: str
    target: Figure | None
    planned: Figure | Ends | None
    has_page: bool


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything of one work; ``weights`` and ``budget`` are None while a cell of them is no number."""

    id: str
    title: str
    tables: tuple[DraftTable, ...]
    indicators: tuple[IndicatorLine, ...]
    weights: Decimal | None
    budget: Decimal | None
    result: ProjectResult | None  # the year as planned, scored


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A work that may share goal, steps and indicators with another, and whether it does."""

    id: str
    title: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """The group of a work (R43): the ``head`` that it shares with, "" where it is one itself or may become one."""

    head: str
    title: str
    choices: tuple[GroupChoice, ...]

    @property
    def has_members(self) -> bool:
        """Whether any work shares with it."""
        return any(choice.is_in for choice in self.choices)


def group_of(reading: DraftReading, work: str) -> WorkGroup:
    """Return the group of a work: to choose from are its members, and the works beside it that are in no other."""
    works = [row.cells for row in _there(reading, "projects") if row.cells.get("id")]
    own = next((cells for cells in works if cells["id"] == work), {})
    head = own.get("shares_with", "")
    if head:
        return WorkGroup(head, next((c.get("title", "") for c in works if c["id"] == head), ""), ())
    heads = {cells.get("shares_with", "") for cells in works}
    here = [own.get(name, "") for name in ("strategy", "tactic")]
    beside = (c for c in works if c["id"] != work and [c.get(n, "") for n in ("strategy", "tactic")] == here)
    free = {c["id"] for c in beside if not c.get("shares_with") and c["id"] not in heads}
    mine = {c["id"] for c in works if c.get("shares_with") == work}
    chosen = sorted((c for c in works if c["id"] in free | mine), key=lambda c: natural(c["id"]))
    return WorkGroup("", "", tuple(GroupChoice(c["id"], c.get("title", ""), c["id"] in mine) for c in chosen))


def work_page(reading: DraftReading, work: str, language: str) -> WorkPage:
    """Return the page of a work; raises NotVisible for one that the draft does not have."""
    own = next((r for r in _there(reading, "projects") if work and r.cells.get("id") == work), None)
    if own is None:
        raise NotVisible(work)
    tables = tuple(
        draft_table(reading, file, language, of=work, by="id" if file == "projects" else "project") for file in PARTS
    )
    result = next((p for p in reading.trial.projects if p.project.id == work), None) if reading.trial else None
    own_rows = (r for r in _there(reading, "indicators") if r.cells.get("project") == work)
    indicators = [r for r in own_rows if not r.cells.get("part_of")]  # a breakdown's categories weigh nothing
    budgets = [r.cells for r in _there(reading, "budgets") if r.cells.get("project") == work]
    return WorkPage(
        work,
        own.cells.get("title", ""),
        tables,
        tuple(_line(reading, row, result) for row in indicators),
        _sum(row.cells.get("weight", "") for row in indicators),
        _sum(cells.get("amount", "") for cells in budgets if not cells.get("unit")),
        result,
    )


def _there(reading: DraftReading, file: str) -> list[StandingRow]:
    return [row for row in reading.rows[file].values() if not row.is_removed]


def _line(reading: DraftReading, row: StandingRow, result: ProjectResult | None) -> IndicatorLine:
    name = row.cells.get("id", "")
    found = next((i for i in result.indicators if i.indicator.id == name), None) if result is not None else None
    year = reading.package.plan.year_be if reading.package is not None else 0
    return IndicatorLine(
        name,
        row.cells.get("name", ""),
        row.cells.get("weight", ""),
        row.cells.get("unit_of_measure", ""),
        next((t.value for t in found.indicator.targets if t.year_be == year), None) if found is not None else None,
        found.planned if found is not None else None,
        is_name("indicators", name),
    )


@exact
def _sum(texts: Iterable[str]) -> Decimal | None:
    """Return what cells add up to; None where one is no number, 0 for none."""
    total = Decimal()
    for text in texts:
        number = decimal_of(text) if text else Decimal()
        if number is None:
            return None
        total += number
    return total
