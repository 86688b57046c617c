"""What the review of the printed 2568 evaluation takes: keys by a person who knows what is right.

``python -m benchmarks.review_keys [--data FOLDER]``.  Per matter one Enter; per wrong value of it the keys that reach
its box (e, then Tab), its figures, and Escape to leave.  Beside it: the matters of each kind, which one press accepts
where a person trusts the kind, and the wrong values that the review does not ask for.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

from benchmarks.intake_accuracy import DATA, DOCUMENT, TRUTH, hold_against
from samrit.intake.importer import import_documents
from samrit.intake.review.placed import Matter, matters_of
from samrit.package.rows import typed

_SUBJECTS = {"plan total": "plan_total", "actual total": "actual_total", "percent": "percent", "weight": "weight"}
_CONFIRM, _REACH, _LEAVE = 1, 1, 1


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review_keys", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    report(parser.parse_args().data)


def report(data: Path) -> None:
    """Import the document, hold it against the reading by hand, and print what its review takes."""
    if not (data / TRUTH).exists():
        print(f"The hand-read data ({TRUTH}) is not there; no review is counted.")
        return
    draft = import_documents([data / DOCUMENT], plan_id="measured")
    if draft.package is None:
        return
    matters = [m for m in matters_of(draft, typed(draft.package)) if m.must]
    truth = json.loads((data / TRUTH).read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    wrong = {
        place: right
        for name, record, _, _, right in hold_against(draft, truth).wrong
        if (place := _place(name, record)) is not None
    }
    asked = {(m.record, c.field) for m in matters for c in m.cells}
    keys = sum(_CONFIRM + _typed(matter, wrong) for matter in matters)
    kinds = Counter(matter.kind for matter in matters)
    print(f"Reviewing the printed evaluation of 2568: {len(matters)} matters in {len(kinds)} kinds,")
    print(f"  {keys} keys in all, {keys / len(draft.package.plan.projects):.1f} a work; {len(matters)} of them confirm")
    print(f"  wrong values that it asks for {len(wrong.keys() & asked)}, that it does not {len(wrong.keys() - asked)}")
    for kind, count in kinds.most_common():
        print(f"  {kind:34} {count:6}")


def _place(name: str, record: str) -> tuple[str, str] | None:
    """Return record and field of a value that was read wrong; None for what is no cell of the review."""
    if name == "monthly cells":
        own, side, period = record.rsplit(" ", 2)
        return own, f"{side}.{period}"
    return (record, _SUBJECTS[name]) if name in _SUBJECTS else None


def _typed(matter: Matter, wrong: dict[tuple[str, str], object]) -> int:
    """Return the keys that put a matter's wrong values right: e to the first box, Tab to the others."""
    at = [(n, wrong[matter.record, c.field]) for n, c in enumerate(matter.cells) if (matter.record, c.field) in wrong]
    if not at:
        return 0
    return _REACH + at[-1][0] + sum(max(len(str(right)), 1) if right is not None else 1 for _, right in at) + _LEAVE


if __name__ == "__main__":
    main()
