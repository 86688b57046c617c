"""Run every measurement and print it: ``python -m benchmarks [--only web] [--times 1 10 100] [--limit SECONDS]``."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import intake_accuracy, intake_hr, intake_repairs, libreoffice, review_keys, uploads
from benchmarks.layouts import __main__ as layouts
from benchmarks.layouts.catalogue import LAYOUTS
from benchmarks.layouts.writers import WRITERS
from benchmarks.measure import Measured, in_process
from benchmarks.nation import report as nation

LIMIT = 600.0
PARTS = ("documents", "intake", "layouts", "scoring", "nation", "uploads", "web")


def main() -> None:
    """Measure and print, largest last."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100], help="how many times the example plan")
    parser.add_argument(
        "--works", type=int, nargs="+", default=list(nation.COUNTS), help="works of many plans together"
    )
    parser.add_argument("--data", type=Path, default=intake_accuracy.DATA, help="folder of the hand-read documents")
    parser.add_argument("--documents", type=int, default=2, help="random documents per layout, format, kind of damage")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds after which LibreOffice is given up")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS), help="which parts")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}\n", flush=True)
    if "documents" in options.only:
        documents()
    if "intake" in options.only:
        intake(options.data, options.documents)
    if "layouts" in options.only:
        layouts.report(list(LAYOUTS), list(WRITERS), range(options.documents))
        print()
    if "scoring" in options.only:
        scoring(options.times, options.limit)
    if "nation" in options.only:
        nation.report(options.works)
        print()
    if "uploads" in options.only:
        uploads.report()
        print()
    if "web" in options.only:
        subprocess.run([sys.executable, "-m", "benchmarks.web.table"], check=True)


def documents() -> None:
    """Print what the four documents of the example plan take."""
    with tempfile.TemporaryDirectory() as folder:
        took = in_process("documents", folder)
        readings = {path.suffix[1:]: in_process("reading", str(path)) for path in sorted(Path(folder).glob("*.*"))}
    print("The evaluation report of 235 works in four formats (aim: under 10 s together)")
    for name in ("build", "docx", "pdf", "html", "xlsx", "all"):
        print(f"  {name:6}{took[name]:8.2f} s")
    print(f"  whole process {took['wall']:.2f} s, peak {took['peak_mb']:.0f} MB\n")
    print("The same four documents read back into cells (aim: a PDF of 150 pages under 60 s and 1,000 MB)")
    for name, read in readings.items():
        pages = (
            f", {read['pages']:.0f} pages: 150 in {150 * read['seconds'] / read['pages']:.0f} s"
            if read["pages"]
            else ""
        )
        print(f"  {name:6}{read['seconds']:8.2f} s {read['cells']:9,.0f} cells, peak {read['peak_mb']:4.0f} MB{pages}")
    print()


def intake(data: Path, count: int) -> None:
    """Print how right documents are read: the two printed ones read by hand, and damaged random ones."""
    intake_accuracy.report(data, [])
    review_keys.report(data)
    intake_hr.report(data)
    print()
    intake_repairs.report(count)
    print()


def scoring(times: list[int], limit: float) -> None:
    """Print scoring beside LibreOffice recalculating the same workbook."""
    print("Scoring, and LibreOffice recalculating the workbook of the same plan (load, compute, save)")
    widths = {
        "works": 7,
        "score": 10,
        "+ table": 10,
        "peak": 8,
        "from files": 11,
        "LibreOffice": 12,
        "its peak": 8,
        "ratio": 7,
    }
    print("  " + " ".join(f"{name:>{width}}" for name, width in widths.items()))
    for count in times:
        with tempfile.TemporaryDirectory() as folder:
            print(_row(count, Path(folder), limit))
    print("  ratio: LibreOffice ÷ (a new process that reads the package, scores it and counts the bands)")


def _row(count: int, folder: Path, limit: float) -> str:
    in_process("prepare", str(count), str(folder))
    ours = in_process("scoring", str(folder / "plan"), str(time.time()))
    row = f"  {ours['projects']:7.0f} {ours['score'] * 1000:7.1f} ms {ours['score_and_table'] * 1000:7.1f} ms"
    row += f" {ours['peak_mb']:5.0f} MB {ours['from_files']:9.2f} s "
    theirs = _libreoffice(folder, limit)
    if isinstance(theirs, str):
        return f"{row} {theirs}"
    return f"{row} {theirs.seconds:10.1f} s {theirs.peak_mb:5.0f} MB {theirs.seconds / ours['from_files']:6.1f}×"


def _libreoffice(folder: Path, limit: float) -> Measured | str:
    if not libreoffice.available():
        return "LibreOffice is not installed"
    try:
        return libreoffice.recalculate(folder / "plan.xlsx", folder, limit)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s"


if __name__ == "__main__":
    main()
