"""Print how right made-up documents are read, per layout: ``python -m benchmarks.layouts``.

``--documents N`` per layout and format, ``--first SEED``, ``--layouts NAME …``, ``--formats pdf …``;
``--wrong`` lists what is not right, ``--silent`` what is neither right nor said.
``--write FOLDER`` only writes the documents, the truth beside each as JSON.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.layouts.catalogue import LAYOUTS, document
from benchmarks.layouts.holding import Tally, held
from benchmarks.layouts.writers import WRITERS


def main() -> None:
    """Write or measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.layouts", description=__doc__)
    parser.add_argument("--documents", type=int, default=2, help="documents per layout and format")
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--layouts", nargs="+", choices=list(LAYOUTS), default=list(LAYOUTS), metavar="NAME")
    parser.add_argument("--formats", nargs="+", choices=list(WRITERS), default=list(WRITERS))
    parser.add_argument("--wrong", action="store_true", help="list every value that is not right")
    parser.add_argument("--silent", action="store_true", help="list every value that is neither right nor said")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write documents and truths, measure nothing")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.documents)
    if options.write:
        for name in options.layouts:
            for seed in seeds:
                write(name, seed, options.formats, options.write)
        return
    report(
        options.layouts, options.formats, seeds, listed="wrong" if options.wrong else "silent" if options.silent else ""
    )


def write(name: str, seed: int, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write a document in some formats, its truth beside them as ``….truth.json``; return the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet, truth = document(name, seed)
    stem = f"{name.replace(' ', '-')}-{seed}"
    (folder / f"{stem}.truth.json").write_text(truth.as_json(), "utf-8")
    paths = {kind: folder / f"{stem}.{kind}" for kind in formats}
    for kind, path in paths.items():
        WRITERS[kind](sheet, path)
    return list(paths.values())


def measure(name: str, kind: str, seeds: Sequence[int]) -> Tally:
    """Return what becomes of documents of a layout in a format."""
    from samrit.intake.importer import import_documents

    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            (path,) = write(name, seed, [kind], Path(folder))
            tally.add(held(document(name, seed)[1], import_documents([path])))
    return tally


def report(layouts: Sequence[str], formats: Sequence[str], seeds: Sequence[int], *, listed: str = "") -> None:
    """Print a row per layout: works found, values right, said and silent, and right per format."""
    print(f"Made-up documents, {len(seeds)} per layout and format (aim: works 100 %, right 98 %, silent 0)")
    print(
        f"  {'layout':24}{'works':>12}{'right':>9}{'said':>8}{'silent':>8}{'invented':>10}"
        + "".join(f"{f:>11}" for f in formats)
    )
    every = {kind: Tally() for kind in formats}
    for name in layouts:
        found = {kind: measure(name, kind, seeds) for kind in formats}
        _row(name, found)
        for kind, tally in found.items():
            every[kind].add(tally)
            for value in tally.values if listed else ():
                if not value.right and (listed == "wrong" or not value.said):
                    print(f"    {kind} {value.work} · {value.field}: read {value.read!s}, right {value.printed!s}")
    _row("all", every)


def _row(name: str, found: dict[str, Tally]) -> None:
    tally = Tally()
    for one in found.values():
        tally.add(one)
    print(
        f"  {name:24}{tally.found:6} /{tally.works:4}{tally.share('right'):8.2f}%{tally.share('said'):7.2f}%"
        f"{tally.counts['silent']:8}{tally.invented:10}"
        + "".join(f"{one.share('right'):10.2f}%" for one in found.values()),
        flush=True,
    )


if __name__ == "__main__":
    main()
