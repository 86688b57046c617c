"""Results over the years as a table that goes out: a row an indicator and year."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.plans.selectors.above.years import Years
from samrit.plans.selectors.results.look import Look
from samrit.vocabulary.speech import speech
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.words import word


def outgoing_years(seen: Look, page: Years) -> OutTable:
    """Return target, result and whether it was met of every indicator and year."""
    language = seen.language
    columns = (
        ExportColumn(word("see.col_strategy", language), "long"),
        ExportColumn(word("see.col_id", language)),
        ExportColumn(word("years.indicator", language), "long"),
        ExportColumn(word("years.year", language), "number"),
        ExportColumn(word("years.target", language)),
        ExportColumn(word("years.result", language)),
        ExportColumn(word("years.met", language)),
    )
    said = {True: word("years.met", language), False: word("years.unmet", language), None: ""}
    lines: list[Sequence[Value]] = [
        (line.strategy, line.id, line.name, speech().year(own.year_be), cell.target, cell.result, said[cell.met])
        for line in page.lines
        for own, cell in zip(page.plans, line.cells, strict=True)
    ]
    return OutTable(f"{seen.plan.code}-years", columns, lines)
