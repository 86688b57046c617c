"""Plans of the office's own database on the command line: bring one in, amend, publish, take out, list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samrit.cli import places, shared
from samrit.cli.office import starting
from samrit.engine.checks import check_plan
from samrit.engine.rollup import first_lines
from samrit.package import require_room, write
from samrit.vocabulary.findings import Severity

if TYPE_CHECKING:
    from samrit.plans.models import Plan

_PACKAGE = click.argument("package", type=click.Path(exists=True, path_type=Path))
_REASON = click.option("--reason", default="", help="เหตุผล ลงประวัติ / reason, kept in the history")


@click.group(
    "plan",
    context_settings=shared.BILINGUAL,
    help="แผนในระบบของหน่วยงาน: นำเข้า ปรับปรุง เผยแพร่ ส่งออก\n\n"
    "The plans of the office's own database: bring in, amend, publish, take out.",
)
def plan_command() -> None:
    """Hold the commands about plans."""


@plan_command.command(
    "load",
    context_settings=shared.BILINGUAL,
    help="นำชุดข้อมูลแผนเข้าเป็นฉบับแรก พร้อมผลที่อยู่ในชุดข้อมูล (มีข้อผิดพลาดในแผน: รหัส 1)\n\n"
    "Bring a plan package in as its first version, with the results it holds (errors in the plan: exit code 1).",
)
@_PACKAGE
@click.option("--owner", default="", metavar="UNIT", help="หน่วยงานเจ้าของแผน / code of the unit that owns the plan")
@click.option("--public", "is_public", is_flag=True, help="เผยแพร่ทันที / publish at once")
@_REASON
@shared.language_option
def load(package: Path, owner: str, is_public: bool, reason: str, language: str) -> None:
    """Bring in a plan."""
    loaded = shared.load(package, language)
    starting.start(language)
    starting.migrate(language)
    from django.db import transaction

    from samrit.plans.errors import ServiceError
    from samrit.plans.models import Unit
    from samrit.plans.services.plan.plans import plan_import, plan_settings
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language), transaction.atomic():
        plan = plan_import(SYSTEM, package=loaded.package, reason=reason or "samrit plan load", is_public=is_public)
        if owner:
            unit = Unit.objects.filter(code=owner).first()
            if unit is None:
                raise ServiceError("unit_unknown", record=owner)
            plan_settings(SYSTEM, plan=plan, owner=unit, reason=reason)
    works = len(first_lines(loaded.plan.projects))
    starting.say(language, f"นำเข้าแผน {plan.code} แล้ว: {works} งาน/โครงการ", f"Plan {plan.code} is in: {works} works.")
    sys.exit(_checked(loaded, language))


def _checked(loaded: shared.Loaded, language: str) -> int:
    """Print the errors of the plan that came in, and return the exit code."""
    found = (*loaded.findings, *check_plan(loaded.plan, shared.pick_ruleset(loaded, "", language), 12))
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    shared.print_findings(errors, language, shared.console())
    if errors:
        starting.say(language, f"พบข้อผิดพลาดในแผน {len(errors)} ข้อ", f"The plan has {len(errors)} errors.")
    return shared.FAULTY if errors else shared.DONE


@plan_command.command(
    "amend",
    context_settings=shared.BILINGUAL,
    help="นำชุดข้อมูลแผนเข้าเป็นฉบับปรับปรุง มีผลตั้งแต่เดือนที่ระบุ ผลที่รายงานแล้วคงเดิม "
    "ประวัติระบุว่า “ไม่ผ่านการอนุมัติในระบบ”\n\n"
    "Take a package as the plan's next version, in force from a month; what was reported stays. "
    "The history says “without approval”.",
)
@_PACKAGE
@click.option("--from", "period", type=click.IntRange(1, 12), required=True, help="เดือนที่เริ่มมีผล / first month, 1–12")
@click.option("--reason", required=True, help="เหตุผล / reason")
@shared.language_option
def amend(package: Path, period: int, reason: str, language: str) -> None:
    """Amend a plan."""
    loaded = shared.load(package, language)
    plan = named_plan(loaded.plan.id, language)
    from samrit.plans.services.plan.plans import plan_amend
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        version = plan_amend(SYSTEM, plan=plan, package=loaded.package, effective_period=period, reason=reason)
    starting.say(
        language,
        f"แผน {plan.code} ฉบับที่ {version.number} มีผลตั้งแต่เดือนที่ {period}",
        f"Version {version.number} of plan {plan.code} is in force from month {period}.",
    )
    sys.exit(_checked(loaded, language))


@plan_command.command(
    "publish",
    context_settings=shared.BILINGUAL,
    help="เผยแพร่แผนต่อสาธารณะ หรือเลิกเผยแพร่ด้วย --back\n\nShow a plan to the public, or take it back with --back.",
)
@click.argument("code")
@click.option("--back", is_flag=True, help="เลิกเผยแพร่ / take it back")
@_REASON
@shared.language_option
def publish(code: str, back: bool, reason: str, language: str) -> None:
    """Publish a plan or take it back."""
    plan = named_plan(code, language)
    from samrit.plans.services.plan.plans import plan_settings
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        plan_settings(SYSTEM, plan=plan, is_public=not back, reason=reason or "samrit plan publish")
    if back:
        starting.say(language, f"เลิกเผยแพร่แผน {code} แล้ว", f"Plan {code} is no longer public.")
    else:
        starting.say(language, f"เผยแพร่แผน {code} แล้ว", f"Plan {code} is public.")


@plan_command.command(
    "export",
    context_settings=shared.BILINGUAL,
    help="ส่งออกแผนพร้อมผลที่รายงานเป็นชุดข้อมูล (โฟลเดอร์ หรือ .zip)\n\n"
    "Write a plan with everything reported as a package (a folder, or a .zip).",
)
@click.argument("code")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="ปลายทาง / destination")
@shared.language_option
def export(code: str, out: Path, language: str) -> None:
    """Write a plan as a package."""
    with places.writing(out, language):
        require_room(out)
    plan = named_plan(code, language)
    from samrit.plans.services.plan.plans import plan_export

    with starting.refusals(language):
        package = plan_export(plan)
    with places.writing(out, language):
        write(package, out)
    starting.say(language, f"เขียน {out} แล้ว", f"Written to {out}.")


@plan_command.command(
    "list",
    context_settings=shared.BILINGUAL,
    help="แผนที่อยู่ในระบบ\n\nThe plans in the database.",
)
@shared.language_option
@shared.json_option
def listing(language: str, as_json: bool) -> None:
    """List the plans."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.models import Plan

    rows = [
        {
            "code": plan.code,
            "title": (plan.title_en or plan.title) if language == "en" else plan.title,
            "year_be": plan.year_be,
            "versions": plan.versions.count(),
            "is_public": plan.is_public,
            "owner": plan.owner.code if plan.owner else "",
        }
        for plan in Plan.objects.select_related("owner").order_by("year_be", "code")
    ]
    if as_json:
        shared.print_json({"plans": rows})
        return
    heads = ("Code", "Plan", "Year (B.E.)", "Versions", "Public", "Owner")
    thai = ("รหัส", "แผน", "ปี พ.ศ.", "ฉบับ", "เผยแพร่", "เจ้าของ")
    shown = shared.table("", *(heads if language == "en" else thai), numbers=(2, 3))
    for row in rows:
        shown.add_row(*("✓" if v is True else "–" if v is False else str(v) for v in row.values()))
    shared.console().print(shown)


def named_plan(code: str, language: str) -> Plan:
    """Return the plan of that code; leave with exit code 3 where there is none."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.models import Plan

    with starting.refusals(language):
        plan = Plan.objects.filter(code=code).first()
    if plan is None:
        known = ", ".join(Plan.objects.order_by("code").values_list("code", flat=True)) or "–"
        shared.stop(language, f"ไม่มีแผน {code} (มี: {known})", f"There is no plan {code} (there are: {known})")
    return plan
