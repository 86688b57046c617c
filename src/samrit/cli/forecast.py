"""``samrit forecast``: where the year will end, what to look at now, and how far to trust it."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from samrit.cli import shared
from samrit.cli.figures import band_name, figure_text
from samrit.cli.office.wording import option
from samrit.engine.arithmetic import round_half_up
from samrit.engine.forecast import (
    BackTest,
    EarlyWarning,
    PlanForecast,
    ProjectForecast,
    back_test,
    early_warnings,
    forecast,
    out_of_fold,
    reason_text,
)
from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet
from samrit.vocabulary.periods import report_name
from samrit.vocabulary.terms import label


@click.command(
    "forecast",
    context_settings=shared.BILINGUAL,
    help="คาดการณ์ผลสิ้นปีและเตือนล่วงหน้า\n\nForecast year-end results and list early warnings.",
)
@click.argument("package", type=shared.PACKAGE)
@click.option("--all", "everything", is_flag=True, help="แสดงทุกงาน/โครงการ / list every work and project")
@click.option("--below", default="", help="เตือนตั้งแต่ระดับนี้ลงไป / warn from this band (its code) down")
@click.option("--back-test", "test", is_flag=True, help="วัดความแม่นกับปีที่จบแล้ว / measure against the finished year")
@click.option(
    "--folds",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=option("engine.folds"),
)
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    package: Path,
    everything: bool,
    below: str,
    test: bool,
    folds: Path | None,
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Print early warnings, or every project's forecast, or the back-test."""
    loaded = shared.load(package, language)
    ruleset = shared.pick_ruleset(loaded, ruleset_id, language)
    if below and below not in [band.code for band in ruleset.bands]:
        raise click.UsageError(f"--below: {', '.join(band.code for band in ruleset.bands)}")
    month = shared.pick_month(loaded.plan, as_of)
    if test:
        months = (3, 6, 9) if as_of is None else (month,)
        if folds is None:
            tests = [back_test(loaded.plan, ruleset, at) for at in months]
        else:
            tests = list(out_of_fold(loaded.plan, ruleset, months, _folds(folds, loaded.plan)).tests)
        _show_tests(tests, language, as_json)
        return
    if folds is not None:
        raise click.UsageError(option("engine.folds_alone"))
    made = forecast(loaded.plan, ruleset, month)
    warnings = early_warnings(made, below=below)
    if as_json:
        shared.print_json(_data(made, warnings))
        return
    if everything:
        _print_all(made, language)
    _print_warnings(warnings, made, language)


def _folds(path: Path, plan: Plan) -> dict[str, str]:
    """Return the fold of each work by the file; every work of the plan has to have one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = {row.get("project") or "": row.get("fold") or "" for row in csv.DictReader(file)}
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise click.UsageError(option("engine.folds_unread", file=path.name, reason=wrong)) from wrong
    missing = [project.id for project in plan.projects if not rows.get(project.id)]
    if missing:
        named = ", ".join(missing[:20]) + (" …" if len(missing) > 20 else "")
        raise click.UsageError(option("engine.folds_missing", file=path.name, count=len(missing), works=named))
    if len({rows[project.id] for project in plan.projects}) < 2:
        raise click.UsageError(option("engine.folds_one", file=path.name))
    return {project.id: rows[project.id] for project in plan.projects}


def _print_all(made: PlanForecast, language: str) -> None:
    words = ("ID", "Expected %", "Range", "Why") if language == "en" else ("รหัส", "คาดว่า %", "ช่วง", "เพราะ")
    table = shared.table(
        label("forecast", language, "word"),
        words[0],
        words[1],
        words[2],
        label("band", language, "word"),
        words[3],
        numbers=(1,),
    )
    for item in made.projects:
        table.add_row(
            item.project.id,
            figure_text(item.percent, made.ruleset),
            _range(item, made),
            band_name(item.band, language),
            "; ".join(dict.fromkeys(reason_text(c, p, language) for i in item.indicators for c, p in i.reasons)),
        )
    shared.console().print(table)


def show_early_warnings(plan: Plan, ruleset: RuleSet, as_of: int, language: str, *, most: int) -> None:
    """Print the ``most`` pressing early warnings seen from period ``as_of``."""
    made = forecast(plan, ruleset, as_of)
    _print_warnings(early_warnings(made)[:most], made, language)


def _print_warnings(warnings: tuple[EarlyWarning, ...], made: PlanForecast, language: str) -> None:
    english = language == "en"
    month = report_name(made.plan.year_be, made.plan.calendar, made.as_of, language) if made.as_of else "–"
    title = f"Early warnings seen from {month}" if english else f"สัญญาณเตือนล่วงหน้า ณ {month}"
    words = ("ID", "Expected %", "Range", "Reasons") if english else ("รหัส", "คาดว่า %", "ช่วง", "เหตุผล")
    table = shared.table(
        title, words[0], label("project", language, "word"), words[1], words[2], words[3], numbers=(2,)
    )
    for warning in warnings:
        item = warning.forecast
        reasons = [reason_text(c, p, language) for c, p in warning.reasons]
        reasons += [reason_text(c, p, language) for i in item.indicators for c, p in i.reasons]
        table.add_row(
            item.project.id,
            item.project.title,
            figure_text(item.percent, made.ruleset),
            _range(item, made),
            "\n".join(dict.fromkeys(reasons)),
        )
    shared.console().print(table)


def _range(item: ProjectForecast, made: PlanForecast) -> str:
    low, high = (figure_text(figure, made.ruleset) for figure in (item.low, item.high))
    return low if low == high else f"{low}–{high}"


def _show_tests(tests: list[BackTest], language: str, as_json: bool) -> None:
    if as_json:
        shared.print_json([_test_data(t) for t in tests])
        return
    english = language == "en"
    heads = (
        ("Made at month", "Works", "Way", "Band foretold", "F1, below 75", "F1, below 50", "Within range")
        if english
        else ("ณ เดือนที่", "จำนวนงาน", "วิธี", "ทายระดับถูก", "F1 ต่ำกว่า 75", "F1 ต่ำกว่า 50", "อยู่ในช่วง")
    )
    table = shared.table("Back-test" if english else "ทดสอบย้อนหลัง", *heads, numbers=(0, 1, 3, 4, 5, 6))
    for t in tests:
        for name, measured in t.measured.items():
            f1 = ("–" if f is None else f"{round_half_up(f, 1)}" for f in measured.f1)
            within = f"{t.within_range} ({round_half_up(t.rate(t.within_range), 1)} %)" if name == "forecast" else "–"
            hits = f"{measured.hits} ({round_half_up(t.rate(measured.hits), 1)} %)"
            way = label(name, language, "forecast_way")
            table.add_row(str(t.as_of), str(t.projects), way, hits, *f1, within)
    shared.console().print(table)


def _test_data(t: BackTest) -> dict[str, object]:
    return {
        "as_of": t.as_of,
        "projects": t.projects,
        "hits": t.hits,
        "hit_rate": round_half_up(t.hit_rate, 2),
        "ways": {
            name: {
                "hits": m.hits,
                "f1_below_75": None if m.f1[0] is None else round_half_up(m.f1[0], 2),
                "f1_below_50": None if m.f1[1] is None else round_half_up(m.f1[1], 2),
            }
            for name, m in t.measured.items()
        },
        "within_range": t.within_range,
        "pairs": [{"foretold": a, "true": b, "count": n} for (a, b), n in sorted(t.pairs.items())],
    }


def _data(made: PlanForecast, warnings: tuple[EarlyWarning, ...]) -> dict[str, object]:
    return {
        "plan": made.plan.id,
        "as_of": made.as_of,
        "ruleset": made.ruleset.id,
        "projects": [_project_data(item) for item in made.projects],
        "warnings": [{"id": w.forecast.project.id, "reasons": [_reason(c, p) for c, p in w.reasons]} for w in warnings],
    }


def _project_data(item: ProjectForecast) -> dict[str, object]:
    return {
        "id": item.project.id,
        "percent": item.percent,
        "low": item.low,
        "high": item.high,
        "band": item.band.code if item.band else None,
        "indicators": [
            {
                "id": i.indicator.id,
                "percent": i.percent,
                "low": i.low,
                "high": i.high,
                "months": i.months,
                "reasons": [_reason(c, p) for c, p in i.reasons],
            }
            for i in item.indicators
        ],
    }


def _reason(code: str, params: object) -> dict[str, object]:
    given = dict(params) if isinstance(params, dict) else {}
    return {"code": code, "params": given, "th": reason_text(code, given, "th"), "en": reason_text(code, given, "en")}
