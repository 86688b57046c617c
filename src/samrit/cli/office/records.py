"""Keeping the records: proving them, copying them away, bringing them back."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from samrit.cli import places, shared
from samrit.cli.office import starting
from samrit.cli.office.wording import both, option


@click.group(
    "audit",
    context_settings=shared.BILINGUAL,
    help="พิสูจน์ความครบถ้วนของประวัติและข้อมูล\n\nProve the history and the data.",
)
def audit_command() -> None:
    """Hold the audit's commands."""


@audit_command.command(
    "verify",
    context_settings=shared.BILINGUAL,
    help="ตรวจว่าประวัติ ตัวเลข และไฟล์ทุกรายการอยู่ครบและไม่ถูกแก้ไข (พบข้อผิดพลาด: รหัส 1)\n\n"
    "Check that every history entry, figure and file is there and unchanged (faults: exit code 1).",
)
@click.option(
    "--since",
    metavar="N:HASH",
    multiple=True,
    help="รายการและแฮชที่จดไว้จากครั้งก่อน ระบุได้หลายครั้ง / "
    "number and hash noted outside, as often as you like: those entries must still be there",
)
@click.option(
    "--heads",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="ไฟล์ที่มี เลขที่:แฮช เช่นอีเมลที่ผู้ตรวจสอบได้รับ / a text with NUMBER:HASH in it, such as the auditors' letters",
)
@shared.language_option
@shared.json_option
def verify(since: tuple[str, ...], heads: Path | None, language: str, as_json: bool) -> None:
    """Verify the records."""
    anchors = _anchors(since, heads, language)
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.records.audit import audit

    with starting.refusals(language):
        found = audit(anchors=anchors)
    if as_json:
        shared.print_json(asdict(found))
    else:
        for fault in found.faults:
            click.echo(f"✕ #{fault.sequence} {fault.code}: {fault.detail}")
        for said in found.erased:
            matter, _, number = said.rpartition(": erasure ")
            starting.say(language, *both("records.erased", matter=matter, number=number))
        counts = (found.entries, found.rows, found.files)
        starting.say(
            language,
            "ประวัติ {} รายการ ข้อมูล {} แถว ไฟล์ {} ไฟล์: ".format(*counts)
            + ("ครบถ้วน ไม่มีการแก้ไข" if found.is_clean else f"พบข้อผิดพลาด {len(found.faults)} ข้อ"),
            "{} history entries, {} rows, {} files: ".format(*counts)
            + ("all there and unchanged" if found.is_clean else f"{len(found.faults)} faults"),
        )
        click.echo(f"--since {found.sequence}:{found.head}")
    sys.exit(shared.DONE if found.is_clean else shared.FAULTY)


@click.command(
    "backup",
    context_settings=shared.BILINGUAL,
    help="สำรองทุกอย่าง (ตาราง หลักฐาน เอกสาร) เป็นไฟล์เดียว ขณะระบบทำงานอยู่ก็ได้\n\n"
    "Copy everything (tables, evidence, documents) into one file, also while the application runs. "
    "TARGET is a file, or a folder that gets a file named by the day and hour.",
)
@click.argument("target", type=click.Path(path_type=Path))
@shared.language_option
def backup_command(target: Path, language: str) -> None:
    """Write a backup."""
    if not target.is_dir() and (not target.parent.is_dir() or not target.suffix):  # a disk that is not mounted
        missing = target.parent if target.suffix else target
        shared.stop(
            language,
            f"ไม่มีโฟลเดอร์ {missing} จึงยังไม่ได้สำรอง โปรดสร้างโฟลเดอร์หรือเชื่อมดิสก์ก่อน",
            f"There is no folder {missing}, so nothing was copied. Make it, or mount its disk, first.",
            code=shared.MISUSED,
        )
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.records.backup import backup

    file = target / f"samrit-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    with starting.refusals(language), places.writing(file, language):
        made = backup(file)
    rows, files = sum(made.rows.values()), sum(made.files.values())
    starting.say(
        language,
        f"สำรองแล้ว: {file} ({rows} แถว {files} ไฟล์ ประวัติถึงรายการที่ {made.sequence})",
        f"Written: {file} ({rows} rows, {files} files, history up to entry {made.sequence})",
    )


@click.command(
    "restore",
    context_settings=shared.BILINGUAL,
    help="กู้คืนข้อมูลสำรอง ลงในฐานข้อมูลว่าง แล้วพิสูจน์ก่อนใช้จริง\n\n"
    "Bring a backup back into an empty database, of either kind; it counts only when all of it is proved.",
)
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="แทนที่ข้อมูลที่มีอยู่ / replace existing data")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=option("records.erasures"),
)
@click.option("--unsigned", is_flag=True, help="รับไฟล์ที่ไม่มีลายเซ็นของเซิร์ฟเวอร์นี้ / take one that this server has not signed")
@shared.language_option
def restore_command(source: Path, replace: bool, unsigned: bool, erasures: Path | None, language: str) -> None:
    """Restore a backup."""
    starting.start(language)
    starting.migrate(language)
    from samrit.plans.records.backup import restore
    from samrit.plans.records.credentials import note_standing
    from samrit.plans.records.erasure_list import erased_before
    from samrit.plans.services.office.erasing import erase_again
    from samrit.plans.services.office.people import is_managed
    from samrit.plans.services.report.carrying import carry_over

    done: list[int] = []
    with starting.refusals(language):
        before = erased_before(erasures)
        made = restore(source, replace=replace, unsigned=unsigned, after=lambda: done.append(erase_again(before)))
        note_standing()  # a backup of an earlier version knows neither credentials
        carry_over()  # nor sendings
    starting.say(
        language,
        f"นำกลับมาแล้ว: {sum(made.rows.values())} แถว {sum(made.files.values())} ไฟล์ ประวัติครบถึงรายการที่ {made.sequence}",
        f"Restored and proved: {sum(made.rows.values())} rows, {sum(made.files.values())} files, "
        f"history up to entry {made.sequence}",
    )
    if any(done):
        starting.say(language, *both("records.erased_again", count=sum(done)))
    if not is_managed():
        starting.say(language, *both("records.nobody_manages"))


@audit_command.command(
    "post",
    context_settings=shared.BILINGUAL,
    help="ส่งเลขที่และแฮชสุดท้ายของประวัติให้ผู้ตรวจสอบทางอีเมล (วันละครั้ง)\n\n"
    "Mail the number and hash of the latest entry to the auditors, so that they are known outside; run it daily.",
)
@shared.language_option
def post(language: str) -> None:
    """Post the chain's end; exit code 3 when no letter could be sent, 1 when there is nobody to send it to."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.services.office.chain_ends import chain_end_post

    with starting.refusals(language):
        posted = chain_end_post()
    click.echo(f"--since {posted.sequence}:{posted.head}")
    starting.say(
        language,
        f"ส่งให้ผู้ตรวจสอบแล้ว {posted.sent} ราย ส่งไม่ได้ {posted.failed} ราย",
        f"Sent to {posted.sent} auditors; {posted.failed} could not be sent.",
    )
    sys.exit(shared.UNREADABLE if posted.failed else shared.DONE if posted.sent else shared.FAULTY)


_HEAD = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,12}):((?:[0-9a-f]\s?){63}[0-9a-f])(?![0-9A-Za-z])")  # as printed, too
_LARGEST = 4 * 1024 * 1024  # bytes of a text with heads


def _anchors(since: tuple[str, ...], heads: Path | None, language: str) -> dict[int, str]:
    """Return the hashes noted outside by their sequence; leaves with exit code 2 where what was given holds none."""
    found: dict[int, str] = {}
    for given in since:
        match = _HEAD.fullmatch(given)
        if match is None:
            shared.stop(language, "รูปแบบของ --since คือ เลขที่:แฮช", "--since is written NUMBER:HASH", code=shared.MISUSED)
        found[int(match[1])] = _joined(match[2])
    if heads is not None:
        with heads.open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8", "replace")
        noted = {int(number): _joined(mark) for number, mark in _HEAD.findall(text)}
        if not noted:
            shared.stop(
                language,
                f"ไม่พบ เลขที่:แฮช ใน {heads.name}",
                f"There is no NUMBER:HASH in {heads.name}",
                code=shared.MISUSED,
            )
        found |= noted
    return found


def _joined(mark: str) -> str:
    return "".join(mark.split())
