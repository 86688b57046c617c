"""``samrit privacy``: what is kept about people, what is due, and erasing by decision."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from samrit.cli import shared
from samrit.cli.office import starting


@click.group(
    "privacy",
    context_settings=shared.BILINGUAL,
    help="ข้อมูลส่วนบุคคล: ขอลบ พิจารณา สิ่งที่ครบกำหนดเก็บ และข้อมูลของบุคคลหนึ่ง\n\n"
    "Personal data: ask to erase, decide, what is due, and everything kept about one person.",
)
def privacy_command() -> None:
    """Hold the commands about personal data."""


@privacy_command.command(
    "due", help="สิ่งที่เก็บไว้ครบกำหนดแล้ว (มี: รหัส 1)\n\nWhat has been kept for long enough (any: exit code 1)."
)
@shared.language_option
@shared.json_option
def due_command(language: str, as_json: bool) -> None:
    """Say what is due."""
    _start(language)
    from django.utils import timezone

    from samrit.plans.selectors.office.retention import due

    found = due(timezone.localdate())
    accounts = [{"username": a.person.username, "closed_on": a.closed_on.isoformat()} for a in found.accounts]
    evidence = [
        {"plan": e.plan.code, "ended_on": e.ended_on.isoformat(), "files": e.files, "bytes": e.size}
        for e in found.evidence
    ]
    if as_json:
        shared.print_json({"accounts": accounts, "evidence": evidence, "traces": found.traces})
    else:
        for row in (*accounts, *evidence):
            click.echo(" · ".join(map(str, row.values())))
        counts = (len(accounts), len(evidence), found.traces)
        starting.say(
            language,
            "ครบกำหนด: บัญชี {} หลักฐานของแผน {} ร่องรอย {}".format(*counts),
            "Due: {} accounts, evidence of {} plans, {} traces".format(*counts),
        )
    sys.exit(shared.FAULTY if found.is_any else shared.DONE)


@privacy_command.command(
    "tidy", help="ลบร่องรอยที่เกินกำหนด ใช้กับ cron\n\nTake away traces that are older than they are kept, for cron."
)
@shared.language_option
def tidy(language: str) -> None:
    """Tidy traces."""
    _start(language)
    from samrit.plans.services.office.tidying import traces_tidy
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        count = traces_tidy(SYSTEM)
    starting.say(language, f"ลบร่องรอยแล้ว {count} รายการ", f"{count} traces taken away")


@privacy_command.command("export", help="ข้อมูลทั้งหมดของผู้ใช้หนึ่งคน เป็น JSON\n\nEverything kept about one person, as JSON.")
@click.argument("username")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="ไฟล์ / a file in place of the screen")
@shared.language_option
def export(username: str, out: Path | None, language: str) -> None:
    """Export a person's data."""
    import json

    _start(language)
    from samrit.plans.selectors.office.own_data import own_data

    with starting.refusals(language):
        text = json.dumps(own_data(_person(username, language)), ensure_ascii=False, indent=1)
        if out is None:
            click.echo(text)
        else:
            out.write_text(f"{text}\n", "utf-8")


@privacy_command.command(
    "ask", help="ขอลบไฟล์หลักฐานหรือข้อมูลของบุคคล\n\nAsk that a file of evidence or a person's data are erased."
)
@click.option("--evidence", type=click.IntRange(1), help="เลขที่ของไฟล์ ดังในที่อยู่ /evidence/N/ / the number in its address")
@click.option("--person", "username", help="ชื่อผู้ใช้ / user name")
@click.option("--reason", required=True, help="เหตุผล / why")
@shared.language_option
def ask(evidence: int | None, username: str | None, reason: str, language: str) -> None:
    """Ask for an erasure; somebody else decides."""
    if (evidence is None) == (username is None):
        shared.stop(
            language, "ระบุ --evidence หรือ --person อย่างใดอย่างหนึ่ง", "Give --evidence or --person", code=shared.MISUSED
        )
    _start(language)
    from samrit.plans.models import Evidence
    from samrit.plans.services.office.erasing import evidence_erasure_ask, person_erasure_ask
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        if evidence is not None:
            file = Evidence.objects.select_related("plan").filter(pk=evidence, erased=0).first()
            if file is None:
                shared.stop(language, f"ไม่มีหลักฐานเลขที่ {evidence}", f"There is no evidence {evidence}")
            row = evidence_erasure_ask(SYSTEM, evidence=file, reason=reason)
        else:
            row = person_erasure_ask(SYSTEM, person=_person(username or "", language), reason=reason)
    starting.say(language, f"รับคำขอที่ {row.pk} แล้ว", f"Request {row.pk} was taken")


@privacy_command.command("decide", help="ตัดสินคำขอลบข้อมูลที่ผู้อื่นขอ\n\nDecide what somebody else asked for.")
@click.argument("number", type=click.IntRange(1))
@click.option("--erase/--refuse", required=True, default=None, help="ลบ หรือไม่อนุมัติ / erase, or refuse")
@click.option("--remark", default="", help="ความเห็น จำเป็นเมื่อไม่อนุมัติ / needed for a refusal")
@shared.language_option
def decide(number: int, erase: bool, remark: str, language: str) -> None:
    """Decide an erasure."""
    _start(language)
    from samrit.plans.models import Erasure
    from samrit.plans.services.office.erasing import erasure_decide
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        row = Erasure.objects.filter(pk=number).first()
        if row is None:
            shared.stop(language, f"ไม่มีคำขอที่ {number}", f"There is no request {number}")
        erasure_decide(SYSTEM, erasure=row, erase=erase, remark=remark)
    starting.say(language, f"ตัดสินคำขอที่ {number} แล้ว", f"Request {number} is decided")


@privacy_command.command("list", help="คำขอและคำสั่งลบข้อมูลทั้งหมด\n\nEvery request and decision.")
@shared.language_option
@shared.json_option
def listed(language: str, as_json: bool) -> None:
    """List erasures."""
    _start(language)
    from samrit.plans.models import Erasure

    with starting.refusals(language):
        rows = list(Erasure.objects.order_by("pk").values("pk", "kind", "subject", "state", "reason", "remark"))
    if as_json:
        shared.print_json(rows)
        return
    for row in rows:
        click.echo(" · ".join(str(value) for value in row.values() if value != ""))


def _start(language: str) -> None:
    starting.start(language)
    starting.require_tables(language)


def _person(username: str, language: str) -> Any:
    from samrit.plans.models import Person

    person = Person.objects.filter(username=username).first()
    if person is None:
        shared.stop(language, f"ไม่มีผู้ใช้ “{username}”", f"There is no user “{username}”")
    return person
