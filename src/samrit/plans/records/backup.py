"""Everything in one file, and back again: tables, evidence and printed documents of one moment.

The tables are written as JSON lines, one file a table, so that a backup of one kind of
database can be restored into the other.  A backup is proved when it is restored: the
hashes of all its parts, and then the whole history, are checked before anything counts.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from samrit import __version__
from samrit.plans.errors import ServiceError
from samrit.plans.models import ChainHead, Evidence, ReportFile
from samrit.plans.records.audit import audit
from samrit.plans.records.backup_files import is_ours, opened, plain_file, remember, require_room
from samrit.plans.records.backup_streams import CountedRows, Exactly, Hashing
from samrit.plans.records.erasure_list import settle
from samrit.plans.records.history import lock
from samrit.plans.records.one_moment import one_moment
from samrit.plans.records.sealing import signature
from samrit.plans.records.stored_files import document_path, evidence_path, incoming, placing, sweep

FORMAT = "samrit-backup/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
# What belongs to one installation or one session only.
_LEFT_OUT = frozenset({"contenttypes", "sessions", "usersessions", "axes", "admin"})
_LEFT_OUT_MODELS = frozenset({"auth.permission", "plans.counted"})
_CHUNK = 1 << 20
_BATCH = 500
_PLACES: dict[str, Callable[[str], Path]] = {"evidence": evidence_path, "documents": document_path}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself: counts, the hash of each part, and the end of the history chain."""

    format: str
    version: str
    made_at: str
    sequence: int
    head: str
    rows: dict[str, int]
    files: dict[str, int]
    migrations: dict[str, str]
    parts: dict[str, str]


def backup(target: Path) -> Manifest:
    """Write everything to ``target``, whole or not at all, and return what was written.

    Others may go on writing: the backup holds one moment.  Raises OSError when the disk
    refuses, FileExistsError where something else than an earlier backup is there, and ServiceError
    ``backup_file_damaged`` when a kept file does not match its hash.
    """
    require_room(target, MANIFEST)
    settle()
    _sweep()
    with incoming(target.parent) as file:
        with plain_file(file.stream) as plain, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _written(archive)
        file.move(target)
    remember(target, made_at=manifest.made_at, sequence=manifest.sequence)
    return manifest


def restore(
    source: Path, *, replace: bool = False, unsigned: bool = False, after: Callable[[], object] | None = None
) -> Manifest:
    """Bring back everything from ``source``; what was there before stays until all of it is proved.

    The database has to be migrated and empty, unless ``replace`` is given; ``unsigned`` takes
    a backup that this server's key has not signed.  ``after`` is done once all is proved and before any of it
    counts: erasing again what was erased since.  Raises ServiceError ``backup_unreadable``,
    ``backup_damaged``, ``backup_sealed``, ``backup_not_signed``, ``backup_newer``,
    ``restore_not_empty`` or ``restore_not_proved``.
    """
    try:
        with opened(source) as archive:
            manifest = _manifest(archive, source)
            if not (unsigned or is_ours(archive, MANIFEST, SIGNATURE)):
                raise ServiceError("backup_not_signed", record=source.name)
            _check_parts(archive, manifest)
            _check_migrations(manifest)
            with transaction.atomic():
                make_room(replace=replace)
                _restore_files(archive)
                _restore_rows(archive, manifest)
                _prove(manifest)
                if after is not None:
                    after()
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise ServiceError("backup_unreadable", record=source.name, reason=str(error)) from error
    settle()
    return manifest


def _sweep() -> None:
    """Take away what processes that were killed left half done among the kept files."""
    with transaction.atomic():
        lock()
        for place in _PLACES.values():
            sweep(place("0" * 64).parents[1])


def kept_models() -> list[type[models.Model]]:
    """Return the tables that a backup holds."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label not in _LEFT_OUT
        and model._meta.label_lower not in _LEFT_OUT_MODELS
        and not model._meta.proxy
    ]


def _written(archive: zipfile.ZipFile) -> Manifest:
    parts: dict[str, str] = {}
    rows: dict[str, int] = {}
    with one_moment():
        for model in kept_models():
            label = model._meta.label_lower
            rows[label], parts[f"tables/{label}.jsonl"] = _write_table(archive, model, f"tables/{label}.jsonl")
        head = ChainHead.objects.filter(pk=1).first() or ChainHead()
        evidence = sorted(set(Evidence.objects.filter(erased=0).values_list("sha256", flat=True)))
        printed = sorted(set(ReportFile.objects.filter(state="done").values_list("sha256", flat=True)))
    files = {"evidence": len(evidence), "documents": len(printed)}
    # Files are only ever added, and added before the rows that name them: they are all there.
    for folder, names in (("evidence", evidence), ("documents", printed)):
        for sha256 in names:
            _write_file(archive, _PLACES[folder](sha256), f"{folder}/{sha256}")
            parts[f"{folder}/{sha256}"] = sha256
    manifest = Manifest(
        FORMAT,
        __version__,
        timezone.now().isoformat(),
        head.sequence,
        head.hash,
        rows,
        files,
        _migrations(),
        parts,
    )
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    archive.writestr(MANIFEST, content)
    archive.writestr(SIGNATURE, signature(content))
    return manifest


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], name: str) -> tuple[int, str]:
    rows = model._base_manager.order_by("pk")
    counted = CountedRows(rows.iterator(chunk_size=_BATCH))
    with archive.open(name, "w", force_zip64=True) as stream:
        target = Hashing(stream)
        serializers.serialize("jsonl", counted, stream=target, cls=Exactly, ensure_ascii=False)
        return counted.count, target.hash.hexdigest()


def _write_file(archive: zipfile.ZipFile, place: Path, name: str) -> None:
    content = hashlib.sha256()
    try:
        with place.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                content.update(chunk)
                target.write(chunk)
    except FileNotFoundError as error:
        raise ServiceError("backup_file_damaged", record=place.name) from error
    if content.hexdigest() != place.name:
        raise ServiceError("backup_file_damaged", record=place.name)


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    content = json.loads(archive.read(MANIFEST))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ServiceError("backup_unreadable", record=source.name, reason=str(content.get("format")))
    return Manifest(**content)


def _check_parts(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every part is there, is what it was, and nothing else is."""
    names = set(archive.namelist()) - {MANIFEST, SIGNATURE}
    for name in sorted(names ^ manifest.parts.keys()):
        raise ServiceError("backup_damaged", record=name)
    for name, sha256 in manifest.parts.items():
        with archive.open(name) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
                raise ServiceError("backup_damaged", record=name)


def _check_migrations(manifest: Manifest) -> None:
    """A backup of a later version holds columns that this one does not know."""
    here = _migrations()
    for app, latest in manifest.migrations.items():
        if app not in _LEFT_OUT and latest > here.get(app, ""):
            raise ServiceError("backup_newer", record=f"{app} {latest}", version=manifest.version)


def _migrations() -> dict[str, str]:
    """Return the latest migration of each app."""
    latest: dict[str, str] = {}
    for app, name in MigrationRecorder(connection).applied_migrations():
        latest[app] = max(latest.get(app, ""), name)
    return latest


def _restore_files(archive: zipfile.ZipFile) -> None:
    """Put the files in their places; they lie under their hashes, so nothing is ever overwritten by another."""
    for folder, place in _PLACES.items():
        names = [name.partition("/")[2] for name in archive.namelist() if name.startswith(f"{folder}/")]
        fresh = [n for n in names if PurePosixPath(n).name == n and not place(n).exists()]
        if fresh:
            placing(place(fresh[0]).parents[1], fresh)
        for sha256 in fresh:
            with archive.open(f"{folder}/{sha256}") as source, incoming(place(sha256).parent) as file:
                shutil.copyfileobj(source, file.stream, _CHUNK)
                file.move(place(sha256), mode=0o440)


def make_room(*, replace: bool) -> None:
    """Empty the tables; raises ServiceError ``restore_not_empty`` where something is there, unless it is to go."""
    kept = kept_models()
    if not replace and any(model._base_manager.exists() for model in kept if model is not ChainHead):
        raise ServiceError("restore_not_empty")
    tables = [model._meta.db_table for model in kept]
    tables += [field.m2m_db_table() for model in kept for field in model._meta.local_many_to_many]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def _restore_rows(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    by_label = {model._meta.label_lower: model for model in kept_models()}
    links: list[tuple[Any, str, list[Any]]] = []
    for label, expected in manifest.rows.items():
        model = by_label.get(label)
        if model is None and expected:
            raise ServiceError("backup_damaged", record=label)
        if model is not None:
            with archive.open(f"tables/{label}.jsonl") as stream:
                _restore_table(model, stream, links)
    for row, name, keys in links:
        getattr(row, name).set(keys)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(by_label.values())):
            cursor.execute(statement)


def _restore_table(model: type[models.Model], stream: IO[bytes], links: list[tuple[Any, str, list[Any]]]) -> None:
    waiting: list[Any] = []
    for item in serializers.deserialize("jsonl", io.TextIOWrapper(stream, "utf-8")):
        waiting.append(item.object)
        links += [(item.object, name, list(keys)) for name, keys in (item.m2m_data or {}).items() if keys]
        if len(waiting) >= _BATCH:
            model._base_manager.bulk_create(waiting)
            waiting = []
    model._base_manager.bulk_create(waiting)


def _prove(manifest: Manifest) -> None:
    """Hold what was restored against the history before it counts."""
    found = audit()
    if (found.sequence, found.head) != (manifest.sequence, manifest.head or found.head):
        raise ServiceError("restore_not_proved", count=1, first=f"#{found.sequence}")
    if found.faults:
        first = found.faults[0]
        raise ServiceError("restore_not_proved", count=len(found.faults), first=f"{first.code} {first.detail}")
