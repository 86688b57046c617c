"""The accounts of the demonstration: one per role with a printed password, and one each for the units that report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samrit.plans.demo.passwords import PASSWORD
from samrit.plans.models import Person, Plan, Role, Unit
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.writing import SYSTEM

HOME = "สลก."  # the unit whose month the visitor reports and confirms


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in of the demonstration: who it is, what it may do, and the address to look at first."""

    username: str
    role: str
    name: str
    name_en: str
    may: str
    may_en: str
    first: str
    unit: str = ""
    plan: str = ""


ACCOUNTS = (
    Account(
        "reporter", Role.REPORTER, "ผู้รายงาน สำนักงานเลขานุการกรม", "Reporter of the secretariat",
        "กรอกผลรายเดือนของหน่วยงาน แนบหลักฐาน ส่งรายงาน", "fills in the unit's month, attaches evidence, submits",
        "/my-work/", unit=HOME,
    ),
    Account(
        "head", Role.HEAD, "หัวหน้า สำนักงานเลขานุการกรม", "Head of the secretariat",
        "ยืนยันหรือส่งกลับรายงานของหน่วยงาน", "confirms or returns the unit's reports",
        "/confirm/", unit=HOME,
    ),
    Account(
        "planner", Role.PLANNER, "กองนโยบายและแผนงาน", "Planning division",
        "ติดตาม รับรายงาน ปิดงวด ประเมินผล จัดทำรายงาน",
        "follows up, accepts reports, closes periods, evaluates and issues reports",
        "/control/sso-2568/", plan="sso-2568",
    ),
    Account(
        "hr", Role.PLANNER, "กองบริหารทรัพยากรบุคคล", "HR division",
        "ดูแลแผนด้านบุคคลของตนเอง", "the same for its own plan",
        "/control/hr-2569/", plan="hr-2569",
    ),
    Account(
        "executive", Role.EXECUTIVE, "ผู้บริหาร", "Executive",
        "ดูภาพรวมและรายละเอียดถึงระดับรายการ", "sees all, down to the entry",
        "/",
    ),
    Account(
        "auditor", Role.AUDITOR, "ผู้ตรวจสอบ", "Auditor",
        "อ่านได้ทุกอย่าง รวมทั้งประวัติการแก้ไข แต่แก้ไขไม่ได้", "reads everything and its history, changes nothing",
        "/plans/sso-2568/works/S2-57/",
    ),
    Account(
        "administrator", Role.ADMINISTRATOR, "ผู้ดูแลระบบ", "Administrator",
        "จัดการผู้ใช้ บทบาท และทะเบียนหน่วยงาน", "manages people, roles and the register of units",
        "/people/",
    ),
)  # fmt: skip


def open_accounts(plans: Iterable[Plan]) -> dict[str, Person]:
    """Make the printed accounts and return them by user name."""
    by_code = {plan.code: plan for plan in plans}
    made = {}
    for account in ACCOUNTS:
        person = person_create(
            SYSTEM,
            username=account.username,
            password=PASSWORD,
            display_name=account.name,
            email=f"{account.username}@example.org",
        )
        role_give(
            SYSTEM,
            person=person,
            role=account.role,
            unit=Unit.objects.get(code=account.unit) if account.unit else None,
            plan=by_code[account.plan] if account.plan else None,
        )
        made[account.username] = person
    return made


def staff_units(units: Iterable[Unit]) -> dict[tuple[str, str], Person]:
    """Give every unit a reporter and a head, and return them by role and unit; they can't sign in."""
    made: dict[tuple[str, str], Person] = {}
    for number, unit in enumerate(units, 1):
        for role, title in ((Role.REPORTER, "ผู้รายงาน"), (Role.HEAD, "หัวหน้า")):
            name = f"{role}-{number:03}"
            person = person_create(
                SYSTEM, username=name, display_name=f"{title} {unit.name}", email=f"{name}@example.org"
            )
            role_give(SYSTEM, person=person, role=role, unit=unit)
            made[role, unit.code] = person
    return made
