"""Other readings of the same figures: with a cap (AC7), and the low indicators behind good averages (WE5)."""

from __future__ import annotations

from samrit.engine.results import ProjectResult
from samrit.engine.rollup import tabulate
from samrit.reports.document.model import Cell, Heading, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.vocabulary.numbers import format_number


def _hidden(view: ReportView) -> list[ProjectResult]:
    """Return the projects in the best band with an indicator in the worst (WE5, R186)."""
    best, worst = view.bands[0], view.bands[-1]
    if best.code == worst.code:
        return []
    return [
        r for r in view.counted
        if r.band and r.band.code == best.code and r.lowest and r.lowest.band and r.lowest.band.code == worst.code
    ]  # fmt: skip


def hidden_sentence(view: ReportView) -> Blocks:
    """Return how many good averages hide a low indicator; nothing where none does."""
    hidden = _hidden(view)
    if not hidden:
        return ()
    best, worst = view.band_label(view.bands[0]), view.band_label(view.bands[-1])
    said = view.voice.say("hidden_sentence", count=view.voice.count(len(hidden)), best=best, worst=worst)
    return (Paragraph(said),)


def hidden_lows(view: ReportView) -> Blocks:
    """Return the list of those projects, each with its lowest indicator."""
    hidden, best, worst, voice = _hidden(view), view.bands[0], view.bands[-1], view.voice
    if not hidden:
        return ()
    rows = tuple(
        Row(
            (
                Cell(r.project.id),
                Cell(view.project_name(r)),
                Cell(view.percent_text(view.figure_of(r)), "right", band=best.code),
                Cell(r.lowest.indicator.name if r.lowest else ""),
                Cell(
                    view.percent_text(view.indicator_figure(r.lowest) if r.lowest else None), "right", band=worst.code
                ),
            )
        )
        for r in hidden
    )
    figure = voice.say("head_score" if view.by_points else "head_percent")
    heads = head_row(voice.say("head_id"), voice.say("head_project"), figure, voice.say("hidden_lowest"), figure)
    table = TableBlock(heads, rows, (1.0, 3.4, 1.3, 3.0, 1.3), voice.say("hidden_caption"))
    return Heading(voice.say("hidden_heading"), 2), *hidden_sentence(view), table


def second_reading(view: ReportView) -> Blocks:
    """Return how the bands would look with the second cap (AC7, R174)."""
    cap = view.ruleset.second_cap
    if cap is None or view.by_points or not view.counted:
        return ()
    voice, shown = view.voice, format_number(cap, None)
    moved = [r for r in view.counted if r.band and r.second_band and r.band.code != r.second_band.code]
    official = tabulate(view.counted, columns="band").total
    capped = tabulate((r._replace(band=r.second_band) for r in view.counted), columns="band").total
    rows = tuple(
        Row(
            (
                Cell(view.band_name(band), band=band.code),
                _right(voice.count(official.cell(band.code))),
                _right(voice.count(capped.cell(band.code))),
            )
        )
        for band in view.bands
    )
    key = "second_sentence" if moved else "second_same"
    names = ", ".join(r.project.id for r in moved)
    heads = head_row(*(voice.say(k) for k in ("change_band", "second_official", "second_capped")))
    return (
        Heading(voice.say("second_heading", cap=shown), 2),
        Paragraph(voice.say(key, cap=shown, count=voice.count(len(moved)), list=names)),
        TableBlock(heads, rows, (3.0, 1.5, 1.5), voice.say("second_caption")),
    )


def _right(text: str) -> Cell:
    return Cell(text, "right")
