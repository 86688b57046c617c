"""All files of a plan package, in the order in which the descriptor lists them."""

from __future__ import annotations

from samrit.package.columns.figures import FIGURE_RESOURCES
from samrit.package.columns.look import REPORT_LOOK
from samrit.package.columns.plan import PLAN_RESOURCES
from samrit.package.columns.rules import RULE_RESOURCES
from samrit.package.columns.thresholds import LEVEL_THRESHOLDS
from samrit.package.kinds import KINDS
from samrit.package.schema import Resource

YEAR_RESOURCES = tuple(kind.resource for kind in KINDS)
RESOURCES: tuple[Resource, ...] = (
    *PLAN_RESOURCES,
    REPORT_LOOK,
    *FIGURE_RESOURCES,
    LEVEL_THRESHOLDS,
    *YEAR_RESOURCES,
    *RULE_RESOURCES,
)

_BY_NAME = {resource.name: resource for resource in RESOURCES}


def resource_named(name: str) -> Resource:
    """Return the file of that name; raises KeyError when there is none."""
    return _BY_NAME[name]
