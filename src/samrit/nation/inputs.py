"""What is to be scored: folders, zips and Parquet files, cut into pieces of work that a worker does at one go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samrit.nation.outcome import Outcome, Settings, broken, outcome
from samrit.nation.tables import TABLES
from samrit.package import PackageReading, read
from samrit.package.parquet import plan_groups, read_group
from samrit.package.reader import PARQUET

# Packages of one plan that make one piece of work.
PACKAGES_PER_PIECE = 20


@dataclass(frozen=True, slots=True)
class PackageBatch:
    """Some packages of one plan each (``group`` is None), or one group of plans of a Parquet file.

    ``key`` names the piece and the state of its files: a changed file is another piece.
    """

    paths: tuple[str, ...]
    group: int | None
    plans: int
    key: str


def pieces(sources: Iterable[Path], settings: Settings) -> list[PackageBatch]:
    """Return the pieces of all sources."""
    made: list[PackageBatch] = []
    single: list[Path] = []
    for path in packages(sources):
        if not is_parquet(path):
            single.append(path)
            continue
        groups = plan_groups(path)
        made += [_piece((path,), settings, group=g.number, plans=max(g.plans, 1)) for g in groups]
    for start in range(0, len(single), PACKAGES_PER_PIECE):
        some = tuple(single[start : start + PACKAGES_PER_PIECE])
        made.append(_piece(some, settings, group=None, plans=len(some)))
    return made


def outcomes(piece: PackageBatch, settings: Settings) -> Iterator[Outcome]:
    """Yield the outcome of every plan of a piece; whatever is wrong with one plan is that plan's finding."""
    for name, plan_id, reading in _readings(piece):
        yield outcome(name, plan_id, reading, settings)


def readings(sources: Iterable[Path]) -> Iterator[PackageReading]:
    """Yield every plan of all sources, as far as it can be read."""
    for piece in pieces(sources, Settings()):
        yield from (reading for _, _, reading in _readings(piece))


def _readings(piece: PackageBatch) -> Iterator[tuple[str, str, PackageReading]]:
    """Yield path, id and plan."""
    if piece.group is None:
        for name in piece.paths:
            path = Path(name)
            yield name, path.name.removesuffix(".zip"), read(path)
        return
    (name,) = piece.paths
    for plan_id, reading in read_group(Path(name), piece.group):
        yield name, plan_id, reading


def lost(piece: PackageBatch, findings: Sequence[object]) -> list[Outcome]:
    """Return the outcome of a piece whose worker was lost: one broken plan for each path."""
    return [broken(name, Path(name).name, findings) for name in piece.paths]  # type: ignore[arg-type]


def packages(sources: Iterable[Path]) -> list[Path]:
    """Return the packages of all sources, each once however often and by whatever path it is named.

    A folder that is no package stands for the packages in it; one without any, for itself, so that it is told.
    """
    found: dict[str, Path] = {}
    for source in sources:
        for path in [*_packages_in(source)] or [source]:
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def _packages_in(source: Path) -> Iterator[Path]:
    """Yield the source itself when it is a package or a file, else the packages in the folder, by name."""
    if all((source / name).is_dir() for name in TABLES):  # results that were written among the plans
        return
    if not source.is_dir() or any(
        (source / name).exists() for name in ("datapackage.json", "plan.csv", "projects.csv")
    ):
        yield source
        return
    try:
        inside = sorted(item for item in source.iterdir() if not item.name.startswith("."))
    except OSError:
        yield source  # reading it will say why
        return
    for item in inside:
        if item.is_dir() and not item.is_symlink():  # a link may lead back up
            yield from _packages_in(item)
        elif item.suffix.lower() in (".zip", ".parquet"):
            yield item


def is_parquet(path: Path) -> bool:
    """Say whether a file is Parquet, or is called so; False for what is no file."""
    try:
        with path.open("rb") as stream:
            return path.suffix.lower() == ".parquet" or stream.read(len(PARQUET)) == PARQUET
    except OSError:
        return False


def _piece(paths: tuple[Path, ...], settings: Settings, *, group: int | None, plans: int) -> PackageBatch:
    places = sorted((settings.places or {}).items())
    said = [f"{settings.as_of} {settings.ruleset} {places} {group}"]
    said += [f"{path} {_state(path)}" for path in paths]
    key = hashlib.sha256("\n".join(said).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return PackageBatch(tuple(str(path) for path in paths), group, plans, key)


def _state(path: Path) -> str:
    """Return what changes when a file, or a file of a folder, is written."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        states = [(file.name, file.stat()) for file in files if file.exists()]
    except OSError:
        return ""
    return " ".join(f"{name}:{state.st_size}:{state.st_mtime_ns}" for name, state in states)
