"""The bridge to the engine: a plan's version with what was reported laid over it, scored on reading.

Nothing computed is stored.  A process remembers the scored projects of a plan and, at the
next look, scores again only those whose data changed since (``sequence`` of the history).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TypeVar

from django.db.models import Model

from samrit.engine.model import Indicator, Override, Project, Unit
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.engine.score import YEAR_END, score_project
from samrit.package import PlanPackage
from samrit.plans import models
from samrit.plans.evaluation import reported_rows as overlay
from samrit.plans.evaluation.chain_place import Place, ReadOnce, place, written_between
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.reported_rows import Laid

T = TypeVar("T")
M = TypeVar("M", bound=Model)


def version_in_force(plan: models.Plan, period: int = 12) -> models.PlanVersion:
    """Return the latest version that holds in ``period``; raises DoesNotExist for a plan without one."""
    return _holding(versions_of(plan), period)


def versions_of(plan: models.Plan) -> tuple[models.PlanVersion, ...]:
    """Return the versions of ``plan`` in order, without their content."""
    return _versions(plan.pk)


def _read_versions(plan: int) -> tuple[models.PlanVersion, ...]:
    return tuple(models.PlanVersion.objects.filter(plan=plan).defer("content").order_by("number"))


_versions = ReadOnce(_read_versions, "plan")


def _holding(versions: Sequence[models.PlanVersion], period: int) -> models.PlanVersion:
    holding = [v for v in versions if v.effective_period <= max(period, 1)]
    if not holding:
        raise models.PlanVersion.DoesNotExist
    return holding[-1]


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
    versions = versions_of(plan)
    memories = {period: _memory(plan, _holding(versions, period)) for period in periods}
    for memory in {id(m): m for m in memories.values()}.values():
        with memory.lock:
            memory.catch_up()
    results = []
    for period, memory in memories.items():
        with memory.lock:
            results.append(memory.result(period))
    return tuple(results)


def evaluate_with_year(plan: models.Plan, as_of: int) -> tuple[PlanResult, PlanResult]:
    """Return the evaluations of ``plan`` at ``as_of`` and of its whole year, both by the version in force then."""
    memory = _memory(plan, version_in_force(plan, as_of))
    with memory.lock:
        memory.catch_up()
        return memory.result(as_of), memory.result(YEAR_END)


def reported_plan(plan: models.Plan, period: int = 12) -> PlanPackage:
    """Return the plan's package with everything reported so far laid over it."""
    memory = _memory(plan, version_in_force(plan, period))
    with memory.lock:
        memory.catch_up()
        return replace(memory.package, plan=memory.plan())


Key = tuple[str, int, int]  # unit, period, span
_REPORTING = frozenset({"figure", "level", "narrative", "money", "settlement"})  # kinds of entries that are laid over


@dataclass
class _Memory:
    """One version of a plan in this process: what was reported over it, its projects, and their results by period."""

    plan_id: int
    package: PlanPackage
    lock: RLock = field(default_factory=RLock)
    projects: dict[str, Project] = field(default_factory=dict)
    reporting: dict[str, Unit] = field(default_factory=dict)  # units of the register that the plan does not name
    results: dict[int, dict[str, ProjectResult]] = field(default_factory=dict)
    # The latest entry seen of each table.  Writers follow one another, so a look at one table
    # never misses an earlier entry of it; it may well miss one of another table.
    seen: dict[type[Model], int] = field(default_factory=dict)
    figures: dict[str, dict[Key, Laid]] = field(default_factory=lambda: defaultdict(dict))
    levels: dict[str, dict[int, models.LevelReached]] = field(default_factory=lambda: defaultdict(dict))
    narratives: dict[str, dict[int, models.Narrative]] = field(default_factory=lambda: defaultdict(dict))
    money: dict[str, dict[int, models.MoneyMovement]] = field(default_factory=lambda: defaultdict(dict))
    settled: dict[str, dict[int, models.Settlement]] = field(default_factory=lambda: defaultdict(dict))
    at: Place | None = None  # where the history stood at the last look
    reported: EnginePlan | None = None  # the plan and its evaluations as of the last look
    evaluated: dict[int, PlanResult] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = {p.id: p for p in self.package.plan.projects}
        self.projects = dict(self.base)
        self.owner = {i.id: p.id for p in self.base.values() for i in p.indicators}

    def plan(self) -> EnginePlan:
        """Return the plan with its projects as reported: the same object until something is."""
        if self.reported is None:
            units = (*self.package.plan.units, *self.reporting.values())
            self.reported = replace(self.package.plan, projects=tuple(self.projects.values()), units=units)
        return self.reported

    def catch_up(self) -> None:
        """Lay over what was written since the last look and forget the results that it touches."""
        now = place()
        if now is not None and self.at is not None:
            written = written_between(self.at, now)
            if written is not None and not any(w.plan == self.plan_id and w.kind in _REPORTING for w in written):
                self.at = now
                return
        touched = self._read() & self.base.keys()
        self.at = now
        for code in touched:
            self.projects[code] = self._overlaid(self.base[code])
            for results in self.results.values():
                results.pop(code, None)
        if touched:
            self.reported = None
            self.evaluated.clear()
            self._meet(self.projects[code] for code in touched)

    def _read(self) -> set[str]:
        """Take in the rows written since the last look, and return the projects that they are about."""
        touched: set[str] = set()
        for laid in self._figures():
            self.figures[laid.indicator][laid.unit_code, laid.period, laid.span] = laid
            touched.add(self.owner.get(laid.indicator, ""))
        for level in self._fresh(models.LevelReached):
            self.levels[level.indicator][level.number] = level
            touched.add(self.owner.get(level.indicator, ""))
        for words in self._fresh(models.Narrative):
            self.narratives[words.project][words.pk] = words
            touched.add(words.project)
        for moved in self._fresh(models.MoneyMovement):
            self.money[moved.project][moved.pk] = moved
            touched.add(moved.project)
        for settled in self._fresh(models.Settlement):
            self.settled[settled.record][settled.pk] = settled
            touched.add(self.owner.get(settled.record, settled.record))
        return touched

    def _figures(self) -> Iterator[Laid]:
        """Yield the figures written since the last look, as few columns as it takes: there are many."""
        rows = models.Figure.objects.filter(plan=self.plan_id, sequence__gt=self.seen.get(models.Figure, 0))
        for row in rows.order_by("sequence").values_list(*Laid._fields):
            laid = Laid(*row)
            self.seen[models.Figure] = laid.sequence
            yield laid

    def _fresh(self, model: type[M]) -> Iterator[M]:
        rows = model._default_manager.filter(plan=self.plan_id, sequence__gt=self.seen.get(model, 0))
        if model is models.Settlement:
            rows = rows.select_related("decided_by")
        for row in rows.order_by("sequence"):
            self.seen[model] = row.sequence  # type: ignore[attr-defined]
            yield row

    def _overlaid(self, project: Project) -> Project:
        """Return a project of the version with figures, levels, narratives, money and settlements laid over it."""
        narratives = _in_order(self.narratives.get(project.id, {}))
        return replace(
            project,
            indicators=tuple(map(self._indicator, project.indicators)),
            narratives=(
                *project.narratives,
                *(overlay.narrative(n) for n in narratives if n.result or n.cause or n.next_step),
            ),
            movements=(*project.movements, *map(overlay.movement, _in_order(self.money.get(project.id, {})))),
            overrides=(*self._overrides(project.id), *project.overrides),
        )

    def _indicator(self, indicator: Indicator) -> Indicator:
        figures, levels = self.figures.get(indicator.id), self.levels.get(indicator.id)
        overrides = self._overrides(indicator.id)
        if not figures and not levels and not overrides:
            return indicator
        entries = {(e.unit, e.period, e.span): e for e in indicator.entries}
        for key, figure in (figures or {}).items():
            if (laid := overlay.laid(indicator, entries.get(key), figure)) is not None:
                entries[key] = laid
        plan = self.package.plan
        return replace(
            indicator,
            entries=tuple(entries[key] for key in sorted(entries)),
            levels=tuple(overlay.level(level, (levels or {}).get(level.number), plan) for level in indicator.levels),
            overrides=(*overrides, *indicator.overrides),
        )

    def _overrides(self, record: str) -> tuple[Override, ...]:
        return tuple(overlay.override(s) for s in _in_order(self.settled.get(record, {})) if not s.withdrawn)

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

    def result(self, as_of: int) -> PlanResult:
        """Return the evaluation, scoring only what is not remembered: the same object until something is reported."""
        if as_of in self.evaluated:
            return self.evaluated[as_of]
        ruleset, plan = ruleset_of(self.package), self.plan()
        known = self.results.setdefault(as_of, {})
        for project in self.projects.values():
            if project.id not in known:
                known[project.id] = score_project(
                    project, ruleset, as_of, year_be=plan.year_be, units=plan.units, calendar=plan.calendar
                )
        self.evaluated[as_of] = PlanResult(plan, ruleset, as_of, tuple(known[p] for p in self.projects))
        return self.evaluated[as_of]


_memories: dict[tuple[int, int], _Memory] = {}
_memories_lock = RLock()
_MOST_MEMORIES = 32


def _memory(plan: models.Plan, version: models.PlanVersion) -> _Memory:
    key, now = (plan.pk, version.pk), place()
    if now is None:  # what this transaction has written may be taken back: nobody else may see it
        return _Memory(plan.pk, package_of(version))
    with _memories_lock:
        memory = _memories.get(key)
        if memory is None or (memory.at is not None and written_between(memory.at, now) is None):
            if len(_memories) >= _MOST_MEMORIES:
                _memories.pop(next(iter(_memories)))
            memory = _memories[key] = _Memory(plan.pk, package_of(version))
        return memory


def forget() -> None:
    """Forget every remembered plan: for tests, whose database is wound back under the process."""
    with _memories_lock:
        _memories.clear()


def _in_order(rows: Mapping[int, T]) -> list[T]:
    """Return rows in the order in which they were first written."""
    return [rows[key] for key in sorted(rows)]
