"""Reading what is broken: documents with damage of many kinds."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from proofs import proof
from samrit.intake.grid import SourceReading
from samrit.intake.sources import Confined, read_document
from samrit.intake.tables.lattice import lay_out
from samrit.vocabulary.findings import Severity, sentence
from tests.intake.sources import damage

# Of twenty files so many are of each kind.
KINDS = {"xlsx": 4, "docx": 4, "ods": 3, "html": 3, "csv": 2, "pdf": 2, "txt": 1, "xls": 1}
LONGEST = 10.0  # seconds of processor time for one small file
_CYCLE = tuple(kind for kind, share in KINDS.items() for _ in range(share))


@proof(count=10_000, of="damaged files", parts=20)
def damaged_files(numbers: range, seed: int) -> Iterator[str]:
    """A damaged file is read or refused with a sentence; none raises, none takes long."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, _, faults) in zip(numbers, outcomes(numbers, seed, Path(folder)), strict=True):
            yield from (f"{kind} {number}: {fault}" for fault in faults)


def outcomes(
    numbers: range, seed: int, folder: Path, *, leave_out: Collection[str] = ()
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield kind, "read" or "refused", and what is wrong about it, for each number."""
    good: dict[str, bytes] = {}
    with Confined() as process:
        for number in numbers:
            kind = _CYCLE[number % len(_CYCLE)]
            if kind in leave_out:
                continue
            if kind not in good:
                (folder / kind).mkdir()
                good[kind] = damage.good_file(kind, folder / kind)
            chance = random.Random(f"{seed} {kind} {number}")
            path = folder / f"damaged.{kind}"
            path.write_bytes(chance.choice(damage.ways(kind))(good[kind], chance))
            yield kind, *_outcome(path, process)


def _outcome(path: Path, process: Confined) -> tuple[str, list[str]]:
    begun = time.process_time()
    try:
        reading = read_document(path, confined=process)
        faults = [*_faults(reading)]
    except Exception as error:  # noqa: BLE001  any error at all is what must not be
        return "raised", [f"{type(error).__name__}: {error}"]
    taken = time.process_time() - begun
    if taken > LONGEST:
        faults.append(f"took {taken:.0f} s")
    return ("refused" if _is_refused(reading) else "read"), faults


def _faults(reading: SourceReading) -> Iterator[str]:
    if _is_refused(reading) and reading.grids:
        yield "refused, and tables all the same"
    for finding in reading.findings:
        if not all(sentence(finding, language) for language in ("th", "en")):
            yield f"{finding.code} has no sentence"
    for grid in reading.grids:
        lay_out(grid)


def _is_refused(reading: SourceReading) -> bool:
    return any(finding.severity is Severity.ERROR for finding in reading.findings)
