"""What can be wrong with the machine, looked at one by one: for ``samrit doctor`` and the page of the system's state.

Every look is a finding, good or bad, with its sentence in ``messages/health.toml``.
Nothing here changes anything; that the database can be written is tried and taken back.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from samrit import __version__
from samrit.plans.models import ChainHead, HistoryEntry
from samrit.plans.records.chain_place import GENESIS
from samrit.plans.records.history import CLOCK_MAY_DIFFER, entry_hash
from samrit.plans.records.one_moment import one_moment
from samrit.vocabulary.findings import Finding

LAST_BACKUP: Final = "last-backup.json"  # in the data folder: when and where the latest backup was written
_MEGABYTE = 1024 * 1024
_LITTLE, _TOO_LITTLE = 2000, 200  # megabytes free
_OLD_BACKUP = timedelta(days=2)
_LOOK_BACK = 200  # entries of the chain's end
_MAIL_PATIENCE = 5  # seconds


def looks(*, with_mail: bool = True) -> Iterator[Finding]:
    """Yield what every look found; a look that fails itself says so and the next one is taken."""
    yield Finding("health_version", params={"version": __version__, "python": sys.version.split()[0]})
    within = (_database, _tables, _chain, _clock) if _has_tables() else (_nothing_made,)
    for look in (_folder, _space, *within, _backup, *((_mail,) if with_mail else ())):
        yield from _looked(look)


def _has_tables() -> bool:
    """Say whether there is anything to look at; a database that can't be asked is looked at, and says what is wrong."""
    try:
        return ChainHead._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return True


def _nothing_made() -> Iterator[Finding]:
    yield Finding("health_tables_none", params={"kind": connection.vendor})


def _looked(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except (DatabaseError, OSError, ValueError, KeyError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        yield Finding("health_look_failed", params={"look": look.__name__.strip("_"), "reason": reason})


def _folder() -> Iterator[Finding]:
    data = Path(settings.DATA)
    try:
        with tempfile.TemporaryFile(dir=data) as stream:
            stream.write(b"x")
    except OSError as error:
        yield Finding("health_folder_closed", params={"folder": str(data), "reason": error.strerror or ""})
    else:
        yield Finding("health_folder_open", params={"folder": str(data)})
    key = data / "secret-key"
    if key.exists() and os.name == "posix" and key.stat().st_mode & 0o077:
        yield Finding("health_key_readable", params={"file": str(key)})


def _space() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free // _MEGABYTE
    code = "health_space_out" if free < _TOO_LITTLE else "health_space_low" if free < _LITTLE else "health_space"
    yield Finding(code, params={"free": free, "folder": str(settings.DATA)})


def _database() -> Iterator[Finding]:
    with transaction.atomic():
        ChainHead.objects.filter(pk=1).update(sequence=ChainHead.objects.filter(pk=1).values("sequence")[:1])
        transaction.set_rollback(True)
    yield Finding("health_database", params={"kind": connection.vendor})


def _tables() -> Iterator[Finding]:
    loader = MigrationLoader(connection)
    there = {name for app, name in loader.applied_migrations if app == "plans"}
    known = {name for app, name in loader.disk_migrations if app == "plans"}
    if there - known:
        yield Finding("health_tables_newer", params={"name": max(there - known)})
    elif known - there:
        yield Finding("health_tables_older", params={"name": min(known - there)})
    else:
        yield Finding("health_tables", params={"name": max(there, default="–")})


def _chain() -> Iterator[Finding]:
    with one_moment():  # an entry written between the two looks would seem to follow nothing
        head = ChainHead.objects.filter(pk=1).first() or ChainHead(hash=GENESIS)
        entries = list(HistoryEntry.objects.filter(sequence__lte=head.sequence).order_by("-sequence")[:_LOOK_BACK])
    follows, at = head.hash, head.sequence
    for entry in entries:
        if (entry.sequence, entry.hash) != (at, follows) or entry_hash(entry) != entry.hash:
            yield Finding("health_chain_broken", params={"sequence": entry.sequence})
            return
        follows, at = entry.previous_hash, at - 1
    if head.sequence and not entries:
        yield Finding("health_chain_broken", params={"sequence": head.sequence})
        return
    yield Finding("health_chain", params={"count": len(entries), "sequence": head.sequence})


def _clock() -> Iterator[Finding]:
    latest = HistoryEntry.objects.order_by("-sequence").values_list("at", flat=True).first()
    behind = latest - timezone.now() if latest is not None else timedelta(0)
    if behind > CLOCK_MAY_DIFFER:
        yield Finding("health_clock_back", params={"minutes": int(behind.total_seconds() // 60)})
    else:
        yield Finding("health_clock")


def _backup() -> Iterator[Finding]:
    note = Path(settings.DATA) / LAST_BACKUP
    if not note.exists():
        yield Finding("health_backup_none")
        return
    said = json.loads(note.read_text("utf-8"))
    age = timezone.now() - datetime.fromisoformat(said["made_at"])
    code = "health_backup_old" if age > _OLD_BACKUP else "health_backup"
    yield Finding(code, params={"hours": int(age.total_seconds() // 3600), "file": said["file"]})


def _mail() -> Iterator[Finding]:
    server = f"{getattr(settings, 'EMAIL_HOST', '')}:{getattr(settings, 'EMAIL_PORT', '')}"
    try:
        post = get_connection(timeout=_MAIL_PATIENCE)
        post.open()
        post.close()
    except OSError as error:
        yield Finding("health_mail_gone", params={"server": server, "reason": str(error)[:100]})
    else:
        yield Finding("health_mail", params={"server": server})
