"""Checks of sites under a project: counts, money, contracts (R55, R124, R125, R189, R190, R252, R309)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import ZERO
from samrit.engine.checks.scene import CheckedLine, Scene, found, on
from samrit.engine.checks.units import COUNT, sort_of_unit
from samrit.engine.indicators.totals import Side, site_total
from samrit.engine.model import Formula
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding

_COMMITTED = ("committed", "done", "ก่อหนี้ผูกพันแล้ว", "ดำเนินการเสร็จแล้ว")


def sites_differ_from_project(scene: Scene) -> Iterator[Finding]:
    """A reported or printed number of sites committed that is not what the sites themselves say (R190)."""
    for line in scene.lines:
        sites, reported = line.project.sites, _reported(line)
        if not sites or reported is None or not _counts_sites(line):
            continue
        committed = site_total(sites, Side.ACTUAL, scene.as_of).value
        if reported not in (committed, site_total(sites, Side.ACTUAL, YEAR_END).value):
            counted = committed if line.indicator.formula is Formula.SITES else reported
            counts = {"reported": reported, "committed": committed, "sites": len(sites), "counted": counted}
            yield on("sites_differ_from_project", line.indicator, **counts)


def planned_sites_differ_from_project(scene: Scene) -> Iterator[Finding]:
    """A planned number of sites that is not the number of sites listed (R309)."""
    for line in scene.lines:
        planned = line.claim.plan_total
        if line.indicator.formula is not Formula.SITES:
            planned = line.year.plan_total.value
        sites = len(line.project.sites)
        if sites and planned is not None and planned != sites and _counts_sites(line):
            yield on("planned_sites_differ_from_project", line.indicator, planned=planned, sites=sites)


def site_budgets_differ_from_project(scene: Scene) -> Iterator[Finding]:
    """Site budgets that do not add up to the project's (R125)."""
    for project in scene.plan.projects:
        budgets = [site.budget for site in project.sites]
        if not budgets or project.budget is None or None in budgets:
            continue
        total = sum((b for b in budgets if b is not None), ZERO)
        if total != project.budget:
            yield on(
                "site_budgets_differ_from_project",
                project,
                sum=total,
                budget=project.budget,
                difference=total - project.budget,
            )


def site_done_before_contract(scene: Scene) -> Iterator[Finding]:
    """A site done before its contract, or without one (R254)."""
    for project in scene.plan.projects:
        for site in project.sites:
            if site.done_period is not None and (site.committed_period or site.done_period + 1) > site.done_period:
                yield found(
                    "site_done_before_contract", project.id, site.source, title=site.title, done=site.done_period
                )


def site_commitment_undated(scene: Scene) -> Iterator[Finding]:
    """A site marked as committed or done without the month of its contract: it cannot be counted (S2-82, R190)."""
    for project in scene.plan.projects:
        for site in project.sites:
            if site.outcome in _COMMITTED and site.committed_period is None:
                yield found("site_commitment_undated", project.id, site.source, title=site.title)


def site_instalments_exceeded(scene: Scene) -> Iterator[Finding]:
    """More instalments accepted than the contract has (R252, R253)."""
    for project in scene.plan.projects:
        for site in project.sites:
            if site.instalments is not None and site.instalments_accepted > site.instalments:
                counts = {"accepted": site.instalments_accepted, "instalments": site.instalments}
                yield found("site_instalments_exceeded", project.id, site.source, title=site.title, **counts)


def _counts_sites(line: CheckedLine) -> bool:
    """Say whether the indicator counts the project's sites: declared so, or the only count of a project with sites."""
    if line.indicator.formula is Formula.SITES:
        return True
    if line.indicator.formula is Formula.SITE_PROGRESS:
        return False  # it measures them and counts none
    counts = [i for i in line.project.indicators if sort_of_unit(i.unit_of_measure) == COUNT]
    return counts == [line.indicator]


def _reported(line: CheckedLine) -> Decimal | None:
    """Return the number of sites as printed or reported, apart from what the sites say; nothing reported counts 0."""
    if line.claim.actual_total is not None:
        return line.claim.actual_total
    if line.claim.percent == ZERO:
        return ZERO
    return None if line.indicator.formula is Formula.SITES else line.now.actual_total.value or ZERO
