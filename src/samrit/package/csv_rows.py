"""CSV text to rows of cells, each with the line it starts on; damage is noted and reading goes on where it can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samrit.package.notes import Notes
from samrit.vocabulary.findings import Place

# Possessive, so that a quote that is never closed costs one pass and no more.
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a CSV file and the line of the file it starts on."""

    number: int
    cells: tuple[str, ...]


def csv_rows(name: str, text: str, notes: Notes) -> Iterator[Line]:
    """Yield the records of a CSV text; stops with a note where a quote is never closed."""
    delimiter = _delimiter(name, text, notes)
    bare = re.compile(rf"[^{delimiter}\r\n]*+")
    at, line, start = 0, 1, 1
    cells: list[str] = []
    while at < len(text):
        if text[at] == '"':
            match = _QUOTED.match(text, at)
            if match is None:
                notes.add("package_quote_open", Place(name, line=start))
                return
            value = match[1].replace('""', '"')
            line += len(_NEWLINE.findall(value))
            at = match.end()
            if at < len(text) and text[at] not in f"{delimiter}\r\n":
                notes.add("package_text_after_quote", Place(name, line=line))
                rest = bare.match(text, at)
                value += rest[0] if rest else ""
                at = rest.end() if rest else at
        else:
            plain = bare.match(text, at)
            value = plain[0] if plain else ""
            at = plain.end() if plain else at
        cells.append(value)
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text):
                cells.append("")
            continue
        newline = _NEWLINE.match(text, at)
        at = newline.end() if newline else at
        if cells != [""]:
            yield Line(start, tuple(cells))
        line += 1
        start, cells = line, []
    if cells:
        yield Line(start, tuple(cells))


def _delimiter(name: str, text: str, notes: Notes) -> str:
    """Return the comma, or what the heading uses in its place."""
    heading = _NEWLINE.split(text[:4096], maxsplit=1)[0]
    for other in (";", "\t"):
        if "," not in heading and other in heading:
            notes.add("package_delimiter", Place(name, line=1), delimiter="TAB" if other == "\t" else other)
            return other
    return ","
