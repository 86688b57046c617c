"""The web part of ``samrit demo``: build the office once, print its sign-ins, serve it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from samrit.cli import shared
from samrit.cli.office import serving, starting

DATA = Path("var/demo")


def prepare(examples: Path, language: str, *, fresh: bool) -> None:
    """Build the demonstration office, or say that the one that is there is used again.

    Leaves with exit code 2 among a server's settings, and with 3 where the database
    holds anything that is no demonstration.
    """
    _refuse_server(language)
    os.environ["SAMRIT_DATA"] = os.environ.get("SAMRIT_DATA") or str(DATA)
    starting.start(language, starting.DEMO)
    from samrit.plans.demo import office

    with starting.refusals(language):
        _refuse_other_office(language)
        starting.migrate(language)
        standing = office.built_from()
        if standing is not None and not fresh:
            _tell_reused(language, is_current=standing == office.mark_of(examples))
            return
        starting.say(
            language,
            f"กำลังสร้างหน่วยงานสาธิต (ครั้งเดียว ราวสองถึงสี่นาที): {starting.database_name()}",
            f"Building the demonstration office (once, two to four minutes): {starting.database_name()}",
        )
        started = time.monotonic()
        office.build(examples, replace=fresh)
    taken = f"{time.monotonic() - started:.0f}"
    starting.say(language, f"สร้างเสร็จใน {taken} วินาที", f"Built in {taken} s")


def show_accounts(language: str, port: int) -> None:
    """Print every sign-in: user name, password, what it may do, and where to look first."""
    from samrit.plans.demo.accounts import ACCOUNTS
    from samrit.plans.demo.passwords import PASSWORD

    english = language == "en"
    headings = ("user", "password", "first", "may") if english else ("ชื่อผู้ใช้", "รหัสผ่าน", "เริ่มดูที่", "ทำอะไรได้")
    shown = shared.table("Sign-ins" if english else "บัญชีสำหรับเข้าสู่ระบบ", *headings)
    for column in shown.columns[:3]:
        column.no_wrap = True
    base = f"http://localhost:{port}"
    everybody = "everybody: sees what is published" if english else "ประชาชน: ดูแผนและผลที่เผยแพร่"
    shown.add_row("–", "–", f"{base}/", everybody)
    for a in ACCOUNTS:
        who = f"{a.name_en}: {a.may_en}" if english else f"{a.name}: {a.may}"
        shown.add_row(a.username, PASSWORD, f"{base}{a.first}", who)
    shared.console().print(shown)


def serve(language: str, port: int) -> None:
    """Serve the demonstration on this machine."""
    os.environ["SAMRIT_BASE_URL"] = f"http://localhost:{port}"
    serving.serve(language, starting.DEMO, host="127.0.0.1", port=port)


def _tell_reused(language: str, *, is_current: bool) -> None:
    starting.say(
        language,
        f"ใช้หน่วยงานสาธิตที่สร้างไว้แล้ว พร้อมทุกอย่างที่กรอกไว้: {starting.database_name()} (สร้างใหม่: --fresh)",
        f"Using the demonstration office built before, with all that was entered: {starting.database_name()} "
        "(--fresh builds it anew)",
    )
    if not is_current:
        starting.say(
            language,
            "ข้อมูลตัวอย่างเปลี่ยนไปจากตอนที่สร้าง: สร้างใหม่ด้วย --fresh",
            "The examples have changed since it was built: --fresh builds it from them.",
        )


def _refuse_server(language: str) -> None:
    if starting.is_server():
        shared.stop(
            language,
            "ชุดสาธิตไม่ทำงานกับการตั้งค่าของเครื่องแม่ข่าย: โปรดใช้หน้าต่างคำสั่งที่ไม่มีค่า " + ", ".join(starting.SERVER_MARKS),
            "The demonstration does not run with a server's settings: use a shell without "
            + ", ".join(starting.SERVER_MARKS),
            code=shared.MISUSED,
        )


def _refuse_other_office(language: str) -> None:
    """Leave before anything is changed where the database is somebody's own."""
    from django.db import connection

    from samrit.plans.demo import office
    from samrit.plans.models import Person

    starting.data_folder().mkdir(parents=True, exist_ok=True)
    if "plans_person" not in connection.introspection.table_names():
        return
    if Person.objects.exists() and office.built_from() is None:
        shared.stop(
            language,
            f"ฐานข้อมูลนี้เป็นของหน่วยงานอื่น ไม่ใช่ชุดสาธิต จึงไม่แตะต้อง: {starting.database_name()}",
            f"This database holds an office that is no demonstration; it was left alone: {starting.database_name()}",
        )
