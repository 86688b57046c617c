"""What is done about people on the machine itself: the first administrator, and the reminders of the day."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click

from samrit.cli import shared
from samrit.cli.office import starting


@click.command(
    "administrator",
    context_settings=shared.BILINGUAL,
    help="สร้างผู้ดูแลระบบ หรือให้บทบาทผู้ดูแลระบบแก่บัญชีที่มีอยู่ (ถามรหัสผ่านบนจอ)\n\n"
    "Make an administrator, or give the role to an account that is there. The password is asked for, "
    "or read from standard input where that is not a terminal.",
)
@click.argument("username")
@click.option("--name", default="", help="ชื่อที่แสดง / name shown")
@click.option("--email", default="", help="อีเมล / e-mail address")
@shared.language_option
def administrator(username: str, name: str, email: str, language: str) -> None:
    """Make an administrator."""
    starting.start(language)
    starting.migrate(language)
    from django.db import transaction

    from samrit.plans.models import Person, Role
    from samrit.plans.services.office.people import person_create, role_give
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language), transaction.atomic():
        person = Person.objects.filter(username__iexact=username).first()
        if person is None:
            word = _password(language)
            person = person_create(SYSTEM, username=username, password=word, display_name=name, email=email)
        role_give(SYSTEM, person=person, role=Role.ADMINISTRATOR, reason="samrit administrator")
    starting.say(language, f"{person.username} เป็นผู้ดูแลระบบแล้ว", f"{person.username} is an administrator.")


def _password(language: str) -> str:
    """Ask for a password twice, or read one line where nobody can be asked."""
    if sys.stdin.isatty():
        question = "Password" if language == "en" else "รหัสผ่าน"
        return str(click.prompt(question, hide_input=True, confirmation_prompt=True))
    word = sys.stdin.readline().rstrip("\r\n")
    if not word:
        shared.stop(language, "ไม่มีรหัสผ่าน", "There is no password", code=shared.MISUSED)
    return word


@click.command(
    "remind",
    context_settings=shared.BILINGUAL,
    help="ส่งอีเมลแจ้งเตือนประจำวัน ใช้กับ cron สั่งซ้ำได้ แต่ละฉบับส่งครั้งเดียว\n\n"
    "Send today's reminders by e-mail, for cron. Each goes out once, however often this runs.",
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="วันอื่น (ค.ศ.) / another day than today")
@shared.language_option
def remind(day: datetime | None, language: str) -> None:
    """Send reminders."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.models import Plan
    from samrit.plans.services.office.reminding import reminders_send

    today: date | None = day.date() if day is not None else None
    sent = known = 0
    failed: list[str] = []
    with starting.refusals(language):
        for plan in Plan.objects.all():
            done = reminders_send(plan, today=today)
            sent, known = sent + len(done.sent), known + done.known
            failed += [f"{letter.first.person.email}: {why}" for letter, why in done.failed]
    for line in failed:
        click.echo(f"✕ {line}", err=True)
    starting.say(
        language,
        f"ส่งแล้ว {sent} ฉบับ ส่งไปก่อนหน้านี้ {known} ฉบับ ส่งไม่ได้ {len(failed)} ฉบับ",
        f"Sent {sent}, sent before {known}, could not be sent {len(failed)} (the next run tries again)",
    )
    sys.exit(shared.UNREADABLE if failed else shared.DONE)
