"""How the parts of an Office file point at each other: relations, looked up without following anything outside."""

from __future__ import annotations

import posixpath

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.xml_events import Attributes, parse


class _Relations:
    """Collects the relations of one part: id to (kind, target); outside targets are only counted."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self.outside = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "rel:Relationship":
            return
        if attributes.get("TargetMode") == "External":
            self.outside += 1
        else:
            self.found[attributes.get("Id", "")] = (attributes.get("Type", ""), attributes.get("Target", ""))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


def relations(archive: Archive, part: str, job: Job) -> dict[str, tuple[str, str]]:
    """Return the parts that ``part`` points at, by id: the last word of the kind, and the part's name."""
    folder, name = posixpath.split(part)
    found = _Relations()
    parse(archive.chunks(f"{folder}/_rels/{name}.rels".lstrip("/")), found, job)
    return {key: (kind.rpartition("/")[2], _inside(folder, target)) for key, (kind, target) in found.found.items()}


def main_part(archive: Archive, job: Job, usual: str) -> str:
    """Return the name of the part that holds the document itself, ``usual`` when the package does not say."""
    for kind, target in relations(archive, "", job).values():
        if kind == "officeDocument" and target in archive:
            return target
    return usual


def part_of_kind(known: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
    """Return the part that is pointed at as ``kind``, else the name that it usually has."""
    return next((target for k, target in known.values() if k == kind), usual)


def _inside(folder: str, target: str) -> str:
    """Return the name inside the archive; one that leads out is simply not there."""
    target = target.replace("\\", "/")
    return posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target)).lstrip("/")
