"""A work as units propose it: one flat form of texts, as it is in a draft or as it is typed.

Its indicators are numbered from 1 on: ``2.target`` is the target of the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.package.resources import resource_named
from samrit.package.schema import Field, Type
from samrit.package.tables.cells import decimal_of
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.indicator import months_named
from samrit.plans.drafting.meaning import group_of, meant
from samrit.plans.drafting.tree.branches import KEYS
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.terms import label

Cells = Mapping[str, str]

WORK = ("title", "goal", "strategy", "tactic", "programme", "fund", "kind", "first_period", "last_period")
MORE = ("steps", "budget", "budget_source", "reason")  # beside the work's own columns
MEASURE = ("name", "unit_of_measure", "weight", "aggregation", "direction")
TARGET, WAY, ID = "target", "way", "id"
MOST = 20  # indicators of a proposed work
LONGEST = 4000  # characters of a cell
_MONTHS = frozenset({"first_period", "last_period"})
_PLACES = {"strategy": "strategies", "tactic": "tactics", "programme": "programmes", "fund": "funds"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: the message's code and what it names."""

    cell: str
    code: str
    text: str = ""


def names() -> Iterator[str]:
    """Yield every cell that a form may hold."""
    yield from (*WORK, *MORE)
    for number in range(1, MOST + 1):
        yield from (f"{number}.{name}" for name in (ID, *MEASURE, TARGET, WAY))


def field_of(cell: str) -> Field | None:
    """Return the package's column that a cell is of, None for one that stands for several."""
    file, _, name = ("indicators", "", cell.partition(".")[2]) if "." in cell else ("projects", "", cell)
    if name in (TARGET, WAY) or name in MORE:
        return None
    return resource_named(file).field(name)


def tidied(cells: Mapping[str, str], base: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody typed with words for codes, without blanks and what is no cell of the form.

    Which indicators of the draft it is about is what ``base`` says, whatever was sent: nobody proposes for another's.
    """
    made = {}
    for name in names():
        text = (base if name.endswith(f".{ID}") else cells).get(name, "").strip()
        field = field_of(name)
        if text:
            made[name] = meant(field, text) if field is not None else text.replace("\r\n", "\n")
    return made


def numbers_in(cells: Cells) -> tuple[int, ...]:
    """Return the numbers of the indicators that say anything."""
    found = {whole(name.partition(".")[0], 0) for name in cells if "." in name}
    return tuple(sorted(n for n in found if 0 < n <= MOST))


def as_it_stands(rows: Standing, work: str) -> dict[str, str]:
    """Return a work of a draft as such a form; empty for one that there is not."""
    own = row_of(rows, "projects", work)
    if own is None:
        return {}
    cells = {name: own.cells.get(name, "") for name in WORK}
    steps = sorted(rows_of(rows, "steps", "project", work), key=lambda r: whole(r.cells.get("order"), 0))
    cells["steps"] = "\n".join(r.cells.get("text", "") for r in steps)
    money = [r.cells for r in rows_of(rows, "budgets", "project", work) if not r.cells.get("unit")]
    if len(money) == 1:
        cells |= {"budget": money[0].get("amount", ""), "budget_source": money[0].get("funding_source", "")}
    own_measures = (r for r in rows_of(rows, "indicators", "project", work) if not r.cells.get("part_of"))
    measures = sorted(own_measures, key=lambda r: whole(r.cells.get("number"), 0))
    for number, row in enumerate(measures[:MOST], 1):
        cells |= {f"{number}.{name}": row.cells.get(name, "") for name in (ID, *MEASURE)}
        target = target_of(rows, row.cells.get("id", ""))
        cells[f"{number}.{TARGET}"] = target.cells.get("value", "") if target is not None else ""
    return {name: text for name, text in cells.items() if text}


def faults_of(rows: Standing, cells: Cells) -> tuple[Fault, ...]:
    """Return everything that keeps a proposed work from being sent, cell by cell."""
    return tuple(_faults(rows, cells))


def _faults(rows: Standing, cells: Cells) -> Iterator[Fault]:
    if not cells.get("title"):
        yield Fault("title", "proposal_cell_missing")
    if not cells.get("strategy"):
        yield Fault("strategy", "proposal_cell_missing")
    for name, file in _PLACES.items():
        text = cells.get(name, "")
        if text and row_of(rows, file, text) is None:
            yield Fault(name, "proposal_unknown", text)
    for name, text in cells.items():
        if (wrong := _wrong(name, text)) is not None:
            yield wrong
    first, last = (whole(cells.get(name), 0) for name in ("first_period", "last_period"))
    if 0 < last < first <= 12:
        yield Fault("last_period", "proposal_months_reversed")
    if not numbers_in(cells):
        yield Fault("1.name", "proposal_without_indicator")
    for number in numbers_in(cells):
        for name in ("name", TARGET):
            if not cells.get(f"{number}.{name}"):
                yield Fault(f"{number}.{name}", "proposal_cell_missing")


def _wrong(name: str, text: str) -> Fault | None:
    field, last = field_of(name), name.rpartition(".")[2]
    if last == TARGET:
        is_right = isinstance(parse_figure(text), Decimal)
    elif last == "budget" or (field is not None and field.kind is Type.NUMBER):
        is_right = decimal_of(text.replace(",", "")) is not None
    elif field is not None and field.allowed:
        is_right = text in field.allowed
    elif field is not None and field.maximum is not None:
        is_right = (field.minimum or 0) <= whole(text, -1) <= field.maximum
    else:
        return None
    return None if is_right else Fault(name, "proposal_cell_wrong", text[:60])


def choices_of(rows: Standing, cell: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen for a cell, each with what people read; none for free text."""
    if cell in _PLACES:
        return tuple(
            (row.cells[KEYS.get(_PLACES[cell], "code")], f"{row.cells['code']} {row.cells.get('name', '')}"[:90])
            for row in rows[_PLACES[cell]].values()
            if not row.is_removed and row.cells.get("code")
        )
    if cell in _MONTHS:
        return tuple((str(period), name) for period, name in months_named(rows, language))
    field = field_of(cell)
    if field is None or not field.allowed:
        return ()
    group = group_of(field)
    return tuple((text, label(text, language, group) if group else text) for text in field.allowed)


def row_of(rows: Standing, file: str, name: str) -> StandingRow | None:
    """Return the record of a file that is called ``name``."""
    key = resource_named(file).key[0]
    return next((r for r in rows[file].values() if not r.is_removed and name and r.cells.get(key) == name), None)


def rows_of(rows: Standing, file: str, column: str, owner: str) -> list[StandingRow]:
    """Return the records of a file that belong to ``owner``."""
    return [r for r in rows[file].values() if not r.is_removed and r.cells.get(column) == owner]


def target_of(rows: Standing, indicator: str) -> StandingRow | None:
    """Return the row of an indicator's target for the plan's own year."""
    plan = next((r.cells for r in rows["plan"].values() if not r.is_removed), {})
    own = rows_of(rows, "targets", "indicator", indicator)
    return next((r for r in own if r.cells.get("year_be") == plan.get("year_be")), None)
