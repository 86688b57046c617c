"""Writing a plan package: the same plan gives the same bytes, and nothing is ever half written.

Everything is written beside the destination and moved into place at the end.
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from samrit.package.descriptor import FORMAT, NAME, descriptor
from samrit.package.flatten import Row, rows_of
from samrit.package.model import PlanPackage
from samrit.package.resources import RESOURCES
from samrit.package.schema import Resource
from samrit.package.tables.cells import format_cell
from samrit.package.tables.csv_text import csv_text

# Zip entries carry no clock: the same plan gives the same file.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def package_files(package: PlanPackage) -> Mapping[str, bytes]:
    """Return the files of a package by name, the descriptor first; files without rows are left out."""
    rows = rows_of(package)
    present = {_as_needed(r, rows[r.name]): len(rows[r.name]) for r in RESOURCES if rows[r.name]}
    files = {NAME: descriptor(package.plan, present).encode("utf-8", "backslashreplace")}
    for resource in present:
        cells = ([format_cell(row.get(c)) for c in resource.columns] for row in rows[resource.name])
        # Half a surrogate pair is no character; it is written out so that it can be seen.
        files[resource.path] = csv_text(resource.columns, cells).encode("utf-8", "backslashreplace")
    return files


def _as_needed(resource: Resource, rows: Sequence[Row]) -> Resource:
    """Return ``resource`` without the later columns in which no row says anything."""
    kept = [f for f in resource.fields if not f.later or any(_says(row.get(f.name)) for row in rows)]
    return resource if len(kept) == len(resource.fields) else replace(resource, fields=tuple(kept))


def _says(value: object) -> bool:
    """Say whether a cell of a later column says anything: "no" is what a file without the column says."""
    return value is not False and bool(format_cell(value))


def write(package: PlanPackage, path: str | Path) -> None:
    """Write ``package`` to a folder, or to a zip where ``path`` ends in ``.zip``.

    An earlier package at ``path`` is replaced, keeping files in its folder that are not
    ours.  Raises FileExistsError when something else is there, OSError when the
    disk refuses; the destination is then as it was.
    """
    target = Path(path)
    if target.suffix.lower() == ".zip":
        _write_zip(package_files(package), target)
    else:
        _write_folder(package_files(package), target)


def require_room(path: str | Path) -> None:
    """Raise FileExistsError where ``write`` would: something is there that is neither a package nor empty.

    Who reads documents for minutes before there is a package to write asks first.
    """
    target = Path(path)
    may_be = _is_package_zip if target.suffix.lower() == ".zip" else _replaceable
    if target.exists() and not may_be(target):
        raise FileExistsError(errno.EEXIST, "exists and is not a plan package", str(target))


def zip_bytes(package: PlanPackage) -> bytes:
    """Return the bytes of the zip that ``write`` writes; the same package gives the same bytes."""
    stream = io.BytesIO()
    _zip(package_files(package), stream)
    return stream.getvalue()


def is_package_folder(path: Path) -> bool:
    """Say whether the folder holds a package that Samrit wrote."""
    try:
        content = json.loads((path / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return _is_ours(content)


def _is_ours(content: object) -> bool:
    mark = content.get("samrit") if isinstance(content, dict) else None
    return isinstance(mark, dict) and mark.get("format") == FORMAT


def _is_package_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _is_ours(json.loads(archive.read(NAME)))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False


def _write_zip(files: Mapping[str, bytes], target: Path) -> None:
    require_room(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _zip(files, stream)
        fresh.chmod(0o644)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _zip(files: Mapping[str, bytes], stream: IO[bytes]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            entry = zipfile.ZipInfo(file, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def _write_folder(files: Mapping[str, bytes], target: Path) -> None:
    require_room(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for file, content in files.items():
            (fresh / file).write_bytes(content)
        if target.exists():
            _keep_foreign_files(target, fresh)
        fresh.chmod(0o755)
        _swap(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _replaceable(target: Path) -> bool:
    return target.is_dir() and (is_package_folder(target) or not any(target.iterdir()))


def _keep_foreign_files(target: Path, fresh: Path) -> None:
    """Copy what is not a package's file, such as a README, beside the new files."""
    ours = {NAME, *(r.path for r in RESOURCES)}
    for item in target.iterdir():
        if item.name in ours:
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.copytree(item, fresh / item.name, symlinks=True)
        else:
            shutil.copy2(item, fresh / item.name, follow_symlinks=False)


def _swap(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of ``target``; on failure the old folder comes back."""
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    target.rename(old / target.name)
    try:
        fresh.rename(target)
    except BaseException:
        (old / target.name).rename(target)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)
