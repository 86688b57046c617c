"""docs/proofs.md: the last full-size run of each proof, with number, seed and commit."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from proofs import Proof
from proofs._parts import ROOT, Part, commit

PAGE = ROOT / "docs" / "proofs.md"
HEAD = """# Proofs at full size

<!-- Rows are written by `make prove`; what a proof says is the first line of its function in proofs/. -->

`make mutate ARGS="--sample 40"` plants faults into the engine one by one and says which of them no test of the
engine sees; it goes on where it was broken off (`var/mutations.jsonl`).

`make test` holds each of these with a sample and a fixed seed; `make prove` runs the whole number, goes on where it was
broken off, and writes its row here. `make prove ARGS="NAME --seed 7"` runs one with another seed, and
`python -m proofs NAME --numbers 4711:4712` repeats a single case.

| proof | what holds | cases | seed | commit | day | Python | processor time | result |
| --- | --- | ---: | ---: | --- | --- | --- | ---: | --- |
"""


@dataclass(frozen=True)
class Outcome:
    """One row of the page."""

    name: str
    cells: tuple[str, ...]

    @classmethod
    def of(cls, proof: Proof, seed: int, parts: Sequence[Part]) -> Outcome:
        """Sum up the parts of a proof."""
        cases = sum(part.end - part.first for part in parts)
        faults = sum(len(part.faults) for part in parts)
        whole = cases == proof.count
        result = f"**{faults} faults**" if faults else "holds" if whole else f"broken off after {cases:,}"
        taken = f"{sum(part.seconds for part in parts):,.0f} s"
        day = datetime.now(UTC).date().isoformat()
        row = (proof.says, f"{cases:,} {proof.of}", str(seed), commit(), day, platform.python_version(), taken, result)
        return cls(proof.name, row)


def rows() -> dict[str, str]:
    """Return the page's rows by the name of the proof."""
    if not PAGE.exists():
        return {}
    lines = PAGE.read_text("utf-8").splitlines()
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ") and "| ---" not in line[:12]}


def enter(outcome: Outcome) -> None:
    """Put a row into the page in the place of the one before."""
    standing = {name: line for name, line in rows().items() if name != "proof"}
    cells = (cell.replace("|", "/") for cell in (outcome.name, *outcome.cells))
    standing[outcome.name] = "| " + " | ".join(cells) + " |"
    PAGE.write_text(HEAD + "".join(f"{standing[name]}\n" for name in sorted(standing)), "utf-8", newline="\n")
