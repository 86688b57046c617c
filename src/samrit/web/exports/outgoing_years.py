"""Results over the years as a table that goes out: a row an indicator and year."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.plans.selectors.above.years import Years
from samrit.plans.selectors.results.look import Look
from samrit.vocabulary.speech import speech
from samrit.web.exports.tables import Column, OutTable, Value
from samrit.web.words import word


def outgoing_years(seen: Look, page: Years) -> OutTable:
    """Return target, result and whether it was met of every indicator and year."""
    language = seen.language
    columns = (
        Column(word("see.col_strategy", language), "long"),
        Column(word("see.col_id", language)),
        Column(word("years.indicator", language), "long"),
        Column(word("years.year", language), "number"),
        Column(word("years.target", language)),
        Column(word("years.result", language)),
        Column(word("years.met", language)),
    )
    said = {True: word("years.met", language), False: word("years.unmet", language), None: ""}
    lines: list[Sequence[Value]] = [
        (line.strategy, line.id, line.name, speech().year(own.year_be), cell.target, cell.result, said[cell.met])
        for line in page.lines
        for own, cell in zip(page.plans, line.cells, strict=True)
    ]
    return OutTable(f"{seen.plan.code}-years", columns, lines)
