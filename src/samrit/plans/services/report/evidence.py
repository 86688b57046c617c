"""Evidence files: checked, hashed, limited, kept under their content's hash, never under their name (R170)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Evidence, Plan, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import evidence_path, incoming, sweep
from samrit.plans.services.report.drafts import MonthDraft, draft
from samrit.plans.services.report.scanning import require_clean
from samrit.plans.services.writing import Actor, person_of, service

_CHUNK = 64 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a file must begin with to be what its name says; anything a browser could run is not on the list.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (_ZIP,)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (_ZIP,)),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (_ZIP,)),
    ".odt": ("application/vnd.oasis.opendocument.text", (_ZIP,)),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", (_ZIP,)),
    ".doc": ("application/msword", (_OLE,)),
    ".xls": ("application/vnd.ms-excel", (_OLE,)),
    ".zip": ("application/zip", (_ZIP,)),
    ".csv": ("text/csv", ()),
    ".txt": ("text/plain", ()),
}


class Stream(Protocol):
    """What an uploaded file can do."""

    def read(self, size: int = ..., /) -> bytes:
        """Return the next bytes."""


@service
def evidence_add(
    actor: Actor,
    *,
    plan: Plan,
    project: str,
    unit: Unit,
    period: int,
    name: str,
    stream: Stream,
    indicator: str = "",
) -> Evidence:
    """Keep a file as evidence of a unit's month and return its row; the same file twice is kept once.

    Raises ServiceError ``evidence_kind``, ``evidence_empty``, ``evidence_too_large``, ``evidence_quota``,
    ``evidence_erased``, ``evidence_not_what_it_says``, ``evidence_infected`` or ``evidence_not_scanned``, and the
    reasons of a locked or foreign month.
    """
    book = _open(actor, plan, unit, period, project, indicator)
    shown, suffix = _named(name)
    room = _room(plan, unit)
    sha256, size = store(stream, shown, suffix, most=room)
    _refuse_erased(sha256, shown)
    place = {"plan": plan, "project": project, "indicator": indicator, "unit_code": unit.code, "period": period}
    if (known := Evidence.objects.filter(**place, sha256=sha256, withdrawn=False, erased=0).first()) is not None:
        return known
    row = Evidence(
        **place,
        name=shown,
        content_type=KINDS[suffix][0],
        size=size,
        sha256=sha256,
        added_at=timezone.now(),
        added_by=person_of(actor),
    )
    row.save()
    _note(actor, row, "evidence.add", {})
    book.wrote(period, row)
    return row


def _open(actor: Actor, plan: Plan, unit: Unit, period: int, project: str, indicator: str) -> MonthDraft:
    """Open the unit's month for a file; refuses a locked month and somebody else's project."""
    book = draft(actor, plan, unit)
    book.require_open(period, indicator or project)
    if not book.reports_for(project, period):
        raise ServiceError("figure_not_yours", record=indicator or project, unit=unit.name)
    return book


def _room(plan: Plan, unit: Unit) -> int:
    """Return the bytes that the unit's evidence of a plan may still take; what was taken back still lies there."""
    kept = Evidence.objects.filter(plan=plan, unit_code=unit.code, erased=0).values("sha256", "size").distinct()
    return int(settings.EVIDENCE_MAX_BYTES_OF_UNIT) - sum(row["size"] for row in kept)


def _refuse_erased(sha256: str, name: str) -> None:
    """Take away again a file that was erased by a decision: it does not come back by another hand."""
    rows = Evidence.objects.filter(sha256=sha256)
    erased = rows.filter(erased__gt=0).first()
    if erased is not None:
        if not rows.filter(erased=0).exists():
            evidence_path(sha256).unlink(missing_ok=True)
        raise ServiceError("evidence_erased", record=name, number=erased.erased)


def _named(name: str) -> tuple[str, str]:
    """Return a file's name made safe and its ending; refuses an ending that is not on the list."""
    shown = safe_name(name)
    suffix = Path(shown).suffix.lower()
    if suffix not in KINDS:
        raise ServiceError("evidence_kind", record=shown, kinds=", ".join(sorted(k[1:] for k in KINDS)))
    return shown, suffix


@service
def evidence_withdraw(actor: Actor, *, evidence: Evidence, unit: Unit, reason: str = "") -> Evidence:
    """Take a file back; it is kept, and shown as taken back (R321)."""
    row = Evidence.objects.select_related("plan").get(pk=evidence.pk)
    if row.unit_code != unit.code:
        raise ServiceError("figure_not_yours", record=row.name, unit=unit.name)
    book = draft(actor, row.plan, unit)
    book.require_open(row.period, row.name)
    if not row.withdrawn:
        old = snapshot(row)
        row.withdrawn = True
        row.save(update_fields=["withdrawn"])
        _note(actor, row, "evidence.withdraw", old, reason)
        book.wrote(row.period)
    return row


def safe_name(name: str) -> str:
    """Return the file's own name, without folders, control characters and direction marks, at most 200 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, suffix = Path(clean).stem, Path(clean).suffix
    return f"{stem[: 200 - len(suffix)]}{suffix}" or "file"


def store(stream: Stream, name: str, suffix: str, *, most: int | None = None) -> tuple[str, int]:
    """Write the content under its hash, whole or not at all, and return hash and size; the chain's lock is held.

    ``most`` bytes are what the unit's quota has left; a file beyond it raises ServiceError ``evidence_quota``.
    """
    root = Path(settings.EVIDENCE_ROOT)
    sweep(root)
    with incoming(root) as file:
        sha256, size = _copied(stream, file.stream, name, suffix)
        if most is not None and size > most:
            quota = settings.EVIDENCE_MAX_BYTES_OF_UNIT // (1024 * 1024)
            raise ServiceError("evidence_quota", record=name, limit=quota)
        file.stream.flush()
        require_clean(_pieces(file.path), name)
        file.move(evidence_path(sha256), mode=0o440, noted=root)
    return sha256, size


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _copied(stream: Stream, target: BinaryIO, name: str, suffix: str) -> tuple[str, int]:
    content, size, limit = hashlib.sha256(), 0, settings.EVIDENCE_MAX_BYTES
    while chunk := stream.read(_CHUNK):
        if not size:
            _check_beginning(chunk, name, suffix)
        size += len(chunk)
        if size > limit:
            raise ServiceError("evidence_too_large", record=name, limit=limit // (1024 * 1024))
        content.update(chunk)
        target.write(chunk)
    if not size:
        raise ServiceError("evidence_empty", record=name)
    return content.hexdigest(), size


def _check_beginning(chunk: bytes, name: str, suffix: str) -> None:
    starts = KINDS[suffix][1]
    is_text = b"\x00" not in chunk[:1024] or chunk[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not (chunk.startswith(starts) if starts else is_text):
        raise ServiceError("evidence_not_what_it_says", record=name, kind=suffix[1:])


def _note(actor: Actor, row: Evidence, action: str, old: dict[str, object], reason: str = "") -> None:
    history.record(
        person_of(actor),
        action,
        plan=row.plan,
        record=row.indicator or row.project,
        unit_code=row.unit_code,
        period=row.period,
        old=old,
        new=snapshot(row),
        reason=reason,
    )
