"""Write tests/facts.json: what the tests need of the hand-read documents, so that they run where those are not.

Facts only: targets and periods as printed, the records on which the reader noted an error, the reader's own notes.
And a digest of each example's files as the tool made them: without the documents a test can still say that nobody
changed an example by hand. ``python -m tools.facts [--data DIR]``; ``make examples`` runs it behind ``make_examples``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
FACTS = ROOT / "tests" / "facts.json"


def facts(data: Path) -> dict[str, Any]:
    """Return the facts of the documents in ``data`` and the digests of the examples as they lie there."""
    evaluation = json.loads((data / "evaluation-2568-q4.json").read_text("utf-8"))
    plan = json.loads((data / "hr-action-plan-2569.json").read_text("utf-8"))
    text = (data / "evaluation-2568-q4.txt").read_text("utf-8")
    targets = {target for card in plan["kpi_sheets"] for target in card["targets"].values() if target}
    targets |= {i["target_text"] for p in plan["projects"] for i in p["indicators"] if i["target_text"]}
    return {
        "hr_targets": sorted(targets),
        "hr_periods": dict(sorted((p["period_text"], p["period"]) for p in plan["projects"])),
        "hr_notes": [note for note in plan["doc_findings"] if note.startswith("DOC")],
        "evaluation_periods": sorted(set(re.findall(r"ระยะเวลาโครงการ *:[^\t\n]*", text))),
        "evaluation_noted": sorted(_noted(evaluation)),
        "evaluation_targets_beside_totals": sorted(_beside_totals(evaluation)),
        "examples": {name: digest(ROOT / "examples" / name) for name in ("sso-2568", "hr-2569")},
    }


def digest(folder: Path) -> str:
    """Return what stands for every file of an example package."""
    taken = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in {".csv", ".json"}:
            taken.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return taken.hexdigest()


def _record(work: dict[str, Any]) -> str:
    return f"{work['fund'][0]}{work['strategy']}-{work['number']}"


def _noted(evaluation: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the records on which the reader noted an error of the document."""
    for work in evaluation:
        if "DOC" in (work["note"] or ""):
            yield _record(work)
        yield from (f"{_record(work)}.{i['number']}" for i in work["indicators"] if "DOC" in (i["note"] or ""))


def _beside_totals(evaluation: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the indicators whose target and printed plan total were both read, and differ."""
    for work in evaluation:
        for each in work["indicators"]:
            known = None not in (each["target"], each["plan_total"]) and each["use"] in ("months", "totals")
            if known and each["target"] != each["plan_total"]:
                yield f"{_record(work)}.{each['number']}"


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the hand-read documents")
    text = json.dumps(facts(parser.parse_args().data), ensure_ascii=False, indent=1)
    FACTS.write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
