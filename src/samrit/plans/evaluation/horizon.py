"""Which plan of several years a year's plan is under, which are under one, and where a work goes on (R13–R15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Project
from samrit.engine.score import YEAR_END
from samrit.package import PlanPackage
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import holding_in, versions_of
from samrit.plans.models import Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class LongerPlan:
    """A plan of several years, in the version that is cited."""

    plan: Plan
    version: PlanVersion
    package: PlanPackage


def longer_of(annual: EnginePlan) -> LongerPlan | None:
    """Return the plan that a year's plan says it is under, None for none or one that is not there.

    The version that it cites, or the latest where it cites none.
    """
    if not annual.under_plan:
        return None
    plan = Plan.objects.filter(code=annual.under_plan).first()
    if plan is None:
        return None
    versions, cited = versions_of(plan), annual.under_version
    wanted = versions[-1:] if cited is None else [v for v in versions if v.number == cited]
    found = wanted[0] if wanted else None
    return None if found is None else LongerPlan(plan, found, package_of(found))


def plans_under() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the year's plans under each plan of several years, earliest year first."""

    def read() -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for plan in Plan.objects.order_by("year_be", "code"):
            version = holding_in(versions_of(plan), YEAR_END)
            under = package_of(version).plan.under_plan if version else ""
            if under:
                found[under].append(plan.code)
        return {code: tuple(plans) for code, plans in found.items()}

    return memory.read("plans under", read)


def copies_of(code: str, project: Project) -> tuple[tuple[str, str], ...]:
    """Return plan and id of a work in the plans that were copied from its own, or that its own was copied from (R54).

    It is the same one where it bears the same key and an indicator of the same identity (R62): a key alone, as "P1",
    says nothing about plans that have nothing to do with each other, nor does a definition that other works use.
    """
    own = _identities(code, project)
    return tuple((plan, work) for plan, work, borne in _works_by_key().get(project.key, ()) if borne & own)


def _works_by_key() -> Mapping[str, Sequence[tuple[str, str, frozenset[str]]]]:
    """Return plan, id and identities of indicators of the works of all plans, by key."""

    def read() -> Mapping[str, Sequence[tuple[str, str, frozenset[str]]]]:
        found: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
        for plan in Plan.objects.order_by("year_be", "code"):
            version = holding_in(versions_of(plan), YEAR_END)
            for project in package_of(version).plan.projects if version else ():
                found[project.key].append((plan.code, project.id, _identities(plan.code, project)))
        return found

    return memory.read("works by key", read)


def _identities(code: str, project: Project) -> frozenset[str]:
    return frozenset(i.identity or f"{code}:{i.id}" for i in project.indicators)


def longer_plans() -> tuple[tuple[str, str], ...]:
    """Return code and title of every plan of several years, the latest first."""

    def read() -> tuple[tuple[str, str], ...]:
        found = []
        for plan in Plan.objects.all():
            version = holding_in(versions_of(plan), YEAR_END)
            if version and package_of(version).plan.until_year_be:
                found.append((plan.code, plan.title))
        return tuple(found)

    return memory.read("longer plans", read)
