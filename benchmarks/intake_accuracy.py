"""How right an import is: the printed 2568 evaluation imported as text, held against the reading by hand.

``python -m benchmarks.intake_accuracy [--data FOLDER] [--wrong FIELD ...]`` prints the figures; ``--wrong`` lists the
wrong values of some fields.  A value counts as right only when it is what the hand-read data says, absent where that
says absent; totals and percents that the document lost may be the engine's.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.measure import peak_mb
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import Indicator, Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.intake.draft import Draft
from samrit.intake.facts import RecordFacts, Status
from samrit.intake.importer import import_documents
from samrit.intake.repair.arithmetic import NEAR, misfit
from samrit.vocabulary.findings import Finding, Severity

DATA = Path(__file__).parents[2] / "shared" / "data"
DOCUMENT, TRUTH = "evaluation-2568-q4.txt", "evaluation-2568-q4.json"
FUNDS = {"SSF": "กองทุนประกันสังคม", "WCF": "กองทุนเงินทดแทน"}
BANDS = ((50, "improve"), (75, "low"), (99, "fair"))
FIELDS = ("weight", "unit", "target", "plan total", "actual total", "percent")
# The facts of the import by the names of fields here, for values that stand in one cell.
_CELLS = {
    "weight": "weight", "unit": "unit_of_measure", "target": "target", "plan total": "plan_total",
    "actual total": "actual_total", "percent": "percent", "monthly cells": "",
}  # fmt: skip
# Findings that say nothing about whether a figure was read right.
_NOT_ABOUT_FIGURES = re.compile(r"intake_(period|alignment|kind|work_percent_missing|percent_missing)")


@dataclass
class Figures:
    """Right and all per field, and the wrong ones with what was read and what is right."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str, object, object]] = field(default_factory=list)  # field, record, lines, read, right

    def hold(self, name: str, place: tuple[str, str], read: object, right: object) -> None:
        """Count one value."""
        self.all[name] += 1
        if read == right:
            self.right[name] += 1
        else:
            self.wrong.append((name, *place, read, right))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake_accuracy", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--wrong", nargs="*", default=[], help="fields whose wrong values to list")
    options = parser.parse_args()
    report(options.data, options.wrong)


def report(data: Path, listed: list[str]) -> None:
    """Import the document and print how right it is."""
    if not (data / TRUTH).exists():
        print(f"The hand-read data ({TRUTH}) is not there; nothing to hold the import against.")
        return
    begun, busy = time.perf_counter(), time.process_time()
    draft = import_documents([data / DOCUMENT], plan_id="measured")
    seconds = time.perf_counter() - begun, time.process_time() - busy
    truth = json.loads((data / TRUTH).read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    figures = hold_against(draft, truth)
    for name, record, lines, read, right in figures.wrong:
        if name in listed:
            print(f"  {name:12} {record:10} lines {lines:10} read {_shown(read)}   right {_shown(right)}")
    _print(draft, figures, seconds)


def _print(draft: Draft, figures: Figures, seconds: tuple[float, float]) -> None:
    lines = sum(len(grid.rows) for grid in draft.grids)
    took, busy = seconds
    print(f"Importing the printed evaluation of 2568: {lines} rows in {took:.1f} s ({busy:.1f} s of processor time),")
    print(f"  peak {peak_mb():.0f} MB, held to the reading by hand (aim: figures 99 %, months 97 %, bands 95 %)")
    for name, count in figures.all.items():
        right = figures.right[name]
        print(f"  {name:34} {right:6} of {count:6}  {100 * right / count:6.2f} %")
    silent, apart, flagged = _silence(draft, figures)
    print(f"  wrong or missing values {len(figures.wrong)}; on works without any finding about figures: {len(silent)}")
    print(f"  ... on indicators without any finding of their own: {apart}; works with a finding: {flagged}")
    unsaid = without_doubt(draft, figures)
    print(f"  ... without a doubt on the very cell: {len(unsaid)} (aim: 0); cells doubted in all: {_doubted(draft)}")
    for name, record, place, read, right in unsaid:
        print(f"    undoubted: {name} {record} lines {place} read {_shown(read)} right {_shown(right)}")
    for name, record, place, read, right in silent:
        print(f"    silent: {name} {record} lines {place} read {_shown(read)} right {_shown(right)}")


def hold_against(draft: Draft, truth: list[dict[str, Any]]) -> Figures:
    """Return every value of the draft held against the hand-read data."""
    figures = Figures()
    if draft.package is None:
        return figures
    plan = draft.package.plan
    names = {fund.code: fund.name for fund in plan.funds}
    found = {(names.get(p.fund, ""), p.strategy, p.number): p for p in plan.projects}
    results = {r.project.id: r for r in score(plan, PERCENT_OF_PLAN, 12).projects}
    for read in truth:
        key = (FUNDS[read["fund"]], str(read["strategy"]), int(read["number"]))
        project = found.get(key)
        lines = "-".join(str(n) for n in read["lines"])
        record = project.id if project else f"{read['fund']}-{key[1]}-{key[2]}"
        figures.hold("works (fund, strategy, number)", (record, lines), project is not None, True)
        if project is not None:
            figures.hold("titles", (record, lines), _plain(project.title), _plain(read["title"]))
            _work(figures, project, results[project.id], read, lines)
    return figures


def _work(figures: Figures, project: Project, result: ProjectResult, read: Mapping[str, Any], lines: str) -> None:
    place = (project.id, lines)
    figures.hold("bands recomputed", place, result.band.code if result.band else None, _band(read, result))
    known = {i.number: i for i in project.indicators}
    for printed in read["indicators"]:
        indicator = known.get(int(printed["number"]))
        where = (f"{project.id}.{printed['number']}", lines)
        for name in FIELDS:
            right = _right(printed, name)
            read = _value(indicator, name, right)
            figures.hold(name, where, read, right)
            if name in FIELDS[3:] and printed["use"] in ("months", "totals"):
                figures.hold(f"{name}, legible in the print", where, read, right)
        if printed["use"] == "months":
            for side in ("plan", "actual"):
                for period, (one, other) in enumerate(zip(_months(indicator, side), printed[side], strict=True), 1):
                    figures.hold("monthly cells", (f"{where[0]} {side} {period}", lines), one, other)


def _band(read: Mapping[str, Any], result: ProjectResult) -> str:
    """Return the band that the printed percent stands for."""
    percent = read["result_percent"]
    if percent is None or percent == 0:
        return "improve" if not _weighted(read) else _band_of(_weighted(read))
    exact = _weighted(read)
    return _band_of(exact if exact is not None and abs(exact - percent) < 1 else percent)


def _weighted(read: Mapping[str, Any]) -> Decimal | None:
    total = Decimal()
    for i in read["indicators"]:
        if i["weight"] is None or not i["plan_total"] or i["actual_total"] is None:
            percent = i["result_percent"]
            if percent is None or i["weight"] is None:
                continue
        else:
            percent = i["actual_total"] * 100 / i["plan_total"]
        total += i["weight"] * percent
    return total / 100


def _band_of(percent: Decimal | None) -> str:
    return next((code for limit, code in BANDS if (percent or 0) < limit or (limit > 50 and percent == limit)), "good")


def _value(indicator: Indicator | None, name: str, right: object) -> object:
    """Return a value as read; a total printed but not read may be the engine's, to the decimals of the print."""
    if indicator is None:
        return "no such indicator"
    if name in ("weight", "unit"):
        return indicator.weight if name == "weight" else _plain(indicator.unit_of_measure)
    if name == "target":
        value = indicator.targets[0].value if indicator.targets else None
        return value if isinstance(value, Decimal) else None
    claim = indicator.claim
    if name == "percent":
        return claim.percent if claim else None
    side, printed = (
        (Side.PLANNED, claim and claim.plan_total)
        if name == "plan total"
        else (Side.ACTUAL, claim and claim.actual_total)
    )
    if printed is not None or right is None:
        return printed
    computed = indicator_total(indicator, side, 12).value
    return (
        right if computed is not None and isinstance(right, Decimal) and misfit(computed, right) <= NEAR else computed
    )


def _right(printed: Mapping[str, Any], name: str) -> object:
    if name == "unit":
        return _plain(printed["unit"])
    return printed[
        {"plan total": "plan_total", "actual total": "actual_total", "percent": "result_percent"}.get(name, name)
    ]


def _months(indicator: Indicator | None, side: str) -> Iterator[Decimal | None]:
    entries = {e.period: e for e in indicator.entries if e.span == 1} if indicator else {}
    for period in range(1, 13):
        entry = entries.get(period)
        figure = (entry.planned if side == "plan" else entry.actual) if entry else None
        yield figure if isinstance(figure, Decimal) else None


def _plain(text: str | None) -> str:
    bare = re.sub(r"\s+", "", text or "")
    return re.sub(r"^(?:จำนวน|หน่วย)\((.+)\)$", r"\1", bare)


def _silence(draft: Draft, figures: Figures) -> tuple[list[tuple[str, str, str, object, object]], int, int]:
    """Return the wrong values on works without a finding, how many on indicators without, and the works with one."""
    records = {f.place.record for f in draft.findings if _tells(f)}
    works = {record.split(".")[0] for record in records if record}
    own = [w for w in figures.wrong if "." in w[1] and w[1].split(" ")[0] not in records]
    return [w for w in figures.wrong if w[1].split(".")[0] not in works], len(own), len(works)


def without_doubt(draft: Draft, figures: Figures) -> list[tuple[str, str, str, object, object]]:
    """Return the wrong values whose own cell nobody is asked to look at: read, or called proved."""
    facts = {record.record: record for work in draft.facts for record in work.records()}
    return [wrong for wrong in figures.wrong if wrong[0] in _CELLS and not _is_doubted(facts, *wrong[:2])]


def _is_doubted(facts: Mapping[str, RecordFacts], name: str, where: str) -> bool:
    record, *month = where.split(" ")
    fact = facts[record][".".join(month) or _CELLS[name]] if record in facts else None
    return fact is None or (fact.status in (Status.DOUBTFUL, Status.MISSING) and bool(fact.codes))


def _doubted(draft: Draft) -> int:
    records = (record for work in draft.facts for record in work.records())
    return sum(f.status is Status.DOUBTFUL for record in records for f in record.facts.values())


def _tells(finding: Finding) -> bool:
    """Say whether a finding warns about the figures of its record."""
    return finding.severity is not Severity.NOTICE and not _NOT_ABOUT_FIGURES.match(finding.code)


def _shown(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


if __name__ == "__main__":
    main()
