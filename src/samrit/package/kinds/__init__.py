"""The kinds of the year's records, in the order in which they are listed.  A new one is declared, and named here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from samrit.engine.model import Bare, Plan, Project
from samrit.engine.year import YearRecord, told
from samrit.package.kinds import follow_up, personnel, procurement, work
from samrit.package.kinds.declared import RecordKind
from samrit.package.ordering import natural

KINDS: tuple[RecordKind, ...] = (*work.KINDS, *procurement.KINDS, *follow_up.KINDS, *personnel.KINDS)

_LAID_OVER = tuple(field.name for field in fields(Bare))


def kind_named(name: str) -> RecordKind | None:
    """Return the kind of that name, or None."""
    return next((kind for kind in KINDS if kind.name == name), None)


def changes_state(name: str) -> bool:
    """Say whether records of a kind change what a work or site is, as against being words about it."""
    kind = kind_named(name)
    return kind is not None and kind.lay is not None and kind is not follow_up.EXPLANATIONS


def in_order(records: Iterable[YearRecord]) -> tuple[YearRecord, ...]:
    """Return a work's records as its package holds them: by kind, id and revision."""
    places = {kind.name: at for at, kind in enumerate(KINDS)}
    return tuple(sorted(records, key=lambda r: (places.get(r.kind, len(places)), natural(r.id), r.revision)))


def laid(project: Project, plan: Plan) -> Project:
    """Return a work with what its group and its records say, and none that were laid before, over what is its own."""
    own = bare(project)
    work = _in_group(own, plan)
    known = told(own.records)
    for kind in KINDS:
        said = [record for record in known if record.kind == kind.name]
        if said and kind.lay is not None:
            work = kind.lay(work, said, plan)
    return work if work is own else replace(work, bare=Bare(*(getattr(own, name) for name in _LAID_OVER)))


def bare(project: Project) -> Project:
    """Return a work as the plan itself has it, with its records beside it: what is written, carried over and cut."""
    own = project.bare
    if own is None:
        return project
    return replace(project, bare=None, **{name: getattr(own, name) for name in _LAID_OVER})


def _in_group(own: Project, plan: Plan) -> Project:
    """Return a work with the goal and the steps of the one that it shares them with, where it has none (R43, R44)."""
    head = plan.project(own.shares_with) if own.shares_with else None
    if head is None or head.id == own.id or head.shares_with:
        return own
    steps, terms = (own.steps, own.step_terms) if own.steps else (head.steps, head.step_terms)
    if (own.goal or head.goal, steps) == (own.goal, own.steps):
        return own
    return replace(own, goal=own.goal or head.goal, steps=steps, step_terms=terms)
