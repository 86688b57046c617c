"""The summary tables of an evaluation: kinds per strategy (R206–R208) and bands per strategy (R209–R213)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samrit.engine.results import ProjectResult, Table, TableRow
from samrit.engine.rollup import NO_PLAN_COLUMN, says_kinds, tabulate
from samrit.reports.document.model import Cell, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head

Where = Callable[[ProjectResult], bool]

KIND_GROUPS = ("routine", "project")


def in_fund(code: str) -> Where:
    """Return a test for projects of one fund."""
    return lambda result: result.project.fund == code


def kinds_table(view: ReportView, caption: str, where: Where | None = None, *, total: str = "total") -> Blocks:
    """Return the table strategy × (routine, projects, total) over the whole year's plan, and its notes."""
    table = tabulate(view.result.projects, columns="kind_group", where=where, keys=_keys(view, where))
    groups = KIND_GROUPS if says_kinds(view.result.plan) else ()
    rows = [_kind_row(view, row, groups, view.voice.strategy_short(row.key)) for row in table.rows]
    rows.append(_kind_row(view, table.total, groups, view.voice.say(total), shade="total"))
    names = [view.voice.say(key) for key in ("strategy", *(f"kind_{group}" for group in groups), "total")]
    heads = (Row(tuple(head(name) for name in names), keep_with_next=True),)
    widths = (3.0, *(1.4,) * (len(groups) + 1))
    return TableBlock(heads, tuple(rows), widths, caption), *repeated_note(view, table)


def bands_table(view: ReportView, caption: str, where: Where | None = None) -> Blocks:
    """Return the table strategy × bands over the projects due, with the row of shares, and its notes."""
    table = tabulate(view.counted, columns="band", where=where, keys=_keys(view, where))
    columns = _columns(view)
    rows = [_band_row(view, row, columns, view.voice.strategy_short(row.key)) for row in table.rows]
    rows.append(_band_row(view, table.total, columns, view.voice.say("total"), shade="total"))
    rows.append(_shares_row(view, table.total, columns))
    widths = (3.0, 2.0, *(1.3,) * len(columns))
    return TableBlock(_bands_head(view, columns), tuple(rows), widths, caption), *repeated_note(view, table)


def without_plan(view: ReportView) -> int:
    """Return how many works count without having a band, each once (AC4, RU1)."""
    return tabulate(view.counted, columns="band").total.cell(NO_PLAN_COLUMN)


def _columns(view: ReportView) -> tuple[str, ...]:
    """Return the codes of the columns: the bands and, where a work has none, "no plan", so that parts add up (AC4)."""
    return *(band.code for band in view.bands), *((NO_PLAN_COLUMN,) if without_plan(view) else ())


def repeated_note(view: ReportView, table: Table) -> Blocks:
    """Return a note where rows hold projects that the total counts once (RU1)."""
    repeated = sum(row.repeated for row in table.rows)
    if not repeated:
        return ()
    return (Paragraph(view.voice.say("repeated_note", count=view.voice.count(repeated)), "note"),)


def unknown_kinds_note(view: ReportView) -> Blocks:
    """Return a note where the plan does not state the kind of some projects (R5)."""
    plan = view.result.plan
    unknown = sum(1 for project in plan.projects if project.kind is None and not project.level)
    if not unknown or not says_kinds(plan):
        return ()
    return (Paragraph(view.voice.say("kind_unknown_note", count=view.voice.count(unknown)), "note"),)


def _keys(view: ReportView, where: Where | None) -> tuple[str, ...]:
    """Return the strategies of a table in plan order: all of them, or those that a part of the plan holds."""
    if where is None:
        return tuple(s.code for s in view.strategies)
    held = {r.project.strategy for r in view.result.projects if where(r)}
    return tuple(s.code for s in view.strategies if s.code in held)


def _kind_row(view: ReportView, row: TableRow, groups: Sequence[str], name: str, *, shade: str = "") -> Row:
    counts = [row.cell(group) for group in groups]
    texts = [view.voice.count_or_dash(count) for count in (*counts, row.total)]
    bold = shade == "total"
    return Row((Cell(name, bold=bold, shade=shade), *(Cell(t, "right", bold, shade=shade) for t in texts)))


def _band_row(view: ReportView, row: TableRow, columns: Sequence[str], name: str, *, shade: str = "") -> Row:
    texts = [view.voice.count(count) for count in (row.total, *(row.cell(code) for code in columns))]
    bold = shade == "total"
    return Row((Cell(name, bold=bold, shade=shade), *(Cell(t, "right", bold, shade=shade) for t in texts)))


def _shares_row(view: ReportView, total: TableRow, columns: Sequence[str]) -> Row:
    """Return the row of shares; the whole is printed as 100 without decimals, as the office does."""
    whole = view.voice.count(100) if total.total else view.share_text(0, 0)
    texts = [whole, *(view.share_text(total.cell(code), total.total) for code in columns)]
    return Row((Cell(view.voice.say("shares_row"), shade="quiet"), *(Cell(t, "right", shade="quiet") for t in texts)))


def _bands_head(view: ReportView, columns: Sequence[str]) -> tuple[Row, ...]:
    due = view.voice.say("bands_head_due", period=view.timing.label, range=view.timing.covered(short=True))
    first = (
        head(view.voice.say("bands_head_row"), rowspan=2),
        head(due, rowspan=2),
        head(view.voice.say("bands_head_bands"), colspan=len(columns)),
    )
    without = (head(view.voice.say("no_plan_column")),) if NO_PLAN_COLUMN in columns else ()
    second = tuple(head(f"{view.band_name(b)} {view.band_range(b)}".strip(), band=b.code) for b in view.bands)
    return Row(first, keep_with_next=True), Row((*second, *without), keep_with_next=True)
