"""The example plan, and plans a number of times as large made from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samrit import package
from samrit.engine.model import Plan, Project
from samrit.package import PlanPackage

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "sso-2568"


def example() -> PlanPackage:
    """Return the example plan of 235 works."""
    reading = package.read(EXAMPLE)
    if reading.package is None:
        raise SystemExit(f"{EXAMPLE} can't be read: {[finding.code for finding in reading.findings]}")
    return reading.package


def enlarged(plan: Plan, times: int) -> Plan:
    """Return ``plan`` with every project there ``times`` times, each copy under ids of its own."""
    return replace(plan, projects=tuple(_copy(p, copy) for copy in range(times) for p in plan.projects))


def _copy(project: Project, copy: int) -> Project:
    if copy == 0:
        return project
    indicators = tuple(replace(i, id=f"{i.id}~{copy}") for i in project.indicators)
    head = f"{project.shares_with}~{copy}" if project.shares_with else ""
    return replace(project, id=f"{project.id}~{copy}", identity="", shares_with=head, indicators=indicators)
