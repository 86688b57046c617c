"""Uploads meant to harm: what the reading process does with damaged forms, plans, documents and bombs.

``make bench ARGS="--only uploads"`` prints what became of them for ten minutes.  What it counts is work of the
processor, the process's and that of its readers, since a busy machine lets anything wait.
"""

from __future__ import annotations

import io
import random
import resource
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from proofs import proof
from samrit.intake.sources import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.package import read
from samrit.package.rows import packed, typed
from samrit.vocabulary.findings import sentence
from tests.intake.sources import damage
from tests.intake.sources.documents import write_xlsx

_SLOW, _LARGE = 20.0, 1000  # seconds, megabytes
_KINDS = ("xlsx", "xlsx", "docx", "ods", "html", "csv", "pdf", "txt", "xls", "form", "form", "plan", "bomb")
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@proof(count=10_000, of="files meant to harm", parts=40)
def uploads_meant_to_harm(numbers: range, seed: int) -> Iterator[str]:
    """A file meant to harm is read whole or refused in words, without an error, a gigabyte or 20 s of work."""
    with harmful(seed) as attack:
        for number in numbers:
            attack(number)
        yield from attack.tally.faults


@dataclass
class Tally:
    """What became of the files, and what must not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak_mb: int = 0
    ended_mb: int = field(default_factory=lambda: _of_ended())  # of processes that ended before the first file

    def count_cost(self, name: str, seconds: float, megabytes: int) -> None:
        """Take in what a file cost, and whether it was too much."""
        self.slowest, self.peak_mb = max(self.slowest, seconds), max(self.peak_mb, megabytes)
        if seconds > _SLOW:
            self.faults.append(f"{name}: took {seconds:.0f} s of work")
        if megabytes > _LARGE:
            self.faults.append(f"{name}: took {megabytes} MB")


@contextmanager
def harmful(seed: int) -> Iterator[Attack]:
    """Give what tries one file after the other, by its number."""
    with tempfile.TemporaryDirectory() as folder, Confined() as confined:
        yield Attack(seed, _Makers(Path(folder)), confined)


@dataclass
class Attack:
    """The files of one seed, tried on one reading process."""

    seed: int
    makers: _Makers
    confined: Confined
    tally: Tally = field(default_factory=Tally)

    def __call__(self, number: int) -> None:
        """Try a file, and count what became of it."""
        chance = random.Random(f"{self.seed} {number}")
        kind = chance.choice(_KINDS)
        name, content = f"{kind} {number}", self.makers.made(kind, chance)
        begun = _work(self.confined)
        self.tally.outcomes[self._outcome(name, kind, content)] += 1
        ended = _of_ended()
        peak = max(self.confined.peak_mb(), ended if ended > max(self.tally.ended_mb, _of_itself()) else 0)
        self.tally.count_cost(name, _work(self.confined) - begun, peak)

    def _outcome(self, name: str, kind: str, content: bytes) -> str:
        try:
            return "read" if self._given(name, kind, content) else "read, nothing in it"
        except Refused as refused:
            if not all(sentence(refused.finding, language) for language in ("th", "en")):
                self.tally.faults.append(f"{name}: {refused.finding.code} has no sentence")
            return "refused by the system" if refused.finding.code == "intake_reader_died" else "refused"
        except Exception as error:  # noqa: BLE001  any error at all is what must not be
            self.tally.faults.append(f"{name}: {type(error).__name__}: {error}")
            return "raised"

    def _given(self, name: str, kind: str, content: bytes) -> int:
        job = Job(name)
        match kind:
            case "form" | "bomb":
                return len(self.confined.typed(content, job, {"รายงาน": (5000, 11), "_samrit": (10, 2)}))
            case "plan":
                return len(self.confined.package(content, job))
            case _:
                return len(self.confined.read(content, job, suffix=f".{kind}")[1])


def _work(confined: Confined) -> float:
    """Return the seconds of work of all reading processes until now, the living one and those that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + confined.worked()


def _of_itself() -> int:
    """Return the most memory that this process has had, in megabytes: each child begins as its copy, and is told so."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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
        if kind not in self._good:
            self._good[kind] = self._good_one(kind)
        return chance.choice(damage.ways("xlsx" if kind in ("form", "plan") else kind))(self._good[kind], chance)

    def _good_one(self, kind: str) -> bytes:
        if kind == "plan":
            return _small_plan()
        place = self._folder / kind
        place.mkdir()
        if kind == "form":
            return write_xlsx([["_tag", "ผล"], ["P1|0", "5"]], place / "form.xlsx").read_bytes()
        return damage.good_file(kind, place)


def _small_plan() -> bytes:
    """Return the first works of an example as a packed package."""
    package = read(Path(__file__).parents[1] / "examples" / "hr-2569").package
    assert package is not None  # noqa: S101
    return packed(typed(replace(package, plan=replace(package.plan, projects=package.plan.projects[:3]))))


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
