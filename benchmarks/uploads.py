"""Uploads meant to harm, for ten minutes or 10,000 files, whichever comes later (``proofs/uploads.py``)."""

from __future__ import annotations

import time
from itertools import count

from proofs.uploads import harmful
from samrit.intake.sources import limits

SECONDS, FILES = 600.0, 10_000


def report(seconds: float = SECONDS, files: int = FILES) -> None:
    """Print what became of the files, and the counts that have to be nothing."""
    end = time.monotonic() + seconds
    with harmful(1) as attack:
        for number in count():
            if number >= files and time.monotonic() >= end:
                break
            attack(number)
    tally = attack.tally
    tried = tally.outcomes.total()
    print(f"Uploads meant to harm: {tried} files (limits: {limits.MEMORY >> 20} MB, {limits.SECONDS:.0f} s of work)")
    for outcome, times in tally.outcomes.most_common():
        print(f"  {times:7} {outcome}")
    print(f"  slowest {tally.slowest:.1f} s, most memory {tally.peak_mb} MB, faults {len(tally.faults)} (aim: 0)")
    for fault in tally.faults[:20]:
        print(f"    {fault}")
