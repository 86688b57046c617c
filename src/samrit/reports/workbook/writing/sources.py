"""Where a value was read, in one cell."""

from __future__ import annotations

from samrit.engine.model import Source


def source_text(source: Source) -> str:
    """Return document, page, line and cell as one text: "report.txt p. 4 line 930"."""
    parts = [source.document]
    if source.page is not None:
        parts.append(f"p. {source.page}")
    if source.line is not None:
        parts.append(f"line {source.line}")
    parts.append(source.cell)
    return " ".join(part for part in parts if part)
