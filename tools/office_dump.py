"""A small office as this version leaves it, for the tests of every version to come: ``python -m tools.office_dump``.

Run at every release (CONTRIBUTING, "Releases").  It writes, each below 200 kB and none over one that is there:

- ``tests/plans/offices/VERSION.zip``, a backup;
- ``tests/office/dumps/VERSION.sqlite.sql.xz`` and ``VERSION.postgres.sql.xz``, the databases themselves.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import samrit
from tests import databases

ROOT = Path(__file__).parents[1]
LARGEST = 200_000  # bytes
_LATER = ("SET transaction_timeout", "\\restrict", "\\unrestrict")  # what servers and programs of before don't know


def main() -> None:
    """Write the three files of this version."""
    version = samrit.__version__.removesuffix(".0")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _told(folder, f"sqlite:///{folder / 'office.sqlite3'}")
        _kept(ROOT / "tests/plans/offices" / f"{version}.zip", (folder / "office.zip").read_bytes())
        database = sqlite3.connect(folder / "office.sqlite3")
        text = "\n".join(database.iterdump())
        database.close()
        _kept(ROOT / "tests/office/dumps" / f"{version}.sqlite.sql.xz", lzma.compress(text.encode()))
    server = databases.PostgresServer.start()
    try:
        server.create("office")
        with tempfile.TemporaryDirectory() as name:
            _told(Path(name), server.url("office"))
        file = server.folder / "office.sql"
        place = ("--host", str(server.folder), "--port", str(server.port), "--username", "postgres")
        server.run("pg_dump", *place, "--no-owner", "--no-privileges", "--file", str(file), "office")
        lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(_LATER)]
    finally:
        server.stop()
    _kept(ROOT / "tests/office/dumps" / f"{version}.postgres.sql.xz", lzma.compress("\n".join(lines).encode()))


def _told(folder: Path, url: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_"))}
    environment |= {"SAMRIT_DATA": str(folder), "SAMRIT_DATABASE": url}
    environment |= {"DJANGO_SETTINGS_MODULE": "samrit.config.settings.local"}
    command = [sys.executable, "-m", "tests.plans.told_office", str(folder / "office.zip")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _kept(file: Path, content: bytes) -> None:
    if len(content) > LARGEST:
        raise SystemExit(f"{file.name} has {len(content)} bytes, more than {LARGEST}")
    if file.exists():
        print(f"{file.name} is there already and stays")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    print(f"{file.name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
