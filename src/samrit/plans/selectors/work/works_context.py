"""What the plan page shows: rows, filters, chips, the tree, heads of columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.ruleset import Band
from samrit.plans.evaluation.forecasts import ForecastStep
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.work.choices import Choices
from samrit.plans.selectors.work.work_links import link_name


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One work or project in the table."""

    id: str
    number: int
    title: str
    fund: str
    strategy: str
    unit: str
    kind: str
    course: tuple[ForecastStep, ...]
    percent: str
    figure: Decimal | None
    band: Band | None
    state: str
    lowest: str
    lowest_band: Band | None
    lowest_hides: bool  # the lowest indicator is in a worse band than the work (WE5)
    forecast: str
    forecast_band: Band | None
    budget: Decimal | None
    spent: Decimal | None  # None: no payment recorded
    spent_percent: Decimal | None
    group: str  # the id of the work whose goal and steps the group shares, "" for none (R43)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: how many works it leaves, whether it is chosen, and the address that toggles it."""

    value: str
    name: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter and its values."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    filter: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class TreeChoice:
    """A strategy, tactic or programme of the tree."""

    code: str
    name: str
    count: int
    chosen: bool
    open: bool
    query: str
    branches: tuple[TreeChoice, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the address that sorts by it, if it can be, and how it is sorted now."""

    key: str
    sortable: bool
    is_number: bool
    query: str
    sorted: str  # "", "ascending", "descending"
    shown: bool


@dataclass(frozen=True, slots=True)
class Works:
    """Everything on the plan page."""

    code: str
    title: str
    period: PeriodName
    choices: Choices
    query: str
    rows: tuple[WorkRow, ...]
    found: int  # lines
    works: int  # works on these lines, each counted once (RU1)
    of: int
    first: int
    last: int
    pages: int
    page: int
    previous_page: str
    next_page: str
    tree: tuple[TreeChoice, ...]
    all_query: str
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    heads: tuple[Head, ...]
    is_ranked: bool
    columns_chosen: bool


def value_name(names: Names, name: str, value: str) -> str:
    """Return how a filter's value is called; one that the plan does not know is called as it is written."""
    if name == "band":
        band = next((b for b in names.bands if b.code == value), None)
        return names.band_name(band) if band else value
    if name in ("kind", "state", "money"):
        try:
            return names.word(value, "money_known" if name == "money" else name)
        except KeyError:
            return value
    if name == "link":
        return link_name(names, value)
    if name in ("unit", "lead"):
        return names.unit(value)
    if name == "group":
        head = next((p for p in names.result.plan.projects if p.id == value), None)
        return value if head is None else f"{head.id} {head.title}"
    return value if name in ("region", "source") else names.headed(name, value)
