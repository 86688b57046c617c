"""Where an indicator's figures come from and where else they are used, for the work's page (R9, R171)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from samrit.engine.indicators.shared import origin_named
from samrit.engine.model import Indicator
from samrit.engine.score import YEAR_END
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import holding_in, taken_over, versions_of
from samrit.plans.models import MonthlyReport, Person, Plan
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.transitions import is_under_correction
from samrit.plans.selectors.office.visible import visible
from samrit.plans.selectors.results.look import Look
from samrit.vocabulary.periods import period_name


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same figure in a plan; ``work`` is "" where the reader may not see that plan."""

    plan: str
    title: str
    work: str
    indicator: str


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """An indicator's origin (None: its own, or not found), where else its figures are used, months under correction."""

    named: str  # what the plan writes for the origin, "" for none
    origin: Elsewhere | None
    correcting: tuple[str, ...]
    used_in: tuple[Elsewhere, ...]


def shared_figure(seen: Look, indicator: Indicator, person: Person | None) -> SharedFigure | None:
    """Return what is shared of an indicator; None for one whose figures are its own and used nowhere else."""
    used = tuple(
        told
        for code, user in _uses().get((seen.plan.code, indicator.id), ())
        if (told := _told(code, user, person)).work  # the uses in plans that the reader may not see stay untold
    )
    if not indicator.figures_of:
        return SharedFigure("", None, (), used) if used else None
    found = _origin_of(seen.plan, indicator)
    if found is None:
        return SharedFigure(indicator.figures_of, None, (), used)
    plan, origin = found
    told = _told(plan.code, origin, person)
    months = () if seen.public else _correcting(plan, origin, seen.language)
    return SharedFigure(indicator.figures_of, told, months, used)


def _origin_of(plan: Plan, indicator: Indicator) -> tuple[Plan, str] | None:
    version = holding_in(versions_of(plan), YEAR_END)
    return None if version is None else taken_over(version).get(indicator.id)


def _told(code: str, indicator: str, person: Person | None) -> Elsewhere:
    try:
        plan = visible(person, code).plan
    except NotVisible:
        return Elsewhere(code, "", "", indicator)
    version = holding_in(versions_of(plan), YEAR_END)
    projects = package_of(version).plan.projects if version else ()
    work = next((p.id for p in projects if any(i.id == indicator for i in p.indicators)), "")
    return Elsewhere(code, plan.title, work, indicator)


def _correcting(plan: Plan, indicator: str, language: str) -> tuple[str, ...]:
    """Return the months whose report of the origin was sent and is open again."""
    units = {duty.unit for duty in units_reporting(plan).by_indicator.get(indicator, ())}
    reports = MonthlyReport.objects.filter(plan=plan, unit__code__in=units, submitted_at__isnull=False)
    months = sorted({r.period for r in reports if is_under_correction(r)})
    return tuple(period_name(plan.year_be, plan.calendar, m, language) for m in months)


def _uses() -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Return by plan and indicator the plans and indicators of the office that take their figures from it."""

    def read() -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for plan in Plan.objects.filter(versions__isnull=False).distinct():
            version = holding_in(versions_of(plan), YEAR_END)
            for project in package_of(version).plan.projects if version else ():
                for indicator in project.indicators:
                    if indicator.figures_of:
                        found[origin_named(indicator.figures_of, plan.code)].append((plan.code, indicator.id))
        return {origin: tuple(users) for origin, users in found.items()}

    return memory.read("uses of figures", read)
