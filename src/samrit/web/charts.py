"""Charts for pages: SVG drawn once per content, the same figures never twice."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from samrit.engine.ruleset import Band
from samrit.plans.evaluation import memory
from samrit.reports.document.model import BandStyle, Chart
from samrit.reports.drawing.charts import svg
from samrit.reports.drawing.timeline import TimeRow, TimeScale, timeline_svg


def chart_svg(chart: Chart, bands: tuple[BandStyle, ...] = ()) -> SafeString:
    """Return the chart without its title as SVG that stretches with its column; its texts are escaped."""
    return memory.always(("chart", chart, bands), lambda: _drawn(chart, bands))


def _drawn(chart: Chart, bands: tuple[BandStyle, ...]) -> SafeString:
    return _stretched(svg(chart, bands, headed=False))


def timeline_chart(rows: tuple[TimeRow, ...], scale: TimeScale, *, title: str, description: str) -> SafeString:
    """Return a time line as SVG that stretches with its column; its texts are escaped."""

    def drawn() -> SafeString:
        return _stretched(timeline_svg(rows, scale, title=title, description=description))

    return memory.always(("time line", rows, scale, title, description), drawn)


def _stretched(drawn: str) -> SafeString:
    head, rest = drawn.split(">", 1)
    width = head.index(' width="')
    end = head.index(" viewBox=")
    return mark_safe(f'{head[:width]} class="chart"{head[end:]}>{rest}')  # noqa: S308


def band_styles(bands: tuple[Band, ...], language: str) -> tuple[BandStyle, ...]:
    """Return bands as charts draw them."""
    return tuple(BandStyle(b.code, (language == "en" and b.name_en) or b.name, b.sign, b.colour) for b in bands)
