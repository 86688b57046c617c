"""Works whose money was kept for the next year, as rows of that year's draft: linked to the old work (R54, R132)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.model import BudgetLine, Indicator, Plan, Project
from samrit.engine.sites import committed_since
from samrit.engine.year import YearRecord, told
from samrit.package import PlanPackage
from samrit.package.kinds.follow_up import CARRY_OVERS, kept_next_year
from samrit.package.rows import TypedRow, typed
from samrit.plans.drafting.beginnings import next_year
from samrit.plans.drafting.document import Standing
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.speech import speech

# The files in which one work stands; its monthly plan is a new one, for its planner to fill.
_FILES = ("projects", "project_units", "steps", "budgets", "links", "sites", "indicators", "levels")


@dataclass(frozen=True, slots=True)
class Carried:
    """A work with approved carry-overs: the amount, the requests, and its line in the draft where it has one."""

    work: Project
    amount: Decimal
    requests: tuple[YearRecord, ...]
    there: str = ""  # the id under which the draft has it already
    taken: bool = False  # its money is in the draft


def carried_works(old: Plan, rows: Standing) -> tuple[Carried, ...]:
    """Return the works of a plan with money that was approved to be kept, each once, as the draft has them."""
    found: dict[str, Carried] = {}
    for work in old.projects:
        requests = kept_next_year(told(work.records))
        if requests and work.key not in found:
            there = _line_of(work, rows)
            amount = sum((a for r in requests if isinstance(a := r.value("amount"), Decimal)), Decimal())
            found[work.key] = Carried(work, amount, requests, there, _has_money(there, old, rows))
    return tuple(found.values())


def _line_of(work: Project, rows: Standing) -> str:
    for row in rows["projects"].values():
        if not row.is_removed and (row.cells.get("identity") or row.cells.get("id")) == work.key:
            return row.cells.get("id", "")
    return ""


def _has_money(work: str, old: Plan, rows: Standing) -> bool:
    named = source_of(old)
    lines = rows["budgets"].values()
    return any(
        r.cells.get("project") == work and r.cells.get("funding_source") == named for r in lines if not r.is_removed
    )


def source_of(old: Plan) -> str:
    """Return what the money is called in the new plan: its kind and the year that it was kept from."""
    return f"{CARRY_OVERS.title('th')} {speech().year_text(old.year_be, 'th')}"


def rows_for(
    carried: Carried, old: PlanPackage, rows: Standing, *, code: str, year_be: int
) -> Mapping[str, Sequence[TypedRow]]:
    """Return the rows that take a work over: its line of money where the draft has it, else the work itself.

    It keeps its identity, its sites that are not done, and what its indicators are; their months are planned again.
    Goal and steps that it shared are its own there: the work that it shares them with is not taken over with it.
    """
    line = BudgetLine(carried.amount, source_of(old.plan), text=_reason(carried))
    if carried.there:
        own = replace(carried.work, id=carried.there, budgets=(line,))
        order = 1 + max((_order(row.cells) for row in _lines(rows, carried.there)), default=0)
        (row,) = typed(PlanPackage(replace(old.plan, projects=(own,)), ()))["budgets"]
        return {"budgets": (TypedRow(row.number, {**row.cells, "order": str(order)}),)}
    moved = next_year(PlanPackage(replace(old.plan, projects=(_going_on(carried.work),)), ()), code, year_be)
    (work,) = moved.plan.projects
    bound = {site.id for site in carried.work.sites if committed_since(site, 12) is not None}
    # What was committed before the year counts in its first month, as in the rule of sites (R189).
    sites = tuple(replace(site, committed_period=1) if site.id in bound else site for site in work.sites)
    name = _free(carried.work.id, rows)
    number = 1 + max(
        (whole(r.cells.get("number"), 0) for r in rows["projects"].values() if not r.is_removed), default=0
    )
    work = replace(
        _renamed(work, name),
        number=number,
        identity=carried.work.key,
        shares_with="",
        budgets=(line,),
        sites=sites,
        remark=_reason(carried),
    )
    made = typed(PlanPackage(replace(moved.plan, projects=(work,)), ()))
    return {file: made[file] for file in _FILES if made.get(file)}


def _going_on(work: Project) -> Project:
    """Return a work with the sites that go on, and its indicators without last year's months and targets."""
    left = tuple(site for site in work.sites if site.done_period is None and site.outcome != "done")
    sites = tuple(replace(site, commitment_due_period=None) for site in left)
    return replace(
        work,
        sites=sites,
        bare=None,
        indicators=tuple(replace(i, entries=(), targets=(), last_year=()) for i in work.indicators),
    )


def _renamed(work: Project, name: str) -> Project:
    """Return a work with another id, its indicators and their categories named after it."""
    if name == work.id:
        return work
    return replace(work, id=name, indicators=tuple(_named_after(i, work.id, name) for i in work.indicators))


def _named_after(indicator: Indicator, old: str, work: str, whole: str = "") -> Indicator:
    """Return an indicator of a work that is called otherwise; ``whole`` is the indicator that it is a category of."""
    own = f"{whole or work}.{indicator.number}"
    name = indicator.id.replace(old, work, 1) if indicator.id.startswith(old) else own
    parts = tuple(_named_after(part, old, work, name) for part in indicator.parts)
    return replace(indicator, id=name, part_of=whole, parts=parts)


def _free(wanted: str, rows: Standing) -> str:
    """Return an id that no work of the draft has: the work's own, else with a number behind it."""
    taken = {row.cells.get("id", "") for row in rows["projects"].values() if not row.is_removed}
    names = (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _reason(carried: Carried) -> str:
    return (
        " / ".join(dict.fromkeys(str(r.value("words") or "") for r in carried.requests)).replace("\n", " ").strip(" /")
    )


def _lines(rows: Standing, work: str) -> list[TypedRow]:
    return [
        TypedRow(r.number, r.cells)
        for r in rows["budgets"].values()
        if not r.is_removed and r.cells.get("project") == work
    ]


def _order(cells: Mapping[str, str]) -> int:
    return whole(cells.get("order"), 0)
