"""A copy of the whole database before its tables change: the way back, should an upgrade go wrong.

It is the database's own copy, not a backup of ours: the program's tables are already those of the
new version, the database's still those of the old one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

FOLDER: Final = "before-upgrade"  # in the data folder
_KEPT = 3  # copies; older ones go


def is_upgrade() -> bool:
    """Say whether there are tables, and some of them have to change."""
    executor = MigrationExecutor(connection)
    applied = any(app == "plans" for app, _ in executor.loader.applied_migrations)
    return applied and bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def copy_away() -> Path | None:
    """Copy the database into the data folder and return the file; None where the server's program for it is missing.

    Raises OSError or DatabaseError where it can't be written: an upgrade must not begin then.
    """
    folder = Path(settings.DATA) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # also one of before: a copy lies open for a moment while it is written
    ending = "sqlite3" if connection.vendor == "sqlite" else "dump"
    target = folder / f"{timezone.now():%Y%m%d-%H%M%S}.{ending}"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    elif not _dumped(target):
        return None
    target.chmod(0o600)
    for old in sorted(folder.glob(f"*.{ending}"))[:-_KEPT]:
        old.unlink()
    return target


def _dumped(target: Path) -> bool:
    program, used = shutil.which("pg_dump"), connection.settings_dict
    if program is None:
        return False
    given = {"PGHOST": used["HOST"], "PGPORT": used["PORT"], "PGUSER": used["USER"], "PGPASSWORD": used["PASSWORD"]}
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    command = [program, "--format=custom", f"--file={target}", f"--dbname={used['NAME']}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        target.unlink(missing_ok=True)
        raise OSError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pg_dump")
    return True
