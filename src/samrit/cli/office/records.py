"""Keeping the records: proving them, copying them away, bringing them back."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from samrit.cli import shared
from samrit.cli.office import starting


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
    default="",
    help="รายการและแฮชที่จดไว้จากครั้งก่อน / number and hash noted from an earlier run: that entry must still be there",
)
@shared.language_option
@shared.json_option
def verify(since: str, language: str, as_json: bool) -> None:
    """Verify the records."""
    anchor = _anchor(since, language)
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.records.audit import audit

    with starting.refusals(language):
        found = audit(anchor=anchor)
    if as_json:
        shared.print_json(asdict(found))
    else:
        for fault in found.faults:
            click.echo(f"✕ #{fault.sequence} {fault.code}: {fault.detail}")
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
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.records.backup import backup

    file = target / f"samrit-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    with starting.refusals(language):
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
    help="นำข้อมูลสำรองกลับมา ลงในฐานข้อมูลว่าง แล้วพิสูจน์ก่อนใช้จริง\n\n"
    "Bring a backup back into an empty database, of either kind; it counts only when all of it is proved.",
)
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="แทนที่ข้อมูลที่มีอยู่ / throw away what is there")
@shared.language_option
def restore_command(source: Path, replace: bool, language: str) -> None:
    """Restore a backup."""
    starting.start(language)
    starting.migrate(language)
    from samrit.plans.records.backup import restore
    from samrit.plans.services.report.carrying import carry_over

    with starting.refusals(language):
        made = restore(source, replace=replace)
        carry_over()  # a backup of an earlier version holds no sendings
    starting.say(
        language,
        f"นำกลับมาแล้ว: {sum(made.rows.values())} แถว {sum(made.files.values())} ไฟล์ ประวัติครบถึงรายการที่ {made.sequence}",
        f"Restored and proved: {sum(made.rows.values())} rows, {sum(made.files.values())} files, "
        f"history up to entry {made.sequence}",
    )


def _anchor(since: str, language: str) -> tuple[int, str] | None:
    if not since:
        return None
    number, _, mark = since.partition(":")
    if not number.isdigit() or not mark:
        shared.stop(language, "รูปแบบของ --since คือ เลขที่:แฮช", "--since is written NUMBER:HASH", code=shared.MISUSED)
    return int(number), mark
