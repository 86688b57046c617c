"""The raw files of a package, from a folder or a zip; nothing is followed, unpacked or trusted.

Sizes are looked at before anything is read, links are refused, and names that lead out
of the package are refused.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from samrit.package.descriptor import NAME
from samrit.package.notes import Notes
from samrit.package.resources import RESOURCES
from samrit.vocabulary.findings import Place

MEGABYTE = 1024 * 1024
LARGEST_FILE = 64 * MEGABYTE
LARGEST_PACKAGE = 256 * MEGABYTE
MOST_ENTRIES = 2000

_NAMES = {NAME, *(resource.path for resource in RESOURCES)}


def read_files(source: Path | bytes, name: str, notes: Notes) -> dict[str, bytes] | None:
    """Return the package's files by name, or None when there is no package to read at ``source``."""
    place = Place(name)
    try:
        if isinstance(source, Path):
            if source.is_dir():
                return _from_folder(source, notes)
            if not source.is_file():
                notes.add("package_not_found", place)
                return None
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > LARGEST_PACKAGE:
            notes.add("package_too_large", place, size=_megabytes(size), limit=LARGEST_PACKAGE // MEGABYTE)
            return None
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return _from_zip(archive, name, notes)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        notes.add("package_zip_damaged", place, reason=str(error))
    except OSError as error:
        notes.add("package_unreadable", place, reason=error.strerror or str(error))
    return None


def _from_folder(folder: Path, notes: Notes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for item in sorted(folder.iterdir()):
        place = Place(item.name)
        if item.name not in _NAMES:
            _note_foreign(item.name, notes)
            continue
        about = item.lstat()
        if stat.S_ISLNK(about.st_mode):
            notes.add("package_link_refused", place)
        elif not stat.S_ISREG(about.st_mode):
            notes.add("package_not_a_file", place)
        elif _fits(about.st_size, total, place, notes):
            with item.open("rb") as stream:
                files[item.name] = stream.read(LARGEST_FILE + 1)
            total += len(files[item.name])
    return files


def _from_zip(archive: zipfile.ZipFile, name: str, notes: Notes) -> dict[str, bytes] | None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        notes.add("package_too_many_files", Place(name), count=len(entries), limit=MOST_ENTRIES)
        return None
    files: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        own = _name_inside(entry, notes)
        if own is None:
            continue
        place = Place(own)
        if own in files:
            notes.add("package_file_twice", place)
        elif entry.flag_bits & 1:
            notes.add("package_encrypted", place)
        elif _fits(entry.file_size, total, place, notes):
            # The directory of the archive may lie about the size, so the reading itself is limited too.
            with archive.open(entry) as stream:
                content = stream.read(LARGEST_FILE + 1)
            total += len(content)
            if _fits(len(content), 0, place, notes):
                files[own] = content
    return files


def _name_inside(entry: zipfile.ZipInfo, notes: Notes) -> str | None:
    """Return the name of an entry that is a package's file, at the top or in one folder; None for others."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    place = Place(entry.filename)
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
        notes.add("package_path_refused", place)
        return None
    if entry.is_dir():
        return None
    if stat.S_ISLNK(entry.external_attr >> 16):
        notes.add("package_link_refused", place)
        return None
    if path.name not in _NAMES or len(path.parts) > 2:
        _note_foreign(entry.filename, notes)
        return None
    return path.name


def _note_foreign(name: str, notes: Notes) -> None:
    """Note a file that is not read; only CSV files are worth a word, a README is not."""
    if name.lower().endswith((".csv", ".tsv", ".xlsx", ".xls")):
        notes.add("package_file_unknown", Place(name))


def _fits(size: int, total: int, place: Place, notes: Notes) -> bool:
    if size > LARGEST_FILE:
        notes.add("package_file_too_large", place, size=_megabytes(size), limit=LARGEST_FILE // MEGABYTE)
        return False
    if total + size > LARGEST_PACKAGE:
        notes.add("package_too_large", place, size=_megabytes(total + size), limit=LARGEST_PACKAGE // MEGABYTE)
        return False
    return True


def _megabytes(size: int) -> int:
    return -(-size // MEGABYTE)
