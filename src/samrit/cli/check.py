"""``samrit check``: the faults of a package and of the plan in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from samrit.cli import shared
from samrit.engine.checks import check_plan
from samrit.vocabulary.findings import Finding, Severity
from samrit.vocabulary.text import filled


@click.command(
    "check",
    context_settings=shared.BILINGUAL,
    help="ตรวจชุดข้อมูลแผน: ไฟล์ น้ำหนัก ยอดรวม เป้าหมาย ร้อยละ และอื่น ๆ\n\n"
    "Check a plan package: files, weights, totals, targets, percents and more.",
)
@click.argument("package", type=shared.PACKAGE)
@click.option(
    "--severity",
    type=click.Choice([s.value for s in Severity]),
    default=Severity.NOTICE.value,
    show_default=True,
    help="แสดงตั้งแต่ระดับนี้ / least severity to show",
)
@click.option("--code", "codes", multiple=True, help="เฉพาะรหัสนี้ (ซ้ำได้) / only this code (repeatable)")
@click.option("--work", "works", multiple=True, help="เฉพาะงาน/โครงการนี้ (ซ้ำได้) / only this work (repeatable)")
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    package: Path,
    severity: str,
    codes: tuple[str, ...],
    works: tuple[str, ...],
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Run the checks; exit code 1 when one of them found an error."""
    loaded = shared.load(package, language)
    ruleset = shared.pick_ruleset(loaded, ruleset_id, language)
    found = (*loaded.findings, *check_plan(loaded.plan, ruleset, shared.pick_month(loaded.plan, as_of)))
    order = list(Severity)
    shown = [
        f
        for f in found
        if order.index(f.severity) <= order.index(Severity(severity))
        and (not codes or f.code in codes)
        and (not works or any(f.place.record == w or f.place.record.startswith(f"{w}.") for w in works))
    ]
    if as_json:
        shared.print_json({"package": str(package), "findings": [shared.finding_data(f) for f in shown]})
    else:
        out = shared.console()
        shared.print_findings(shown, language, out)
        out.print(_closing(shown, language), style="bold")
    raise SystemExit(shared.FAULTY if any(f.severity is Severity.ERROR for f in found) else shared.DONE)


_CLOSING = (
    "ต้องแก้ไข {error} รายการ ควรตรวจสอบ {warning} รายการ เพื่อทราบ {notice} รายการ",
    "{error} {error:error|errors}, {warning} {warning:warning|warnings}, {notice} {notice:notice|notices}",
)


def _closing(shown: list[Finding], language: str) -> str:
    counts = Counter(f.severity for f in shown)
    return filled(_CLOSING[language == "en"], {severity.value: counts[severity] for severity in Severity})
