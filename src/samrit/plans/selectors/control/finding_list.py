"""The checks' findings on a plan with what was decided about each: by weight, kind and state, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samrit.engine.model import Project
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation import memory, scoring
from samrit.plans.evaluation.rechecking import findings_of
from samrit.plans.models import FindingState, Plan
from samrit.plans.records.fingerprints import fingerprint
from samrit.vocabulary.findings import Finding

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class DecidedFinding:
    """A finding of the checks with what was decided about it ("open" until then), and the work that it is about."""

    finding: Finding
    mark: str
    state: str
    reason: str
    decided_by: str
    work: Project | None = None


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What one looks for; "" means all."""

    severity: str = ""
    state: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FindingList:
    """One page of findings; the counts are what each choice would find beside the others."""

    chosen: FindingFilter
    rows: tuple[DecidedFinding, ...]
    found: int
    page: int
    pages: int
    severities: Mapping[str, int]
    states: Mapping[str, int]
    codes: tuple[tuple[str, int], ...]  # most frequent first


def finding_list(plan: Plan, as_of: int, chosen: FindingFilter, page: int = 1) -> FindingList:
    """Return the findings that fit what was chosen, gravest first."""
    everything = decided_findings(plan, as_of)
    rows = [row for row in everything if _fits(row, chosen)]
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(page, 1), pages)
    return FindingList(
        chosen=chosen,
        rows=tuple(rows[(page - 1) * PER_PAGE : page * PER_PAGE]),
        found=len(rows),
        page=page,
        pages=pages,
        severities=Counter(r.finding.severity.value for r in everything if _fits(r, chosen, apart="severity")),
        states=Counter(r.state for r in everything if _fits(r, chosen, apart="state")),
        codes=tuple(Counter(r.finding.code for r in everything if _fits(r, chosen, apart="code")).most_common()),
    )


def decided_findings(plan: Plan, as_of: int) -> tuple[DecidedFinding, ...]:
    """Return the checks' findings on the plan as reported, with their states, gravest first."""
    decided = {row.fingerprint: row for row in FindingState.objects.filter(plan=plan).select_related("decided_by")}
    return tuple(_decided(item, decided.get(item.mark)) for item in _undecided(plan, as_of))


def _undecided(plan: Plan, as_of: int) -> tuple[DecidedFinding, ...]:
    """Return the checks' findings, undecided: only works in which something was reported are checked again."""
    now, year = scoring.evaluate_with_year(plan, as_of)
    entry = memory.of(now)
    return entry.derived("findings", lambda: findings_of(entry, now, year, _found), year)


def _found(finding: Finding, work: Project | None) -> DecidedFinding:
    return DecidedFinding(finding, fingerprint(finding), "open", "", "", work)


def _decided(item: DecidedFinding, row: FindingState | None) -> DecidedFinding:
    if row is None:
        return item
    return replace(item, state=row.state, reason=row.reason, decided_by=str(row.decided_by or ""))


def findings_marked(plan: Plan, as_of: int, marks: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings with those fingerprints; raises NotVisible when one is not there any more."""
    known = {item.mark: item.finding for item in decided_findings(plan, as_of)}
    if missing := [mark for mark in marks if mark not in known]:
        raise NotVisible(missing[0])
    return tuple(known[mark] for mark in marks)


def _fits(row: DecidedFinding, chosen: FindingFilter, *, apart: str = "") -> bool:
    """Say whether a finding fits every choice but the one named ``apart``."""
    pairs = {
        "severity": (chosen.severity, row.finding.severity.value),
        "state": (chosen.state, row.state),
        "code": (chosen.code, row.finding.code),
    }
    return all(not wanted or wanted == found for name, (wanted, found) in pairs.items() if name != apart)
