"""Parts of a proof: run in a process of their own, kept as files, so that a run can be broken off and gone on with."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from proofs import Proof

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "proofs"
SOURCES = (
    "src",
    "tests",
    "proofs",
    "benchmarks",
    "examples",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
)


@dataclass(frozen=True)
class Part:
    """What came of the cases ``first`` to ``end - 1``: lines of what does not hold, and seconds of processor time."""

    first: int
    end: int
    faults: tuple[str, ...]
    seconds: float

    @classmethod
    def measured(cls, proof: Proof, numbers: range, seed: int) -> Part:
        """Try the cases here and now; an error is a fault of the part, with its place."""
        faults = []
        try:
            faults += proof.cases(numbers, seed)
        except Exception as error:  # noqa: BLE001  whatever it is, it does not hold
            faults.append(f"{numbers}: {type(error).__name__}: {error}")
        return cls(numbers.start, numbers.stop, tuple(faults), sum(os.times()[:4]))

    def as_json(self) -> str:
        """Return the part as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Parts:
    """The parts of one proof that have been run on one state of the source."""

    state: str
    name: str
    seed: int

    def kept(self, numbers: range) -> Part | None:
        """Return what came of a part that was run before."""
        try:
            read = json.loads(self._file(numbers).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return Part(**{**read, "faults": tuple(read["faults"])})

    def run(self, numbers: range) -> Part:
        """Run a part and keep it; a process that dies is a fault."""
        command = [sys.executable, "-m", "proofs", "part", self.name, str(numbers.start), str(numbers.stop)]
        done = subprocess.run([*command, str(self.seed)], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            return Part(
                numbers.start, numbers.stop, (f"{numbers} ended with {done.returncode}: {done.stderr[-2000:]}",), 0
            )
        file = self._file(numbers)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(done.stdout.splitlines()[-1], "utf-8")
        beside.replace(file)
        kept = self.kept(numbers)
        assert kept is not None  # noqa: S101
        return kept

    def _file(self, numbers: range) -> Path:
        return KEPT / self.state / f"{self.name}-{self.seed}-{numbers.start}-{numbers.stop}.json"


def state() -> str:
    """Return what stands for the source as it lies there: the same after a commit that touches none of it."""
    taken = hashlib.sha256(_git("ls-tree", "HEAD", *SOURCES).encode() + changes().encode())
    for name in _new_files():
        taken.update((ROOT / name).read_bytes())
    return taken.hexdigest()[:16]


def changes() -> str:
    """Return what differs from the last commit in the source; empty for a clean tree."""
    return _git("diff", "HEAD", "--", *SOURCES) + "\n".join(_new_files())


def commit() -> str:
    """Return the commit that is checked out, marked where the source has been changed since."""
    return _git("rev-parse", "--short=10", "HEAD").strip() + (" with changes" if changes() else "")


def _new_files() -> list[str]:
    return _git("ls-files", "-z", "--others", "--exclude-standard", "--", *SOURCES).split("\0")[:-1]


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout
