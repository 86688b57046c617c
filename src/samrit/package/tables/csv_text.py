"""CSV text: written in one fixed way, so that equal data are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_QUOTED = frozenset(',"\n\r')


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the file's text: comma, LF, quotes only where needed, a line feed at the end."""
    lines = [",".join(_cell(cell) for cell in row) for row in (header, *rows)]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    # Blanks at the edges are quoted too: some readers strip bare ones.
    if _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'
