"""The bridge to the engine: a plan's version with what was reported laid over it, scored on reading.

Nothing computed is stored.  A process remembers the scored projects of a plan and, at the
next look, scores again only those whose data changed since (``sequence`` of the history).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from threading import RLock
from typing import TypeVar

from django.db.models import Max

from samrit.engine.arithmetic import HUNDRED, divide, round_half_up
from samrit.engine.model import Aggregation, Entry, Figure, Indicator, Level, Narrative, Override, Project, Unit
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.engine.score import score_project
from samrit.package import PlanPackage
from samrit.plans import models
from samrit.plans.documents import package_of
from samrit.vocabulary.periods import plan_year_of

T = TypeVar("T")

_SHARE_PLACES = 20  # of a share made from its parts: far more than is ever shown, and exact enough to be written down

CHANGING = (models.Figure, models.LevelReached, models.Narrative, models.Settlement)


def version_in_force(plan: models.Plan, period: int = 12) -> models.PlanVersion:
    """Return the latest version that holds in ``period``; raises DoesNotExist for a plan without one."""
    versions = plan.versions.defer("content").filter(effective_period__lte=max(period, 1))
    return versions.latest("number")


def ruleset_of(package: PlanPackage) -> RuleSet:
    """Return the plan's rule set, or the office's percent of plan."""
    return package.ruleset() or PERCENT_OF_PLAN


def evaluate(plan: models.Plan, as_of: int) -> PlanResult:
    """Return the evaluation of ``plan`` over periods 1..``as_of`` with everything reported so far."""
    memory = _memory(plan, version_in_force(plan, as_of))
    with memory.lock:
        memory.catch_up()
        return memory.result(as_of)


def evaluate_several(plan: models.Plan, periods: Sequence[int]) -> tuple[PlanResult, ...]:
    """Return the evaluations of ``plan`` at several periods, as of one moment and for the queries of one."""
    versions = list(plan.versions.defer("content"))
    memories = {}
    for period in periods:
        in_force = max((v for v in versions if v.effective_period <= max(period, 1)), key=lambda v: v.number)
        memories[period] = _memory(plan, in_force)
    for memory in {id(m): m for m in memories.values()}.values():
        with memory.lock:
            memory.catch_up()
    results = []
    for period, memory in memories.items():
        with memory.lock:
            results.append(memory.result(period))
    return tuple(results)


def reported_plan(plan: models.Plan, period: int = 12) -> PlanPackage:
    """Return the plan's package with everything reported so far laid over it."""
    memory = _memory(plan, version_in_force(plan, period))
    with memory.lock:
        memory.catch_up()
        return replace(memory.package, plan=memory.plan())


@dataclass
class _Memory:
    """One version of a plan in this process: its projects as reported, and their results by period."""

    plan_id: int
    package: PlanPackage
    sequence: int = 0
    lock: RLock = field(default_factory=RLock)
    projects: dict[str, Project] = field(default_factory=dict)
    reporting: dict[str, Unit] = field(default_factory=dict)  # units of the register that the plan does not name
    results: dict[int, dict[str, ProjectResult]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.projects = {p.id: p for p in self.package.plan.projects}
        self.owner = {i.id: p.id for p in self.package.plan.projects for i in p.indicators}

    def plan(self) -> EnginePlan:
        """Return the plan with its projects as reported."""
        units = (*self.package.plan.units, *self.reporting.values())
        return replace(self.package.plan, projects=tuple(self.projects.values()), units=units)

    def _meet(self, projects: Iterable[Project]) -> None:
        """Take units of the register into the plan that report figures of a group's indicator."""
        known = {u.code for u in self.package.plan.units} | self.reporting.keys()
        codes = {e.unit for p in projects for i in p.indicators for e in i.entries if e.unit} - known
        if codes:
            for unit in models.Unit.objects.select_related("successor").filter(code__in=codes).order_by("code"):
                self.reporting[unit.code] = Unit(
                    unit.code,
                    unit.name,
                    unit.name_en,
                    type=unit.type,
                    region=unit.region,
                    successor=unit.successor.code if unit.successor and unit.successor.code in known | codes else "",
                )

    def catch_up(self) -> None:
        """Lay over what was written since the last look and forget the results that it touches."""
        latest = max(m.objects.filter(plan=self.plan_id).aggregate(n=Max("sequence"))["n"] or 0 for m in CHANGING)
        if latest == self.sequence:
            return
        touched = self._touched()
        if touched:
            fresh = _overlaid(self.plan_id, self.package.plan, touched)
            self.projects.update(fresh)
            self._meet(fresh.values())
            for results in self.results.values():
                for project in touched:
                    results.pop(project, None)
        self.sequence = latest

    def _touched(self) -> set[str]:
        touched: set[str] = set()
        for model, name in (
            (models.Figure, "indicator"),
            (models.LevelReached, "indicator"),
            (models.Settlement, "record"),
        ):
            rows = model.objects.filter(plan=self.plan_id, sequence__gt=self.sequence)  # type: ignore[attr-defined]
            touched.update(self.owner.get(code, code) for code in rows.values_list(name, flat=True).distinct())
        words = models.Narrative.objects.filter(plan=self.plan_id, sequence__gt=self.sequence)
        touched.update(words.values_list("project", flat=True).distinct())
        return touched & self.projects.keys()

    def result(self, as_of: int) -> PlanResult:
        """Return the evaluation, scoring only what is not remembered."""
        ruleset, plan = ruleset_of(self.package), self.plan()
        known = self.results.setdefault(as_of, {})
        for project in self.projects.values():
            if project.id not in known:
                known[project.id] = score_project(project, ruleset, as_of, year_be=plan.year_be, units=plan.units)
        return PlanResult(plan, ruleset, as_of, tuple(known[p] for p in self.projects))


_memories: dict[tuple[int, int], _Memory] = {}
_memories_lock = RLock()
_MOST_MEMORIES = 32


def _memory(plan: models.Plan, version: models.PlanVersion) -> _Memory:
    key = (plan.pk, version.pk)
    with _memories_lock:
        memory = _memories.get(key)
        if memory is None:
            if len(_memories) >= _MOST_MEMORIES:
                _memories.pop(next(iter(_memories)))
            memory = _memories[key] = _Memory(plan.pk, package_of(version))
        return memory


def forget() -> None:
    """Forget every remembered plan: for tests, whose database is wound back under the process."""
    with _memories_lock:
        _memories.clear()


def _overlaid(plan_id: int, plan: EnginePlan, wanted: set[str]) -> dict[str, Project]:
    """Return the wanted projects of a version with figures, levels, narratives and settlements laid over them."""
    projects = [p for p in plan.projects if p.id in wanted]
    codes = [i.id for p in projects for i in p.indicators]
    figures: Mapping[str, list[models.Figure]] = _grouped(
        models.Figure.objects.filter(plan=plan_id, indicator__in=codes), "indicator"
    )
    levels = _grouped(models.LevelReached.objects.filter(plan=plan_id, indicator__in=codes), "indicator")
    narratives = _grouped(models.Narrative.objects.filter(plan=plan_id, project__in=wanted), "project")
    settled = _grouped(
        models.Settlement.objects.filter(plan=plan_id, record__in=[*codes, *wanted], withdrawn=False), "record"
    )
    return {
        p.id: replace(
            p,
            indicators=tuple(_indicator(i, figures[i.id], levels[i.id], settled[i.id], plan) for i in p.indicators),
            narratives=(
                *p.narratives,
                *(_narrative(n) for n in narratives[p.id] if n.result or n.cause or n.next_step),
            ),
            overrides=(*map(_override, settled[p.id]), *p.overrides),
        )
        for p in projects
    }


def _grouped(rows: Iterable[T], name: str) -> Mapping[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, name)].append(row)
    return grouped


def _indicator(
    indicator: Indicator,
    figures: list[models.Figure],
    levels: list[models.LevelReached],
    settled: list[models.Settlement],
    plan: EnginePlan,
) -> Indicator:
    if not figures and not levels and not settled:
        return indicator
    entries = {(e.unit, e.period, e.span): e for e in indicator.entries}
    for figure in figures:
        key = (figure.unit_code, figure.period, figure.span)
        planned = entries.get(key) or Entry(figure.period, figure.unit_code, span=figure.span)
        laid = replace(
            planned,
            actual=as_counted(indicator, figure),
            numerator=figure.numerator,
            denominator=figure.denominator,
            note=figure.note or planned.note,
        )
        # A figure that was taken back leaves nothing behind that the version did not have.
        if key in entries or laid != Entry(figure.period, figure.unit_code, span=figure.span):
            entries[key] = laid
    reached = {level.number: level for level in levels}
    return replace(
        indicator,
        entries=tuple(entries[key] for key in sorted(entries)),
        levels=tuple(_level(level, reached.get(level.number), plan) for level in indicator.levels),
        overrides=(*map(_override, settled), *indicator.overrides),
    )


def as_counted(indicator: Indicator, figure: models.Figure) -> Figure:
    """Return the figure as it counts: of parts alone, under any aggregation but the ratio, their share in percent."""
    numerator, denominator = figure.numerator, figure.denominator
    if indicator.aggregation is Aggregation.RATIO or isinstance(figure.actual, Decimal):
        return figure.actual
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal) and denominator:
        return round_half_up(divide(numerator * HUNDRED, denominator), _SHARE_PLACES)
    return figure.actual


def _level(level: Level, reached: models.LevelReached | None, plan: EnginePlan) -> Level:
    if reached is None:
        return level
    if reached.reached_on is None:
        return replace(level, reached_on=None, reached_period=None, evidence=reached.evidence_text)
    year, period = plan_year_of(reached.reached_on, plan.calendar)
    # Reached before the plan year began counts from its first period, after it not in this year.
    within = period if year == plan.year_be else (1 if year < plan.year_be else None)
    return replace(level, reached_on=reached.reached_on, reached_period=within, evidence=reached.evidence_text)


def _override(settled: models.Settlement) -> Override:
    return Override(
        settled.period,
        settled.reason,
        settled.percent,
        settled.band,
        str(settled.decided_by or ""),
        settled.decided_at.date(),
    )


def _narrative(words: models.Narrative) -> Narrative:
    return Narrative(words.period, words.result, words.cause, words.next_step, written_on=words.changed_at.date())
