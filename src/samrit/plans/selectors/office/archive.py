"""What is kept of a plan's year, with its hashes: the list that an archive is held against, and a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samrit.plans.models import Evaluation, Evidence, Plan, PlanVersion, ReportFile
from samrit.plans.records.stored_files import digest, document_path, evidence_path

LIST = "SHA256SUMS.txt"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same content is the same zip


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """Something that is kept: its name in the archive and its SHA-256 as it is now."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class YearArchive:
    """An archived plan as its page shows it; ``is_whole`` says whether everything is still what was archived."""

    plan: Plan
    kept: tuple[ArchivedFile, ...]
    is_whole: bool


def kept_of(plan: Plan) -> tuple[ArchivedFile, ...]:
    """Return what is kept of a plan, by name: the content of versions and evaluations is hashed again."""
    contents = [ArchivedFile(name, digest(content)) for name, content in _contents(plan)]
    printed = [ArchivedFile(_printed(row), row.sha256) for row in _reports(plan)]
    evidence = Evidence.objects.filter(plan=plan).values_list("pk", "period", "sha256")
    files = [ArchivedFile(f"evidence/{period:02}-{pk}", sha256) for pk, period, sha256 in evidence]
    return tuple(sorted((*contents, *printed, *files), key=lambda one: one.name))


def manifest(plan: Plan) -> str:
    """Return the list as ``sha256sum -c`` reads it, with the end of the history at its foot."""
    return _listed(plan, kept_of(plan))


def _listed(plan: Plan, kept: Iterable[ArchivedFile]) -> str:
    lines = [f"{one.sha256}  {one.name}" for one in kept]
    return "\n".join((*lines, f"# history {plan.archive_chain}", ""))


def archive_of(plan: Plan) -> YearArchive:
    """Return what is kept of a plan and, of an archived one, whether it still is what was archived.

    Versions, evaluations and printed documents are read for that; of evidence, which may be gigabytes, only that it is
    there (``samrit audit verify`` reads it) unless a decision erased it.
    """
    kept = kept_of(plan)
    return YearArchive(plan, kept, digest(_listed(plan, kept).encode()) == plan.archive_sha256 and _is_on_disk(plan))


def _is_on_disk(plan: Plan) -> bool:
    evidence = Evidence.objects.filter(plan=plan, erased=0).values_list("sha256", flat=True)
    printed = ((document_path(row.sha256), row.sha256) for row in _reports(plan))
    return all(evidence_path(sha256).is_file() for sha256 in evidence) and all(
        path.is_file() and digest(path.read_bytes()) == sha256 for path, sha256 in printed
    )


def archive_zip(plan: Plan) -> bytes:
    """Return the list, versions, evaluations and printed documents as a zip; evidence is listed by its hash only."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in ((LIST, manifest(plan).encode()), *_contents(plan), *_documents(plan)):
            bundle.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _contents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for version in PlanVersion.objects.filter(plan=plan).order_by("number"):
        yield f"versions/{version.number}.zip", bytes(version.content)
    for closed in Evaluation.objects.filter(plan=plan).order_by("period", "number"):
        yield f"evaluations/{closed.period:02}-{closed.number}.zip", bytes(closed.content)


def _documents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for row in sorted(_reports(plan), key=_printed):
        path = document_path(row.sha256)
        if path.exists():
            yield _printed(row), path.read_bytes()


def _reports(plan: Plan) -> list[ReportFile]:
    """Return the printed documents, of an archived plan those of before: printing goes on, and changes nothing."""
    rows = ReportFile.objects.filter(evaluation__plan=plan, state="done").select_related("evaluation")
    return list(rows if plan.archived_at is None else rows.filter(finished_at__lte=plan.archived_at))


def _printed(row: ReportFile) -> str:
    return f"reports/{row.evaluation.period:02}-{row.evaluation.number}-{row.language}.{row.format}"
