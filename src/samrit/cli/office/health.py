"""``samrit doctor``: what is wrong with the machine, in words."""

from __future__ import annotations

import sys

import click

from samrit.cli import shared
from samrit.cli.office import starting
from samrit.vocabulary.findings import Severity


@click.command(
    "doctor",
    context_settings=shared.BILINGUAL,
    help="ตรวจเครื่อง: พื้นที่ สิทธิ ฐานข้อมูล ประวัติ นาฬิกา ไฟล์สำรอง อีเมล รุ่น (มีข้อผิดพลาด: รหัส 1)\n\n"
    "Look at the machine: space, permissions, database, history, clock, backups, mail, versions (faults: exit code 1).",
)
@click.option("--no-mail", is_flag=True, help="ไม่ติดต่อเครื่องส่งอีเมล / leave the mail server alone")
@shared.language_option
@shared.json_option
def doctor(no_mail: bool, language: str, as_json: bool) -> None:
    """Say what is well and what is not, and what to do."""
    starting.start(language)
    from samrit.plans.records.health import looks

    found = list(looks(with_mail=not no_mail))
    if as_json:
        shared.print_json([shared.finding_data(finding) for finding in found])
    else:
        shared.print_findings(found, language, shared.console())
    sys.exit(shared.FAULTY if any(f.severity is Severity.ERROR for f in found) else shared.DONE)
