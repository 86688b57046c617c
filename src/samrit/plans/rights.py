"""Who may do what: one table of actions and roles, and one question asked of it.

Rights of reporters and heads follow the unit tree: an assignment to a unit covers all
units below it, and the members of a group (R136–R151, R325).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from samrit.plans.models import Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.reporting.register import register

EVERY_ROLE = frozenset(Role.values)
_OWN_UNIT = frozenset({Role.REPORTER, Role.HEAD})
_DIVISION = frozenset({Role.PLANNER})

# An action, and the roles that may do it.  Reporters and heads only within their units,
# planners only for their plan where one is named.
ACTIONS: Mapping[str, frozenset[str]] = {
    "plan.view": EVERY_ROLE,
    "figure.view": EVERY_ROLE,
    "figure.view_typed": _OWN_UNIT | {Role.AUDITOR},  # what a unit has typed and not sent
    "figure.edit": _OWN_UNIT | _DIVISION,
    "report.submit": _OWN_UNIT | _DIVISION,
    "report.confirm": frozenset({Role.HEAD}),
    "report.return_to_reporter": frozenset({Role.HEAD}),
    "report.accept": _DIVISION,
    "report.return": _DIVISION,
    "period.close": _DIVISION,
    "period.unlock": _DIVISION,
    "due.move": _DIVISION,
    "past.take": _DIVISION,
    "separation.waive": _DIVISION | {Role.ADMINISTRATOR},
    "control.view": _DIVISION | {Role.AUDITOR, Role.ADMINISTRATOR},
    "finding.decide": _DIVISION,
    "settlement.decide": _DIVISION,
    "money.record": _DIVISION,
    "year.report": _OWN_UNIT | _DIVISION,
    "year.decide": _DIVISION,
    "words.view": _DIVISION | {Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR},
    "words.write": _DIVISION,
    "words.sign": _DIVISION | {Role.EXECUTIVE},
    "evaluation.close": _DIVISION,
    "evaluation.view": EVERY_ROLE,
    "report_file.make": _DIVISION | {Role.EXECUTIVE, Role.AUDITOR},
    "draft.view": _DIVISION | {Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR},
    "draft.edit": _DIVISION,
    "draft.remark": _DIVISION | {Role.EXECUTIVE},
    "draft.submit": _DIVISION,
    "draft.approve": _DIVISION | {Role.EXECUTIVE},
    "draft.publish": _DIVISION,
    "proposal.edit": _OWN_UNIT,
    "plan.import": _DIVISION | {Role.ADMINISTRATOR},
    "plan.amend": _DIVISION,
    "plan.settings": _DIVISION | {Role.ADMINISTRATOR},
    "plan.archive": _DIVISION | {Role.ADMINISTRATOR},
    "plan.export": EVERY_ROLE,
    "publication.record": _DIVISION | {Role.ADMINISTRATOR},
    "history.view": _DIVISION | {Role.AUDITOR, Role.ADMINISTRATOR},
    "history.view_own": EVERY_ROLE,
    "start.view": _DIVISION | {Role.ADMINISTRATOR},
    "erasure.view": _OWN_UNIT | _DIVISION | {Role.AUDITOR, Role.ADMINISTRATOR},
    "erasure.ask": _OWN_UNIT | _DIVISION,
    "erasure.decide": _DIVISION | {Role.ADMINISTRATOR},
    "people.view": frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    "people.manage": frozenset({Role.ADMINISTRATOR}),
    "units.view": _DIVISION | {Role.AUDITOR, Role.ADMINISTRATOR},
    "units.manage": frozenset({Role.ADMINISTRATOR}),
    "causes.view": _DIVISION | {Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR},
    "causes.manage": _DIVISION | {Role.ADMINISTRATOR},
    "holidays.manage": _DIVISION | {Role.ADMINISTRATOR},
}


# What may still be done to a plan whose year is archived: looking, taking out, publishing, and opening it again.
OF_ARCHIVED = frozenset(
    {"plan.view", "plan.export", "plan.settings", "plan.archive", "report_file.make", "start.view", "people.view"}
    | {action for action in ACTIONS if action.partition(".")[2].startswith("view") or action.startswith("erasure.")}
)


def is_archived(action: str, plan: Plan | None) -> bool:
    """Say whether ``action`` would change a plan whose year is archived."""
    return plan is not None and plan.archived_at is not None and action not in OF_ARCHIVED


def may(person: Person | None, action: str, *, plan: Plan | None = None, unit: Unit | None = None) -> bool:
    """Say whether ``person`` may do ``action`` to ``plan`` and, where it is about one, for ``unit``.

    Nobody signed in may only view what is public.  Raises KeyError for an unknown action.
    """
    roles = ACTIONS[action]
    if is_archived(action, plan):
        return False
    if person is None or not person.is_authenticated or not person.is_active:
        return action == "plan.view" and plan is not None and plan.is_public
    return any(_covers(a, plan, unit) for a in assignments(person) if a.role in roles)


def only_acts(person: Person, action: str, *, plan: Plan | None, unit: Unit) -> bool:
    """Say whether ``person`` may do ``action`` for ``unit`` only in somebody else's place, for a time."""
    given = [a for a in assignments(person) if a.role in ACTIONS[action] and _covers(a, plan, unit)]
    return bool(given) and all(a.is_acting for a in given)


def may_for_units(person: Person | None, action: str, *, plan: Plan, units: Iterable[str]) -> bool:
    """Say whether ``person`` may do ``action`` to something of these units: for any of them, or for the whole plan."""
    named = register().named
    found = [named[code] for code in units if code in named]
    return any(may(person, action, plan=plan, unit=unit) for unit in (found or [Unit()]))


def may_new(person: Person, action: str) -> bool:
    """Say whether ``person`` may do ``action`` to a plan that is still to come: a role for one plan is not enough."""
    return person.is_active and any(a.role in ACTIONS[action] and a.plan_id is None for a in assignments(person))


def assignments(person: Person) -> list[RoleAssignment]:
    """Return the person's assignments in force today; asked for once per request."""
    known: list[RoleAssignment] | None = getattr(person, "_assignments", None)
    if known is None:
        today = timezone.localdate()
        known = [a for a in person.roles.select_related("unit", "plan") if _in_force(a, today)]
        person._assignments = known  # type: ignore[attr-defined]
    return known


def unit_codes(person: Person, *, roles: frozenset[str] = _OWN_UNIT, plan: Plan | None = None) -> frozenset[str]:
    """Return the codes of all units that the person reports or heads, with those below and the groups' members.

    With ``plan`` only those that roles for it, or for all plans, are about.
    """
    mine = (a for a in assignments(person) if plan is None or a.plan_id in (None, plan.pk))
    tops = [a.unit for a in mine if a.role in roles and a.unit is not None]
    codes = {unit.code for unit in tops}
    return frozenset(codes | register().all_below(*codes)) if codes else frozenset()


def _covers(assignment: RoleAssignment, plan: Plan | None, unit: Unit | None) -> bool:
    if assignment.plan_id is not None and plan is not None and assignment.plan_id != plan.pk:
        return False
    if assignment.role not in _OWN_UNIT or unit is None or assignment.unit_id == unit.pk:
        return True
    # Its own unit's, not all of the person's: another assignment may be for another plan, or for a time.
    return assignment.unit is not None and unit.code in register().all_below(assignment.unit.code)


def _in_force(assignment: RoleAssignment, today: date) -> bool:
    begun = assignment.valid_from is None or assignment.valid_from <= today
    return begun and (assignment.valid_to is None or today <= assignment.valid_to)
