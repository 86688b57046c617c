"""``samrit template``: the empty Excel form of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from samrit.cli import places, shared
from samrit.intake.forms.template import write_filled, write_template
from samrit.vocabulary.periods import CALENDARS
from samrit.vocabulary.speech import ERAS, Speech, currency, speaking


@click.command(
    "template",
    context_settings=shared.BILINGUAL,
    help="เขียนแบบฟอร์ม Excel ว่างของแผนทั้งเล่ม พร้อมคำอธิบาย กรอกแล้วนำเข้าด้วย samrit import\n\n"
    "Write the empty, documented Excel form of a whole plan; fill it in and run samrit import.\n"
    "With --from the form holds a plan, as an example or to go on editing.",
)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), default=Path("plan.xlsx"))
@click.option(
    "--calendar",
    type=click.Choice(list(CALENDARS)),
    default="calendar",
    show_default=True,
    help="เดือนแรกของปีแผน: มกราคม เมษายน กรกฎาคม หรือตุลาคม / "
    "first month of the plan year: January, April, July or October (fiscal)",
)
@click.option(
    "--era", type=click.Choice(ERAS), default="be", show_default=True, help="พ.ศ. หรือ ค.ศ. / Buddhist or Common Era"
)
@click.option("--currency", "money", default="THB", show_default=True, help="สกุลเงิน / currency, by its ISO 4217 code")
@click.option("--funds/--no-funds", "has_funds", default=True, help="แผนแยกกองทุนหรือไม่ / whether the plan has funds")
@click.option(
    "--from",
    "source",
    type=shared.PACKAGE,
    help="กรอกด้วยแผนที่มีอยู่ ใช้เป็นตัวอย่างหรือแก้ไขต่อ / filled in with a plan: an example, or to be edited",
)
@click.option("--force", is_flag=True, help="เขียนทับแฟ้มเดิม / overwrite an existing file")
@shared.language_option
def command(  # noqa: PLR0917
    path: Path, calendar: str, era: str, money: str, has_funds: bool, source: Path | None, force: bool, language: str
) -> None:
    """Write the form; never over an existing file unless told so."""
    if places.stands(path) and not force:
        shared.stop(
            language,
            f"มีไฟล์ {path} อยู่แล้ว โปรดใช้ --force เพื่อเขียนทับ",
            f"{path} exists already; use --force to overwrite it",
            code=shared.MISUSED,
        )
    package = None if source is None else shared.load(source, language).package
    with places.writing(path, language):
        if package is not None:
            write_filled(path, package, language=language)
        else:
            with speaking(Speech(era, currency(money), has_funds=has_funds)):
                write_template(path, language=language, calendar=calendar)
    click.echo(str(path))
