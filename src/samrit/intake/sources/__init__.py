"""Documents to grids of cells: whatever an office hands over, every cell with its place, every fault as a finding.

The order of work: an ordinary file → a process that may be stopped → what its content is → the reader of that kind.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samrit.intake.grid import SourceReading
from samrit.intake.sources.confined import Confined, shared
from samrit.intake.sources.job import Job, Progress
from samrit.intake.sources.opening import read_bytes
from samrit.intake.sources.refusal import Refused
from samrit.vocabulary.findings import Finding

__all__ = ["Confined", "Progress", "page_picture", "read_document"]


def read_document(
    path: str | Path, *, progress: Progress | None = None, confined: Confined | None = None
) -> SourceReading:
    """Read the document at ``path`` into grids; never raises for what a file holds, and never trusts its name.

    Read are .xlsx, .xls, .ods, .docx, .odt, .pdf with a text layer, .html, .csv, .tsv and
    plain text, each in a process of its own under ``limits``.  A file that is damaged,
    hostile, encrypted or of another kind is refused before it costs memory: the reading
    then has an error among its findings and no grids.  ``progress`` is called with what
    is done and what there is in all (pages, sheets or letters).  ``confined`` is the
    process to read in, else the one that the program shares.
    """
    path = Path(path)
    job = Job(path.name, progress)
    try:
        kind, grids = (confined or shared()).read(read_bytes(path), job, suffix=path.suffix.lower())
    except Refused as refused:
        findings = (*job.findings(), _placed(refused.finding, path.name))
        return SourceReading(path.name, refused.kind, (), findings)
    if not grids:
        job.note("intake_nothing_found")
    return SourceReading(path.name, kind, tuple(grids), job.findings())


def page_picture(content: bytes, number: int, *, confined: Confined | None = None) -> bytes | None:
    """Return page ``number`` (from 1) of a PDF as a PNG, drawn apart; None for what is no page that can be drawn."""
    try:
        return (confined or shared()).picture(content, Job("page"), number) or None
    except Refused:
        return None


def _placed(finding: Finding, document: str) -> Finding:
    """Return the finding with the document's name, which the readers deep down don't know."""
    return replace(finding, place=replace(finding.place, document=document))
