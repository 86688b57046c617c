"""How an office has a plan's reports printed: its own choice over what the plan itself says, without amending it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from samrit.engine.model import LookSetting
from samrit.engine.model import Plan as EnginePlan
from samrit.plans.errors import ServiceError
from samrit.plans.models import Plan
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.services.writing import Actor, permit, person_of, service
from samrit.reports.texts.looks import template_of

MOST_SETTINGS = 300
_LONGEST = 2000


@service
def report_look_set(actor: Actor, *, plan: Plan, look: Mapping[str, str], reason: str = "") -> Plan:
    """Have a plan's reports printed with these settings from now on; none are the plan's own again.

    What is printed already stays until it is printed again.  Raises ServiceError ``report_look_wrong`` with the first
    setting that no template can have (``template_of`` finds them all), ``report_look_too_long``.
    """
    permit(actor, "plan.settings", plan=plan)
    own = {name.strip(): text.strip() for name, text in look.items() if name.strip() and text.strip()}
    require_bounds(own, plan)
    if found := template_of(settings_of(own)).findings:
        raise ServiceError("report_look_wrong", record=plan.code, setting=found[0].place.column)
    plan.refresh_from_db()
    old = snapshot(plan)
    plan.report_look = own
    if snapshot(plan) != old:
        plan.save(update_fields=["report_look"])
        history.record(
            person_of(actor), "plan.settings", plan=plan, record=plan.code, old=old, new=snapshot(plan), reason=reason
        )
    return plan


def require_bounds(look: Mapping[str, str], plan: Plan) -> None:
    """Refuse more settings, or longer ones, than a plan keeps: ServiceError ``report_look_too_long``."""
    if len(look) > MOST_SETTINGS or any(len(text) > _LONGEST for text in (*look, *look.values())):
        raise ServiceError("report_look_too_long", record=plan.code, count=MOST_SETTINGS, length=_LONGEST)


def settings_of(look: Mapping[str, str]) -> tuple[LookSetting, ...]:
    """Return settings as a plan holds them, in the order of their names."""
    return tuple(LookSetting(name, look[name]) for name in sorted(look))


def looked(plan: EnginePlan, look: Mapping[str, str]) -> EnginePlan:
    """Return a plan with the office's choice over its own settings, unchanged where it chose nothing."""
    own = {each.setting: each.value for each in plan.look}
    return replace(plan, look=settings_of({**own, **look})) if look else plan


def mark_of(look: Mapping[str, str]) -> str:
    """Return what stands for a choice, "" for none: a document printed with another one is printed again."""
    return digest(json.dumps(look, sort_keys=True, ensure_ascii=False).encode()) if look else ""
