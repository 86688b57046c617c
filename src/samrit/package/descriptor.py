"""``datapackage.json``: the Frictionless description of a plan package.

Figures are described as text with a pattern, so that every reader keeps "–", blank
and 0 apart; blank is the only missing value (pitfall P1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from samrit.engine.model import Plan
from samrit.package.schema import Field, Reference, Resource, Type
from samrit.package.tables.cells import DECIMAL

NAME = "datapackage.json"
FORMAT = "samrit-plan-package/1"

_TYPES = {
    Type.TEXT: "string",
    Type.CHOICE: "string",
    Type.FIGURE: "string",
    Type.INTEGER: "integer",
    Type.NUMBER: "number",
    Type.FLAG: "boolean",
    Type.DATE: "date",
    Type.MOMENT: "datetime",
}


def descriptor(plan: Plan, resources: Mapping[Resource, int]) -> str:
    """Return the text of ``datapackage.json`` for the files present, given with their numbers of rows."""
    content = {
        "profile": "tabular-data-package",
        "samrit": {"format": FORMAT},
        "title": plan.title,
        "resources": [_resource(r, rows, resources) for r, rows in resources.items()],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _resource(resource: Resource, rows: int, present: Mapping[Resource, int]) -> dict[str, Any]:
    names = {r.name for r in present}
    schema: dict[str, Any] = {
        "fields": [_field(f) for f in resource.fields],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    written = set(resource.columns)
    links = [r for r in resource.references if r.resource in names and written.issuperset(r.fields)]
    links = [r for r in links if _is_key(resource, r)]
    if links:
        schema["foreignKeys"] = [
            {
                "fields": list(link.fields),
                "reference": {
                    "resource": "" if link.resource == resource.name else link.resource,
                    "fields": list(link.keys),
                },
            }
            for link in links
        ]
    return {
        "name": resource.name,
        "title": f"{resource.th} / {resource.en}",
        "path": resource.path,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "samrit:rows": rows,
        "schema": schema,
    }


def _is_key(resource: Resource, link: Reference) -> bool:
    """Say whether Frictionless can follow a link: of several columns none may be blank."""
    return len(link.fields) == 1 or all(resource.field(name).required for name in link.fields)


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES[field.kind],
        "title": f"{field.th} / {field.en}",
    }
    if field.kind is Type.MOMENT:
        described["format"] = "any"  # with fractions of a second
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.maximum is not None:
        constraints["maximum"] = field.maximum
    if field.allowed:
        constraints["enum"] = list(field.allowed)
    if field.kind is Type.FIGURE:
        constraints["pattern"] = f"[–-]|{DECIMAL}"
    if constraints:
        described["constraints"] = constraints
    return described
