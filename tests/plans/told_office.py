"""A small office, told through services, for the dumps that later versions migrate (``tools.office_dump``).

Run as a program: ``python -m tests.plans.told_office FILE`` makes it in the environment's database and backs it up.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from samrit.plans.models import Person, Plan, Unit


def tell(target: Path) -> None:
    """Make the office and back it up: a month that went all its way, its evaluation, and a draft."""
    django.setup()
    from django.core.management import call_command

    from samrit.plans.records.backup import backup

    call_command("migrate", verbosity=0)
    _make_office()
    backup(target)


def _make_office() -> None:
    from samrit.plans.models import Unit
    from samrit.plans.reporting.register_file import UnitRow
    from samrit.plans.services.draft.opening import draft_empty
    from samrit.plans.services.office.people import person_create, role_give
    from samrit.plans.services.office.units import unit_save
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.writing import SYSTEM
    from tests.plans.office import PASSWORD, small_plan

    for code, title in (("กฝ.", "กองฝึกอบรม"), ("กนผ.", "กองนโยบายและแผนงาน")):
        unit_save(SYSTEM, unit=UnitRow(code, {"name": title, "type": "central"}))
    unit = Unit.objects.get(code="กฝ.")
    people = {}
    for role in ("reporter", "head", "planner", "auditor", "administrator"):
        people[role] = person_create(SYSTEM, username=f"{role}.one", password=PASSWORD, email=f"{role}@example.org")
        of_unit = {"unit": unit} if role in ("reporter", "head") else {}
        role_give(SYSTEM, person=people[role], role=role, **of_unit)
    plan = plan_import(SYSTEM, package=small_plan(levels=2, year_be=2568), owner=Unit.objects.get(code="กนผ."))
    _tell_month(plan, unit, people)
    draft_empty(SYSTEM, code="next-2570", title="แผนปีหน้า", year_be=2570)


def _tell_month(plan: Plan, unit: Unit, people: dict[str, Person]) -> None:
    from samrit.plans.services.plan.evaluations import evaluation_close
    from samrit.plans.services.report.evidence import evidence_add
    from samrit.plans.services.report.narratives import narrative_save
    from samrit.plans.services.report.reports import report_submit
    from tests.plans.singly import figure_save, report_accept, report_confirm

    month = {"plan": plan, "unit": unit, "period": 3}
    for period in (1, 2, 3):
        figure_save(
            people["reporter"], plan=plan, indicator="P1.1", unit_code="กฝ.", period=period, actual=str(9 + period)
        )
    narrative_save(people["reporter"], project="P1", **month, result="อบรมครบตามแผน")
    evidence_add(
        people["reporter"], project="P1", **month, name="รายชื่อ.pdf", stream=io.BytesIO(b"%PDF-1.7 list of names")
    )
    report_submit(people["reporter"], **month)
    report_confirm(people["head"], **month)
    report_accept(people["planner"], **month)
    evaluation_close(people["planner"], plan=plan, period=3, reason="ปิดตามกำหนด")


if __name__ == "__main__":
    tell(Path(sys.argv[1]))
