"""Documents to grids of cells: whatever an office hands over, every cell with its place, every fault as a finding.

The order of work: an ordinary file → what its content is → the reader of that kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from samrit.intake.grid import Grid, SourceReading
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job, Progress
from samrit.intake.sources.kinds import kind_of, promised_kind, refuse_unread, zip_kind
from samrit.intake.sources.odf import read_odf
from samrit.intake.sources.opening import read_bytes
from samrit.intake.sources.plain import read_plain
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.xlsx import read_xlsx
from samrit.intake.sources.word.reader import read_docx
from samrit.vocabulary.findings import Finding

__all__ = ["Confined", "Progress", "read_document"]

_ZIPPED = {"xlsx": read_xlsx, "docx": read_docx, "ods": read_odf, "odt": read_odf}


def read_document(
    path: str | Path, *, progress: Progress | None = None, confined: Confined | None = None
) -> SourceReading:
    """Read the document at ``path`` into grids; never raises for what a file holds, and never trusts its name.

    Read are .xlsx, .xls, .ods, .docx, .odt, .pdf with a text layer, .html, .csv, .tsv and
    plain text.  A file that is damaged, hostile, encrypted or of another kind is refused
    before it costs memory: the reading then has an error among its findings and no grids.
    ``progress`` is called with what is done and what there is in all (pages, sheets or
    letters).  ``confined`` is a process to reuse when many PDF or .xls files are read.
    """
    path = Path(path)
    job = Job(path.name, progress)
    reading = _Reading(job, path.suffix.lower(), confined)
    try:
        grids = tuple(reading.grids(read_bytes(path)))
    except Refused as refused:
        findings = (*job.findings(), _placed(refused.finding, path.name))
        return SourceReading(path.name, reading.kind, (), findings)
    if not grids:
        job.note("intake_nothing_found")
    return SourceReading(path.name, reading.kind, grids, job.findings())


def _placed(finding: Finding, document: str) -> Finding:
    """Return the finding with the document's name, which the readers deep down don't know."""
    return replace(finding, place=replace(finding.place, document=document))


class _Reading:
    """Finds the reader of a document; ``kind`` is what the content turned out to be, as far as the reading came."""

    def __init__(self, job: Job, suffix: str, confined: Confined | None) -> None:
        self.kind = ""
        self._job = job
        self._suffix = suffix
        self._confined = confined

    def grids(self, content: bytes) -> Sequence[Grid]:
        """Return the grids of the document; raises ``Refused``."""
        self.kind = kind_of(content)
        if self.kind == "zip":
            return self._zipped(content)
        if self.kind == "plain":
            self.kind, grids = read_plain(content, self._suffix, self._job)
            self._note_wrong_name()
            return grids
        self._note_wrong_name()
        refuse_unread(self.kind)
        return self._in_own_process(content)

    def _zipped(self, content: bytes) -> Sequence[Grid]:
        archive = Archive(content)
        self.kind = zip_kind(archive)
        self._note_wrong_name()
        refuse_unread(self.kind)
        return _ZIPPED[self.kind](archive, self._job)

    def _in_own_process(self, content: bytes) -> Sequence[Grid]:
        if self._confined is not None:
            return self._confined.read(self.kind, content, self._job)
        with Confined() as confined:
            return confined.read(self.kind, content, self._job)

    def _note_wrong_name(self) -> None:
        promised = promised_kind(self._suffix, self.kind)
        if promised is not None and self.kind not in {"encrypted", "macros", "unknown"}:
            self._job.note("intake_kind_mismatch", promised=promised, kind=self.kind)
