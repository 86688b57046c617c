"""Repairs measured: random plans printed in several layouts, damaged in a known way, imported and held to the print.

``python -m benchmarks.intake_repairs [--documents N]``.  Per kind of damage: how many values of the damaged rows
came back right, how many of the values that were changed by a repair were right (precision), and wrong values on
works without any finding.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass, field

from tests.intake.holding import Value, imported, values
from tests.intake.random_documents import DAMAGES, LAYOUTS, Document, Layout, printed, works

WORKS = 6
HITS = 4  # damages of one kind in a document


@dataclass
class Tally:
    """Counts over the rows that were damaged."""

    counts: Counter[str] = field(default_factory=Counter)
    silent: list[tuple[str, int, Value]] = field(default_factory=list)

    def take(self, layout: Layout, seed: int, value: Value) -> None:
        """Count one value of a damaged row."""
        self.counts["all"] += 1
        if value.right:
            self.counts["right"] += 1
        elif value.missing:
            self.counts["left empty"] += 1
        else:
            self.counts["wrong"] += 1
        if not value.right and not value.told:
            self.silent.append((layout.name, seed, value))


def damaged(seed: int, layout: Layout, kind: str) -> tuple[Document, set[str]]:
    """Return a damaged document and the indicators ("work.indicator") whose rows were hit."""
    rng = random.Random(seed)  # noqa: S311 - the same documents every time
    document = printed(works(rng, WORKS), layout)
    hit = {DAMAGES[kind](rng, document) for _ in range(HITS)}
    return document, {place.split()[0] for place in hit if place}


def measure(kind: str, documents: int) -> Tally:
    """Return what became of the damaged rows of ``documents`` documents in every layout."""
    tally = Tally()
    for layout in LAYOUTS:
        for seed in range(documents):
            document, hit = damaged(seed, layout, kind)
            for value in values(document, imported(document)):
                if f"{value.work}.{value.indicator}" in hit or (kind == "letters swapped" and value.indicator):
                    tally.take(layout, seed, value)
                elif not value.right and not value.told:
                    tally.silent.append((layout.name, seed, value))
    return tally


def main() -> None:
    """Measure every kind of damage and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake_repairs", description=__doc__)
    parser.add_argument("--documents", type=int, default=5, help="documents per kind of damage and layout")
    report(parser.parse_args().documents)


def report(documents: int) -> None:
    """Print recall and precision of the repairs per kind of damage."""
    print(f"Repairs of damaged rows ({documents} random documents in {len(LAYOUTS)} layouts per kind of damage)")
    print(f"  {'damage':18}{'values':>8}{'right':>9}{'left empty':>12}{'wrong':>8}{'precision':>11}{'silent':>8}")
    for kind in DAMAGES:
        tally = measure(kind, documents)
        count = tally.counts
        filled = count["right"] + count["wrong"]
        print(
            f"  {kind:18}{count['all']:8}{100 * count['right'] / count['all']:8.2f}%{count['left empty']:12}"
            f"{count['wrong']:8}{100 * count['right'] / filled:10.2f}%{len(tally.silent):8}"
        )
        for name, seed, value in tally.silent[:3]:
            print(f"    silent: {name}, document {seed}: {value}")


if __name__ == "__main__":
    main()
