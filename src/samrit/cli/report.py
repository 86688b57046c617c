"""``samrit report``: the evaluation report, or a plan's book, as Word, PDF, Excel and HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from samrit.cli import places, shared
from samrit.engine.checks import check_plan
from samrit.engine.indicators.rhythm import evaluated_before
from samrit.engine.model import LookSetting
from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.reports.document.model import Document
from samrit.reports.evaluation import planner
from samrit.reports.evaluation import report as evaluation
from samrit.reports.plan_book import book as plan_book
from samrit.reports.texts.looks import template_of
from samrit.reports.texts.template import Template
from samrit.reports.texts.template import load as load_template
from samrit.reports.workbook import xlsx
from samrit.reports.writers import docx, html, pdf
from samrit.vocabulary.findings import Severity, worst

WRITERS: dict[str, Callable[[Document, Path], None]] = {"docx": docx.write, "pdf": pdf.write, "html": html.write}
FORMATS = ("docx", "pdf", "xlsx", "html")


@click.command(
    "report",
    context_settings=shared.BILINGUAL,
    help="พิมพ์รายงานการประเมินผล หรือเล่มแผน เป็น Word, PDF, Excel, HTML\n\n"
    "Write the evaluation report, or the plan's book, as Word, PDF, Excel and HTML.",
)
@click.argument("package", type=shared.PACKAGE)
@click.option("--format", "formats", default="docx,pdf,xlsx,html", show_default=True, help="รูปแบบ / formats, by comma")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="โฟลเดอร์ปลายทาง / folder to write to",
)
@click.option(
    "--kind",
    type=click.Choice(["auto", "evaluation", "plan", "planner"]),
    default="auto",
    show_default=True,
    help="รายงานประเมินผล หรือเล่มแผน (auto: เล่มแผนถ้ายังไม่มีผล) "
    "หรือเอกสารประกอบสำหรับเจ้าหน้าที่แผนงาน (planner) / the evaluation, the plan's book "
    "(auto: the book while nothing is reported), or the planner's file to the evaluation",
)
@click.option(
    "--template",
    "template_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="แม่แบบ / template settings (JSON)",
)
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    package: Path,
    formats: str,
    out: Path,
    kind: str,
    template_file: Path | None,
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Write the files and say where they are."""
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    if not wanted or set(wanted) - set(FORMATS):
        raise click.UsageError(f"--format: {', '.join(FORMATS)}")
    loaded = shared.load(package, language)
    template = _template(template_file, language, loaded.package.plan.look)
    result = shared.evaluated(loaded, as_of, ruleset_id, language)
    files = write_reports(result, wanted, out, kind=kind, language=language, template=template, quiet=as_json)
    if as_json:
        shared.print_json({"files": [{"path": str(f), "bytes": f.stat().st_size} for f in files]})
    else:
        for file in files:
            click.echo(str(file))


def _template(file: Path | None, language: str, look: tuple[LookSetting, ...]) -> Template | None:
    """Return the template of a file over the plan's own look, None where no file is given."""
    if file is None:
        return None
    reading = load_template(file, template_of(look).template)
    if worst(reading.findings) is Severity.ERROR:
        shared.stop(language, "ใช้แม่แบบไม่ได้", "The template cannot be used", reading.findings)
    shared.print_findings(reading.findings, language, Console(stderr=True, highlight=False))
    return reading.template


def write_reports(
    result: PlanResult,
    formats: list[str],
    out: Path,
    *,
    kind: str = "auto",
    language: str = "th",
    template: Template | None = None,
    quiet: bool = False,
) -> list[Path]:
    """Write the report of ``result`` in each format into ``out`` and return the files.

    Each file is written beside its place and moved there whole.  Leaves with exit
    code 3 when a file cannot be written.
    """
    told = kind if kind != "auto" else "evaluation" if result.as_of else "plan"
    names = {"plan": "plan", "evaluation": f"m{result.as_of:02d}", "planner": f"m{result.as_of:02d}-planner"}
    stem = f"{result.plan.id}-{names[told]}" + ("" if language == "th" else f"-{language}")
    if told == "planner":
        formats = [name for name in formats if name != "xlsx"]  # the workbook of the evaluation holds it all
    files = []
    with places.writing(out, language):
        out.mkdir(parents=True, exist_ok=True)
    with _progress(quiet) as progress:
        task = progress.add_task("", total=len(formats) + 1)
        document = _document(result, told, language, template)
        progress.advance(task)
        for name in formats:
            file = out / f"{stem}.{name}"
            progress.update(task, description=file.name)
            with places.writing(file, language):
                if name == "xlsx":
                    xlsx.write(result, file, template=template, language=language)
                else:
                    WRITERS[name](document, file)
            files.append(file)
            progress.advance(task)
    return files


def _document(result: PlanResult, kind: str, language: str, template: Template | None) -> Document:
    if kind == "plan":
        return plan_book.build(result.plan, ruleset=result.ruleset, language=language, template=template)
    findings = check_plan(result.plan, result.ruleset, result.as_of)
    if kind == "planner":
        return planner.build(result, language=language, template=template, findings=findings)
    before = evaluated_before(result.plan, result.as_of)
    return evaluation.build(
        result,
        language=language,
        template=template,
        previous=score(result.plan, result.ruleset, before) if before else None,
        findings=findings,
    )


def _progress(quiet: bool) -> Progress:
    return Progress(
        BarColumn(),
        TextColumn("{task.completed}/{task.total} {task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=quiet,
        transient=True,
    )
