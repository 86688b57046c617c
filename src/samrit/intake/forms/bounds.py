"""Which numbers a cell of the form may hold: those that the package takes, so that it can always be read again."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from samrit.package.resources import resource_named
from samrit.package.schema import Field, Type

# Sheets and columns of the form whose file or column of the package is called otherwise.
_FILES = {"works": "projects", "own_rules": "rulesets", "scale": "scale_points"}
_COLUMNS = {"year": "year_be"}


def is_within(table: str, code: str, value: Decimal) -> bool:
    """Say whether the package takes ``value`` in the column that a form's column fills; one that it lacks takes all."""
    field = _field(table, code)
    if field is None:
        return True
    if field.kind is Type.INTEGER and value != value.to_integral_value():
        return False
    if field.above_zero and value <= 0:
        return False
    return (field.minimum is None or value >= field.minimum) and (field.maximum is None or value <= field.maximum)


@cache
def _field(table: str, code: str) -> Field | None:
    try:
        fields = resource_named(_FILES.get(table, table)).fields
    except KeyError:
        return None
    name = _COLUMNS.get(code, code)
    return next((field for field in fields if field.name == name), None)
