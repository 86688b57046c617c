"""The charts of an evaluation: bands of the whole plan (R331) and of each fund (R332); titles say the finding."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.results import TableRow
from samrit.engine.rollup import share, tabulate
from samrit.engine.ruleset import Band
from samrit.reports.model import Chart, Series
from samrit.reports.view import Blocks, View
from samrit.vocabulary.numbers import format_number


def plan_chart(view: View) -> Blocks:
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
    series = tuple(
        Series(view.band_name(band), tuple(Decimal(row.cell(band.code)) for _, row in rows), band.code)
        for band in view.bands
    )
    names = tuple(name for name, _ in rows)
    alt = _alt(view, [(name, [(b, view.voice.count(row.cell(b.code))) for b in view.bands]) for name, row in rows])
    caption = view.voice.say("chart_all_caption")
    return (Chart("stacked", title, names, series, alt, caption, view.voice.say("chart_unit_works")),)


def funds_chart(view: View) -> Blocks:
    """Return stacked bars of shares per fund; the title compares the best band's share (R332)."""
    table = tabulate(view.counted, rows="fund", columns="band", keys=[f.code for f in view.funds])
    rows = [row for row in table.rows if row.total]
    if len(rows) < 2:
        return ()
    names = tuple(_fund_name(view, row.key) for row in rows)
    series = tuple(
        Series(
            view.band_name(band), tuple(share(row.cell(band.code), row.total, view.ruleset) for row in rows), band.code
        )
        for band in view.bands
    )
    parts = [
        (n, [(b, view.share_text(r.cell(b.code), r.total)) for b in view.bands])
        for n, r in zip(names, rows, strict=True)
    ]
    chart = Chart(
        "stacked",
        _funds_title(view, rows),
        names,
        series,
        _alt(view, parts),
        view.voice.say("chart_funds_caption"),
        view.voice.say("chart_unit_percent"),
    )
    return (chart,)


def _fund_name(view: View, code: str) -> str:
    return view.voice.fund_name(next((f for f in view.funds if f.code == code), None), code)


def _funds_title(view: View, rows: list[TableRow]) -> str:
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


def _alt(view: View, bars: list[tuple[str, list[tuple[Band, str]]]]) -> str:
    """Return the chart in words: every bar with its parts."""
    lines = []
    for name, parts in bars:
        said = [view.voice.say("chart_part", name=view.band_name(band), value=value) for band, value in parts]
        lines.append(view.voice.say("chart_alt", category=name, parts=", ".join(said)))
    return "; ".join(lines)
