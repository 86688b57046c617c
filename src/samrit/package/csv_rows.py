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
_BARE = {delimiter: re.compile(rf"[^{delimiter}\r\n]*+") for delimiter in ",;\t"}


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a CSV file and the line of the file it starts on."""

    number: int
    cells: tuple[str, ...]


def csv_rows(name: str, text: str, notes: Notes) -> Iterator[Line]:
    """Yield the records of a CSV text; stops with a note where a quote is never closed."""
    delimiter = _delimiter(name, text, notes)
    at, number = 0, 1
    while at < len(text):
        newline = _NEWLINE.search(text, at)
        end, after = newline.span() if newline else (len(text), len(text))
        start = number
        if text.find('"', at, end) < 0:
            cells, number = text[at:end].split(delimiter), number + 1
        else:
            quoted = _quoted_record(name, text, at, start=number, delimiter=delimiter, notes=notes)
            if quoted is None:
                return
            cells, after, number = quoted
        at = after
        if cells != [""]:
            yield Line(start, tuple(cells))


def _quoted_record(
    name: str, text: str, at: int, *, start: int, delimiter: str, notes: Notes
) -> tuple[list[str], int, int] | None:
    """Return the cells of a record with quotes, where the next begins, and on which line; None if it never ends."""
    bare = _BARE[delimiter]
    cells: list[str] = []
    line = start
    while True:
        value = ""
        if text.startswith('"', at):
            match = _QUOTED.match(text, at)
            if match is None:
                notes.add("package_quote_open", Place(name, line=start))
                return None
            value, at = match[1].replace('""', '"'), match.end()
            line += len(_NEWLINE.findall(value))
        rest = bare.match(text, at)
        if rest and rest[0]:
            if value or text[at - 1 : at] == '"':
                notes.add("package_text_after_quote", Place(name, line=line))
            value, at = value + rest[0], rest.end()
        cells.append(value)
        if text.startswith(delimiter, at):
            at += 1
            continue
        newline = _NEWLINE.match(text, at)
        return cells, newline.end() if newline else at, line + 1


def _delimiter(name: str, text: str, notes: Notes) -> str:
    """Return the comma, or what the heading uses in its place."""
    heading = _NEWLINE.split(text[:4096], maxsplit=1)[0]
    for other in (";", "\t"):
        if "," not in heading and other in heading:
            notes.add("package_delimiter", Place(name, line=1), delimiter="TAB" if other == "\t" else other)
            return other
    return ","
