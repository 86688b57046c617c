"""The printed summary tables of the 2568 evaluation as control totals (never as data)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from samrit.engine.model import PrintedCell, Source

KINDS = ("routine", "project", "total")
BANDS = ("total", "good", "fair", "low", "improve")
# Table, fund, first and last line of each printed table.
TABLES = (
    ("kinds", "", 33, 36),
    ("kinds", "SSF", 43, 46),
    ("kinds", "WCF", 51, 54),
    ("bands", "", 72, 76),
    ("bands", "SSF", 98, 102),
    ("bands", "WCF", 108, 112),
)
_STRATEGY = re.compile(r"ยุทธศาสตร์ที่ (\d)")


def printed_cells(lines: Sequence[str], document: str) -> Iterator[PrintedCell]:
    """Return every cell of the summary tables; a dash prints for zero (R208)."""
    for table, fund, first, last in TABLES:
        for number in range(first, last + 1):
            head, *cells = [cell.strip() for cell in lines[number - 1].split("\t")]
            strategy = _STRATEGY.match(head)
            name = "band_shares" if head.startswith("ร้อยละ") else table
            if not (strategy or head.startswith("รวม") or name == "band_shares"):
                continue
            columns = KINDS if table == "kinds" else BANDS
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True), 2):
                value = Decimal(0) if cell in ("-", "–") else Decimal(cell)
                source = Source(document, line=number, cell=str(at))
                yield PrintedCell(name, fund, strategy[1] if strategy else "", column, value, source)
