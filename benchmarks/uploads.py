"""Uploads meant to harm: what the reading process does with damaged forms, documents and bombs.

``make bench ARGS="--only uploads"`` runs ten minutes or 10,000 files, whichever comes later, and
prints how many were read or refused, and the counts that have to be nothing: tracebacks,
files over a gigabyte of memory or twenty seconds, refusals that gave something all the same.
"""

from __future__ import annotations

import io
import random
import resource
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samrit.intake.sources import Confined, limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.vocabulary.findings import sentence
from tests.intake.sources import damage
from tests.intake.sources.documents import write_xlsx

SECONDS, FILES = 600.0, 10_000
_SLOW, _LARGE = 20.0, 1000  # seconds, megabytes
_KINDS = ("xlsx", "xlsx", "xlsx", "docx", "ods", "html", "csv", "pdf", "txt", "xls", "form", "form", "bomb")
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@dataclass
class Tally:
    """What became of the files, and what must not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak_mb: int = 0
    ended_mb: int = field(default_factory=lambda: _of_ended())  # of processes that ended before the first file

    @property
    def count(self) -> int:
        """How many files were tried."""
        return self.outcomes.total()


def fuzz(seed: int, *, seconds: float, files: int) -> Tally:
    """Try at least ``files`` files and for at least ``seconds``."""
    tally, end = Tally(), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, Confined() as confined:
        makers = _Makers(Path(folder))
        while tally.count < files or time.monotonic() < end:
            number = tally.count
            chance = random.Random(f"{seed} {number}")  # noqa: S311 - the same files at every run
            kind = chance.choice(_KINDS)
            _try(f"{kind} {number}", kind, makers.made(kind, chance), confined, tally)
    return tally


def _try(name: str, kind: str, content: bytes, confined: Confined, tally: Tally) -> None:
    begun, given = time.monotonic(), 0
    try:
        if kind in ("form", "bomb"):
            given = len(confined.typed(content, Job(name), {"รายงาน": (5000, 11), "_samrit": (10, 2)}))
        else:
            given = len(confined.read(content, Job(name), suffix=f".{kind}")[1])
        outcome = "read" if given else "read, nothing in it"
    except Refused as refused:
        outcome = "refused"
        if not all(sentence(refused.finding, language) for language in ("th", "en")):
            tally.faults.append(f"{name}: {refused.finding.code} has no sentence")
        if refused.finding.code == "intake_reader_died":
            outcome = "refused by the operating system"
    except Exception as error:  # noqa: BLE001  any error at all is what must not be
        outcome = "raised"
        tally.faults.append(f"{name}: {type(error).__name__}: {error}")
    tally.outcomes[outcome] += 1
    ended = _of_ended()
    took, peak = time.monotonic() - begun, max(confined.peak_mb(), ended if ended > tally.ended_mb else 0)
    tally.slowest, tally.peak_mb = max(tally.slowest, took), max(tally.peak_mb, peak)
    if took > _SLOW:
        tally.faults.append(f"{name}: took {took:.0f} s")
    if peak > _LARGE:
        tally.faults.append(f"{name}: took {peak} MB")


def _of_ended() -> int:
    """Return the most memory of any process that has ended, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


class _Makers:
    """Good files of each kind, made once, and what is done to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._good: dict[str, bytes] = {}

    def made(self, kind: str, chance: random.Random) -> bytes:
        """Return a file of a kind: damaged, or a bomb."""
        if kind == "bomb":
            return chance.choice(_BOMBS)(chance)
        real = "xlsx" if kind == "form" else kind
        if kind not in self._good:
            place = self._folder / kind
            place.mkdir()
            self._good[kind] = (
                write_xlsx([["_tag", "ผล"], ["P1|0", "5"]], place / "form.xlsx").read_bytes()
                if kind == "form"
                else damage.good_file(kind, place)
            )
        return chance.choice(damage.ways(real))(self._good[kind], chance)


def _book(sheet: Iterator[str], shared: str = "") -> bytes:
    """Return a workbook whose one sheet, called รายงาน, holds these pieces of XML."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="{kind}" PartName="/xl/workbook.xml"/></Types>'
        )
        sheets = '<sheets><sheet name="รายงาน" sheetId="1" r:id="r1"/></sheets>'
        book.writestr("xl/workbook.xml", f'<workbook {_SPACE} xmlns:r="{relations}">{sheets}</workbook>')
        target = f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{names}">{target}</Relationships>')
        if shared:
            book.writestr("xl/sharedStrings.xml", f"<sst {_SPACE}>{shared}</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f"<worksheet {_SPACE}><sheetData>".encode())
            for piece in sheet:
                part.write(piece.encode())
            part.write(b"</sheetData></worksheet>")
    return packed.getvalue()


def _cells(chance: random.Random) -> bytes:
    row = "<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 200 + "</row>"
    return _book(row for _ in range(chance.choice((50, 500, 2000))))


def _one_text(chance: random.Random) -> bytes:
    text = f"<si><t>{'ก' * chance.choice((1000, 30_000))}</t></si>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    return _book((row for _ in range(chance.choice((10, 1000)))), text)


def _deep(chance: random.Random) -> bytes:
    depth = chance.choice((100, 1000, 100_000))
    return _book(iter(("<x>" * depth, "</x>" * depth)))


def _long_attribute(chance: random.Random) -> bytes:
    return _book(iter((f'<row r="{"9" * chance.choice((10, 100_000, 3_000_000))}">', "<c><v>1</v></c></row>")))


def _long_number(chance: random.Random) -> bytes:
    return _book(iter((f"<row><c><v>{'9' * chance.choice((5000, 1_000_000))}</v></c></row>",)))


def _blanks(chance: random.Random) -> bytes:
    return _book(" " * (1 << 20) for _ in range(chance.choice((10, 150, 250))))


def _many_parts(chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(chance.choice((10, 6000))):
            archive.writestr(f"{number}.xml", b"")
    return packed.getvalue()


_BOMBS: tuple[Callable[[random.Random], bytes], ...] = (
    _cells, _one_text, _deep, _long_attribute, _long_number, _blanks, _many_parts,
)  # fmt: skip


def report(seconds: float = SECONDS, files: int = FILES) -> None:
    """Print what became of the files."""
    tally = fuzz(1, seconds=seconds, files=files)
    print(
        f"Uploads meant to harm: {tally.count} files (limits: {limits.MEMORY >> 20} MB, {limits.SECONDS:.0f} s of work)"
    )
    for outcome, count in tally.outcomes.most_common():
        print(f"  {count:7} {outcome}")
    print(f"  slowest {tally.slowest:.1f} s, most memory {tally.peak_mb} MB, faults {len(tally.faults)} (aim: 0)")
    for fault in tally.faults[:20]:
        print(f"    {fault}")
