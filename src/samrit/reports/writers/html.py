"""The report as one self-contained page: no script, nothing loaded from elsewhere, good to read, print and save."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from samrit.package.whole import write_whole
from samrit.reports.document.inline import clean
from samrit.reports.document.model import Cover, Document
from samrit.reports.writers.hypertext.blocks import BlockViews
from samrit.reports.writers.hypertext.css import stylesheet
from samrit.reports.writers.words import word


def write(document: Document, path: Path | str) -> None:
    """Write the document to ``path`` as .html in UTF-8; equal documents give equal bytes.

    Raises OSError if the file cannot be written; then no part of it is left behind.
    """
    write_whole(Path(path), render(document).encode("utf-8"))


def render(document: Document) -> str:
    """Return the page; every text of the document is escaped."""
    parts = BlockViews(document).parts()
    style = stylesheet(document, parts)
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            language="en" if document.language == "en" else "th",
            title=clean(document.title),
            author=clean(document.author),
            subject=clean(document.subject),
            has_cover=any(isinstance(block, Cover) for block in document.blocks),
            parts=parts,
            thai_digits=document.digits == "thai",
            word=lambda code: word(code, document.language),
            style=Markup(style),  # noqa: S704 - made by css.stylesheet, which escapes what comes from the document
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("samrit.reports.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
