"""The month's report of a unit as its reporter sees it: one line per indicator, twelve months, what it comes to.

Everything is read once per page; the engine scores what is in the tables, and
``entry_preview`` what has been typed but not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from samrit.plans import models, rights
from samrit.plans.errors import NotVisible
from samrit.plans.reporting.days import due_on
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.locks import locks_of
from samrit.plans.reporting.register import unit_then
from samrit.plans.reporting.separation import waivers_of
from samrit.plans.selectors.report.entry_lines import MONTHS, Preview, Report, ReportMonth, Typed
from samrit.plans.selectors.report.entry_reader import Reader
from samrit.plans.selectors.report.seen_rows import sees_typed

_LOOKED_BACK = 20  # of one's own changes, for one that nobody has changed after


def report_place(person: models.Person, code: str, unit_code: str) -> tuple[models.Plan, models.Unit]:
    """Return the plan and the unit that an address names; raises NotVisible for what is not the person's to see."""
    plan = models.Plan.objects.select_related("owner").filter(code=code).first()
    unit = models.Unit.objects.filter(code=unit_code).first()
    if plan is None or unit is None:
        raise NotVisible(f"{code} {unit_code}")
    _visible(person, plan, unit)
    return plan, unit


def change_last(person: models.Person, plan: models.Plan, unit: models.Unit, period: int) -> models.HistoryEntry | None:
    """Return the person's own last change of this report that can still be undone, None without one."""
    tables: dict[str, Any] = {
        "figure.save": models.Figure,
        "level.reach": models.LevelReached,
        "narrative.save": models.Narrative,
    }
    mine = models.HistoryEntry.objects.filter(
        actor=person, plan=plan, unit_code__in=(unit.code, ""), period__lte=period, action__in=tables
    )
    for entry in mine.order_by("-sequence")[:_LOOKED_BACK]:
        if tables[entry.action].objects.filter(plan=plan, sequence=entry.sequence).exists():
            return entry
    return None


def report_entry(
    person: models.Person,
    plan: models.Plan,
    unit: models.Unit,
    period: int,
    *,
    with_all: bool = False,
    today: date | None = None,
) -> Report:
    """Return the report of ``unit`` for ``period`` as ``person`` may see it.

    ``with_all`` adds the indicators that have nothing planned in the month.  Raises
    NotVisible for a plan or a unit that is not the person's to look at, and for a unit
    that reports nothing in this plan.
    """
    day = today or timezone.localdate()
    _visible(person, plan, unit)
    duties = units_reporting(plan, period).by_unit.get(unit.code, ())
    if not duties:
        raise NotVisible(unit.code)
    locks = locks_of(plan, day, units=(unit,))
    may_edit = rights.may(person, "figure.edit", plan=plan, unit=unit)
    reader = Reader(plan, unit, period, locks=locks, may_edit=may_edit, sees_typed=sees_typed(person, plan, unit))
    works, hidden = reader.works(duties, with_all=with_all)
    return Report(
        plan=plan,
        unit=unit_then(unit, plan, period),
        period=period,
        ruleset=reader.ruleset,
        report=models.MonthlyReport.objects.filter(plan=plan, unit=unit, period=period).first(),
        due_on=due_on(plan, period, unit.region),
        today=day,
        months=tuple(ReportMonth(m, m == period, reader.lock(m)) for m in MONTHS),
        works=works,
        lock=reader.lock(period),
        may_submit=rights.may(person, "report.submit", plan=plan, unit=unit),
        hidden=hidden,
        sees_typed=reader.sees_typed,
        waiver=waivers_of(plan, day).get(unit.code),
    )


def entry_preview(
    person: models.Person,
    plan: models.Plan,
    unit: models.Unit,
    period: int,
    typed: Mapping[tuple[str, int], Typed],
) -> Preview | None:
    """Return what the work of the typed indicators comes to, scored by the engine and kept nowhere.

    ``typed`` maps an indicator and a period to what is in its inputs; all of them
    belong to one work.  None when nothing typed is the unit's to report.
    """
    _visible(person, plan, unit)
    mine = {d.indicator.id: d for d in units_reporting(plan, period).by_unit.get(unit.code, ())}
    cells = {key: value for key, value in typed.items() if key[0] in mine}
    if not cells:
        return None
    project = mine[next(iter(cells))[0]].project.id
    duties = tuple(d for d in mine.values() if d.project.id == project)
    wanted = {indicator for indicator, _ in cells}
    locks, sees = locks_of(plan, units=(unit,)), sees_typed(person, plan, unit)
    reader = Reader(plan, unit, period, locks=locks, may_edit=True, sees_typed=sees, typed=cells)
    works, _ = reader.works(duties, with_all=True, numbering=tuple(mine))
    return Preview(works[0], tuple(x for x in works[0].lines if x.indicator.id in wanted), reader.ruleset, period)


def _visible(person: models.Person, plan: models.Plan, unit: models.Unit) -> None:
    """Raise NotVisible unless the person reports for the unit, or looks after or examines the plan."""
    if rights.may(person, "figure.edit", plan=plan, unit=unit) or rights.may(person, "history.view", plan=plan):
        return
    raise NotVisible(f"{plan.code} {unit.code}")
