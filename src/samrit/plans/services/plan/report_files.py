"""Documents printed from a closed evaluation, kept under their hash; ``state`` tells how far each is."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from samrit.engine.checks import check_plan
from samrit.engine.indicators.rhythm import evaluated_before
from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import Evaluation, HistoryEntry, ReportFile
from samrit.plans.records import history
from samrit.plans.records.printing import Printing
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest, document_path, placing, sweep
from samrit.plans.reporting.gaps import Gap, GapKind, from_data
from samrit.plans.services.plan.look import looked, mark_of
from samrit.plans.services.writing import Actor, permit, person_of, service
from samrit.reports.evaluation import report as evaluation
from samrit.reports.evaluation.closed_over import ClosedGap, ClosedOver
from samrit.reports.workbook import xlsx
from samrit.reports.writers import docx, html, pdf

FORMATS = ("docx", "pdf", "xlsx", "html")
_log = logging.getLogger("samrit.plans.printing")
_WRITERS = {"docx": docx.write, "pdf": pdf.write, "html": html.write}


def report_files_make(actor: Actor, *, evaluation: Evaluation, language: str, begun: Printing) -> None:
    """Print the documents of one language one after the other within a printing that was begun, and end it.

    The printing itself holds no lock, so that units go on reporting.  One that fails keeps its message in its row and
    can be tried again, and the others are printed; one that was printed already stays as it is.
    """
    try:
        # Nobody else prints them now: what still says so was left by a dead process.
        evaluation.files.filter(language=language, state="running").update(state="waiting")
        for name in FORMATS:
            try:
                _make(actor, evaluation, name, language, begun.folder)
            except ServiceError:
                pass
            except Exception:  # noqa: BLE001 - a full disk, a fault of a writer: no reason for the others to wait for ever
                _log.exception("%s could not be printed as %s", evaluation, name)
    finally:
        begun.end()


def _make(actor: Actor, evaluation: Evaluation, name: str, language: str, folder: Path) -> ReportFile:
    row = report_file_request(actor, evaluation=evaluation, format=name, language=language)
    look = mark_of(evaluation.plan.report_look)
    if row.state == "done" and row.look == look and document_path(row.sha256).exists():
        return row
    ReportFile.objects.filter(pk=row.pk).update(state="running", started_at=timezone.now(), message="")
    try:
        result = _result(evaluation)
        file = _written(
            result, name, language, folder, closed=_closed_over(evaluation), previous=_before(evaluation, result)
        )
    except Exception as error:
        ReportFile.objects.filter(pk=row.pk).update(
            state="failed", message=f"{type(error).__name__}: {error}"[:2000], finished_at=timezone.now()
        )
        raise
    return _done(actor, row, file, look=look)


@service
def report_file_request(actor: Actor, *, evaluation: Evaluation, format: str, language: str = "th") -> ReportFile:  # noqa: A002
    """Put a document on the list of those to print, and return its row."""
    _require_known(actor, evaluation, format, language)
    row, _ = ReportFile.objects.get_or_create(evaluation=evaluation, format=format, language=language)
    if row.state == "failed":
        row.state = "waiting"
        row.save(update_fields=["state"])
    return row


def _require_known(actor: Actor, evaluation: Evaluation, name: str, language: str) -> None:
    permit(actor, "report_file.make", plan=evaluation.plan)
    if name not in FORMATS or language not in ("th", "en"):
        raise ServiceError("report_format_unknown", format=name)


@service
def _done(actor: Actor, row: ReportFile, file: Path, *, look: str) -> ReportFile:
    """Move the document under its hash, and enter it."""
    sha256, size = _placed(file)
    fresh = ReportFile.objects.select_related("evaluation__plan").get(pk=row.pk)
    old = snapshot(fresh)
    fresh.state, fresh.sha256, fresh.size, fresh.finished_at = "done", sha256, size, timezone.now()
    fresh.look = look
    fresh.save()
    history.record(
        person_of(actor),
        "report_file.make",
        plan=fresh.evaluation.plan,
        record=f"{fresh.format} {fresh.language}",
        period=fresh.evaluation.period,
        old=old,
        new=snapshot(fresh),
    )
    return fresh


def _result(closed: Evaluation) -> PlanResult:
    content = bytes(closed.content)
    if digest(content) != closed.sha256:
        raise ServiceError("evaluation_damaged", record=str(closed))
    package = unpack(content)
    return score(looked(package.plan, closed.plan.report_look), ruleset_of(package), closed.period)


def _before(closed: Evaluation, result: PlanResult) -> PlanResult | None:
    """Return the evaluation closed last for an earlier period; where none was, the end of the quarter before."""
    earlier = Evaluation.objects.filter(plan=closed.plan, period__lt=closed.period, closed_at__lte=closed.closed_at)
    last = earlier.order_by("-period", "-number").first()
    if last is not None:
        return _result(last)
    before = evaluated_before(result.plan, result.as_of)
    return score(result.plan, result.ruleset, before) if before else None


def _closed_over(closed: Evaluation) -> ClosedOver | None:
    """Return what the evaluation was closed over as the report says it; None for one of before that was kept."""
    if closed.gaps is None:
        return None
    gaps = from_data(closed.gaps)
    kinds = [(kind, [gap for gap in gaps if gap.kind is kind]) for kind in GapKind]
    return ClosedOver(
        tuple(ClosedGap(kind.value, _figures(own), _named(own)) for kind, own in kinds if own),
        closed.reason,
        closed.counts_from,
        _chain_end(closed),
        f"{closed.version.number} / {closed.version.effective_period}",
        closed.version.reason if closed.version.number > 1 else "",
    )


def _chain_end(closed: Evaluation) -> str:
    """Return number and hash of the entry that closed the evaluation: the chain's end at that moment."""
    entries = HistoryEntry.objects.filter(action="evaluation.close", plan=closed.plan, period=closed.period)
    entry = next((e for e in entries if e.new.get("number") == closed.number), None)
    return "" if entry is None else f"{entry.sequence}:{entry.hash}"


def _figures(gaps: Sequence[Gap]) -> int:
    return sum(len(gap.indicators) for gap in gaps if gap.unit)


def _named(gaps: Sequence[Gap]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gap.unit or gap.indicators[0] for gap in gaps))


def _written(
    result: PlanResult,
    name: str,
    language: str,
    folder: Path,
    *,
    closed: ClosedOver | None = None,
    previous: PlanResult | None = None,
) -> Path:
    """Write the document in ``folder``, whole and on the disk, and return where."""
    file = folder / f"report.{name}"
    if name == "xlsx":
        xlsx.write(result, file, language=language)
    else:
        document = evaluation.build(
            result,
            language=language,
            previous=previous,
            findings=check_plan(result.plan, result.ruleset, result.as_of),
            closed=closed,
        )
        _WRITERS[name](document, file)
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
    return file


def _placed(file: Path) -> tuple[str, int]:
    """Move a document under its hash, which is returned with its size; the chain's lock is held."""
    content = file.read_bytes()
    sha256 = digest(content)
    root = Path(settings.DOCUMENT_ROOT)
    sweep(root)
    placing(root, [sha256])
    document_path(sha256).parent.mkdir(exist_ok=True)
    file.replace(document_path(sha256))
    return sha256, len(content)
