"""``samrit compare``: what changed between two packages, or between two months of an evaluation."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from samrit.cli import shared
from samrit.cli.figures import band_text, figure_text
from samrit.cli.office.wording import option
from samrit.engine.compare import Movement, compare_evaluations
from samrit.engine.results import PlanResult
from samrit.package.compare import Change, compare

_WORDS = {
    "up": ("ดีขึ้น", "up"),
    "down": ("แย่ลง", "down"),
    "same": ("ระดับเดิม", "same band"),
    "new": ("เพิ่งนับ", "newly counted"),
    "gone": ("ไม่นับแล้ว", "no longer counted"),
    "added": ("เพิ่ม", "added"),
    "removed": ("ลบ", "removed"),
    "changed": ("แก้", "changed"),
}


@click.command(
    "compare",
    context_settings=shared.BILINGUAL,
    help="เทียบสองชุดข้อมูล (แผนเปลี่ยนอะไร ผลประเมินเปลี่ยนอย่างไร) หรือสองเดือนของชุดเดียวกัน\n\n"
    "Compare two packages (what changed in the plan, how its evaluation moved), or, with the same\n"
    "package twice, two months: samrit compare P P --month 9 --with-month 12.",
)
@click.argument("before", type=shared.PACKAGE)
@click.argument("after", type=shared.PACKAGE)
@click.option("--with-month", "after_as_of", type=click.IntRange(0, 12), help="เดือนของชุดหลัง / month of the second one")
@click.option("--bands-only", is_flag=True, help="เฉพาะที่เปลี่ยนระดับ / only what changed its band")
@click.option("--fund", default="", help=option("engine.fund"))
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    before: Path,
    after: Path,
    after_as_of: int | None,
    bands_only: bool,
    fund: str,
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Print the changes of the plan and the movements of its evaluation."""
    first, second = shared.load(before, language), shared.load(after, language)
    changes = compare(first.package, second.package)
    old = shared.evaluated(first, as_of, ruleset_id, language)
    new = shared.evaluated(second, as_of if after_as_of is None else after_as_of, ruleset_id, language)
    codes = [f.code for f in new.plan.funds]
    if fund and fund not in codes:
        raise click.UsageError(option("engine.fund_unknown", fund=fund, known=", ".join(codes) or "–"))
    moved = compare_evaluations(_of_fund(old, fund), _of_fund(new, fund))
    if bands_only:
        moved = tuple(m for m in moved if m.direction != "same")
    if as_json:
        shared.print_json({"changes": [_change_data(c) for c in changes], "movements": [_moved_data(m) for m in moved]})
        return
    _print_changes(changes, language)
    _print_moved(moved, old, new, language)


def _of_fund(result: PlanResult, fund: str) -> PlanResult:
    """Return the evaluation cut to the works of a fund, as the page of comparison cuts it; "" for all (R3)."""
    return replace(result, projects=tuple(r for r in result.projects if fund in ("", r.project.fund)))


def _word(code: str, language: str) -> str:
    thai, english = _WORDS[code]
    return english if language == "en" else thai


def _print_changes(changes: tuple[Change, ...], language: str) -> None:
    english = language == "en"
    title = f"The plan: {len(changes)} changes" if english else f"แผน: {len(changes)} รายการที่ต่างกัน"
    heads = (
        ("What", "File", "Record", "Column", "Before", "After")
        if english
        else ("อะไร", "ไฟล์", "รายการ", "คอลัมน์", "เดิม", "ใหม่")
    )
    table = shared.table(title, *heads)
    for c in changes:
        cells = ("", "") if not c.field else (_text(c.before), _text(c.after))
        table.add_row(_word(c.what, language), f"{c.resource}.csv", " · ".join(c.key), c.field, *cells)
    shared.console().print(table if changes else title)


def _print_moved(moved: tuple[Movement, ...], old: PlanResult, new: PlanResult, language: str) -> None:
    english = language == "en"
    counts = Counter(m.direction for m in moved)
    summary = ", ".join(f"{_word(code, language)} {counts[code]}" for code in _WORDS if counts[code])
    title = f"{'The evaluation' if english else 'ผลประเมิน'} {old.as_of} → {new.as_of}: {summary or '='}"
    heads = ("ID", "Move", "Before", "", "After", "") if english else ("รหัส", "เปลี่ยน", "เดิม", "", "ใหม่", "")
    table = shared.table(title, *heads, numbers=(2, 4))
    for m in moved:
        either = m.after or m.before
        if either is None:
            continue
        left = (
            ("–", "–")
            if m.before is None
            else (figure_text(m.before.figure, old.ruleset), band_text(m.before, language))
        )
        right = (
            ("–", "–") if m.after is None else (figure_text(m.after.figure, new.ruleset), band_text(m.after, language))
        )
        table.add_row(either.project.id, _word(m.direction, language), *left, *right)
    shared.console().print(table if moved else title)


def _text(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


def _change_data(c: Change) -> dict[str, object]:
    cells = {"before": _text(c.before), "after": _text(c.after)} if c.field else {}
    return {"what": c.what, "file": f"{c.resource}.csv", "key": list(c.key), "field": c.field, **cells}


def _moved_data(m: Movement) -> dict[str, object]:
    either = m.after or m.before
    return {
        "id": either.project.id if either else "",
        "direction": m.direction,
        **{
            name: None
            if r is None
            else {"figure": r.figure, "band": r.band.code if r.band else None, "state": r.state.value}
            for name, r in (("before", m.before), ("after", m.after))
        },
    }
