"""Documents that were sent up, read as one plan."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from samrit.intake.draft import Draft
from samrit.intake.importer import import_documents

_LONGEST_STEM, _LONGEST_SUFFIX = 60, 10
_NO_ID = re.compile(r"[^A-Za-z0-9_-]+")
_UNSAFE = re.compile(r"[\x00-\x1f/\\:*?\"<>|]")


def safe_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names that a file may have on any system, each of them once."""
    made: list[str] = []
    for name in names:
        path = Path(_UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]))
        stem, suffix = path.stem.strip(". ")[:_LONGEST_STEM] or "document", path.suffix[:_LONGEST_SUFFIX]
        made.append(next(n for at in range(len(names) + 1) if (n := _numbered(stem, suffix, at)) not in made))
    return tuple(made)


def _numbered(stem: str, suffix: str, at: int) -> str:
    return f"{stem} ({at + 1}){suffix}" if at else f"{stem}{suffix}"


def read_sent(contents: Mapping[str, bytes], *, plan_id: str = "", year_be: int | None = None) -> Draft:
    """Return the draft of a plan's documents by name (:func:`safe_names`); never raises on what they hold."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        return import_documents(paths, plan_id=plan_id or _id_of(paths[0].stem), year_be=year_be)


def _id_of(stem: str) -> str:
    """Return an id that a plan may have, from the name of its document."""
    return _NO_ID.sub("-", stem).strip("-")[:60] or "plan"
