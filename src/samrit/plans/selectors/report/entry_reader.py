"""How the lines of an entry page are read: a fixed number of queries, whatever the number of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import divide
from samrit.engine.as_planned import can_be_result, is_as_planned, planned_for
from samrit.engine.indicators.breakdown import added_up, alike
from samrit.engine.indicators.levels import is_by_steps
from samrit.engine.model import Entry, Figure, Indicator, Level, Mark, Project
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score_project, scorer
from samrit.plans import models
from samrit.plans.evaluation import memory, scoring
from samrit.plans.evaluation.reported_rows import as_counted
from samrit.plans.reporting.duties import Duty
from samrit.plans.reporting.locks import LockReason, Locks
from samrit.plans.reporting.plausibility import unusual
from samrit.plans.selectors.report.entry_lines import (
    MONTHS,
    LevelStep,
    ReportCell,
    ReportLine,
    ReportWords,
    ReportWork,
    Typed,
)
from samrit.plans.selectors.report.seen_rows import laid_over, rows_seen
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.narrative import all_said

_TYPED = ("actual", "numerator", "denominator")


class Reader:
    """Everything that a page of entry needs, read with a fixed number of queries."""

    def __init__(
        self,
        plan: models.Plan,
        unit: models.Unit,
        period: int,
        *,
        locks: Locks,
        may_edit: bool,
        sees_typed: bool,
        typed: Mapping[tuple[str, int], Typed] | None = None,
    ) -> None:
        self.plan, self.unit, self.period, self.locks, self.may_edit = plan, unit, period, locks, may_edit
        self.typed, self.sees_typed = typed or {}, sees_typed
        self.result = scoring.evaluate(plan, period)
        self.engine_plan: EnginePlan = self.result.plan
        self.ruleset = self.result.ruleset
        self.cards = {card.indicator: card for card in self.engine_plan.cards}
        self._why = {month: self._lock(month) for month in MONTHS}

    def lock(self, period: int) -> LockReason | None:
        """Return why the unit's figures of ``period`` are locked for this person."""
        return self._why[period]

    def _lock(self, period: int) -> LockReason | None:
        if not self.may_edit:
            return LockReason("locked_not_yours", {"unit": self.unit.name})
        return self.locks.why(self.unit.code, period)

    def works(
        self, duties: Iterable[Duty], *, with_all: bool, numbering: tuple[str, ...] = ()
    ) -> tuple[tuple[ReportWork, ...], int]:
        """Return the works with their lines, and how many lines were left out for having nothing planned."""
        grouped: dict[str, list[Duty]] = defaultdict(list)
        order = {indicator: n for n, indicator in enumerate(numbering or [d.indicator.id for d in duties], 1)}
        for duty in duties:
            grouped[duty.project.id].append(duty)
        self._read([d for own in grouped.values() for d in own])
        found, hidden = [], 0
        for code, own in grouped.items():
            work = self._work(code, own, order)
            kept = tuple(x for x in work.lines if with_all or x.is_due or x.is_owed or not x.now.is_empty or x.asks)
            hidden += len(work.lines) - len(kept)
            if kept:
                found.append(replace(work, lines=kept))
        return tuple(found), hidden

    def _read(self, duties: list[Duty]) -> None:
        self.seen = rows_seen(self.plan, self.unit, self.period, duties, typed=self.sees_typed)
        self.figures, self.levels = self.seen.figures, self.seen.levels
        words = self.seen.words.values()
        self.words = {w.project: ReportWords(all_said(w), w.revision) for w in words}
        self.evidence: dict[str, list[models.Evidence]] = defaultdict(list)
        for file in self.seen.evidence:
            self.evidence[file.project].append(file)

    def _work(self, code: str, duties: list[Duty], order: Mapping[str, int]) -> ReportWork:
        project = laid_over(self.engine_plan.project(code) or duties[0].project, self.seen, duties, self.plan)
        project = self._with_typed(project, duties)
        units = {d.figure_unit for d in duties}
        result, found = self._judged(project, units.pop() if len(units) == 1 else None)
        by_indicator = {r.indicator.id: r for r in (*result.indicators, *self._of_parts(project))}
        noticed = self._noticed(found, project)
        standing = {i.id: i for i in project.measures}
        lines = tuple(
            self._line(
                duty,
                by_indicator[duty.indicator.id],
                noticed[duty.indicator.id],
                (order[duty.indicator.id], standing[duty.indicator.id]),
            )
            for duty in duties
        )
        return ReportWork(
            key=f"W{min(order[d.indicator.id] for d in duties)}",
            project=project,
            result=result,
            lines=lines,
            words=self.words.get(code, ReportWords()),
            evidence=tuple(self.evidence.get(code, ())),
            must_explain=any(not d.figure_unit and d.is_due(self.period) for d in duties)
            and any(line.is_reported for line in lines)
            and must_explain(result, self.ruleset),
            others=len(project.measures) - len(lines),
        )

    def _of_parts(self, project: Project) -> tuple[IndicatorResult, ...]:
        """Return what the categories of breakdowns come to, each scored as its indicator is and weighed nowhere."""
        parts = tuple(alike(part, i) for i in project.indicators for part in i.parts)
        if not parts:
            return ()
        plan = self.engine_plan
        scored = score_project(
            replace(project, indicators=parts, overrides=()),
            self.ruleset,
            self.period,
            year_be=plan.year_be,
            units=plan.units,
            calendar=plan.calendar,
            rhythm=plan.rhythm,
        )
        return scored.indicators

    def _judged(self, project: Project, unit: str | None) -> tuple[ProjectResult, tuple[Finding, ...]]:
        """Return what the work comes to and what looks unusual in it; kept until something of it is reported."""
        plan, ruleset, period = self.engine_plan, self.ruleset, self.period

        def judge(work: Project) -> tuple[ProjectResult, tuple[Finding, ...]]:
            result = scorer(plan, ruleset, period)(work)
            return result, unusual(plan, ruleset, (work,), period, unit=unit)

        if self.typed:
            return judge(project)
        return memory.of(self.result).per_work(("judged", unit), judge, (project,))[0]

    def _noticed(self, findings: Iterable[Finding], project: Project) -> Mapping[str, tuple[Finding, ...]]:
        """Return the findings by indicator; one on the work stands with the first indicator that it names."""
        grouped: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
        ids = {i.id for i in project.measures}
        for finding in findings:
            named = str(finding.params.get("indicators", "")).split(", ")
            record = finding.place.record if finding.place.record in ids else named[0]
            grouped[record] += (finding,)
        return grouped

    def _line(
        self, duty: Duty, result: IndicatorResult, findings: tuple[Finding, ...], stands: tuple[int, Indicator]
    ) -> ReportLine:
        """Return a line; ``stands`` is its number on the page and the indicator as it is, month by month."""
        indicator, (number, own) = result.indicator, stands
        standing = replace(own, rhythm=duty.rhythm)
        made = added_up(standing)  # what its categories make counts, but is no figure of its own to send (BD1)
        steps: tuple[LevelStep, ...] = ()
        if is_by_steps(indicator):
            steps = tuple(self._step(indicator.id, level) for level in indicator.levels)
        return ReportLine(
            key=f"L{number}",
            project=duty.project.id,
            indicator=indicator,
            figure_unit=duty.figure_unit,
            cells=tuple(self._cell(standing, made, duty.figure_unit, month) for month in MONTHS),
            steps=steps,
            card=self.cards.get(indicator.id),
            is_due=duty.is_due(self.period),
            result=result,
            findings=findings,
        )

    def _step(self, indicator: str, level: Level) -> LevelStep:
        row = self.levels.get((indicator, level.number))
        is_due = level.due_period is not None and level.due_period <= self.period
        return LevelStep(level, row.revision if row is not None else 0, is_due)

    def _cell(self, indicator: Indicator, made: Indicator, unit: str, period: int) -> ReportCell:
        entry, counts = (entry_of(i, unit, period) or Entry(period, unit) for i in (indicator, made))
        row = self.figures.get((indicator.id, unit, period, entry.span))
        plan = planned_for(made, unit, period) or _whole_plan(made, unit, period, counts)
        counted = _share_or_figure(indicator, counts)
        return ReportCell(
            period=period,
            span=entry.span,
            planned=plan.planned,
            planned_numerator=plan.planned_numerator,
            planned_denominator=plan.planned_denominator,
            actual=row.actual if row is not None and (indicator.id, period) not in self.typed else entry.actual,
            counted=counted,
            numerator=entry.numerator,
            denominator=entry.denominator,
            revision=row.revision if row is not None else 0,
            explanation=row.explanation if row is not None else "",
            note=entry.note,
            changed_by=str(row.changed_by or "") if row is not None else "",
            changed_at=row.changed_at if row is not None else None,
            lock=self.lock(period),
            is_reported=period == self.period,
            can_be_as_planned=can_be_result(indicator, plan),
            is_as_planned=is_as_planned(indicator, plan, replace(entry, actual=counted)),
            planned_upper=plan.planned_upper,
        )

    def _with_typed(self, project: Project, duties: list[Duty]) -> Project:
        if not self.typed:
            return project
        units = {d.indicator.id: d.figure_unit for d in duties}
        return replace(
            project,
            indicators=tuple(
                replace(
                    _typed_over(i, units.get(i.id), self.typed),
                    parts=tuple(_typed_over(part, units.get(part.id), self.typed) for part in i.parts),
                )
                for i in project.indicators
            ),
        )


def entry_of(indicator: Indicator, unit: str, period: int) -> Entry | None:
    """Return the entry that a figure of ``unit`` for ``period`` belongs to: the month's own first."""
    own = [e for e in indicator.entries if e.unit == unit and e.period == period]
    return min(own, key=lambda e: e.span, default=None)


def must_explain(result: ProjectResult, ruleset: RuleSet) -> bool:
    """Say whether the work's band asks for cause and next step (R314)."""
    codes = [band.code for band in ruleset.bands]
    if not result.counts or result.band is None or ruleset.explain_below not in codes:
        return False
    return codes.index(result.band.code) <= codes.index(ruleset.explain_below)


def _share_or_figure(indicator: Indicator, entry: Entry) -> Figure:
    """Return the figure, or the percent that its parts give where only they were reported."""
    numerator, denominator = entry.numerator, entry.denominator
    if (
        entry.actual is Mark.BLANK
        and isinstance(numerator, Decimal)
        and isinstance(denominator, Decimal)
        and denominator
    ):
        return divide(numerator * indicator.per, denominator)
    return entry.actual


def _whole_plan(indicator: Indicator, unit: str, period: int, otherwise: Entry) -> Entry:
    """Return the plan of the whole where a member of a group has none of its own."""
    if not unit:
        return otherwise
    return planned_for(indicator, "", period) or otherwise


def _typed_over(indicator: Indicator, unit: str | None, typed: Mapping[tuple[str, int], Typed]) -> Indicator:
    own = {period: value for (code, period), value in typed.items() if code == indicator.id}
    if unit is None or not own:
        return indicator
    entries = list(indicator.entries)
    for period, value in own.items():
        found = entry_of(indicator, unit, period)
        entry = found or Entry(period, unit)
        changed = _as_counted(indicator, _filled(entry, value))
        entries = [changed if e is found else e for e in entries] if found else [*entries, changed]
    return replace(indicator, entries=tuple(entries))


def _filled(entry: Entry, value: Typed) -> Entry:
    return replace(entry, **{name: figure for name in _TYPED if (figure := getattr(value, name)) is not None})


def _as_counted(indicator: Indicator, entry: Entry) -> Entry:
    """Return the typed entry as it would count once it is kept."""
    return replace(entry, actual=as_counted(indicator, models.Figure(**{n: getattr(entry, n) for n in _TYPED})))
