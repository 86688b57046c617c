"""A unit of the register as a plan holds it; the way back is ``reporting.register_file.unit_row``."""

from __future__ import annotations

from typing import Any

from samrit.engine.model import Unit
from samrit.package.columns.plan import UNITS
from samrit.plans import models


def unit_of(row: models.Unit) -> Unit:
    """Return a unit of the register with every column that a plan's units have, other units by their codes."""
    values: dict[str, Any] = {name: getattr(row, name) for name in UNITS.columns}
    for name in _LINKS:
        values[name] = values[name].code if values[name] is not None else ""
    return Unit(**values)


_LINKS = frozenset(field for reference in UNITS.references for field in reference.fields)
