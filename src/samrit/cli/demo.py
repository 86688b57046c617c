"""``samrit demo``: the example plans checked, evaluated, explained and printed, step by step."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from samrit.cli import shared
from samrit.cli.forecast import show_early_warnings
from samrit.cli.report import FORMATS, write_reports
from samrit.cli.summary import headline
from samrit.engine.checks import check_plan
from samrit.engine.explain import explain, render
from samrit.engine.results import PlanResult
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding, Severity

_STEPS = {
    "check": (
        "ตรวจพบข้อผิดพลาด {errors} ข้อควรตรวจ {warnings} ข้อ (samrit check {path})",
        "Found {errors} errors, {warnings} warnings (samrit check {path})",
    ),
    "explain": (
        "ทำไมจึงเป็นตัวเลขนี้ (samrit explain {path} {record})",
        "Why this number? (samrit explain {path} {record})",
    ),
    "files": ("เอกสาร {count} ไฟล์ ใน {seconds} วินาที:", "{count} documents in {seconds} s:"),
}


@click.command(
    "demo",
    context_settings=shared.BILINGUAL,
    help="สาธิตด้วยแผนตัวอย่าง: ตรวจ ประเมิน อธิบาย คาดการณ์ พิมพ์เอกสาร\n\n"
    "Show everything on the example plans: check, evaluate, explain, forecast, print.",
)
@click.option(
    "--examples",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("examples"),
    show_default=True,
    help="โฟลเดอร์แผนตัวอย่าง / folder of example plans",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out/demo"),
    show_default=True,
    help="โฟลเดอร์ปลายทาง / folder to write to",
)
@shared.language_option
@shared.json_option
def command(examples: Path, out: Path, language: str, as_json: bool) -> None:
    """Walk through the example plans."""
    packages = sorted(path.parent for path in examples.glob("*/datapackage.json"))
    if not packages:
        shared.stop(language, f"ไม่มีแผนตัวอย่างใน {examples}", f"There are no example plans in {examples}")
    shown = [_show(path, out, language, quiet=as_json) for path in packages]
    if as_json:
        shared.print_json(shown)


def _show(path: Path, out: Path, language: str, *, quiet: bool) -> dict[str, object]:
    loaded = shared.load(path, language)
    result = shared.evaluated(loaded, None, "", language)
    findings = (*loaded.findings, *check_plan(result.plan, result.ruleset, result.as_of))
    if not quiet:
        _tell(result, findings, path, language)
    started = time.monotonic()
    files = write_reports(result, list(FORMATS), out, language=language, quiet=quiet)
    taken = f"{time.monotonic() - started:.1f}"
    if not quiet:
        shared.console().print(_step("files", language, count=len(files), seconds=taken), style="bold")
        for file in files:
            click.echo(f"  {file}")
    return {
        "package": str(path),
        "summary": headline(result, language),
        "findings": {s.value: sum(1 for f in findings if f.severity is s) for s in Severity},
        "files": [str(file) for file in files],
        "seconds": taken,
    }


def _tell(result: PlanResult, findings: Sequence[Finding], path: Path, language: str) -> None:
    console = shared.console()
    console.rule(headline(result, language))
    errors, warnings = (sum(1 for f in findings if f.severity is s) for s in (Severity.ERROR, Severity.WARNING))
    console.print(_step("check", language, errors=errors, warnings=warnings, path=path), style="bold")
    shared.print_findings([f for f in findings if f.severity is Severity.ERROR], language, console)
    if result.as_of:
        _explain_one(result, path, language)
        if result.as_of == YEAR_END:
            show_early_warnings(result.plan, result.ruleset, YEAR_END // 2, language, most=5)


def _explain_one(result: PlanResult, path: Path, language: str) -> None:
    """Explain the figure that most needs it: the project whose weights are furthest from 100, else the first."""
    chosen = max(result.projects, key=lambda r: abs(r.weight_sum - 100), default=None)
    if chosen is None:
        return
    shared.console().print(_step("explain", language, path=path, record=chosen.project.id), style="bold")
    click.echo(render(explain(result, chosen.project.id), language))


def _step(code: str, language: str, **params: object) -> str:
    thai, english = _STEPS[code]
    return (english if language == "en" else thai).format_map(params)
