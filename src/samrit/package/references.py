"""What rows say about each other: keys given twice, names of nothing, trees that bite their tail, too few bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from samrit.engine.bands import CLASSES
from samrit.engine.ruleset import Method
from samrit.package.holidays import is_country
from samrit.package.kinds import KINDS
from samrit.package.notes import Notes
from samrit.package.resources import RESOURCES
from samrit.package.schema import Reference
from samrit.package.tables.table import ResourceTable
from samrit.vocabulary.speech import currencies
from samrit.vocabulary.terms import is_everyone

# Columns that name units loosely: an unknown one is worth a word but not a refusal (R316).
_LOOSE_UNITS = (("project_units", "unit"), ("monthly", "unit"), ("sites", "unit"), ("budgets", "unit"))
_TREES = (
    ("units", "code", "parent"),
    ("units", "code", "successor"),
    ("projects", "id", "identity"),
    ("tactics", "code", "parent"),
)


def note_relations(tables: Mapping[str, ResourceTable], notes: Notes) -> None:
    """Note every duplicate key, unknown reference and cycle in the tables."""
    for resource in RESOURCES:
        table = tables[resource.name]
        if not table.lines:
            continue
        _duplicates(table, notes)
        for reference in resource.references:
            _unknown(table, reference, tables[reference.resource], notes)
    records = ((kind.name, column) for kind in KINDS for column in sorted(kind.units))
    for name, column in (*_LOOSE_UNITS, *records):
        _unknown_units(tables[name], column, tables["units"], notes)
    for name, key, parent in _TREES:
        _cycles(tables[name], key, parent, notes)
    _parts(tables["indicators"], notes)
    _spans(tables["monthly"], notes)
    _bands(tables["rulesets"], tables["bands"], notes)
    _settings(tables["plan"], notes)
    for name in ("claims", "overrides"):
        _elsewhere(tables[name], tables["indicators"], notes)


def _settings(table: ResourceTable, notes: Notes) -> None:
    """Note a country without known holidays, and a currency that has neither a known code nor a name of its own."""
    for row in range(len(table.lines)):
        country, code = (table.columns[name][row] or "" for name in ("holiday_country", "currency"))
        if country and not is_country(country):
            notes.add("package_country_unknown", table.place(row, "holiday_country"), text=country)
        if code and code not in currencies() and not table.columns["currency_name_en"][row]:
            notes.add("package_currency_unknown", table.place(row, "currency"), text=code)


def _duplicates(table: ResourceTable, notes: Notes) -> None:
    if table.is_sorted:
        return
    keys = table.keys(table.resource.key)
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(keys):
        if key in first:
            shown = " / ".join(str(part) for part in key if part not in (None, ""))
            columns = ", ".join(table.resource.key)
            notes.add("package_key_twice", table.place(row, columns), key=shown, first=first[key])
        else:
            first[key] = table.lines[row]


def _unknown(table: ResourceTable, reference: Reference, target: ResourceTable, notes: Notes) -> None:
    """Note rows that name nothing; a target that was only half read can't be blamed on the row."""
    if not target.whole:
        return
    named = set(zip(*(table.columns[name] for name in reference.fields), strict=True))
    known = zip(*(target.columns[name] for name in reference.keys), strict=True)
    unknown = {key for key in named.difference(known) if all(key)}
    if not unknown:
        return
    for row, key in enumerate(table.keys(reference.fields)):
        if key in unknown:
            place = table.place(row, ", ".join(reference.fields))
            shown = " / ".join(str(part) for part in key)
            notes.add("package_reference_unknown", place, value=shown, file=target.resource.path)


def _unknown_units(table: ResourceTable, column: str, units: ResourceTable, notes: Notes) -> None:
    missing = set(table.columns[column]).difference(units.columns["code"], ("",))
    unknown = {unit for unit in missing if not is_everyone(unit)}  # a word for them all is no unit's code (R89)
    if not unknown or not units.whole:
        return
    for row, unit in enumerate(table.columns[column]):
        if unit in unknown:
            notes.add("package_unit_unknown", table.place(row, column), value=unit)


def _cycles(table: ResourceTable, key: str, parent: str, notes: Notes) -> None:
    """Note each cycle once, at its member that comes first in the file."""
    above = {own: other for own, other in table.keys((key, parent)) if other}
    if table.resource.name == "projects":
        # A project that names itself is the first of its lines, which is allowed.
        above = {own: other for own, other in above.items() if own != other}
    if not above:
        return
    told: set[str] = set()
    for row, at in enumerate(table.columns[key]):
        path: dict[str, None] = {}
        while at in above and at not in told and at not in path:
            path[at] = None
            at = above[at]  # noqa: PLW2901
        if at in path:
            ring = [*path][[*path].index(at) :]
            notes.add("package_cycle", table.place(row, parent), path=" → ".join([*ring, ring[0]]))
        told.update(path)


def _parts(table: ResourceTable, notes: Notes) -> None:
    """Note categories of a breakdown that are in another work than their indicator, or under a category (BD1)."""
    if not any(table.columns["part_of"]):
        return
    rows = table.keys(("id", "project", "part_of"))
    known = {own: (project, part_of) for own, project, part_of in rows}
    for row, (own, project, part_of) in enumerate(rows):
        above = known.get(part_of or "")
        if part_of and above is not None and (above[0] != project or above[1]):
            notes.add("package_part_misplaced", table.place(row, "part_of"), part=own, whole=part_of)


def _spans(table: ResourceTable, notes: Notes) -> None:
    """Note figures that would reach back before the plan's year."""
    pairs = set(zip(table.columns["period"], table.columns["span"], strict=True))
    too_long = {(period, span) for period, span in pairs if period is not None and span and span > period}
    if not too_long:
        return
    for row, (period, span) in enumerate(table.keys(("period", "span"))):
        if (period, span) in too_long:
            notes.add("package_span_too_long", table.place(row, "span"), span=span, period=period)


def _bands(rulesets: ResourceTable, bands: ResourceTable, notes: Notes) -> None:
    """Note rule sets that can't tell a band: without any, or the transparency assessment without its five (M-E)."""
    if not bands.whole:
        return
    count = Counter(own for (own,) in bands.keys(("ruleset",)))
    for row, (own, method) in enumerate(rulesets.keys(("id", "method"))):
        if not count[own]:
            notes.add("package_ruleset_without_bands", rulesets.place(row, "id"), ruleset=own)
        elif method is Method.TRANSPARENCY and count[own] != CLASSES:
            place = rulesets.place(row, "method")
            notes.add("package_ruleset_not_five", place, ruleset=own, count=count[own], wanted=CLASSES)


def _elsewhere(table: ResourceTable, indicators: ResourceTable, notes: Notes) -> None:
    """Note rows that name an indicator together with a project that is not its own."""
    if not table.lines:
        return
    owners = dict(indicators.keys(("id", "project")))
    for row, (indicator, project) in enumerate(table.keys(("indicator", "project"))):
        owner = owners.get(indicator)
        if owner is not None and owner != project:
            place = table.place(row, "indicator")
            notes.add("package_indicator_elsewhere", place, indicator=indicator, owner=owner, project=project)
