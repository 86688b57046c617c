"""Drafts of plans on the command line: begin one, look what is wrong, take it a step on its way, take it out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samrit.cli import places, shared
from samrit.cli.importing import DOCUMENT, reading_shown
from samrit.cli.office import starting
from samrit.cli.office.plans import named_plan
from samrit.intake.importer import import_documents
from samrit.package.rows import typed_files

if TYPE_CHECKING:
    from samrit.plans.models import PlanDraft

_NUMBER = click.argument("number", type=int)


@click.group(
    "draft",
    context_settings=shared.BILINGUAL,
    help="ร่างแผนในระบบ: เริ่ม ตรวจ เสนอ อนุมัติ ประกาศใช้ ส่งออก\n\n"
    "Drafts of plans in the office's own database: begin, check, submit, approve, publish, take out.",
)
def draft_command() -> None:
    """Hold the commands about drafts."""


@draft_command.command(
    "open",
    context_settings=shared.BILINGUAL,
    help="เริ่มร่างจากชุดข้อมูลแผน (โฟลเดอร์ หรือ .zip) ช่องที่อ่านไม่ได้ยังอยู่ในร่างพร้อมข้อผิดพลาด\n\n"
    "Begin a draft from a package (a folder or a .zip). Cells that can't be read stay in it with their faults.",
)
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@shared.language_option
def open_package(package: Path, language: str) -> None:
    """Begin a draft from a package."""
    files, found = typed_files(package, package.name)
    if files is None:
        shared.stop(language, "เริ่มร่างไม่ได้", "No draft can be begun", found)
    starting.start(language)
    starting.migrate(language)
    from samrit.plans.services.draft.opening import draft_open
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        draft = draft_open(SYSTEM, files=files, reason="samrit draft open")
    sys.exit(_told(draft, language))


@draft_command.command(
    "import",
    context_settings=shared.BILINGUAL,
    help="เริ่มร่างจากเอกสารของแผน (Word, Excel, PDF, ข้อความ) ค่าที่ไม่แน่ใจต้องมีผู้ยืนยันก่อนเสนอ\n\n"
    "Begin a draft from a plan's documents (Word, Excel, PDF, text). Doubts wait for confirmation.",
)
@click.argument("documents", type=DOCUMENT, nargs=-1, required=True)
@click.option("--id", "plan_id", default="", help="รหัสแผน / id of the plan (default: the first file's name)")
@click.option("--year", type=click.IntRange(2400, 2700), help="ปี พ.ศ. ของแผน / the plan's Buddhist year")
@click.option("--review", type=DOCUMENT, help="แฟ้มตรวจทานที่แก้แล้ว / a corrected review workbook of samrit import")
@click.option("--headings", type=DOCUMENT, help="คำหัวตารางของหน่วยงาน (.toml) / the office's own heading words (.toml)")
@shared.language_option
def import_plan(  # noqa: PLR0917
    documents: tuple[Path, ...],
    plan_id: str,
    year: int | None,
    review: Path | None,
    headings: Path | None,
    language: str,
) -> None:
    """Begin a draft from documents."""
    names = [path.name for path in documents]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        # A doubt names its document: two of one name could not be told apart beside the original.
        raise click.UsageError(f"{', '.join(twice)}: เอกสารชื่อซ้ำ โปรดเปลี่ยนชื่อ / given twice; rename one")
    with reading_shown(language) as progress:
        reading = import_documents(
            documents, review=review, plan_id=plan_id, headings=headings, year_be=year, progress=progress
        )
    if reading.package is None:
        shared.stop(language, "นำเข้าไม่ได้", "Nothing could be imported", reading.findings)
    starting.start(language)
    starting.migrate(language)
    from samrit.plans.services.draft.importing import draft_import
    from samrit.plans.services.writing import SYSTEM

    contents = {path.name: path.read_bytes() for path in documents}
    with starting.refusals(language):
        draft = draft_import(SYSTEM, reading=reading, contents=contents, reason="samrit draft import")
    sys.exit(_told(draft, language))


@draft_command.command(
    "confirm",
    context_settings=shared.BILINGUAL,
    help="ยืนยันค่าที่อ่านจากเอกสารว่าถูกต้อง ทีละเรื่อง (รหัสจาก --list) หรือทั้งหมด\n\n"
    "Confirm values that were read from documents: one kind (its code as --list shows it), or all.",
)
@_NUMBER
@click.option("--kind", default="", help="รหัสของเรื่อง / code of a kind")
@click.option("--all", "everything", is_flag=True, help="ทุกเรื่อง / every kind")
@click.option("--list", "listed", is_flag=True, help="แสดงเรื่องที่รอยืนยัน / show what waits")
@shared.language_option
def confirm(number: int, kind: str, everything: bool, listed: bool, language: str) -> None:
    """Confirm what was read."""
    draft = _draft(number, language)
    from samrit.plans.drafting.document import standing
    from samrit.plans.drafting.imported import kinds_of, open_matters
    from samrit.plans.services.draft.importing import draft_confirm
    from samrit.plans.services.writing import SYSTEM

    waiting = open_matters(draft, standing(draft))
    known = sorted({m.kind for m in waiting})
    if not (listed or everything or kind):
        raise click.UsageError("ระบุ --kind, --all หรือ --list / name --kind, --all or --list")
    if kind and kind not in known:
        raise click.UsageError(f"--kind: {kind!r}; ที่รอยืนยัน / what waits: {', '.join(known) or '–'}")
    if not listed:
        chosen = {(m.record, m.subject) for m in waiting if everything or m.kind == kind}
        with starting.refusals(language):
            count = draft_confirm(SYSTEM, draft=draft, matters=chosen)
        starting.say(language, f"ยืนยันแล้ว {count} รายการ", f"Confirmed: {count}")
        waiting = open_matters(draft, standing(draft))
    shown = shared.table(
        "", *(("Kind", "Waiting", "For example") if language == "en" else ("เรื่อง", "รอยืนยัน", "เช่น")), numbers=[1]
    )
    for code, count, first in kinds_of(waiting):
        shown.add_row(code, str(count), f"{first.record}: {' '.join(first.reasons[language])}")
    shared.console().print(shown)


@draft_command.command(
    "amend",
    context_settings=shared.BILINGUAL,
    help="เริ่มร่างปรับปรุงจากแผนฉบับล่าสุด\n\nBegin a draft with the latest version of a plan, to become the next one.",
)
@click.argument("code")
@click.option("--from", "period", type=click.IntRange(1, 12), required=True, help="เดือนที่เริ่มมีผล / first month, 1–12")
@shared.language_option
def amend(code: str, period: int, language: str) -> None:
    """Begin an amendment."""
    plan = named_plan(code, language)
    from samrit.plans.services.draft.opening import draft_amend
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        draft = draft_amend(SYSTEM, plan=plan, effective_period=period, reason="samrit draft amend")
    sys.exit(_told(draft, language))


@draft_command.command(
    "copy",
    context_settings=shared.BILINGUAL,
    help="คัดลอกแผนเป็นร่างของปีอื่น โดยไม่มีผลและเลื่อนปีให้\n\n"
    "Copy a plan into a draft of another year: without results, its years moved.",
)
@click.argument("code")
@click.option("--id", "plan_id", required=True, help="รหัสแผนใหม่ / id of the new plan")
@click.option("--year", type=click.IntRange(2400, 2700), required=True, help="ปี พ.ศ. / Buddhist year")
@shared.language_option
def copy(code: str, plan_id: str, year: int, language: str) -> None:
    """Copy a plan to another year."""
    plan = named_plan(code, language)
    from samrit.plans.services.draft.opening import draft_copy
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        draft = draft_copy(SYSTEM, plan=plan, code=plan_id, year_be=year, reason="samrit draft copy")
    sys.exit(_told(draft, language))


@draft_command.command(
    "check",
    context_settings=shared.BILINGUAL,
    help="แสดงข้อผิดพลาดและข้อควรตรวจของร่าง (มีข้อผิดพลาด: รหัส 1)\n\nShow what is wrong with a draft (errors: exit code 1).",
)
@_NUMBER
@shared.language_option
def check(number: int, language: str) -> None:
    """Check a draft."""
    sys.exit(_told(_draft(number, language), language))


@draft_command.command(
    "step",
    context_settings=shared.BILINGUAL,
    help="ทำขั้นต่อไปของร่าง: submit take_back approve return publish withdraw resume\n\nTake a draft one step on its way.",
)
@_NUMBER
@click.argument(
    "step", type=click.Choice(["submit", "take_back", "approve", "return", "publish", "withdraw", "resume"])
)
@click.option("--remark", default="", help="หมายเหตุ / remark")
@click.option("--meeting", default="", help="การประชุมครั้งที่ / meeting that decided")
@shared.language_option
def step(number: int, step: str, remark: str, meeting: str, language: str) -> None:
    """Take a step."""
    draft = _draft(number, language)
    from samrit.plans.services.draft.deciding import draft_decide
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        draft = draft_decide(SYSTEM, draft=draft, step=step, remark=remark, meeting=meeting)
    starting.say(language, f"ร่าง {number}: {draft.state}", f"Draft {number}: {draft.state}")


@draft_command.command(
    "export",
    context_settings=shared.BILINGUAL,
    help="ส่งออกร่างเป็นชุดข้อมูล .zip\n\nWrite a draft as a package (.zip).",
)
@_NUMBER
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="ปลายทาง / destination")
@shared.language_option
def export(number: int, out: Path, language: str) -> None:
    """Write a draft as a package."""
    places.require_new(out, language)
    draft = _draft(number, language)
    from samrit.plans.drafting.reading import content_of

    places.write_new(out, content_of(draft), language)
    starting.say(language, f"เขียน {out} แล้ว", f"Written to {out}.")


@draft_command.command("list", context_settings=shared.BILINGUAL, help="ร่างที่อยู่ในระบบ\n\nThe drafts in the database.")
@shared.language_option
@shared.json_option
def listing(language: str, as_json: bool) -> None:
    """List the drafts."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.models import PlanDraft

    rows = [
        {"number": d.pk, "title": d.title, "state": d.state, "plan": d.plan.code if d.plan else ""}
        for d in PlanDraft.objects.select_related("plan").defer("content")
    ]
    if as_json:
        shared.print_json({"drafts": rows})
        return
    shown = shared.table(
        "", *(("Number", "Draft", "State", "Plan") if language == "en" else ("ที่", "ร่าง", "สถานะ", "แผน"))
    )
    for row in rows:
        shown.add_row(*map(str, row.values()))
    shared.console().print(shown)


def _draft(number: int, language: str) -> PlanDraft:
    """Return a draft; leave with exit code 3 where there is none."""
    starting.start(language)
    starting.require_tables(language)
    from samrit.plans.models import PlanDraft

    with starting.refusals(language):
        draft = PlanDraft.objects.filter(pk=number).defer("content").first()
    if draft is None:
        shared.stop(language, f"ไม่มีร่าง {number}", f"There is no draft {number}")
    return draft


def _told(draft: PlanDraft, language: str) -> int:
    """Print the draft's number and what is wrong with it, and return the exit code."""
    from samrit.plans.drafting.reading import read_draft

    with starting.refusals(language):
        found = read_draft(draft)
    shared.print_findings((*found.errors, *found.warnings), language, shared.console())
    counts = len(found.errors), len(found.warnings)
    starting.say(
        language,
        f"ร่าง {draft.pk}: ข้อผิดพลาด {counts[0]} ข้อควรตรวจ {counts[1]}",
        f"Draft {draft.pk}: errors {counts[0]}, warnings {counts[1]}",
    )
    return shared.FAULTY if found.errors else shared.DONE
