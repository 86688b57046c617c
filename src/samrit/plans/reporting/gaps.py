"""What an evaluation closes over: units and figures that are missing, late, unconfirmed or under correction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from samrit.engine.indicators.shared import period_here
from samrit.engine.model import Indicator
from samrit.engine.model import Plan as EnginePlan
from samrit.plans import models
from samrit.plans.evaluation.scoring import reported_plan, taken_over, version_in_force
from samrit.plans.reporting.completeness import DutyRegister, scene_of
from samrit.plans.reporting.duties import Duty, answered
from samrit.plans.reporting.transitions import ReportStage, is_under_correction, stage_of


class GapKind(StrEnum):
    """What was not as it should be, worst first."""

    MISSING = "missing"  # nothing was sent, or a figure that is due does not count
    RETURNED = "returned"
    CORRECTING = "correcting"  # taken back or opened again; what was sent last counts
    UNCONFIRMED = "unconfirmed"
    ERROR = "error"  # a finding that is an error and that nobody has decided about
    UNACCEPTED = "unaccepted"
    LATE = "late"
    WAIVED = "waived"  # one person did two steps of it, under a waiver


# Closing over these takes a reason.
ASK_WHY = (GapKind.MISSING, GapKind.RETURNED, GapKind.CORRECTING, GapKind.UNCONFIRMED, GapKind.ERROR)
_BY_STAGE = {
    ReportStage.RETURNED: GapKind.RETURNED,
    ReportStage.WITH_HEAD: GapKind.RETURNED,
    ReportStage.SUBMITTED: GapKind.UNCONFIRMED,
    ReportStage.CONFIRMED: GapKind.UNACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: of a unit's month, or of a record with an open error; ``indicators`` are the figures it is about."""

    kind: GapKind
    period: int
    unit: str = ""
    indicators: tuple[str, ...] = ()


def gaps_of(plan: models.Plan, period: int, counted: EnginePlan) -> tuple[Gap, ...]:
    """Return the gaps of the months up to ``period`` in ``counted``, the plan as it is going to be frozen."""
    reports = {(r.unit.code, r.period): r for r in plan.reports.select_related("unit").filter(period__lte=period)}
    indicators = {i.id: i for p in counted.projects for i in p.measures}
    scene = scene_of(plan)
    found: list[Gap] = []
    for month in range(1, period + 1):
        if month in scene.duties:
            found += _of_month(month, scene, reports, indicators)
    found += _elsewhere(plan, period)
    order = list(GapKind)
    return tuple(sorted(found, key=lambda g: (order.index(g.kind), g.period, g.unit)))


def _elsewhere(plan: models.Plan, period: int) -> Iterator[Gap]:
    """Yield the gaps of figures reported in another plan: what is missing or corrected there counts here (R171).

    They are named by the indicators of this plan that use them, in this plan's months.
    """
    uses: dict[models.Plan, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for indicator, (other, origin) in taken_over(version_in_force(plan, period)).items():
        if other.pk != plan.pk:
            uses[other][origin].append(indicator)
    for other, used in uses.items():
        for gap in _reported_gaps(other, used.keys()):
            month = period_here(gap.period, (other.year_be, other.calendar), (plan.year_be, plan.calendar))
            here = tuple(own for origin in gap.indicators for own in used[origin])
            if month is not None and month <= period and here:
                yield Gap(gap.kind, month, gap.unit, here)


def _reported_gaps(plan: models.Plan, used: Collection[str]) -> Iterator[Gap]:
    reports = {(r.unit.code, r.period): r for r in plan.reports.select_related("unit")}
    indicators = {i.id: i for p in reported_plan(plan).plan.projects for i in p.indicators}
    scene = scene_of(plan)
    for month in scene.duties:
        for gap in _of_month(month, scene, reports, indicators):
            named = tuple(i for i in gap.indicators if i in used)
            if named:
                yield replace(gap, indicators=named)


def _of_month(
    month: int,
    scene: DutyRegister,
    reports: Mapping[tuple[str, int], models.MonthlyReport],
    indicators: Mapping[str, Indicator],
) -> Iterator[Gap]:
    for unit, own in scene.duties[month].by_unit.items():
        cell = scene.cell(unit, month)
        due = [d for d in own if d.is_due(month)]
        report = reports.get((unit, month))
        kind = None if report is None else _kind_of(report)
        if kind is not None:
            yield Gap(kind, month, unit, tuple(d.indicator.id for d in due))
        if cell.is_late:
            yield Gap(GapKind.LATE, month, unit)
        if report is not None and report.waived:
            yield Gap(GapKind.WAIVED, month, unit)
        blank = tuple(d.indicator.id for d in due if not _counts(indicators.get(d.indicator.id), d, month))
        if blank or cell.is_silent:
            yield Gap(GapKind.MISSING, month, unit, blank)


def _kind_of(report: models.MonthlyReport) -> GapKind | None:
    found = _BY_STAGE.get(stage_of(report))
    return GapKind.CORRECTING if found is None and is_under_correction(report) else found


def _counts(indicator: Indicator | None, duty: Duty, month: int) -> bool:
    """Say whether something counts for the month."""
    return indicator is not None and any(answered(indicator, duty.figure_unit, (month,), duty.rhythm))


def needs_reason(gaps: Iterable[Gap]) -> bool:
    """Say whether closing over these gaps takes a reason."""
    return any(gap.kind in ASK_WHY for gap in gaps)


def units_in(gaps: Iterable[Gap]) -> Mapping[GapKind, int]:
    """Return how many units, or records with errors, have a gap of each kind."""
    return Counter(kind for kind, _ in {(g.kind, g.unit or g.indicators) for g in gaps})


def as_data(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """Return gaps as the evaluation keeps them."""
    return [{**asdict(gap), "indicators": list(gap.indicators)} for gap in gaps]


def from_data(rows: Iterable[Mapping[str, Any]]) -> tuple[Gap, ...]:
    """Return the gaps that an evaluation keeps."""
    return tuple(Gap(GapKind(row["kind"]), row["period"], row["unit"], tuple(row["indicators"])) for row in rows)
