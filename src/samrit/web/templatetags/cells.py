"""The months of a report's table as markup: a page holds hundreds of them, too many for a template each.

What every cell of a row or a column has in common stands once: a cell's name for those
who cannot see it is made from the heads of its column and of its row, and its id tells
the script line and month (``a-L7-3``).
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samrit.engine.model import Figure, Mark
from samrit.plans.selectors.report.entry_lines import ReportCell, ReportLine
from samrit.web.templatetags.entry import cell_name, ghost, shortly
from samrit.web.templatetags.samrit import figure

register = template.Library()

_PARTS = {"n": ("numerator", "planned_numerator"), "d": ("denominator", "planned_denominator")}


@register.simple_tag
def month_cells(line: ReportLine, *, is_shut: bool) -> SafeString:
    """Return the twelve months of an indicator: inputs where a figure can be typed, what is elsewhere."""
    if line.is_levels:
        return _joined(_td(cell, _due_steps(line, cell)) for cell in line.cells)
    is_shown, is_made = is_shut or line.needs_parts, line.has_parts or line.indicator.parts
    return _joined(
        _td(
            cell,
            _shown(shortly(cell.counted), f"{line.key}-{cell.period}" if line.needs_parts else "")
            if is_shown or not cell.is_open
            else _input(line, cell, "a", cell.actual, counted=shortly(cell.counted) if is_made else ""),
            _ghost(line, cell, "a", cell.planned),
        )
        for cell in line.cells
    )


@register.simple_tag
def part_cells(line: ReportLine, kind: str, *, is_shut: bool) -> SafeString:
    """Return the twelve months of a share's numerators (kind "n") or denominators ("d")."""
    own, planned = _PARTS[kind]
    return _joined(
        _td(
            cell,
            _shown(figure(getattr(cell, own)))
            if is_shut or not cell.is_open
            else _input(line, cell, kind, getattr(cell, own)),
            _ghost(line, cell, kind, getattr(cell, planned)),
        )
        for cell in line.cells
    )


@register.simple_tag
def revisions(line: ReportLine) -> str:
    """Return the hidden field that says over which revisions the figures are typed: "1.1=2 3.1=1"; 0 is not told."""
    told = " ".join(f"{cell_name(cell)}={cell.revision}" for cell in line.cells if cell.is_open and cell.revision)
    return format_html('<input type="hidden" name="rs:{}" value="{}">', line.indicator.id, told) if told else ""


def _td(cell: ReportCell, *content: str) -> str:
    classes = "month" + (" now" if cell.is_reported else "") + ("" if cell.is_open else " shut")
    return f'<td class="{classes}">{"".join(content)}</td>'


def _input(line: ReportLine, cell: ReportCell, kind: str, value: Figure, *, counted: str = "") -> str:
    name = escape(f"{kind}:{line.indicator.id}:{cell_name(cell)}")
    heads = f"m{cell.period} {line.key}-name" if kind == "a" else f"{line.key}-{kind} m{cell.period} {line.key}-name"
    typed = figure(value)
    extra = ""
    if cell.is_reported:
        is_main = kind == ("n" if line.needs_parts else "a")
        heads += f" planned {kind}p-{line.key}"
        extra = f' data-now{" data-main" if is_main else ""} aria-describedby="{line.key}-notes"'
    if counted and not typed:
        extra += f' placeholder="{counted}"'
    return (
        f'<input class="cell" id="{kind}-{line.key}-{cell.period}" name="{name}" value="{typed}"'
        f' aria-labelledby="{heads}"{extra}>'
    )


def _shown(text: str, key: str = "") -> str:
    named = f' id="{key}"' if key else ""
    return f'<span class="figure"{named}>{text}</span>'


def _ghost(line: ReportLine, cell: ReportCell, kind: str, planned: Figure) -> str:
    """Return what was planned, as it would be typed, under its cell; that of the reported month has a name."""
    named = f' id="{kind}p-{line.key}"' if cell.is_reported else ""
    text = ghost(cell) if kind == "a" else "" if planned is Mark.BLANK else figure(planned)
    # What nobody measures by reading the plan is not taken over by a key either (AC12).
    copied = "" if kind != "a" or cell.can_be_as_planned or planned is Mark.NOTHING else " not-result"
    return f'<span class="ghost{copied}"{named}>{text}</span>' if text or named else ""


def _due_steps(line: ReportLine, cell: ReportCell) -> str:
    levels = (step.level for step in line.steps if step.level.due_period == cell.period)
    return "".join(
        f'<span class="step-due{" reached" if level.reached_on else ""}">{level.number}</span>' for level in levels
    )


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - figures are digits, everything else is escaped
