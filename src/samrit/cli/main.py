"""The console command ``samrit`` and its subcommands, each in the module of its name."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from samrit import __version__

# Where each command is. A module is read when its command runs, not before: all of them together take longer to
# import (writers of documents, readers of PDF, the framework) than scoring a year takes.
COMMANDS = {
    "check": "check:command",
    "evaluate": "evaluate:command",
    "explain": "explain:command",
    "summary": "summary:command",
    "forecast": "forecast:command",
    "report": "report:command",
    "compare": "compare:command",
    "demo": "demo:command",
    "import": "importing:command",
    "template": "template:command",
    "score": "score:command",
    "nation": "nation:command",
    "package": "parquet:command",
    "serve": "office.serving:command",
    "plan": "office.months:plan_command",
    "draft": "office.drafts:draft_command",
    "administrator": "office.people:administrator",
    "remind": "office.people:remind",
    "doctor": "office.health:doctor",
    "audit": "office.records:audit_command",
    "backup": "office.records:backup_command",
    "restore": "office.records:restore_command",
    "privacy": "office.privacy:privacy_command",
}

# As in ``shared``, which reads the engine and is left to the commands for the same reason.
BILINGUAL = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

EXIT_CODES = """\b
รหัสสถานะเมื่อจบคำสั่ง / Exit codes
  0  เสร็จสมบูรณ์ / done
  1  พบข้อผิดพลาดในแผน / the plan has findings of severity "error"
  2  คำสั่งไม่ถูกต้อง / the command line is wrong
  3  อ่านหรือเขียนไฟล์ไม่ได้ / a file could not be read or written
"""


class _AsNeeded(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"samrit.cli.{module}"), name)
        return command


@click.group(
    cls=_AsNeeded,
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
