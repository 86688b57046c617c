"""What was erased, beside the database: a backup of before knows nothing of it, and must not bring it back.

The list names no person and no file: numbers, and the hash of the history entry that each matter began with,
which is the same in every backup.  It lies in the data folder (``erasures.jsonl``) and is made whole from the
tables whenever it is needed, so that a process that died in between leaves nothing out for long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from samrit.plans.errors import ServiceError
from samrit.plans.models import Erasure, Evidence
from samrit.plans.records.stored_files import evidence_path, incoming

LIST = "erasures.jsonl"
_LARGEST = 64 * 1024 * 1024  # bytes of a list that somebody gives


@dataclass(frozen=True, slots=True)
class Erased:
    """One thing that was erased, by what names it in every backup, and why."""

    kind: str
    born: str
    sha256: str
    number: int  # of the decision, in the database where it was taken
    decided_at: str
    reason: str


def settle() -> None:
    """Bring the list up to date, and take away the files of evidence that were erased."""
    _write({one.born: one for one in (*_read(_place()), *_of_tables())})
    gone = Evidence.objects.filter(erased__gt=0).values_list("sha256", flat=True)
    kept = set(Evidence.objects.filter(erased=0, sha256__in=gone).values_list("sha256", flat=True))
    for sha256 in set(gone) - kept:
        with suppress(OSError):  # the audit names a file that is still there
            evidence_path(sha256).unlink()


def erased_before(other: Path | None = None) -> list[Erased]:
    """Return what was erased as the list knows it, with another list (of the machine before this one).

    Raises ServiceError ``erasure_list_wrong`` for another that is none.
    """
    found = {one.born: one for one in _read(_place())}
    if other is not None:
        found |= {one.born: one for one in _read(other, strict=True)}
    return sorted(found.values(), key=lambda one: (one.decided_at, one.number))


def _place() -> Path:
    return Path(settings.DATA) / LIST


def _of_tables() -> Iterator[Erased]:
    for row in Erasure.objects.filter(state="done").order_by("pk"):
        at = row.decided_at.isoformat() if row.decided_at else ""
        yield Erased(row.kind, row.born, row.sha256, row.pk, at, row.reason)


def _read(file: Path, *, strict: bool = False) -> list[Erased]:
    try:
        with file.open("rb") as stream:
            lines = stream.read(_LARGEST).decode("utf-8").splitlines()
        return [Erased(**json.loads(line)) for line in lines if line.strip()]
    except FileNotFoundError:
        if strict:
            raise
        return []
    except (ValueError, TypeError) as error:
        raise ServiceError("erasure_list_wrong", record=file.name) from error


def _write(found: dict[str, Erased]) -> None:
    text = "".join(f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in found.values())
    if not found or (_place().exists() and _place().read_text("utf-8") == text):
        return
    with incoming(_place().parent) as file:  # made where it is not: a backup is brought back on a new machine
        file.stream.write(text.encode())
        file.move(_place())
