"""The order of work inside the reading process: what the content is → the reader of that kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from samrit.intake.grid import Grid
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.kinds import kind_of, promised_kind, refuse_unread, zip_kind
from samrit.intake.sources.odf import read_odf
from samrit.intake.sources.plain import read_plain
from samrit.intake.sources.refusal import Refused, refuse
from samrit.intake.sources.sheets.typed import Extent, TypedCell, read_typed
from samrit.intake.sources.sheets.xlsx import read_xlsx
from samrit.intake.sources.word.reader import read_docx
from samrit.package.rows import Files, typed_files
from samrit.vocabulary.findings import Severity

_ZIPPED = {"xlsx": read_xlsx, "docx": read_docx, "ods": read_odf, "odt": read_odf}


class Reading:
    """Finds the reader of a document; ``kind`` is what the content turned out to be, as far as the reading came."""

    def __init__(self, job: Job, suffix: str = "") -> None:
        self.kind = ""
        self._job = job
        self._suffix = suffix

    def grids(self, content: bytes) -> Sequence[Grid]:
        """Return the grids of the document; raises ``Refused``."""
        self.kind = kind_of(content)
        if self.kind == "zip":
            archive = Archive(content)
            self.kind = zip_kind(archive)
            self._note_wrong_name()
            refuse_unread(self.kind)
            return _ZIPPED[self.kind](archive, self._job)
        if self.kind == "plain":
            self.kind, grids = read_plain(content, self._suffix, self._job)
            self._note_wrong_name()
            return grids
        self._note_wrong_name()
        refuse_unread(self.kind)
        return _by_library(self.kind)(content, self._job)

    def typed(self, content: bytes, wanted: Mapping[str, Extent]) -> dict[str, list[TypedCell]]:
        """Return the typed cells of the ``wanted`` sheets of an .xlsx; raises ``Refused``, also for other kinds."""
        self.kind = kind_of(content)
        archive = Archive(content) if self.kind == "zip" else None
        self.kind = zip_kind(archive) if archive is not None else self.kind
        if archive is None or self.kind != "xlsx":
            refuse_unread(self.kind)
            refuse("intake_kind_unknown")
        return read_typed(archive, self._job, wanted)

    def package(self, content: bytes) -> Files:
        """Return the rows of a plan's own package, as they are typed; raises ``Refused``, also for other kinds."""
        self.kind = kind_of(content)
        self.kind = zip_kind(Archive(content)) if self.kind == "zip" else self.kind
        if self.kind not in {"package", "archive"}:  # a package without its description is read too
            refuse_unread(self.kind)
            refuse("intake_kind_unknown")
        files, found = typed_files(content, self._job.document, lambda row: self._job.row(row.cells.values()))
        last = next((f for f in reversed(found) if f.severity is Severity.ERROR), None)
        self._job.take(f for f in found if f is not last)
        if files is None and last is not None:
            raise Refused(last, self.kind)
        return files or {}

    def picture(self, content: bytes, number: int) -> bytes:
        """Return a page of a PDF as a PNG; raises ``Refused``, also for other kinds."""
        self.kind = kind_of(content)
        if self.kind != "pdf":
            refuse("intake_kind_unknown")
        from samrit.intake.sources.pdf.picture import page_picture  # noqa: PLC0415 - only what is needed

        return page_picture(content, number)

    def _note_wrong_name(self) -> None:
        promised = promised_kind(self._suffix, self.kind)
        if promised is not None and self.kind not in {"encrypted", "macros", "unknown"}:
            self._job.note("intake_kind_mismatch", promised=promised, kind=self.kind)


def _by_library(kind: str) -> Callable[[bytes, Job], Sequence[Grid]]:
    """Return the reader of a format that a library reads, imported when such a document comes."""
    if kind == "pdf":
        from samrit.intake.sources.pdf.reader import read_pdf  # noqa: PLC0415 - only what is needed

        return read_pdf
    from samrit.intake.sources.sheets.xls import read_xls  # noqa: PLC0415

    return read_xls
