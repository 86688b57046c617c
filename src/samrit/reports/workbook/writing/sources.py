"""Where a value was read, in one cell."""

from __future__ import annotations

from samrit.engine.model import Source


def source_text(source: Source, *, is_typed: bool = False) -> str:
    """Return document, page, line and cell as one text: "report.txt p. 4 line 930".

    Beside a result that somebody entered it is said that the place is the plan's.
    """
    parts = [source.document]
    if source.page is not None:
        parts.append(f"p. {source.page}")
    if source.line is not None:
        parts.append(f"line {source.line}")
    parts.append(source.cell)
    place = " ".join(part for part in parts if part)
    return f"plan: {place}" if is_typed and place else place
