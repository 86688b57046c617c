"""Files of text: a web page, a CSV file, or lines with or without tabs, told apart by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.html import read_html
from samrit.intake.sources.job import Job
from samrit.intake.sources.kinds import refuse_unread
from samrit.intake.sources.opening import refuse_size
from samrit.intake.sources.refusal import refuse
from samrit.intake.sources.separated import read_separated, separator_of
from samrit.intake.sources.text import grids_of
from samrit.package.notes import Notes
from samrit.package.tables.decoding import decode
from samrit.vocabulary.findings import Finding

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(?:html|body|table|tr|p|div)\b", re.IGNORECASE)
_LOOK_AT = 10_000  # letters
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_FEW = 0.002
_SEPARATED = frozenset({".csv", ".tsv"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def _decoded(content: bytes, job: Job) -> str | None:
    """Return the text; of a document, unlike a package, broken letters are a warning: the rest is worth reading."""
    notes = Notes()
    text = decode(job.document, content, notes)
    broken = notes.count("package_encoding_broken", job.document)
    if text is not None and broken:
        job.take(
            [
                Finding("intake_letters_broken", finding.place, {"count": text.count("\ufffd")})
                for finding in notes.findings()
                if finding.code == "package_encoding_broken"
            ]
        )
    elif text is not None:
        job.take(notes.findings())
    return text


def read_plain(content: bytes, suffix: str, job: Job) -> tuple[str, Sequence[Grid]]:
    """Return what kind of text the file is ("html", "csv" or "text"), and its grids."""
    if len(content) > limits.LARGEST_TEXT:
        refuse_size(len(content), limits.LARGEST_TEXT)
    text = _decoded(content, job)
    # Some bytes are letters in any encoding, but nothing that a person wrote is full of control characters.
    if text is None or "\0" in text or len(_CONTROLS.findall(text)) > _FEW * len(text) + 2:
        refuse("intake_kind_unknown")
    head = text[:_LOOK_AT]
    if _PAGE.match(head) or (suffix in _PAGES and _TAG.search(text)):
        return "html", read_html(text, job)
    if head.lstrip().startswith("<?xml"):
        refuse_unread("xml")
    if head.startswith("MIME-Version:"):
        refuse_unread("mhtml")
    separator = separator_of(text, named_csv=suffix in _SEPARATED)
    if separator is not None:
        return "csv", read_separated(text, separator, job)
    if text.count("\t") + text.count("\n") > limits.MOST_CELLS:
        refuse("intake_too_many_cells", limit=limits.MOST_CELLS)
    return "text", tuple(grids_of(job.document, text))
