"""Corrections typed by a person: by record and field, applied to the facts of an import before the plan is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import Aggregation, Mark
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import GOOD, Fact, RecordFacts, Status, Value, WorkFacts
from samrit.intake.repair.arithmetic import NEAR, total_misfit
from samrit.intake.repair.solve import order_of
from samrit.intake.tables.tokens import TokenKind, classify
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.terms import code_of

NUMBERS = frozenset({"weight", "target", "plan_total", "actual_total", "percent"})
CHOICES = {"kind": "kind", "aggregation": "aggregation"}
TEXTS = frozenset({"name", "unit_of_measure", "title", "unit", "budget", "period", "remark", "number"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One value settled by a person: the record ("1-5.2" or "1-5"), the field, and what was typed."""

    record: str
    field: str
    text: str


def apply(works: Sequence[WorkFacts], corrections: Iterable[Correction]) -> list[Finding]:
    """Put corrections into the facts; those that name nothing, or cannot be read, are told and left out."""
    records: Mapping[str, RecordFacts] = {record.record: record for work in works for record in work.records()}
    findings: list[Finding] = []
    figures: dict[str, RecordFacts] = {}  # records whose months or totals were corrected
    for correction in corrections:
        record = records.get(correction.record)
        params = {"field": correction.field, "text": correction.text[:60]}
        place = Place(record=correction.record)
        if record is None:
            findings.append(Finding("intake_correction_not_placed", place, params))
            continue
        value = _value(correction)
        if value is None:
            findings.append(Finding("intake_correction_not_read", place, params))
            continue
        _put(record, correction, value)
        if correction.field in ("plan_total", "actual_total") or "." in correction.field:
            figures[record.record] = record
    for record in figures.values():
        _settle_aggregation(record)
    return findings


def _settle_aggregation(record: RecordFacts) -> None:
    """Take the aggregation that corrected months and totals prove, unless a person chose it."""
    known = record["aggregation"]
    if known.status is Status.CORRECTED:
        return
    proofs = {how: _proved(record, how) for how in order_of(record.text("unit_of_measure"))}
    best = max(proofs, key=lambda how: proofs[how])  # the likeliest for the unit goes first among equals
    if proofs[best] > proofs.get(Aggregation(known.text or "sum"), 0):
        record["aggregation"] = Fact(best.value, Status.REPAIRED, GOOD, known.codes, known.source)


def _proved(record: RecordFacts, how: Aggregation) -> int:
    """Return how many of the two totals an aggregation gives; a row that a person corrected counts twice."""
    count = 0
    for side in ("plan", "actual"):
        total, months = record[f"{side}_total"], record.months(side)
        values = tuple(v for fact in months if (v := fact.number) is not None)
        if total.number is not None and values and total_misfit(values, total.number, how) <= NEAR:
            count += 2 if any(fact.status is Status.CORRECTED for fact in (total, *months)) else 1
    return count


def _put(record: RecordFacts, correction: Correction, value: Value) -> None:
    source = record[correction.field].source
    record[correction.field] = Fact(value, Status.CORRECTED, source=source)
    if correction.field == "target":
        record["target_text"] = Fact(cleaned(correction.text), Status.CORRECTED, source=source)
    if correction.field in ("plan_total", "actual_total") or "." in correction.field:
        record.totals_proved = False


def _value(correction: Correction) -> Value:
    """Return the typed value, None where it cannot be one of its field."""
    text = cleaned(correction.text)
    if correction.field in CHOICES:
        return code_of(text, CHOICES[correction.field])
    if correction.field in TEXTS:
        return text or None
    if correction.field in NUMBERS or correction.field.startswith(("plan.", "actual.")):
        return figure(text)
    return None


def figure(text: str) -> Decimal | Mark | None:
    """Return a typed figure: a number, a dash, nothing ("ว่าง" or a blank), or None where it is none of these."""
    kind, value = classify(text)
    if value is not None:
        return value
    if kind is TokenKind.DASH:
        return Mark.NOTHING
    return Mark.BLANK if kind is TokenKind.BLANK or text in ("ว่าง", "blank") else None
