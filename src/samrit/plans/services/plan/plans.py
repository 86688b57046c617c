"""Plans in and out: imported as a package, amended by the next version, exported without loss (P15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from samrit.engine.model import Entry, Indicator, Level, Mark, Project
from samrit.engine.model import Plan as EnginePlan
from samrit.package import PlanPackage
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import pack, package_of, unpack
from samrit.plans.evaluation.scoring import reported_plan, version_in_force
from samrit.plans.models import Plan, PlanVersion, Standing, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.reporting.register_file import unit_row
from samrit.plans.services.office.units import add_missing
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service


@service
def plan_import(
    actor: Actor, *, package: PlanPackage, reason: str = "", is_public: bool = False, owner: Unit | None = None
) -> Plan:
    """Take in a new plan as its first version, with whatever results the package holds.

    Units that the register does not know are added.  Raises ServiceError
    ``plan_exists`` for a plan id that is there already (amend it instead), and
    ``plan_code_invalid`` for an id that cannot stand in an address.
    """
    permit(actor, "plan.import")
    source = package.plan
    if (
        not source.id
        or len(source.id) > 60
        or not all(c.isalnum() or c in "-_" for c in source.id)
        or not source.id.isascii()
    ):
        raise ServiceError("plan_code_invalid", record=source.id)
    if Plan.objects.filter(code=source.id).exists():
        raise ServiceError("plan_exists", record=source.id)
    add_missing(actor, map(unit_row, source.units), reason)
    plan = Plan(
        code=source.id,
        title=source.title[:300],
        title_en=source.title_en[:300],
        year_be=source.year_be,
        calendar=source.calendar,
        is_public=is_public,
        owner=owner,
    )
    plan.save()
    _note_plan(actor, plan, "plan.import", {}, reason)
    _new_version(actor, plan, package, number=1, effective_period=1, reason=reason)
    return plan


@service
def plan_amend(actor: Actor, *, plan: Plan, package: PlanPackage, effective_period: int, reason: str) -> PlanVersion:
    """Make the next version of a plan, in force from ``effective_period``; nothing reported or closed changes.

    An amendment changes what is planned only: results, levels reached, narratives, money and
    settlements of the version before it are carried over, whatever ``package`` holds.
    Raises ServiceError ``plan_other``, ``plan_unchanged`` or ``amend_closed_period``.
    """
    permit(actor, "plan.amend", plan=plan)
    why = reason_of(reason)
    if (package.plan.id, package.plan.year_be) != (plan.code, plan.year_be):
        raise ServiceError("plan_other", record=plan.code, other=package.plan.id)
    if not 1 <= effective_period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=effective_period)
    if plan.closures.filter(period__gte=effective_period).exists():
        raise ServiceError("amend_closed_period", record=plan.code, period=effective_period)
    latest = version_in_force(plan, 12)
    fresh = replace(package, plan=_planned_only(package.plan, package_of(latest).plan))
    if digest(pack(fresh)) == latest.sha256:
        raise ServiceError("plan_unchanged", record=plan.code)
    add_missing(actor, map(unit_row, fresh.plan.units), why)
    version = _new_version(actor, plan, fresh, number=latest.number + 1, effective_period=effective_period, reason=why)
    old = snapshot(plan)
    plan.title, plan.title_en = fresh.plan.title[:300], fresh.plan.title_en[:300]
    if snapshot(plan) != old:
        plan.save()
        _note_plan(actor, plan, "plan.amend", old, why)
    return version


@service
def plan_settings(
    actor: Actor,
    *,
    plan: Plan,
    is_public: bool | None = None,
    owner: Unit | None = None,
    counts_from: str | None = None,
    reason: str = "",
) -> Plan:
    """Publish a plan or take it back, say which unit owns it, and what counts in its closed evaluations.

    ``counts_from`` is the standing from which on figures do (sent, confirmed, accepted); None
    leaves a setting as it is.  Raises ServiceError ``standing_unknown``.
    """
    permit(actor, "plan.settings", plan=plan)
    plan.refresh_from_db()
    old = snapshot(plan)
    if is_public is not None:
        plan.is_public = is_public
    if owner is not None:
        plan.owner = owner
    if counts_from is not None:
        if counts_from not in (Standing.SENT, Standing.CONFIRMED, Standing.ACCEPTED):
            raise ServiceError("standing_unknown", record=plan.code, standing=counts_from)
        plan.counts_from = counts_from
    if snapshot(plan) != old:
        plan.save()
        _note_plan(actor, plan, "plan.settings", old, reason)
    return plan


def plan_export(plan: Plan) -> PlanPackage:
    """Return the plan as a package, with everything reported so far; writes nothing."""
    return reported_plan(plan)


def _new_version(
    actor: Actor, plan: Plan, package: PlanPackage, *, number: int, effective_period: int, reason: str
) -> PlanVersion:
    content = pack(package)
    unpack(content)  # a version that cannot be read again must never be kept
    version = PlanVersion(
        plan=plan,
        number=number,
        content=content,
        sha256=digest(content),
        effective_period=effective_period,
        reason=reason,
        created_at=timezone.now(),
        created_by=person_of(actor),
    )
    version.save()
    history.record(
        person_of(actor),
        "version.add" if number == 1 else "version.amend_without_approval",  # approval comes with drafts
        plan=plan,
        record=f"version {number}",
        period=effective_period,
        new=snapshot(version),
        reason=reason,
    )
    return version


def _note_plan(actor: Actor, plan: Plan, action: str, old: dict[str, Any], reason: str) -> None:
    history.record(person_of(actor), action, plan=plan, record=plan.code, old=old, new=snapshot(plan), reason=reason)


def _planned_only(amended: EnginePlan, before: EnginePlan) -> EnginePlan:
    """Return the amended plan with the results that the version before it holds, and no others."""
    known = {p.id: p for p in before.projects}
    return replace(amended, projects=tuple(_project(p, known.get(p.id)) for p in amended.projects))


def _project(project: Project, before: Project | None) -> Project:
    indicators = {i.id: i for i in before.indicators} if before is not None else {}
    return replace(
        project,
        movements=before.movements if before is not None else (),
        records=before.records if before is not None else (),
        narratives=before.narratives if before is not None else (),
        overrides=before.overrides if before is not None else (),
        indicators=tuple(_indicator(i, indicators.get(i.id)) for i in project.indicators),
    )


def _indicator(indicator: Indicator, before: Indicator | None) -> Indicator:
    results = {(e.unit, e.period, e.span): e for e in before.entries} if before is not None else {}
    planned = {(e.unit, e.period, e.span): e for e in indicator.entries}
    entries = []
    for key in sorted({*planned, *results}):
        entry = _entry(planned.get(key), results.get(key))
        if entry is not None:
            entries.append(entry)
    levels = {v.number: v for v in before.levels} if before is not None else {}
    return replace(
        indicator,
        entries=tuple(entries),
        levels=tuple(_level(v, levels.get(v.number)) for v in indicator.levels),
        overrides=before.overrides if before is not None else (),
    )


def _entry(planned: Entry | None, result: Entry | None) -> Entry | None:
    if planned is None:
        # The month is no longer planned; what was reported in it stays.
        kept = (
            replace(result, planned=Mark.BLANK, planned_numerator=Mark.BLANK, planned_denominator=Mark.BLANK)
            if result is not None
            else None
        )
        return kept if kept is not None and kept.actual is not Mark.BLANK else None
    if result is None:
        return replace(planned, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK)
    return replace(planned, actual=result.actual, numerator=result.numerator, denominator=result.denominator)


def _level(level: Level, before: Level | None) -> Level:
    if before is None:
        return replace(level, reached_on=None, reached_period=None)
    return replace(level, reached_on=before.reached_on, reached_period=before.reached_period, evidence=before.evidence)
