"""A PDF from its first page to its last, by PDFium; runs in a process of its own (see ``confined``)."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.pdf.letters import letters
from samrit.intake.sources.pdf.overprinted import is_overprinted
from samrit.intake.sources.pdf.page_breaks import PageGrid, joined
from samrit.intake.sources.pdf.page_grids import page_grids
from samrit.intake.sources.pdf.ruled import ruled_tables
from samrit.intake.sources.pdf.rulings import rulings
from samrit.intake.sources.pdf.view import PageView
from samrit.intake.sources.refusal import refuse

_FEW = 8  # letters; a page with a picture and no more than this is a scan
_TOO_MANY_UNKNOWN = 0.2
_SAMPLE = 50  # letters of a page that are looked at
_MOSTLY = 0.8
_LISTED = 20
_MOST_OBJECTS = 1000  # of a page, looked at for a picture


def read_pdf(content: bytes, job: Job) -> list[Grid]:
    """Return the tables and texts of all pages."""
    document = open_pdf(content)
    try:
        count = len(document)
        if count > limits.MOST_PAGES:
            refuse("intake_too_many_pages", count=count, limit=limits.MOST_PAGES)
        pages = _Pages(job)
        for number in range(count):
            job.told(number, count)
            pages.read(document, number)
        job.told(count, count)
        pages.conclude(count)
        return pages.grids
    finally:
        document.close()


def open_pdf(content: bytes) -> Any:
    """Return the document, to be closed by the caller; refuses what is sealed or damaged."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            refuse("intake_encrypted")
        refuse("intake_damaged", reason="PDF")


class _Pages:
    """The pages read so far, and which of them had no text."""

    def __init__(self, job: Job) -> None:
        self.grids: list[Grid] = []
        self._job = job
        self._scanned: list[int] = []
        self._damaged: list[int] = []
        self._garbled: list[int] = []
        self._recognised: list[int] = []
        self._overprinted: list[int] = []
        self._old_fonts: set[str] = set()
        self._last: tuple[int, PageGrid] | None = None  # the last table of the page before, and its place
        self._joined: list[int] = []
        self._letters = 0

    def read(self, document: Any, number: int) -> None:
        """Read a page; one that cannot be opened is noted at the end."""
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            self._damaged.append(number + 1)
            return
        try:
            left, bottom, right, top = page.get_bbox()
            view = PageView(left, bottom, right, top, page.get_rotation() % 360)
            every = letters(textpage.raw, view)
            found = [one for one in every.letters if -1 <= one.x <= view.width + 1 and -1 <= one.y <= view.height + 1]
            self._old_fonts |= every.fonts
            self._letters += len(found)
            if every.unknown > _TOO_MANY_UNKNOWN * (every.unknown + len(found)) and every.unknown > _FEW:
                self._garbled.append(number + 1)
            if len(found) <= _FEW and _has_picture(page.raw):
                self._scanned.append(number + 1)
            overprinted, recognised = is_overprinted(found), _is_invisible(textpage.raw)
            if overprinted:
                self._overprinted.append(number + 1)
            if recognised:
                self._recognised.append(number + 1)
            if found:
                tables = ruled_tables(*rulings(page.raw, view))
                sure = not (overprinted or recognised)
                self._take(page_grids(self._job, number + 1, found, tables, certain=sure))
        finally:
            textpage.close()
            page.close()

    def _take(self, found: list[PageGrid]) -> None:
        """Keep the grids of a page; a row that goes on from the page before joins its begin."""
        at = next((n for n, one in enumerate(found) if one.grid.is_table), None)
        if at is not None and self._last is not None:
            place, above = self._last
            both = joined(above, found[at])
            if both is not None:
                self.grids[place] = both[0]
                self._joined.append(found[at].grid.page or 0)
                found[at] = PageGrid(both[1], found[at].xs, (), found[at].last if both[1].rows else None)
        self._last = None
        for one in found:
            if one.grid.is_table:
                self._last = len(self.grids), one
            if one.grid.rows:
                self.grids.append(one.grid)

    def conclude(self, count: int) -> None:
        """Note the pages that could not be read; refuse a document without any text."""
        if self._letters <= _FEW and self._scanned:
            refuse("intake_pdf_no_text", count=count)
        if self._damaged and len(self._damaged) == count:
            refuse("intake_damaged", reason="PDF")
        if self._scanned:
            self._job.note("intake_pdf_scanned_pages", pages=_listed(self._scanned), count=len(self._scanned))
        if self._recognised:
            self._job.note("intake_pdf_recognised_pages", pages=_listed(self._recognised), count=len(self._recognised))
        if self._overprinted:
            count = len(self._overprinted)
            self._job.note("intake_pdf_overprinted_pages", pages=_listed(self._overprinted), count=count)
        if self._garbled:
            self._job.note("intake_pdf_garbled_pages", pages=_listed(self._garbled), count=len(self._garbled))
        if self._joined:
            self._job.note("intake_pdf_rows_joined", pages=_listed(self._joined), count=len(self._joined))
        if self._old_fonts:
            self._job.note("intake_pdf_old_fonts", fonts=", ".join(sorted(filter(None, self._old_fonts))) or "?")
        if self._damaged:
            self._job.note("intake_pdf_damaged_pages", pages=_listed(self._damaged), count=len(self._damaged))


def _is_invisible(textpage: Any) -> bool:
    """Say whether the text of a page is not drawn: text recognition puts it behind the picture of the page."""
    count = max(pdfium.FPDFText_CountChars(textpage), 0)
    looked_at = invisible = 0
    for at in range(0, count, count // _SAMPLE + 1):
        drawn = pdfium.FPDFText_GetTextObject(textpage, at)
        if drawn and pdfium.FPDFText_IsGenerated(textpage, at) != 1:
            looked_at += 1
            invisible += pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return invisible > looked_at * _MOSTLY


def _has_picture(page: Any) -> bool:
    """Say whether a page shows a picture, on itself or in a form; a form alone is none, programs leave empty ones."""
    count = min(max(pdfium.FPDFPage_CountObjects(page), 0), _MOST_OBJECTS)
    waiting = [pdfium.FPDFPage_GetObject(page, at) for at in range(count)]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return False
        thing = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = min(max(pdfium.FPDFFormObj_CountObjects(thing), 0), _MOST_OBJECTS)
            waiting += [pdfium.FPDFFormObj_GetObject(thing, at) for at in range(inside)]
    return False


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:_LISTED])) + ("…" if len(pages) > _LISTED else "")
