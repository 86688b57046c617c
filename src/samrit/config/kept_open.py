"""SQLite's file is held open by each process that serves, so that a full disk keeps nobody from reading.

Beside its file SQLite keeps an index of what was written last, and takes it away with the last connection.  Between two
requests that was every time; the next one had to make it again, and on a disk with no byte left could not even read.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper


def keep_open() -> BaseDatabaseWrapper | None:
    """Return a connection to hold for as long as the process lives, None where the database is a server's."""
    if connection.vendor != "sqlite":
        return None
    kept = connection.copy()
    with suppress(DatabaseError), kept.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")  # the index is made at the first look
    return kept
