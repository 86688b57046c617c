"""The report as PDF: accessible (PDF/UA-1), Sarabun throughout, Thai broken between words.

The pages are set by a template of our own (``templates/document.typ``) that gets the document
as data; text in it is never run.  Call :func:`write` after a process has forked, never
before it (the typesetter hangs in a forked child otherwise; threads are fine).
Its text can be searched, copied and read aloud (docs/decisions/0017-text-of-the-pdf.md).
"""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path

import typst

from samrit.package.whole import write_whole
from samrit.reports.document.model import Document
from samrit.reports.writers.typeset.content import Content
from samrit.reports.writers.typeset.letters import fonts, with_drawable_letters
from samrit.reports.writers.typeset.readable import readable


def write(document: Document, path: Path | str) -> None:
    """Write the document to ``path`` as PDF; equal documents give equal bytes.

    Raises OSError if the file cannot be written; then no part of it is left behind.
    """
    write_whole(Path(path), pdf_bytes(document))


def pdf_bytes(document: Document) -> bytes:
    """Return the document as the bytes of a PDF file."""
    content = Content(document)
    data = with_drawable_letters(json.dumps(content.data(), ensure_ascii=False))
    template = resources.files("samrit.reports.writers").joinpath("templates", "document.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="samrit-pdf-") as folder:
        root = Path(folder)
        root.joinpath("data.json").write_text(data, "utf-8")
        for name, image in content.pictures.items():
            root.joinpath(name).write_bytes(image)
        pdf = typst.Compiler(template, root=root, font_paths=fonts()).compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter returned no document")
    return readable(pdf)
