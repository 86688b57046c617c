"""Plans in and out: imported as a package, amended by the next version, exported without loss (P15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from samrit.package import PlanPackage
from samrit.plans.drafting.naming import wrong_names
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.allotted import allotment_of
from samrit.plans.evaluation.carrying import with_results_of
from samrit.plans.evaluation.documents import pack, package_of, unpack
from samrit.plans.evaluation.report_words import worded
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
    ``plan_code_invalid`` for an id that cannot be in an address.
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
    _new_version(actor, PlanVersion(plan=plan, number=1, effective_period=1, reason=reason), package, "version.add")
    return plan


@service
def plan_amend(
    actor: Actor, *, plan: Plan, package: PlanPackage, effective_period: int, reason: str, is_approved: bool = False
) -> PlanVersion:
    """Make the next version of a plan, in force from ``effective_period``; nothing reported or closed changes.

    ``is_approved`` is said by a draft that went its way; without it the history tells that nobody approved.

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
    recorded = {repr(allotment_of(row)) for row in plan.allotments.filter(withdrawn=False)}  # they stay beside it
    own = tuple(a for a in package.plan.allotments if repr(a) not in recorded)
    amended = replace(package.plan, allotments=own)
    fresh = replace(package, plan=with_results_of(amended, package_of(latest).plan))
    if digest(pack(fresh)) == latest.sha256:
        raise ServiceError("plan_unchanged", record=plan.code)
    add_missing(actor, map(unit_row, fresh.plan.units), why)
    made = PlanVersion(plan=plan, number=latest.number + 1, effective_period=effective_period, reason=why)
    version = _new_version(actor, made, fresh, "version.amend" if is_approved else "version.amend_without_approval")
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
    leaves a setting as it is.  Raises ServiceError ``standing_unknown``, and ``plan_archived`` for another owner or
    standing of an archived plan: who reported and what counted is part of what was archived.
    """
    permit(actor, "plan.settings", plan=plan)
    plan.refresh_from_db()
    old = snapshot(plan)
    if plan.archived_at is not None and (owner or plan.owner, counts_from or plan.counts_from) != (
        plan.owner,
        plan.counts_from,
    ):
        raise ServiceError("plan_archived", record=plan.code)
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
    package = reported_plan(plan)
    return replace(package, plan=worded(plan.pk, package.plan))


def _new_version(actor: Actor, version: PlanVersion, package: PlanPackage, action: str) -> PlanVersion:
    plan = package.plan
    works = (("projects", p.id) for p in plan.projects)
    indicators = (("indicators", i.id) for p in plan.projects for i in p.measures)
    if wrong := wrong_names((*works, *indicators, *(("units", unit.code) for unit in plan.units))):
        raise ServiceError("plan_names_wrong", record=plan.id, names=", ".join(wrong[:20]))
    content = pack(package)
    unpack(content)  # a version that cannot be read again must never be kept
    version.content, version.sha256 = content, digest(content)
    version.created_at, version.created_by = timezone.now(), person_of(actor)
    version.save()
    history.record(
        person_of(actor),
        action,
        plan=version.plan,
        record=f"version {version.number}",
        period=version.effective_period,
        new=snapshot(version),
        reason=version.reason,
    )
    return version


def _note_plan(actor: Actor, plan: Plan, action: str, old: dict[str, Any], reason: str) -> None:
    history.record(person_of(actor), action, plan=plan, record=plan.code, old=old, new=snapshot(plan), reason=reason)
