"""``samrit summary``: the plan in ten seconds: one sentence, the bands, what needs attention."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from samrit.cli import shared
from samrit.cli.evaluate import works_table
from samrit.cli.figures import band_name
from samrit.engine.checks import check_plan
from samrit.engine.results import PlanResult, State
from samrit.engine.rollup import NO_PLAN_COLUMN, share, tabulate, works_of
from samrit.vocabulary.findings import Severity
from samrit.vocabulary.periods import report_name
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label
from samrit.vocabulary.text import filled


@click.command(
    "summary",
    context_settings=shared.BILINGUAL,
    help="สรุปแผนในหน้าเดียว: จำนวนตามระดับ งานที่ต้องดู ข้อสังเกต\n\n"
    "The plan at a glance: counts by band, what needs attention, findings.",
)
@click.argument("package", type=shared.PACKAGE)
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(package: Path, as_of: int | None, ruleset_id: str, language: str, as_json: bool) -> None:
    """Print the summary."""
    loaded = shared.load(package, language)
    result = shared.evaluated(loaded, as_of, ruleset_id, language)
    findings = (*loaded.findings, *check_plan(result.plan, result.ruleset, result.as_of))
    counts = Counter(f.severity for f in findings)
    if as_json:
        shared.print_json(_data(result, counts))
        return
    out = shared.console()
    out.print(headline(result, language), style="bold")
    table = tabulate(r for r in result.projects if r.counts)
    for band in reversed(result.ruleset.bands):
        count = table.total.cell(band.code)
        bar = "█" * (count * 50 // table.total.total) if table.total.total else ""
        out.print(
            f"{band_name(band, language):<14} {count:>5}  {share(count, table.total.total, result.ruleset):>6} %  {bar}"
        )
    if without := table.total.cell(NO_PLAN_COLUMN):
        shown = share(without, table.total.total, result.ruleset)
        out.print(f"{label('no_plan_column', language, 'word'):<14} {without:>5}  {shown:>6} %")
    worst = result.ruleset.bands[0]
    red = [r for r in works_of(result.projects) if r.counts and r.band is worst]
    if red:
        out.print(works_table(red, result, language))
    out.print(_findings_line(counts, language))


def headline(result: PlanResult, language: str) -> str:
    """Return the one sentence: plan, month, how many count, how many are best."""
    plan, works = result.plan, works_of(result.projects)
    counted = [r for r in works if r.counts]
    best = result.ruleset.bands[-1]
    good = sum(1 for r in counted if r.band is best)
    english = language == "en"
    title = (plan.title_en or plan.title) if english else plan.title
    if not result.as_of:
        return f"{title}: {'nothing reported yet' if english else 'ยังไม่มีการรายงานผล'}, {len(works)}"
    month = report_name(plan.year_be, plan.calendar, result.as_of, language)
    if english:
        called = speech().says("works and projects", "en")
        return (
            f"{title}, up to {month}: {good} of {len(counted)} {called} {'is' if good == 1 else 'are'} {best.name_en}"
        )
    called = speech().says("งาน/โครงการ")
    return f"{title} ถึง{month}: {good} จาก {len(counted)} {called}อยู่ระดับ{best.name}"


_FINDINGS = (
    "ข้อสังเกตของระบบ: ข้อผิดพลาด {error} ควรตรวจ {warning} (samrit check)",
    "Findings: {error} {error:error|errors}, {warning} {warning:warning|warnings} (samrit check)",
)


def _findings_line(counts: Counter[Severity], language: str) -> str:
    return filled(_FINDINGS[language == "en"], {severity.value: counts[severity] for severity in Severity})


def _data(result: PlanResult, counts: Counter[Severity]) -> dict[str, object]:
    table, works = tabulate(r for r in result.projects if r.counts), works_of(result.projects)
    return {
        "plan": result.plan.id,
        "as_of": result.as_of,
        "projects": len(works),
        "counted": table.total.total,
        "bands": {b.code: table.total.cell(b.code) for b in result.ruleset.bands},
        "no_plan": table.total.cell(NO_PLAN_COLUMN),
        "states": {s.value: sum(1 for r in works if r.state is s) for s in State},
        "findings": {s.value: counts[s] for s in Severity},
        "worst": [r.project.id for r in works if r.counts and r.band is result.ruleset.bands[0]],
    }
