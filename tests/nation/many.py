"""Plans of every kind in every shape, broken ones among them, for all ways of scoring them; also for the full proof."""

from dataclasses import replace
from pathlib import Path

from benchmarks.nation.offices import offices
from samrit.package import PlanPackage, write
from samrit.package.parquet import write_all

# A name as offices give it, with letters that file systems, addresses and patterns take for something else.
SINGLE = "แผน [ปี ๖๙] 100%"


def lay_out(folder: Path, count: int, seed: int) -> list[Path]:
    """Write ``count`` plans as folders, zips and one Parquet file, every tenth one broken, and return the sources."""
    rest, single, table = [], folder / SINGLE, folder / "รวม {ก} 100%.parquet"
    for number, package in enumerate(offices(count, seed, works=6)):
        is_broken = number % 10 == 9
        if number % 4 < 2:
            rest.append(_dangling(package) if is_broken else package)
            continue
        path = single / (f"{number:04}" + (".zip" if number % 4 == 2 else ""))
        write(package, path)
        if is_broken:
            _damage(path, number)
    write_all(rest, table)
    (single / "9998.zip").write_bytes(b"no zip at all")
    (folder / "torn.parquet").write_bytes(table.read_bytes()[:-9])
    return [single, table, folder / "torn.parquet"]


def _dangling(package: PlanPackage) -> PlanPackage:
    first, *others = package.plan.projects
    return replace(package, plan=replace(package.plan, projects=(replace(first, strategy="nowhere"), *others, first)))


def _damage(path: Path, number: int) -> None:
    if path.is_file():
        path.write_bytes(path.read_bytes()[: -number - 30])
    else:
        months = path / "monthly.csv"
        months.write_text(months.read_text("utf-8").replace(",1,1,", ",13,1,", 3), "utf-8")
