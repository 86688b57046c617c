"""The money of a plan by source as a table that goes out: every line, the works by strategy, what is not explained."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.work.funding import Funding
from samrit.vocabulary.dates import format_date
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.words import word


def outgoing_sources(seen: Look, page: Funding) -> OutTable:
    """Return the lines of every source that is shown, and what they come to."""
    language = seen.language
    keys = ("source", "line", "number_field", "day", "replaces_field", "project", "note", "amount", "counted")
    columns = [ExportColumn(word(f"sources.{key}", language), "money" if key in _MONEY else "text") for key in keys]
    lines: list[Sequence[Value]] = []
    for source in page.sources:
        for line in source.lines:
            day = format_date(line.announced_on, style="numeric") if line.announced_on else ""
            said = (line.sort, line.number, day, line.replaces, line.project, line.note)
            lines.append((source.name, *said, line.amount, line.counted))
        for key, amount in (
            ("for_works", source.for_works),
            ("given", source.given),
            ("unexplained_long", source.unexplained),
        ):
            lines.append((source.name, word(f"sources.{key}", language), "", "", "", "", "", None, amount))
        lines += [(source.name, part.name, "", "", "", "", "", part.amount, None) for part in source.strategies]
    return OutTable(f"{seen.plan.code}-sources-{seen.as_of:02}", columns, lines)


_MONEY = frozenset({"amount", "counted"})
