"""The bridge to the engine: a plan's version with what was reported laid over it, scored on reading.

Nothing computed is stored.  A process keeps the rows reported on a version (``reported_rows``)
and reads at each look only what was written since.  A work on which nothing was reported stays
the very same object, and that is how everything made of it is known to hold: its scores here,
forecasts, findings and pages elsewhere (``memory``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from samrit.engine.indicators.shared import origin_named
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Unit
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import YEAR_END, scorer
from samrit.package import PlanPackage
from samrit.package.ready_rules import default_rules
from samrit.plans import models
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.allotted import WHOLE_PLAN, allotments_laid
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.reported_rows import (
    ALLOTMENTS,
    FIGURES,
    ReportedFigure,
    ReportedRows,
    overlaid,
)
from samrit.plans.evaluation.sharing import Shared
from samrit.plans.evaluation.unit_names import as_called, renamed_units
from samrit.plans.evaluation.units import unit_of
from samrit.plans.records.chain_place import ChainPlace, place


def version_in_force(plan: models.Plan, period: int = 12) -> models.PlanVersion:
    """Return the latest version that holds in ``period``; raises DoesNotExist for a plan without one."""
    return _holding(versions_of(plan), period)


def versions_of(plan: models.Plan) -> tuple[models.PlanVersion, ...]:
    """Return the versions of ``plan`` in order, without their content; they are for reading only."""

    def read() -> tuple[models.PlanVersion, ...]:
        return tuple(models.PlanVersion.objects.filter(plan=plan.pk).defer("content").order_by("number"))

    return memory.read(("versions", plan.pk), read)


def holding_in(versions: Sequence[models.PlanVersion], period: int) -> models.PlanVersion | None:
    """Return the latest of ``versions``, in order, that holds in ``period``; None before the first."""
    return next((v for v in reversed(versions) if v.effective_period <= max(period, 1)), None)


def _holding(versions: Sequence[models.PlanVersion], period: int) -> models.PlanVersion:
    version = holding_in(versions, period)
    if version is None:
        raise models.PlanVersion.DoesNotExist
    return version


def ruleset_of(package: PlanPackage) -> RuleSet:
    """Return the plan's rule set, or that of a plan that names none."""
    return package.ruleset() or default_rules()


def evaluate(plan: models.Plan, as_of: int) -> PlanResult:
    """Return the evaluation of ``plan`` over periods 1..``as_of`` with everything reported so far.

    It is the same object until something is reported.
    """
    return _looked_at(plan, version_in_force(plan, as_of)).result(as_of)


def evaluate_several(plan: models.Plan, periods: Sequence[int]) -> tuple[PlanResult, ...]:
    """Return the evaluations of ``plan`` at several periods, as of one moment and for the queries of one."""
    versions = versions_of(plan)
    holding = {period: _holding(versions, period) for period in periods}
    looks = {version.pk: _looked_at(plan, version) for version in holding.values()}
    return tuple(looks[version.pk].result(period) for period, version in holding.items())


def evaluate_with_year(plan: models.Plan, as_of: int) -> tuple[PlanResult, PlanResult]:
    """Return the evaluations of ``plan`` at ``as_of`` and of its whole year, both by the version in force then."""
    seen = _looked_at(plan, version_in_force(plan, as_of))
    return seen.result(as_of), seen.result(YEAR_END)


def reported_plan(plan: models.Plan, period: int = 12) -> PlanPackage:
    """Return the plan's package with everything reported so far laid over it."""
    version = version_in_force(plan, period)
    seen = _looked_at(plan, version).plan
    return replace(package_of(version), plan=as_called(seen, period, renamed_units()))


def counted_plan(plan: models.Plan, period: int, *, standing: str) -> PlanPackage:
    """Return the plan's package with only what has come to ``standing`` laid over it; read again each time."""
    package = package_of(version_in_force(plan, period))
    own = _Followed(plan.pk, package, standing).at(None)

    def other(code: str) -> EnginePlan | None:
        found = _plan_named(code)
        return None if found is None else _Followed(found.pk, package_of(version_in_force(found)), standing).at(None)

    return replace(package, plan=as_called(Shared().laid(own, other), period, renamed_units()))


def taken_over(version: models.PlanVersion) -> Mapping[str, tuple[models.Plan, str]]:
    """Return the indicators of a version that take figures over, each with plan and indicator of its origin (R171).

    One whose origin is not there is left out: somebody has to report it.
    """

    def using() -> tuple[tuple[str, str, str], ...]:
        plan = package_of(version).plan
        every = (i for p in plan.projects for i in p.indicators if i.figures_of)
        return tuple((i.id, *origin_named(i.figures_of, plan.id)) for i in every)

    found = {}
    for indicator, code, origin in memory.always(("users of figures", version.pk, version.sha256), using):
        plan = _plan_named(code)
        holding = None if plan is None else holding_in(versions_of(plan), YEAR_END)
        if plan is not None and holding is not None and origin in _own_figures(holding):
            found[indicator] = (plan, origin)
    return found


def _own_figures(version: models.PlanVersion) -> frozenset[str]:
    """Return the indicators of a version that are reported themselves."""

    def read() -> frozenset[str]:
        return frozenset(i.id for p in package_of(version).plan.projects for i in p.indicators if not i.figures_of)

    return memory.always(("own figures", version.pk, version.sha256), read)


def sent_figures(plan: models.Plan, indicators: Iterable[str]) -> Mapping[tuple[str, str, int, int], ReportedFigure]:
    """Return figures as they were sent last, by indicator, unit, period and span; without those of the version."""
    followed, now = _followed(plan, version_in_force(plan))
    followed.at(now)
    return followed.figures(indicators)


@dataclass(frozen=True, slots=True)
class _Reported:
    """A version with everything reported by one moment; ``line`` names what it is the latest of, None for nothing."""

    plan: EnginePlan
    ruleset: RuleSet
    line: tuple[object, ...] | None

    def result(self, as_of: int) -> PlanResult:
        """Return the evaluation, scoring only works that are not remembered."""
        ruleset, plan = self.ruleset, self._called(as_of)
        entry = memory.entry(None if self.line is None else (*self.line, as_of), plan, ruleset)

        def whole() -> PlanResult:
            return PlanResult(
                plan, ruleset, as_of, entry.per_work("score", scorer(plan, ruleset, as_of), plan.projects)
            )

        return entry.derived("result", whole)

    def _called(self, as_of: int) -> EnginePlan:
        """Return the plan with its units as they were called in the evaluated month."""
        plan, renamed = self.plan, renamed_units()
        if not renamed:
            return plan
        entry = memory.entry(self.line, plan, self.ruleset)
        return entry.derived(("units called", as_of), lambda: as_called(plan, as_of, renamed), renamed)


def _looked_at(plan: models.Plan, version: models.PlanVersion) -> _Reported:
    """Return a version with what is reported now; inside a transaction that has written, it is for nobody else."""
    followed, now = _followed(plan, version)
    seen = followed.shared.laid(followed.at(now), _reported_elsewhere)
    return _Reported(seen, ruleset_of(followed.package), None if now is None else _line(plan, version))


def _reported_elsewhere(code: str) -> EnginePlan | None:
    """Return another plan with what is reported of it now, for those that use its figures (R171)."""
    found = _plan_named(code)
    version = None if found is None else holding_in(versions_of(found), YEAR_END)
    if found is None or version is None:
        return None
    followed, now = _followed(found, version)
    return followed.at(now)


def planned_elsewhere(code: str) -> EnginePlan | None:
    """Return another plan of the office as it is planned, by its code; None where there is none."""
    found = _plan_named(code)
    version = None if found is None else holding_in(versions_of(found), YEAR_END)
    return None if version is None else package_of(version).plan


def _plan_named(code: str) -> models.Plan | None:
    def read() -> models.Plan | None:
        return models.Plan.objects.filter(code=code, versions__isnull=False).first()

    return memory.read(("plan named", code), read)


def _line(plan: models.Plan, version: models.PlanVersion) -> tuple[object, ...]:
    return ("reported", plan.pk, version.pk, version.sha256)


def _followed(plan: models.Plan, version: models.PlanVersion) -> tuple[_Followed, ChainPlace | None]:
    now, package = place(), package_of(version)
    if now is None:
        return _Followed(plan.pk, package), None
    return memory.always(_line(plan, version), lambda: _Followed(plan.pk, package)), now


@dataclass
class _Followed:
    """One version in this process, brought up to date at every look.

    Its own lock is held while rows are read, so that each is taken in once; the memory's
    lock may be taken inside it, never the other way round.
    """

    plan_id: int
    package: PlanPackage
    standing: str = models.Standing.SENT
    lock: Lock = field(default_factory=Lock)
    shared: Shared = field(default_factory=Shared)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        base = self.package.plan
        self._place: ChainPlace | None = None
        self._rows = ReportedRows(self.plan_id, self.standing)
        self._base = {project.id: project for project in base.projects}
        self._owner = {i.id: project.id for project in base.projects for i in project.measures}
        self._projects = dict(self._base)
        self._foreign: frozenset[str] = frozenset()  # units that report here and that the plan does not name
        self._plan = base

    def at(self, now: ChainPlace | None) -> EnginePlan:
        """Return the plan as reported at ``now``: the same object until something is."""
        with self.lock:
            written = memory.written(self._place, now) if self._place is not None and now is not None else frozenset()
            if written is None:  # another chain, or too long ago
                self._begin()
                written = frozenset()
            if self._place is None or written:
                touched = {self._owner.get(record, record) for record in self._rows.catch_up(written)}
                self._lay(touched & (self._base.keys() | {WHOLE_PLAN}))
            if now is not None and (self._place is None or now.sequence > self._place.sequence):
                self._place = now
            return self._plan

    def figures(self, indicators: Iterable[str]) -> Mapping[tuple[str, str, int, int], ReportedFigure]:
        """Return the figures that are laid over some indicators, by indicator, unit, period and span."""
        with self.lock:
            return {(code, *key): said for code in indicators for key, said in self._rows.of(FIGURES, code).items()}

    def _lay(self, touched: set[str]) -> None:
        """Lay over the works of ``touched`` what was reported on them; take in units that the plan does not name."""
        works = touched - {WHOLE_PLAN}
        for code in works:
            self._projects[code] = overlaid(self._base[code], self._rows, self.package.plan)
        reporting = {e.unit for code in works for i in self._projects[code].measures for e in i.entries if e.unit}
        self._foreign |= reporting - {unit.code for unit in self.package.plan.units}
        units = self._units() if self._foreign else self.package.plan.units
        if touched or units != self._plan.units:
            own = allotments_laid(self.package.plan, self._rows.in_order(ALLOTMENTS, WHOLE_PLAN))
            projects = tuple(self._projects.values())
            self._plan = replace(self.package.plan, projects=projects, units=units, allotments=own)

    def _units(self) -> tuple[Unit, ...]:
        """Return the units of the plan with those of the register that report here besides, by code."""
        register = memory.read("units of the engine", _read_units)
        own = self.package.plan.units
        named = {unit.code for unit in own} | self._foreign
        found = [register[code] for code in sorted(self._foreign) if code in register]
        # A successor that the plan does not know would lead nowhere.
        return (*own, *(u if u.successor in named else replace(u, successor="") for u in found))


def _read_units() -> Mapping[str, Unit]:
    """Return the register's units by code; what they belong to is the plan's to say."""
    rows = models.Unit.objects.select_related("parent", "successor")
    return {row.code: replace(unit_of(row), parent="") for row in rows}
