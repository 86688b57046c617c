"""The sites of a work: each with its money, its days, and how far it is (R189, R191)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.totals import Side, site_total
from samrit.engine.model import Project
from samrit.engine.sites import committed_since, site_progress
from samrit.package.kinds.procurement import accepted_by
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.periods import period_dates


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A place of work under a project; ``progress`` in percent at the month seen (R191)."""

    title: str
    unit: str
    budget: Decimal | None
    due: str
    committed: str
    done: str
    outcome: str
    progress: Decimal


@dataclass(frozen=True, slots=True)
class WorkSites:
    """The sites, and how many of them are committed of those due at the month seen (R189)."""

    lines: tuple[SiteLine, ...]
    due: Decimal | None
    committed: Decimal | None


def work_sites(names: Names, project: Project) -> WorkSites:
    """Return the sites of a work as they are at the month seen."""
    as_of = names.result.as_of
    due, committed = (site_total(project.sites, side, as_of).value for side in (Side.PLANNED, Side.ACTUAL))
    return WorkSites(_lines(names, project), due, committed)


def _lines(names: Names, project: Project) -> tuple[SiteLine, ...]:
    plan, as_of = names.result.plan, names.result.as_of
    last = period_dates(plan.year_be, plan.calendar, as_of)[1]
    share = names.result.ruleset.site_contract_share

    def month(period: int | None) -> str:
        return names.period(period).month if period else ""

    return tuple(
        SiteLine(
            site.title,
            names.unit(site.unit) if site.unit else "",
            site.budget,
            month(site.commitment_due_period),
            month(committed_since(site, as_of)),
            month(site.done_period),
            site.outcome,
            site_progress(site, share, as_of, accepted=accepted_by(project, site.id, last)),
        )
        for site in project.sites
    )
