"""How a plan lies in a row of Parquet: the schema made from the package's files, so that new columns come along.

Integers, dates and flags are typed; decimals, figures and choices are text, so that every digit stays.
"""

from __future__ import annotations

import json
from functools import cache

import pyarrow as pa

from samrit.package.resources import RESOURCES
from samrit.package.schema import Field, Resource, Type

FORMAT = "samrit-plan-parquet/1"
METADATA = b"samrit"
# The plan's own id, so that a row can be found without opening its lists.
ID = "plan_id"
PLANS_PER_GROUP = 50


def arrow_type(field: Field) -> pa.DataType:
    """Return the type of a column."""
    types = {Type.INTEGER: pa.int64(), Type.FLAG: pa.bool_(), Type.DATE: pa.date32()}
    return types.get(field.kind, pa.string())


def struct_of(resource: Resource) -> pa.StructType:
    """Return the type of one row of a package's file."""
    return pa.struct([pa.field(f.name, arrow_type(f)) for f in resource.fields])


@cache
def schema() -> pa.Schema:
    """Return the schema of a Parquet file of plans, with its format among the metadata."""
    lists = [pa.field(r.name, pa.list_(struct_of(r))) for r in RESOURCES]
    return pa.schema([pa.field(ID, pa.string()), *lists], metadata={METADATA: json.dumps({"format": FORMAT}).encode()})


def format_of(found: pa.Schema) -> str:
    """Return the format that a file says it has, or "" when it is no file of plans."""
    try:
        return str(json.loads((found.metadata or {})[METADATA])["format"])
    except (KeyError, ValueError, TypeError):
        return ""
