"""``samrit package``: plan packages to one Parquet file and back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from samrit.cli import places, shared
from samrit.package import PackageReading, PlanPackage, write
from samrit.vocabulary.findings import Finding


@click.group("package", context_settings=shared.BILINGUAL, help="แปลงชุดข้อมูลแผน / convert plan packages")
def command() -> None:
    """Hold the commands on packages."""


def needed(module: str, language: str) -> ModuleType:
    """Return a module that needs pyarrow; leaves with exit code 3 and what to install when that is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        shared.stop(
            language,
            'คำสั่งนี้ต้องใช้ส่วนเสริม ติดตั้งด้วย pip install "samrit[parquet]" แล้วสั่งใหม่',
            'This command needs an extra: pip install "samrit[parquet]", then run it again',
        )


class _BrokenError(Exception):
    """Some packages can't be written."""


@command.command(
    "to-parquet",
    context_settings=shared.BILINGUAL,
    help="รวมชุดข้อมูลแผนหลายชุดเป็นแฟ้ม Parquet แฟ้มเดียวโดยไม่สูญเสียข้อมูล\n\n"
    "Write plan packages to one Parquet file, without loss.",
)
@click.argument("packages", type=shared.PACKAGE, nargs=-1, required=True)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="แฟ้มปลายทาง / file to write"
)
@click.option("--leave-out-broken", is_flag=True, help="เขียนเฉพาะแผนที่อ่านได้ / write the others when some can't be read")
@shared.language_option
def to_parquet(packages: tuple[Path, ...], out: Path, leave_out_broken: bool, language: str) -> None:
    """Write the packages (folders of packages and other Parquet files, too), or none of them when one is broken."""
    writer, inputs = (needed(name, language) for name in ("samrit.package.parquet", "samrit.nation.inputs"))
    faults: list[Finding] = []

    def every() -> Iterator[PlanPackage]:
        for reading in inputs.readings(packages):
            if reading.package is None:
                faults.extend(reading.findings)
            elif not faults or leave_out_broken:
                yield reading.package
        if faults and not leave_out_broken:
            raise _BrokenError

    try:
        count = writer.write_all(every(), out)
    except _BrokenError:
        shared.stop(
            language,
            f"บางชุดอ่านไม่ได้ จึงไม่ได้เขียน {out} (ใช้ --leave-out-broken เพื่อเขียนเฉพาะชุดที่อ่านได้)",
            f"Some packages can't be read, so {out} was not written (--leave-out-broken writes the others)",
            faults,
        )
    except OSError as error:
        places.refuse(out, error, language)
    _told(f"{out}: {count:,} แผน", f"{out}: {count:,} plans", faults, language)


@command.command(
    "from-parquet",
    context_settings=shared.BILINGUAL,
    help="แยกแฟ้ม Parquet เป็นชุดข้อมูลแผน แผนละโฟลเดอร์หรือ zip\n\n"
    "Write the plans of a Parquet file as packages, a folder or zip each.",
)
@click.argument("file", type=shared.PACKAGE)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="โฟลเดอร์ปลายทาง / folder")
@click.option("--zip", "as_zip", is_flag=True, help="เขียนเป็น zip / write zips")
@shared.language_option
def from_parquet(file: Path, out: Path, as_zip: bool, language: str) -> None:
    """Write every plan that can be read; name the others."""
    reader = needed("samrit.package.parquet", language)
    faults: list[Finding] = []
    taken: set[str] = set()
    for reading in _readings(reader, file):
        if reading.package is None:
            faults += reading.findings
            continue
        target = out / (_name(reading.package.plan.id, taken) + (".zip" if as_zip else ""))
        with places.writing(target, language):
            write(reading.package, target)
    if faults and not taken:
        shared.stop(language, f"อ่าน {file} ไม่ได้", f"Cannot read {file}", faults)
    _told(f"{out}: {len(taken):,} แผน", f"{out}: {len(taken):,} plans", faults, language)


def _readings(reader: ModuleType, file: Path) -> Iterator[PackageReading]:
    for group in reader.plan_groups(file):
        if group.findings:
            yield PackageReading(None, group.findings)
        else:
            yield from (reading for _, reading in reader.read_group(file, group.number))


def _name(plan_id: str, taken: set[str]) -> str:
    """Return a name for a plan's file that is safe and not taken yet."""
    plain = re.sub(r"[^\w-]+", "-", plan_id).strip("-")[:80] or "plan"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name


def _told(thai: str, english: str, faults: Sequence[Finding], language: str) -> None:
    shared.console().print(english if language == "en" else thai)
    if faults:
        shared.print_findings(faults, language, shared.progress_console())
        sys.exit(shared.FAULTY)
