"""From columns of typed values to the plan the engine reads: every record under its owner, in the order of the keys.

From the leaves up: entries, targets and levels first, then the indicators that they belong to, then the projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import le
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
    LookSetting,
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
    Strategy,
    Tactic,
    Target,
    Unit,
    YearRecord,
)
from samrit.engine.ruleset import Band, PointScale, RuleSet
from samrit.engine.surroundings import Allotment, StepTerm
from samrit.package.kinds import KINDS, laid
from samrit.package.model import Holiday, PlanPackage
from samrit.package.ordering import SortKeys
from samrit.package.records import records, sources
from samrit.package.tables.table import ResourceTable

T = TypeVar("T")
Tables = dict[str, ResourceTable]

_SOURCE = ("source_document", "source_page", "source_line", "source_cell")


def assemble(tables: Mapping[str, ResourceTable], sort_keys: SortKeys | None = None) -> PlanPackage:
    """Return the package; the tables must be free of errors.  Plans read together share ``sort_keys``."""
    order = SortKeys() if sort_keys is None else sort_keys
    rows = {name: _File(table, order) for name, table in tables.items()}
    (plan,) = rows["plan"].all(
        Plan,
        missions=[tuple(rows["missions"].columns["text"])],
        funds=[tuple(rows["funds"].all(Fund))],
        allotments=[tuple(rows["allotments"].all(Allotment))],
        strategies=[_placed(rows["strategies"].all(Strategy))],
        tactics=[_placed(rows["tactics"].all(Tactic))],
        programmes=[_placed(rows["programmes"].all(Programme))],
        units=[tuple(_units(rows))],
        projects=[tuple(_projects(rows))],
        cards=[tuple(rows["indicator_cards"].all(IndicatorCard))],
        manpower=[_manpower(rows["manpower"])],
        printed=[tuple(rows["printed"].all(PrintedCell))],
        texts=[tuple(rows["report_texts"].all(ReportText))],
        look=[tuple(rows["report_look"].all(LookSetting))],
        parents=rows["links"].under([("",)], rows["links"].all(Alignment), "project"),
    )
    return PlanPackage(_with_records(plan, rows), tuple(_rulesets(rows)), tuple(rows["holidays"].all(Holiday)))


_Placed = TypeVar("_Placed", Strategy, Tactic, Programme)


def _placed(records: Sequence[_Placed]) -> tuple[_Placed, ...]:
    """Return the parts of a plan in the order that it says, those without a place last, by their codes."""
    return tuple(sorted(records, key=lambda part: (part.order is None, part.order or 0)))


class _File:
    """The rows of one file in the order of their keys."""

    def __init__(self, table: ResourceTable, sort_keys: SortKeys) -> None:
        self.count = len(table.lines)
        self.columns: Mapping[str, list[Any]] = table.columns
        order = _order(table, sort_keys) if self.count > 1 and not table.is_sorted else None
        if order is not None:
            self.columns = {name: [values[row] for row in order] for name, values in table.columns.items()}

    def all(self, kind: type[T], /, **parts: Sequence[Any]) -> list[T]:
        """Return a record per row, made of the columns that its class knows, its source and its ``parts``."""
        if not self.count:
            return []
        columns: dict[str, Iterable[Any]] = {**self.columns, **parts}
        if "source" not in columns and _SOURCE[0] in columns:
            columns["source"] = sources(*(self.columns[column] for column in _SOURCE))
        return records(kind, columns, self.count)

    def keys(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return these columns as a tuple per row."""
        return list(zip(*(self.columns[column] for column in columns), strict=True))

    def under(self, owners: Iterable[tuple[Any, ...]], items: Sequence[T], *columns: str) -> list[tuple[T, ...]]:
        """Return for each owner those of ``items``, one a row, whose row names it in ``columns``."""
        if not items:
            return [() for _ in owners]
        groups: dict[Any, list[T]] = defaultdict(list)
        if len(columns) == 1:  # a tuple around each name would cost as much again
            keys, owners = self.columns[columns[0]], (owner for (owner,) in owners)
        else:
            keys = self.keys(*columns)
        for key, item in zip(keys, items, strict=True):
            groups[key].append(item)
        return [tuple(groups.get(owner, ())) for owner in owners]


def _order(table: ResourceTable, sort_keys: SortKeys) -> list[int] | None:
    """Return the rows in the order of their keys, or None when they are in it already, as written files do."""
    ranks = []
    for name in table.resource.key:
        column = table.columns[name]
        rank = {value: at for at, value in enumerate(sorted(dict.fromkeys(column), key=sort_keys.__getitem__))}
        ranks.append(map(rank.__getitem__, column))
    keys = list(zip(*ranks, strict=True))
    if all(map(le, keys, keys[1:])):
        return None
    return sorted(range(len(keys)), key=keys.__getitem__)


def _units(rows: Mapping[str, _File]) -> list[Unit]:
    aliases = rows["unit_aliases"]
    return rows["units"].all(Unit, aliases=aliases.under(rows["units"].keys("code"), aliases.columns["alias"], "unit"))


def _projects(rows: Mapping[str, _File]) -> list[Project]:
    own = rows["projects"].keys("id")

    def under(name: str, items: Sequence[Any]) -> list[tuple[Any, ...]]:
        return rows[name].under(own, items, "project")

    claims, overrides = _judged(rows, [(project, "") for (project,) in own])
    return rows["projects"].all(
        Project,
        responsible_units=under("project_units", rows["project_units"].columns["unit"]),
        steps=under("steps", rows["steps"].columns["text"]),
        step_terms=list(map(_step_terms, under("steps", rows["steps"].keys("due_on", "decided_by")))),
        budgets=under("budgets", rows["budgets"].all(BudgetLine)),
        movements=under("money_movements", rows["money_movements"].all(MoneyMovement)),
        narratives=under("reports", rows["reports"].all(Narrative)),
        alignments=under("links", rows["links"].all(Alignment)),
        indicators=[tuple(i for i in own_ if not i.part_of) for own_ in under("indicators", _indicators(rows))],
        sites=under("sites", _sites(rows)),
        claim=claims,
        overrides=overrides,
    )


def _step_terms(said: Sequence[tuple[Any, Any]]) -> tuple[StepTerm, ...]:
    """Return what is said of a work's steps, in their order, beside their texts."""
    return tuple(StepTerm(step, due_on, by) for step, (due_on, by) in enumerate(said, 1) if due_on or by)


def _with_records(plan: Plan, rows: Mapping[str, _File]) -> Plan:
    """Return the plan with the year's records of each work; what they and its group say is laid over it."""
    found: dict[str, list[YearRecord]] = defaultdict(list)
    for kind in KINDS:
        file = rows[kind.name]
        if not file.count:
            continue
        names = [field.name for field in kind.fields]
        values = [tuple(zip(names, cells, strict=True)) for cells in file.keys(*names)]
        made = file.all(YearRecord, kind=[kind.name] * file.count, values=values)
        for (project,), record in zip(file.keys("project"), made, strict=True):
            found[project].append(record)
    if not found and not any(p.shares_with for p in plan.projects):
        return plan
    works = (replace(p, records=tuple(found[p.id])) if p.id in found else p for p in plan.projects)
    return replace(plan, projects=tuple(laid(p, plan) if p.records or p.shares_with else p for p in works))


def _sites(rows: Mapping[str, _File]) -> list[Site]:
    own, texts = rows["sites"].keys("project", "id"), rows["site_texts"]
    words = {
        side: texts.under([(*site, side) for site in own], texts.columns["text"], "project", "site", "side")
        for side in ("planned", "actual")
    }
    return rows["sites"].all(Site, planned_texts=words["planned"], actual_texts=words["actual"])


def _indicators(rows: Mapping[str, _File]) -> list[Indicator]:
    own = rows["indicators"].keys("id")

    def under(name: str, items: Sequence[Any]) -> list[tuple[Any, ...]]:
        return rows[name].under(own, items, "indicator")

    claims, overrides = _judged(rows, rows["indicators"].keys("project", "id"))
    made = rows["indicators"].all(
        Indicator,
        entries=under("monthly", rows["monthly"].all(Entry)),
        targets=under("targets", rows["targets"].all(Target)),
        levels=under("levels", rows["levels"].all(Level, thresholds=_thresholds(rows))),
        last_year=under("last_year", rows["last_year"].columns["actual"]),
        claim=claims,
        overrides=overrides,
    )
    return _nested(made) if any(i.part_of for i in made) else made


def _thresholds(rows: Mapping[str, _File]) -> list[tuple[Any, ...]]:
    held, owners = rows["level_thresholds"], rows["levels"].keys("indicator", "number")
    return held.under(owners, held.keys("from_period", "threshold"), "indicator", "number")


def _nested(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators with their categories under them, in the place of each row (BD1)."""
    under_: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        under_[indicator.part_of].append(indicator)
    return [replace(i, parts=tuple(under_.get(i.id, ()))) for i in indicators]


def _judged(
    rows: Mapping[str, _File], owners: Sequence[tuple[str, str]]
) -> tuple[list[Claim | None], list[tuple[Override, ...]]]:
    """Return the claim and the overrides of each owner, named by project and indicator ("": the whole project)."""
    claims = rows["claims"].under(owners, rows["claims"].all(Claim), "project", "indicator")
    overrides = rows["overrides"].under(owners, rows["overrides"].all(Override), "project", "indicator")
    return [own[0] if own else None for own in claims], overrides


def _manpower(rows: _File) -> tuple[ManpowerRow, ...]:
    cells: dict[int, list[tuple[str, int]]] = defaultdict(list)
    groups: dict[int, str] = {}
    for row, group, kind, count in rows.keys("row", "group", "type", "count"):
        groups.setdefault(row, group)
        cells[row].append((kind, count))
    return tuple(ManpowerRow(groups[row], tuple(cells[row])) for row in sorted(cells))


def _rulesets(rows: Mapping[str, _File]) -> list[RuleSet]:
    own, file = rows["rulesets"].keys("id"), rows["rulesets"]
    points = rows["scale_points"].under(own, rows["scale_points"].keys("threshold", "points"), "ruleset")
    scales = [
        None
        if floor is None
        else PointScale(
            thresholds=_numbers(threshold for threshold, _ in steps),
            points=_numbers(value for _, value in steps),
            interpolated=interpolated,
            floor=floor,
        )
        for steps, (interpolated, floor) in zip(points, file.keys("scale_interpolated", "scale_floor"), strict=True)
    ]
    bands = rows["bands"].under(own, rows["bands"].all(Band), "ruleset")
    return file.all(RuleSet, bands=bands, scale=scales, **_defaulted(file))


def _defaulted(file: _File) -> dict[str, list[Any]]:
    """Return the columns that older packages lack: a blank is the rule set's own default."""
    found: dict[str, list[Any]] = {}
    for name in ("lower_ceiling", "silent_units", "without_plan", "late_month"):
        default = RuleSet.__dataclass_fields__[name].default
        found[name] = [default if value is None else value for value in file.columns[name]]
    return found


def _numbers(values: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    return tuple(value for value in values if value is not None)
