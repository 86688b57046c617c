"""CSV text to rows of cells, each with the line it starts on; damage is noted and reading goes on where it can.

Whole files are read by the standard library.  At the first thing it can't make sense of, a reader of our own
takes over, which is some ten times slower, says what is wrong and goes on.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from samrit.package.notes import Notes
from samrit.vocabulary.findings import Place

# Possessive, so that a quote that is never closed costs one pass and no more.
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]++")
_BARE = {delimiter: re.compile(rf"[^{delimiter}\r\n]*+") for delimiter in ",;\t"}


# One record of a CSV file: the line of the file it starts on, and its cells.
Line = tuple[int, list[str]]


def csv_rows(name: str, text: str, notes: Notes) -> Iterator[Line]:
    """Yield the records of a CSV text; stops with a note where a quote is never closed."""
    delimiter = _delimiter(name, text, notes)
    read = 0
    try:
        for line in _whole(text, delimiter):
            yield line
            read += 1
    except csv.Error:
        yield from islice(_damaged(name, text, delimiter, notes), read, None)


def _whole(text: str, delimiter: str) -> Iterator[Line]:
    """Yield the records of a text without damage; raises csv.Error at the first record that has some."""
    number = 1
    # Not StringIO, which keeps four bytes for every letter.
    reader = csv.reader(_LINE.findall(text), delimiter=delimiter, strict=True)
    for cells in reader:
        if cells and cells != [""]:
            yield number, cells
        number = reader.line_num + 1


def _damaged(name: str, text: str, delimiter: str, notes: Notes) -> Iterator[Line]:
    """Yield the same records as ``_whole``, and what can be read of damaged ones."""
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
            yield start, cells


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
