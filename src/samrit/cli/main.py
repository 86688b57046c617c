"""The console command ``samrit`` and its subcommands, each in the module of its name."""

from __future__ import annotations

import sys

import click

from samrit import __version__
from samrit.cli import (
    check,
    compare,
    demo,
    evaluate,
    explain,
    forecast,
    importing,
    nation,
    parquet,
    report,
    score,
    summary,
    template,
)
from samrit.cli.office import drafts, health, people, plans, privacy, records, serving
from samrit.cli.shared import BILINGUAL

COMMANDS = (
    check.command,
    evaluate.command,
    explain.command,
    summary.command,
    forecast.command,
    report.command,
    compare.command,
    demo.command,
    importing.command,
    template.command,
    score.command,
    nation.command,
    parquet.command,
    serving.command,
    plans.plan_command,
    drafts.draft_command,
    people.administrator,
    people.remind,
    health.doctor,
    records.audit_command,
    records.backup_command,
    records.restore_command,
    privacy.privacy_command,
)

EXIT_CODES = """\b
รหัสสถานะเมื่อจบคำสั่ง / Exit codes
  0  เสร็จสมบูรณ์ / done
  1  พบข้อผิดพลาดในแผน / the plan has findings of severity "error"
  2  คำสั่งไม่ถูกต้อง / the command line is wrong
  3  อ่านหรือเขียนไฟล์ไม่ได้ / a file could not be read or written
"""


@click.group(
    context_settings=BILINGUAL,
    help="สัมฤทธิ์: ให้คะแนน ตรวจ อธิบาย พิมพ์แผนปฏิบัติการ และให้บริการผ่านเว็บ\n\n"
    "Samrit: score, check, explain and print public-sector action plans, and serve them on the web.\n\n" + EXIT_CODES,
)
@click.version_option(__version__, message="samrit %(version)s")
def main() -> None:
    """Run ``samrit``."""
    for stream in (sys.stdout, sys.stderr):
        # Thai goes out as UTF-8 wherever the terminal's own encoding could not hold it.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


for _command in COMMANDS:
    main.add_command(_command)
