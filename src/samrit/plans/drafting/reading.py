"""What a draft is worth as it is: the plan it makes, everything wrong with it, its totals and a trial score.

Readers, checks and engine see a draft as they see files, at every moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from samrit.engine.checks.sharing import shared_elsewhere
from samrit.engine.horizon.parting import parted
from samrit.engine.model import Plan
from samrit.engine.results import PlanResult
from samrit.package import PlanPackage
from samrit.package.columns.speech import SPEECH
from samrit.package.rows import packed, read_typed
from samrit.plans.drafting.document import Standing, files_of, standing
from samrit.plans.drafting.imported import open_matters
from samrit.plans.drafting.judging.amending import amendment_findings
from samrit.plans.drafting.judging.works import judged
from samrit.plans.drafting.naming import name_faults
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import pack
from samrit.plans.evaluation.horizon import longer_of
from samrit.plans.evaluation.scoring import planned_elsewhere, ruleset_of
from samrit.plans.models import PlanDraft
from samrit.vocabulary.findings import Finding, Place, Severity
from samrit.vocabulary.speech import Speech, speaking


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A draft read: ``package`` is None while its rows have errors; ``trial`` is the year as planned, scored."""

    rows: Standing
    package: PlanPackage | None
    findings: tuple[Finding, ...]
    trial: PlanResult | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops the draft on its way."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What needs a word before the draft goes on."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def faults(self) -> Mapping[tuple[str, int], tuple[Finding, ...]]:
        """Return the findings about rows, by the row's file (``projects.csv``) and number."""
        found: dict[tuple[str, int], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.place.line:
                found[finding.place.document, finding.place.line].append(finding)
        return {key: tuple(own) for key, own in found.items()}


def read_draft(draft: PlanDraft) -> DraftReading:
    """Return the draft as it is now; read once until somebody changes it."""
    return memory.read(("draft", draft.pk), lambda: _read(draft))


def draft_speech(draft: PlanDraft) -> Speech:
    """Return how the draft speaks as it is, whatever else is wrong with it."""
    return memory.read(("draft speech", draft.pk), lambda: _speech(standing(draft)))


def _speech(rows: Standing) -> Speech:
    own = next((row.cells for row in rows["plan"].values() if not row.is_removed), {})
    asked: dict[str, Any] = {}
    for field in SPEECH:
        text = own.get(field.name, "")
        meant = text if field.choices is None else next((choice for choice in field.choices if choice == text), None)
        if meant:  # a word that is no choice is told as a fault, and nothing is said by it
            asked[field.name] = meant
    places = asked.pop("currency_places", "")
    asked.pop("due_day", None)
    funds = any(not row.is_removed for row in rows["funds"].values())
    asked["currency_places"] = int(places) if places.isascii() and places.isdigit() else None
    made = Plan("", "", 0, **asked)
    return replace(made.speech, has_funds=funds)


def content_of(draft: PlanDraft) -> bytes:
    """Return the draft as the zip of a package; while it has faulty cells, of its rows as they are typed."""
    reading = read_draft(draft)
    return packed(files_of(reading.rows)) if reading.package is None else pack(reading.package)


def _read(draft: PlanDraft) -> DraftReading:
    rows = standing(draft)
    reading = reading_of(rows, ("draft worked", draft.pk))
    own = (*_unconfirmed(draft, rows), *amendment_findings(draft, rows))
    beside = (*own, *_parted(reading), *_taken_over(reading))
    return replace(reading, findings=(*beside, *reading.findings))


def _taken_over(reading: DraftReading) -> tuple[Finding, ...]:
    """Return what is wrong with figures that the draft takes from other plans (R171)."""
    if reading.package is None:
        return ()
    return tuple(_on_record(f) for f in shared_elsewhere(reading.package.plan, planned_elsewhere))


def _parted(reading: DraftReading) -> tuple[Finding, ...]:
    """Return where the draft parts from the plan of several years that it is under (R14)."""
    if reading.package is None or not reading.package.plan.under_plan:
        return ()
    longer = longer_of(reading.package.plan)
    if longer is None:
        return (Finding("under_plan_unknown", Place("plan.csv"), {"plan": reading.package.plan.under_plan}),)
    return tuple(parted(reading.package.plan, longer.package.plan))


def reading_of(rows: Standing, line: Hashable | None = None) -> DraftReading:
    """Return what rows are worth; never raises for anything that they hold.

    ``line`` names the draft whose works are remembered from one reading to the next; None remembers nothing.
    """
    files = files_of(rows)
    reading = read_typed(files)
    named = (*reading.findings, *name_faults(files))
    package = reading.package
    if package is None:
        return DraftReading(rows, None, named, None)
    ruleset = ruleset_of(package)
    with speaking(package.plan.speech):
        seen = judged(package.plan, ruleset, line)
    found = (*named, *map(_on_record, seen.findings))
    if not package.plan.projects:
        found = (*found, Finding("draft_without_works", Place("projects.csv")))
    return DraftReading(rows, package, found, seen.trial)


def _unconfirmed(draft: PlanDraft, rows: Standing) -> tuple[Finding, ...]:
    """Return one finding about everything of an import that nobody has confirmed yet (R298)."""
    waiting = open_matters(draft, rows)
    return (Finding("draft_values_unconfirmed", params={"count": len(waiting)}),) if waiting else ()


def _on_record(finding: Finding) -> Finding:
    """Return a check's finding on its record alone: the document it was once read from is not what is edited."""
    return Finding(finding.code, Place(record=finding.place.record), finding.params)
