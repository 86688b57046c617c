"""Starting the web application's side of Samrit from the command line.

Which settings hold: those named in DJANGO_SETTINGS_MODULE; else a server's, where the
environment says that this is one; else those of one's own machine.  They are named, not
imported: the room of the settings lies above this one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from samrit.cli import shared

_SETTINGS = "DJANGO_SETTINGS_MODULE"
PRODUCTION, LOCAL, DEMO = (f"samrit.config.settings.{name}" for name in ("production", "local", "demo"))
SERVER_MARKS = ("SAMRIT_SECRET_KEY", "SAMRIT_HOSTS")


def start(language: str, settings: str = "") -> str:
    """Start the framework and return the settings in use; leave with exit code 2 and what to do where it can't."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    chosen = settings or os.environ.get(_SETTINGS) or (PRODUCTION if is_server() else LOCAL)
    os.environ[_SETTINGS] = chosen
    try:
        django.setup()
    except (ImproperlyConfigured, RuntimeError, ImportError) as error:
        shared.stop(language, f"ตั้งค่าระบบไม่ครบหรือไม่ถูกต้อง: {error}", f"The settings are wrong: {error}", code=2)
    return chosen


def migrate(language: str) -> None:
    """Make or update the tables; leave with exit code 3 where the database can't be reached."""
    from django.core.management import call_command

    with refusals(language):
        data_folder().mkdir(parents=True, exist_ok=True)
        require_not_newer(language)
        _copy_before_upgrade(language)
        call_command("migrate", verbosity=0, interactive=False)


def _copy_before_upgrade(language: str) -> None:
    """Copy the database away before a new version changes its tables, and say where."""
    from samrit.plans.records.upgrade_copy import copy_away, is_upgrade

    if not is_upgrade():
        return
    copy = copy_away()
    if copy is None:
        say(
            language,
            "ไม่มี pg_dump จึงไม่ได้คัดลอกฐานข้อมูลก่อนปรับรุ่น",
            "There is no pg_dump, so the database was not copied before the update.",
        )
    else:
        say(language, f"คัดลอกฐานข้อมูลก่อนปรับรุ่นไว้ที่ {copy}", f"The database was copied before the update: {copy}")


def require_not_newer(language: str) -> None:
    """Leave with exit code 3 where a later version has changed the tables: this one would write them wrongly."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    here = {app for app, _ in loader.disk_migrations}
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = sorted(
        name for app, name in loader.applied_migrations
        if app == "plans" and app in here and (app, name) not in loader.disk_migrations and (app, name) not in replaced
    )  # fmt: skip
    if unknown:
        shared.stop(
            language,
            f"ฐานข้อมูลเป็นของรุ่นใหม่กว่าโปรแกรมนี้ ({unknown[-1]}): {database_name()} "
            "โปรดใช้โปรแกรมรุ่นล่าสุด หรือนำข้อมูลสำรองก่อนปรับรุ่นกลับมา",
            f"A later version has changed this database ({unknown[-1]}): {database_name()}. "
            "Use that version, or restore the backup from before the update.",
        )


def require_tables(language: str) -> None:
    """Leave with exit code 3 where the tables are missing or older than the program."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with refusals(language):
        require_not_newer(language)
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        shared.stop(
            language,
            f"ฐานข้อมูลยังไม่พร้อม: {database_name()} โปรดสั่ง samrit serve หรือ python -m django migrate ก่อน",
            f"The database is not ready: {database_name()}. Run samrit serve, or python -m django migrate, first.",
        )
    _begin_day()


def _begin_day() -> None:
    """Let the names and parents of units hold whose day has come, as the first page of a day does.

    A database that is busy, full or read only keeps nobody from looking, verifying or copying it: the next one tries.
    """
    from django.db import DatabaseError
    from django.utils import timezone

    from samrit.plans.reporting.register import register
    from samrit.plans.services.office.units import units_turn
    from samrit.plans.services.writing import SYSTEM

    with suppress(DatabaseError):
        turn = register().next_turn
        if turn is not None and turn <= timezone.localdate():
            units_turn(SYSTEM)


@contextmanager
def refusals(language: str) -> Iterator[None]:
    """Turn what a service or the database refuses into a sentence and exit code 3."""
    from django.db import DatabaseError

    from samrit.plans.errors import ServiceError

    try:
        yield
    except ServiceError as error:
        shared.stop(language, error.text("th"), error.text("en"))
    except (DatabaseError, OSError) as error:
        place, reason = database_name(), str(error).strip().splitlines()[0]
        shared.stop(
            language,
            f"ใช้ฐานข้อมูลไม่ได้: {place} ({reason}) โปรดตรวจ SAMRIT_DATABASE และ SAMRIT_DATA",
            f"The database can't be used: {place} ({reason}). Check SAMRIT_DATABASE and SAMRIT_DATA.",
        )


def data_folder() -> Path:
    """Return the folder of everything that is kept."""
    from django.conf import settings

    return Path(settings.DATA)


def database_name() -> str:
    """Return what the database is called, without its password."""
    from django.conf import settings

    used = {key: str(value) for key, value in settings.DATABASES["default"].items()}
    if used["ENGINE"].endswith("sqlite3"):
        return f"SQLite {used['NAME']}"
    return f"PostgreSQL {used['NAME']} {used['HOST'] or 'localhost'}:{used['PORT'] or 5432}"


def say(language: str, thai: str, english: str) -> None:
    """Print one line in the language asked for."""
    click.echo(english if language == "en" else thai)


def is_server() -> bool:
    """Say whether the environment is a server's."""
    return os.environ.get(_SETTINGS) == PRODUCTION or any(os.environ.get(name) for name in SERVER_MARKS)
