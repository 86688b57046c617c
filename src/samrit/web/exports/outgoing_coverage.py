"""The coverage of the plans above as a table that goes out: a row a goal, the works without a link, the total."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.plans.selectors.above.coverage import CoveragePage, CoverageRow
from samrit.plans.selectors.results.look import Look
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.words import word


def outgoing_coverage(seen: Look, page: CoveragePage) -> OutTable:
    """Return works, indicators, money and bands by every goal of every kind."""
    language = seen.language
    bands = [band for band, _ in page.kinds[0].total.bands] if page.kinds else []
    columns = (
        ExportColumn(word("see.col_kind", language)),
        ExportColumn(word("links.goal_code", language)),
        ExportColumn(word("links.goal", language), "long"),
        ExportColumn(word("see.col_works_count", language), "number"),
        ExportColumn(word("see.col_indicators", language), "number"),
        ExportColumn(word("see.col_budget", language), "money"),
        *(ExportColumn((language == "en" and band.name_en) or band.name, "number") for band in bands),
    )
    lines: list[Sequence[Value]] = []
    for kind in page.kinds:
        lines += [_line(kind.name, row.code, row.name, row) for row in kind.rows]
        lines.append(_line(kind.name, "", word("links.without", language), kind.without))
        lines.append(_line(kind.name, "", word("links.total", language), kind.total))
    return OutTable(f"{seen.plan.code}-links-{seen.as_of:02}", columns, lines)


def _line(kind: str, code: str, name: str, row: CoverageRow) -> Sequence[Value]:
    return (kind, code, name, row.works, row.indicators, row.budget, *(count for _, count in row.bands))
