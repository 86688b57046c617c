"""From a plan package to rows: one list of rows per file, each row a value per column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from samrit.engine.model import Alignment, Claim, Indicator, Override, Plan, Project, Site, Source
from samrit.engine.ruleset import RuleSet
from samrit.engine.surroundings import StepTerm
from samrit.package.kinds import bare
from samrit.package.model import PlanPackage
from samrit.package.ordering import sort_key
from samrit.package.resources import RESOURCES, resource_named
from samrit.package.schema import Resource

Row = dict[str, Any]


def rows_of(package: PlanPackage) -> Mapping[str, list[Row]]:
    """Return the rows of every file, sorted by key; files without rows have an empty list."""
    rows: dict[str, list[Row]] = {resource.name: [] for resource in RESOURCES}
    for name, row in _all_rows(package):
        rows[name].append(row)
    for resource in RESOURCES:
        rows[resource.name].sort(key=lambda row, r=resource: [sort_key(row.get(k)) for k in r.key])  # type: ignore[misc]
    return rows


def _all_rows(package: PlanPackage) -> Iterator[tuple[str, Row]]:
    plan = package.plan
    yield from _plan_rows(plan)
    for project in plan.projects:
        yield from _project_rows(project)
        for indicator in project.indicators:
            yield from _indicator_rows(project, indicator)
    for ruleset in package.rulesets:
        yield from _ruleset_rows(ruleset)
    yield from _plain("holidays", package.holidays)


def _plan_rows(plan: Plan) -> Iterator[tuple[str, Row]]:
    yield "plan", _row("plan", plan)
    yield from _ordered("missions", "text", plan.missions)
    yield from _links("", plan.parents)
    for name, items in (
        ("funds", plan.funds),
        ("strategies", plan.strategies),
        ("tactics", plan.tactics),
        ("programmes", plan.programmes),
        ("units", plan.units),
        ("indicator_cards", plan.cards),
        ("printed", plan.printed),
        ("report_look", plan.look),
    ):
        yield from _plain(name, items)
    for order, allotment in enumerate(plan.allotments, 1):
        yield "allotments", _row("allotments", allotment, order=order)
    for unit in plan.units:
        yield from _ordered("unit_aliases", "alias", unit.aliases, unit=unit.code)
    for at, row in enumerate(plan.manpower, 1):
        for order, (kind, count) in enumerate(row.counts, 1):
            yield "manpower", {"row": at, "group": row.group, "order": order, "type": kind, "count": count}
    for number, item in enumerate(plan.texts, 1):
        yield "report_texts", _row("report_texts", item, number=number)


def _project_rows(project: Project) -> Iterator[tuple[str, Row]]:
    project, own = bare(project), {"project": project.id}
    yield "projects", _row("projects", project)
    yield from _ordered("project_units", "unit", project.responsible_units, **own)
    terms = {term.step: term for term in project.step_terms}
    for order, step in enumerate(project.steps, 1):
        term = terms.get(order, StepTerm(order))
        yield "steps", {"order": order, "text": step, "due_on": term.due_on, "decided_by": term.decided_by, **own}
    for order, line in enumerate(project.budgets, 1):
        yield "budgets", _row("budgets", line, order=order, **own)
    for order, movement in enumerate(project.movements, 1):
        yield "money_movements", _row("money_movements", movement, order=order, **own)
    for order, narrative in enumerate(project.narratives, 1):
        yield "reports", _row("reports", narrative, order=order, **own)
    yield from _links(project.id, project.alignments)
    for site in project.sites:
        yield "sites", _row("sites", site, **own)
        yield from _site_texts(project, site)
    yield from _judged(project.id, "", project.claim, project.overrides)
    for record in project.records:
        yield record.kind, _row(record.kind, record, **dict(record.values), **own)


def _site_texts(project: Project, site: Site) -> Iterator[tuple[str, Row]]:
    own = {"project": project.id, "site": site.id}
    yield from _ordered("site_texts", "text", site.planned_texts, side="planned", **own)
    yield from _ordered("site_texts", "text", site.actual_texts, side="actual", **own)


def _indicator_rows(project: Project, indicator: Indicator) -> Iterator[tuple[str, Row]]:
    own = {"indicator": indicator.id}
    yield "indicators", _row("indicators", indicator, project=project.id)
    for name, items in (("monthly", indicator.entries), ("targets", indicator.targets), ("levels", indicator.levels)):
        yield from _plain(name, items, **own)
    for level in indicator.levels:
        for period, threshold in level.thresholds:
            at = {"number": level.number, "from_period": period, "threshold": threshold}
            yield "level_thresholds", {**at, **own}
    for period, figure in enumerate(indicator.last_year, 1):
        yield "last_year", {"period": period, "actual": figure, **own}
    yield from _judged(project.id, indicator.id, indicator.claim, indicator.overrides)
    for part in indicator.parts:
        yield from _indicator_rows(project, part)


def _judged(
    project: str, indicator: str, claim: Claim | None, overrides: Sequence[Override]
) -> Iterator[tuple[str, Row]]:
    own = {"project": project, "indicator": indicator}
    if claim is not None:
        yield "claims", _row("claims", claim, **own)
    for order, override in enumerate(overrides, 1):
        yield "overrides", _row("overrides", override, order=order, **own)


def _links(project: str, links: Sequence[Alignment]) -> Iterator[tuple[str, Row]]:
    for order, link in enumerate(links, 1):
        yield "links", _row("links", link, project=project, order=order)


def _ruleset_rows(ruleset: RuleSet) -> Iterator[tuple[str, Row]]:
    own = {"ruleset": ruleset.id}
    scale = ruleset.scale
    extra: Row = {"scale_interpolated": scale.interpolated, "scale_floor": scale.floor} if scale else {}
    if ruleset.late_month == RuleSet.__dataclass_fields__["late_month"].default:
        extra["late_month"] = None  # blank is the default, so that older packages are written as they were
    yield "rulesets", _row("rulesets", ruleset, **extra)
    for order, band in enumerate(ruleset.bands, 1):
        yield "bands", _row("bands", band, order=order, **own)
    if scale is None:
        return
    for order in range(1, max(len(scale.thresholds), len(scale.points)) + 1):
        threshold = scale.thresholds[order - 1] if order <= len(scale.thresholds) else None
        points = scale.points[order - 1] if order <= len(scale.points) else None
        yield "scale_points", {"order": order, "threshold": threshold, "points": points, **own}


def _ordered(name: str, column: str, items: Iterable[object], **own: object) -> Iterator[tuple[str, Row]]:
    for order, item in enumerate(items, 1):
        yield name, {"order": order, column: item, **own}


def _plain(name: str, items: Iterable[Any], **own: object) -> Iterator[tuple[str, Row]]:
    for item in items:
        yield name, _row(name, item, **own)


def _row(name: str, item: Any, /, **own: object) -> Row:
    """Return the columns of ``item`` that its file has, with its source spread over four columns."""
    resource: Resource = resource_named(name)
    names = {f.name for f in fields(item)}
    row: Row = {column: getattr(item, column) for column in resource.columns if column in names}
    if "source" in names:
        row |= _source_row(item.source)
    return row | own


def _source_row(source: Source) -> Row:
    return {
        "source_document": source.document,
        "source_page": source.page,
        "source_line": source.line,
        "source_cell": source.cell,
    }
