"""How right the import of the printed HR plan 2569 is, held against the reading by hand.

``python -m benchmarks.intake_hr [--data FOLDER]``: works, indicators and cards, their targets, periods, budgets and
responsible units, and the contradictions between the plan's table and its cards that were found by reading.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.intake_accuracy import DATA
from samrit.engine.model import Indicator, IndicatorCard, Plan, Project
from samrit.intake.draft import Draft
from samrit.intake.headings import key
from samrit.intake.importer import import_documents
from samrit.vocabulary.periods import period_of_month

DOCUMENT, TRUTH = "hr-action-plan-2569.txt", "hr-action-plan-2569.json"
# Contradictions between table 2 and the cards in the reader's list (doc_findings), by code and indicator.
CONTRADICTIONS = {
    "intake_card_unit_differs": "4.1 4.2 5.1 11.1 14.1 14.2 17.1 17.2",
    "intake_card_supports_differ": "3.1 21.1 27.1",
    "intake_card_title_differs": "7.1 13.1 21.1",
    "intake_card_name_differs": "26.1",
    "intake_card_target_worded_differently": "28.1",
}
Held = tuple[str, str, object, object]  # field, record, read, right


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake_hr", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    report(parser.parse_args().data)


def report(data: Path) -> None:
    """Import the plan and print how right it is; what is wrong is listed."""
    if not (data / TRUTH).exists():
        print(f"The hand-read data ({TRUTH}) is not there; nothing to hold the import against.")
        return
    draft = import_documents([data / DOCUMENT], plan_id="hr")
    truth = json.loads((data / TRUTH).read_text("utf-8"))
    held = list(hold_against(draft, truth))
    print("Importing the printed HR plan of 2569")
    every, right = Counter(h[0] for h in held), Counter(h[0] for h in held if h[2] == h[3])
    for name, count in every.items():
        print(f"  {name:38} {right[name]:4} of {count:4}")
    for name, record, read, expected in held:
        if read != expected:
            print(f"    wrong: {name} {record}: read {read}, right {expected}")


def hold_against(draft: Draft, truth: Mapping[str, Any]) -> Iterator[Held]:
    """Yield every value of the draft beside the hand-read one."""
    if draft.package is None:
        return
    plan = draft.package.plan
    works = {p.number: p for p in plan.projects}
    cards = {c.indicator.split("-")[-1]: c for c in plan.cards}
    indicators = {i.id.split("-")[-1]: i for p in plan.projects for i in p.indicators}
    for printed in truth["projects"]:
        yield from _work(plan, works.get(printed["number"]), printed)
    for printed in truth["kpi_sheets"]:
        yield from _card(indicators.get(printed["code"]), cards.get(printed["code"]), printed)
    people = sum(count for row in plan.manpower for _, count in row.counts)
    yield "people of the manpower frame", "", people, 6953
    told = {(f.code, (f.place.record or "").split("-")[-1]) for f in draft.findings}
    for code, records in CONTRADICTIONS.items():
        for record in records.split():
            yield "contradictions of table and cards told", f"{code} {record}", (code, record) in told, True


def _work(plan: Plan, project: Project | None, printed: Mapping[str, Any]) -> Iterator[Held]:
    record = str(printed["number"])
    yield "works", record, project is not None, True
    if project is None:
        return
    headings = str(printed["strategy"]), printed["tactic"]
    yield "strategy and tactic", record, (project.strategy, project.tactic), headings
    first, last = printed["period"]
    yield "periods", record, (project.first_period, project.last_period), (_period(plan, first), _period(plan, last))
    money = [b.amount for b in project.budgets if b.amount is not None]
    yield "budgets", record, sum(money, Decimal()) if money else None, _decimal(printed["budget"])
    yield "responsible units", record, list(project.responsible_units), printed["responsible"]
    yield "indicators of works", record, len(project.indicators), len(printed["indicators"])
    for indicator, text in zip(project.indicators, printed["indicators"], strict=False):
        target = indicator.target_of(plan.year_be)
        yield "targets of works", indicator.id, target and _bare(target.text), _bare(text["target_text"])
        yield "names of indicators", indicator.id, key(indicator.name), key(text["text"])


def _card(indicator: Indicator | None, card: IndicatorCard | None, printed: Mapping[str, Any]) -> Iterator[Held]:
    record = printed["code"]
    yield "cards", record, card is not None, True
    if card is None or indicator is None:
        return
    yield "units of cards", record, key(card.unit_of_measure), key(printed["unit"])
    yield "evaluating units", record, card.evaluating_unit or None, printed["evaluating_unit"]
    yield "supporting units", record, card.supporting_unit or None, printed["supporting_unit"]
    read = {str(t.year_be): t for t in indicator.targets}
    for year, text in printed["targets"].items():
        target = read.get(year)
        yield "yearly targets", f"{record} {year}", _numbers(target.text if target else ""), _numbers(text or "")


def _period(plan: Plan, month: list[int]) -> int:
    """Return the period of a printed month; one before the plan's year counts from its beginning."""
    year, number = month
    return 1 if year < plan.year_be else period_of_month(plan.calendar, number)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _bare(text: str | None) -> str:
    return key(text or "").strip("()")


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(number.replace(",", "")) for number in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)]


if __name__ == "__main__":
    main()
