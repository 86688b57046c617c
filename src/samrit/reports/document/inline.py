"""Inline text of the report model made ready for a writer: runs, clean characters, bands as sign and word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from samrit.reports.document.model import BandStyle, Cell, Document, Inline, Run

# Not allowed in XML 1.0, and of no use in HTML: control characters, lone surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text without characters that a document may not hold; every kind of line end becomes a newline."""
    return _FORBIDDEN.sub("", _NEWLINES.sub("\n", text))


def runs_of(text: Inline) -> tuple[Run, ...]:
    """Return inline text as runs, also when it is a plain string."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Inline) -> str:
    """Return inline text as one clean string, without styles."""
    return clean("".join(run.text for run in runs_of(text)))


def bands_of(document: Document) -> Mapping[str, BandStyle]:
    """Return the bands of a document by their code."""
    return {band.code: band for band in document.bands}


def cell_runs(cell: Cell, bands: Mapping[str, BandStyle]) -> tuple[Run, ...]:
    """Return the runs of a cell; a cell with a band gets the band's sign before and its name after (BA3).

    The name is left out where the cell's own text already holds it; a code without
    a style in the document adds nothing.
    """
    runs = runs_of(cell.text)
    band = bands.get(cell.band)
    if band is None:
        return runs
    text = plain(runs)
    if band.name in text:
        name = ""
    else:
        name = f" {band.name}" if text else band.name
    first = runs[0] if runs else Run("")
    head = replace(first, band=cell.band)
    tail = (Run(name, cell.bold),) if name else ()
    return (head, *runs[1:], *tail)
