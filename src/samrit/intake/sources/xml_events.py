"""XML read as a stream of events: no tree in memory, no document type, no entities, nothing outside followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import refuse

# Both editions of the Office formats (ECMA "transitional" and ISO "strict") use the same local names.
_SPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:schemas-microsoft-com:office:spreadsheet": "ss",
}

Attributes = Mapping[str, str]


class Handler(Protocol):
    """What takes the events; names are like "w:tc", names of unknown vocabularies like "?:thing"."""

    def start(self, name: str, attributes: Attributes, /) -> None:
        """Take the begin of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a piece of text; one stretch may come in several."""


class _Names(dict[str, str]):
    """Expat's "address name" to our short names, each worked out once."""

    def __missing__(self, full: str) -> str:
        space, _, local = full.rpartition(" ")
        short = f"{_SPACES.get(space, '?')}:{local}" if space else local
        if len(self) < 10_000:  # a hostile file may make up names without end
            self[full] = short
        return short


def parse(chunks: Iterable[bytes], handler: Handler, job: Job) -> None:
    """Feed the XML in ``chunks`` to ``handler``; a damaged or hostile file is refused."""
    parser = _parser(handler, job)
    fed = 0
    try:
        for chunk in chunks:
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - parser.CurrentByteIndex > limits.LONGEST_TOKEN:
                refuse("intake_damaged", reason="XML: token")
        if fed:
            parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        refuse("intake_damaged", reason=f"XML: {error}")


def _parser(handler: Handler, job: Job) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names = _Names()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEEPEST:
            refuse("intake_xml_depth", limit=limits.DEEPEST)
        job.element()
        handler.start(
            names[name], {names[key]: value for key, value in attributes.items()} if attributes else attributes
        )

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(names[name])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    # Neither Office nor ODF files have a document type; what has one means harm (entity bombs, outside files).
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*about: object) -> None:
    refuse("intake_xml_entities")
