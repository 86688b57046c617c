"""From typed rows to the plan the engine reads: every record under the one it belongs to, in the order of the keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from samrit.engine.model import (
    Alignment,
    BudgetLine,
    Claim,
    Entry,
    Fund,
    Indicator,
    IndicatorCard,
    Level,
    ManpowerRow,
    MoneyMovement,
    Narrative,
    Override,
    Plan,
    PrintedCell,
    Programme,
    Project,
    ReportText,
    Site,
    Source,
    Strategy,
    Tactic,
    Target,
    Unit,
)
from samrit.engine.ruleset import Band, PointScale, RuleSet
from samrit.package.model import Holiday, PlanPackage
from samrit.package.ordering import sort_key
from samrit.package.table import Table

T = TypeVar("T")
Row = Mapping[str, Any]


class _Rows:
    """The rows of every file in key order, found by the record they belong to."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._all: dict[str, list[Row]] = {}
        self._under: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Row]]] = {}
        for name, table in tables.items():
            key = table.resource.key
            rows = sorted(table.rows, key=lambda row, k=key: [sort_key(v) for v in row.key(k)])  # type: ignore[misc]
            self._all[name] = [row.values for row in rows]

    def all(self, name: str) -> list[Row]:
        return self._all[name]

    def under(self, name: str, **owner: str) -> list[Row]:
        """Return the rows of a file that belong to ``owner``; each file is sorted out only once."""
        columns = tuple(owner)
        if (name, columns) not in self._under:
            groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
            for row in self._all[name]:
                groups[tuple(row[c] for c in columns)].append(row)
            self._under[name, columns] = groups
        return self._under[name, columns].get(tuple(owner.values()), [])


def assemble(tables: Mapping[str, Table]) -> PlanPackage:
    """Return the package; the tables must be free of errors."""
    rows = _Rows(tables)
    return PlanPackage(
        plan=_plan(rows),
        rulesets=tuple(_ruleset(rows, row) for row in rows.all("rulesets")),
        holidays=_items(Holiday, rows.all("holidays")),
    )


def _plan(rows: _Rows) -> Plan:
    return _item(
        Plan,
        rows.all("plan")[0],
        missions=_texts(rows.all("missions"), "text"),
        funds=_items(Fund, rows.all("funds")),
        strategies=_items(Strategy, rows.all("strategies")),
        tactics=_items(Tactic, rows.all("tactics")),
        programmes=_items(Programme, rows.all("programmes")),
        units=tuple(
            _item(Unit, row, aliases=_texts(rows.under("unit_aliases", unit=row["code"]), "alias"))
            for row in rows.all("units")
        ),
        projects=tuple(_project(rows, row) for row in rows.all("projects")),
        cards=_items(IndicatorCard, rows.all("indicator_cards")),
        manpower=_manpower(rows.all("manpower")),
        printed=_items(PrintedCell, rows.all("printed")),
        texts=_items(ReportText, rows.all("report_texts")),
        parents=_items(Alignment, rows.under("links", project="")),
    )


def _project(rows: _Rows, row: Row) -> Project:
    own = row["id"]
    return _item(
        Project,
        row,
        responsible_units=_texts(rows.under("project_units", project=own), "unit"),
        steps=_texts(rows.under("steps", project=own), "text"),
        budgets=_items(BudgetLine, rows.under("budgets", project=own)),
        movements=_items(MoneyMovement, rows.under("money_movements", project=own)),
        narratives=_items(Narrative, rows.under("reports", project=own)),
        alignments=_items(Alignment, rows.under("links", project=own)),
        indicators=tuple(_indicator(rows, r) for r in rows.under("indicators", project=own)),
        sites=tuple(_site(rows, r) for r in rows.under("sites", project=own)),
        claim=_first(_items(Claim, rows.under("claims", project=own, indicator=""))),
        overrides=_items(Override, rows.under("overrides", project=own, indicator="")),
    )


def _site(rows: _Rows, row: Row) -> Site:
    own = {"project": row["project"], "site": row["id"]}
    return _item(
        Site,
        row,
        planned_texts=_texts(rows.under("site_texts", **own, side="planned"), "text"),
        actual_texts=_texts(rows.under("site_texts", **own, side="actual"), "text"),
    )


def _indicator(rows: _Rows, row: Row) -> Indicator:
    own = row["id"]
    return _item(
        Indicator,
        row,
        entries=_items(Entry, rows.under("monthly", indicator=own)),
        targets=_items(Target, rows.under("targets", indicator=own)),
        levels=_items(Level, rows.under("levels", indicator=own)),
        last_year=tuple(r["actual"] for r in rows.under("last_year", indicator=own)),
        claim=_first(_items(Claim, rows.under("claims", project=row["project"], indicator=own))),
        overrides=_items(Override, rows.under("overrides", project=row["project"], indicator=own)),
    )


def _manpower(rows: Iterable[Row]) -> tuple[ManpowerRow, ...]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["row"]].append(row)
    return tuple(
        ManpowerRow(cells[0]["group"], tuple((cell["type"], cell["count"]) for cell in cells))
        for _, cells in sorted(groups.items())
    )


def _ruleset(rows: _Rows, row: Row) -> RuleSet:
    own = row["id"]
    scale = None
    if row["scale_floor"] is not None:
        points = rows.under("scale_points", ruleset=own)
        scale = PointScale(
            thresholds=_numbers(points, "threshold"),
            points=_numbers(points, "points"),
            interpolated=row["scale_interpolated"],
            floor=row["scale_floor"],
        )
    return _item(RuleSet, row, bands=_items(Band, rows.under("bands", ruleset=own)), scale=scale)


def _numbers(rows: Iterable[Row], column: str) -> tuple[Decimal, ...]:
    return tuple(row[column] for row in rows if row[column] is not None)


def _texts(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    return tuple(row[column] for row in rows)


def _first(items: tuple[T, ...]) -> T | None:
    return items[0] if items else None


def _items(kind: type[T], rows: Iterable[Row]) -> tuple[T, ...]:
    return tuple(_item(kind, row) for row in rows)


def _item(kind: type[T], row: Row, **parts: Any) -> T:
    """Return the record made of the columns that its class knows, its source and its ``parts``."""
    # The class's own table: asking dataclasses.fields() for each of ten thousand rows takes a third of the time.
    names: Mapping[str, object] = kind.__dataclass_fields__  # type: ignore[attr-defined]
    values = {name: value for name, value in row.items() if name in names}
    if "source" in names:
        values["source"] = Source(row["source_document"], row["source_page"], row["source_line"], row["source_cell"])
    return kind(**values, **parts)
