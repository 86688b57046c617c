"""What closing an evaluation is going to freeze, and what it closes over: the page before the press, and the press."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from samrit.engine.rollup import first_lines
from samrit.package import PlanPackage
from samrit.plans.evaluation.documents import pack, unpack
from samrit.plans.evaluation.frozen import FrozenChange, changes_between, up_to
from samrit.plans.evaluation.report_words import worded
from samrit.plans.evaluation.scoring import counted_plan, version_in_force
from samrit.plans.models import Evaluation, Plan, PlanVersion
from samrit.plans.records.stored_files import digest
from samrit.plans.reporting.days import evaluation_due
from samrit.plans.reporting.gaps import Gap, GapKind, as_data, from_data, gaps_of, needs_reason
from samrit.plans.reporting.register import register
from samrit.plans.selectors.control.finding_list import decided_findings
from samrit.plans.selectors.control.report_words import SectionState, section_states
from samrit.plans.selectors.control.unnamed import unnamed
from samrit.vocabulary.findings import Severity


@dataclass(frozen=True)
class ClosingPreview:
    """An evaluation as it would be closed now."""

    plan: Plan
    period: int
    version: PlanVersion
    content: bytes
    gaps: tuple[Gap, ...]
    earlier: Evaluation | None  # the edition before this one

    @cached_property
    def frozen(self) -> PlanPackage:
        """The package read back: what is kept is what is counted."""
        return unpack(self.content)

    @property
    def number(self) -> int:
        """The number of this edition."""
        return self.earlier.number + 1 if self.earlier is not None else 1

    @property
    def mark(self) -> str:
        """What changes with anything that this edition would hold or close over; the page carries it along."""
        gaps = json.dumps(as_data(self.gaps), sort_keys=True, default=str)
        return digest(self.content + gaps.encode() + str(self.number).encode())[:16]

    @property
    def is_unchanged(self) -> bool:
        """Whether the edition before says the same."""
        return self.earlier is not None and self.earlier.sha256 == digest(self.content)

    @cached_property
    def changes(self) -> tuple[FrozenChange, ...]:
        """What this edition says otherwise than the one before it."""
        if self.earlier is None:
            return ()
        return changes_between(unpack(bytes(self.earlier.content)).plan, self.frozen.plan)


def closing_of(plan: Plan, period: int) -> ClosingPreview:
    """Return what closing ``plan`` for ``period`` would freeze as of now."""
    counted = counted_plan(plan, period, standing=plan.counts_from)
    version = version_in_force(plan, period)
    package = replace(counted, plan=unnamed(plan, up_to(worded(plan.pk, counted.plan), period)))
    return ClosingPreview(
        plan,
        period,
        version,
        pack(package),
        (*gaps_of(plan, period, package.plan), *_errors(plan, period)),
        Evaluation.objects.filter(plan=plan, period=period).order_by("number").last(),
    )


def _errors(plan: Plan, period: int) -> tuple[Gap, ...]:
    found = decided_findings(plan, period)
    wrong = {d.finding.place.record for d in found if d.finding.severity is Severity.ERROR and d.state == "open"}
    return tuple(Gap(GapKind.ERROR, period, indicators=(record,)) for record in sorted(wrong))


@dataclass(frozen=True, slots=True)
class GapLine:
    """One unit, or one record with an open error, under its kind of gap: its months, and how many figures."""

    code: str
    name: str
    periods: tuple[int, ...]
    figures: int


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one kind; ``more`` lines are not shown."""

    kind: str
    lines: tuple[GapLine, ...]
    count: int

    @property
    def more(self) -> int:
        """How many lines are not shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """The page before the press."""

    plan: Plan
    period: int
    groups: tuple[GapGroup, ...]
    needs_reason: bool
    months: tuple[int, ...]  # those that closing locks, and that are open today
    works: int
    closing: ClosingPreview
    changes: tuple[FrozenChange, ...]
    due_on: date
    is_late: bool
    words: tuple[SectionState, ...]  # how far the report's words are


MOST_LINES = 60
MOST_CHANGES = 100


def closing_page(plan: Plan, period: int, today: date) -> ClosingPage:
    """Return what is on the page of closing ``period``."""
    closing = closing_of(plan, period)
    closed = set(plan.closures.values_list("period", flat=True))
    due = evaluation_due(plan, period)
    return ClosingPage(
        plan=plan,
        period=period,
        groups=gap_groups(plan, period, closing.gaps),
        needs_reason=needs_reason(closing.gaps) or closing.earlier is not None,
        months=tuple(m for m in range(1, period + 1) if m not in closed),
        works=len(first_lines(closing.frozen.plan.projects)),
        closing=closing,
        changes=closing.changes[:MOST_CHANGES],
        due_on=due,
        is_late=today > due,
        words=section_states(plan, period),
    )


def gap_groups(plan: Plan, period: int, gaps: tuple[Gap, ...]) -> tuple[GapGroup, ...]:
    """Return gaps by kind, a line for each unit as it was called in ``period``; of many the first."""
    units = register().of_month(plan, period).units
    groups = []
    for kind in GapKind:
        own = [gap for gap in gaps if gap.kind is kind]
        found = dict.fromkeys(gap.unit or gap.indicators[0] for gap in own)
        lines = tuple(_line(code, units[code].name if code in units else "", own) for code in list(found)[:MOST_LINES])
        if own:
            groups.append(GapGroup(kind.value, lines, len(found)))
    return tuple(groups)


def _line(code: str, name: str, gaps: list[Gap]) -> GapLine:
    mine = [gap for gap in gaps if code in (gap.unit, *(() if gap.unit else gap.indicators))]
    periods = tuple(sorted({gap.period for gap in mine}))
    return GapLine(code, name, periods, sum(len(gap.indicators) for gap in mine) if mine[0].unit else 0)


def gaps_kept(evaluation: Evaluation) -> tuple[GapGroup, ...]:
    """Return the gaps that a closed evaluation keeps."""
    return gap_groups(evaluation.plan, evaluation.period, from_data(evaluation.gaps or ()))
