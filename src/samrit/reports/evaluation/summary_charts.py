"""The charts of an evaluation: bands of the whole plan (R331) and of each fund (R332); titles say the finding."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.results import TableRow
from samrit.engine.rollup import share, tabulate
from samrit.reports.document.model import Chart, Series
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.vocabulary.numbers import format_number


def plan_chart(view: ReportView) -> Blocks:
    """Return stacked bars of counts: the whole plan, then each strategy; the title names the largest band (R331)."""
    table = tabulate(view.counted, columns="band", keys=[s.code for s in view.strategies])
    if not table.total.total:
        return ()
    rows = [(view.voice.say("whole_plan"), table.total)]
    if len(table.rows) > 1:
        rows += [(view.voice.strategy_short(row.key), row) for row in table.rows]
    largest = max(view.bands, key=lambda band: table.total.cell(band.code))
    count = table.total.cell(largest.code)
    title = view.voice.say(
        "chart_all_title",
        band=view.band_label(largest),
        count=view.voice.count(count),
        total=view.voice.count(table.total.total),
        share=view.share_text(count, table.total.total),
    )
    return (_stacked(view, title, rows, view.voice.say("chart_all_caption"), view.voice.say("chart_unit_works")),)


def funds_chart(view: ReportView) -> Blocks:
    """Return stacked bars per fund; the title compares the best band's share (R332)."""
    table = tabulate(view.counted, rows="fund", columns="band", keys=[f.code for f in view.funds])
    rows = [row for row in table.rows if row.total]
    if len(rows) < 2:
        return ()
    names = tuple(_fund_name(view, row.key) for row in rows)
    caption, unit = view.voice.say("chart_funds_caption"), view.voice.say("chart_unit_works")
    return (_stacked(view, _funds_title(view, rows), list(zip(names, rows, strict=True)), caption, unit),)


def _stacked(view: ReportView, title: str, bars: list[tuple[str, TableRow]], caption: str, unit: str) -> Chart:
    """Return stacked bars of counts, a series a band, best first."""
    series = tuple(
        Series(view.band_name(band), tuple(Decimal(row.cell(band.code)) for _, row in bars), band.code)
        for band in view.bands
    )
    return Chart("stacked", title, tuple(name for name, _ in bars), series, _alt(view, bars), caption, unit)


def _fund_name(view: ReportView, code: str) -> str:
    return view.voice.fund_name(next((f for f in view.funds if f.code == code), None), code)


def _funds_title(view: ReportView, rows: list[TableRow]) -> str:
    best = view.bands[0]
    shares = [(share(row.cell(best.code), row.total, view.ruleset), row.key) for row in rows]
    high, low = max(shares, key=lambda s: s[0]), min(shares, key=lambda s: s[0])
    fields = {"band": view.band_label(best), "high": format_number(high[0], view.ruleset.share_places)}
    if high[0] == low[0]:
        return view.voice.say("chart_funds_title_same", **fields)
    return view.voice.say(
        "chart_funds_title",
        **fields,
        high_fund=_fund_name(view, high[1]),
        low_fund=_fund_name(view, low[1]),
        low=format_number(low[0], view.ruleset.share_places),
    )


def _alt(view: ReportView, bars: list[tuple[str, TableRow]]) -> str:
    """Return the chart in words: every bar with its parts."""
    lines = []
    for name, row in bars:
        counts = [(view.band_name(band), view.voice.count(row.cell(band.code))) for band in view.bands]
        said = [view.voice.say("chart_part", name=part, value=value) for part, value in counts]
        lines.append(view.voice.say("chart_alt", category=name, parts=", ".join(said)))
    return "; ".join(lines)
