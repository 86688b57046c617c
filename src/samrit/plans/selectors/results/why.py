"""Why this number? The engine's derivation as a tree of steps with links: to rules, works, entries, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.engine.bands import band_by_code, band_of
from samrit.engine.explain import (
    WAYS,
    Derivation,
    explain,
    explain_cell,
    explain_money,
    explain_money_sum,
    explain_score,
    results_of_parts,
)
from samrit.engine.explain.derivation import Month
from samrit.engine.model import Source
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import DIMENSIONS
from samrit.engine.ruleset import Band, Method
from samrit.plans.errors import NotVisible
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName, band_word, row_name
from samrit.plans.selectors.results.scores import name_of
from samrit.plans.selectors.results.traces import EvidenceLine, Place, Reported, evidence_of, reported
from samrit.plans.selectors.results.waterfall import Waterfall, waterfall_of

_TOTALS = {"plan_total": False, "actual_total": True, "nothing_planned": False, "nothing_reported": True}
_ENTRIES = frozenset({"entry", "entry_span", "entry_of_unit", "entry_span_of_unit"})
_COUNTED = frozenset({"counted", "counted_once", "score_work"})
ROWS = ("fund", "strategy", "tactic", "programme", "kind", "kind_group", "unit")


@dataclass(frozen=True, slots=True)
class Entered:
    """Where a leaf of the tree points: the entry's place, who reported it, and its evidence."""

    indicator: str
    unit: str
    period: int
    is_actual: bool
    reported: Reported | None
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step of a derivation, ready to be shown."""

    code: str
    text: str
    rule: str
    source: Source
    record: str  # a work or an indicator with a page of its own; "" for others
    entry: Entered | None
    open: bool
    steps: tuple[WhyStep, ...]
    unit: str = ""  # whose entries are left out here and shown when asked for


@dataclass(frozen=True, slots=True)
class Why:
    """The page: the number, its sentence, its tree."""

    code: str
    plan_title: str
    period: PeriodName
    record: str
    work: str  # the work's page that the record belongs to; "" for a table's cell
    title: str
    shown: str
    band: Band | None
    sentence: str
    root: WhyStep
    is_cell: bool
    closed_at: object
    waterfall: Waterfall | None = None  # of a work with several indicators


MOST_UNITS = 20  # of a total whose entries are all shown at once


def why(seen: Look, record: str, *, unit: str | None = None) -> Why:
    """Return the derivation of a work's or an indicator's figure; raises NotVisible when there is no such record.

    With ``unit`` the entries of totals over many units are left out, but for those of that
    unit: 126 provinces and branches have 1,512 entries a year.  None gives everything.
    """
    try:
        derivation = explain(seen.result, record)
    except KeyError:
        raise NotVisible(record) from None
    owner = next(r for r in seen.result.projects if r.project.id == record or _has(r, record))
    measured = (*owner.indicators, *results_of_parts(owner, seen.result))
    part = next((i for i in measured if i.indicator.id == record), None)
    codes = [measure.id for measure in owner.project.measures]
    traces = _Traces(
        {} if seen.public else reported(seen.plan, codes),
        () if seen.public else evidence_of(seen.plan, owner.project.id),
    )
    names = Names.of(seen)
    root = _step(derivation, names, traces, _Within(depth=0, unit=unit))
    said = next((step.text for step in root.steps if step.code in _SENTENCES), root.text)
    return Why(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        record=record,
        work=owner.project.id,
        title=part.indicator.name if part else owner.project.title,
        shown=derivation.shown or names.word((part or owner).state.value, "state"),
        band=part.band if part else owner.band,
        sentence=said,
        root=root,
        is_cell=False,
        closed_at=seen.closed.closed_at if seen.closed else None,
        waterfall=None if part else waterfall_of(names, owner),
    )


_SENTENCES = frozenset({"weighted", "points", "band_nothing_reported", *WAYS})


def why_cell(seen: Look, *, rows: str, row: str, band: str, fund: str) -> Why:
    """Return which works a cell of a table of bands counts; raises NotVisible for a table that does not exist."""
    if rows not in ROWS or rows not in DIMENSIONS:
        raise NotVisible(rows)
    derivation = explain_cell(seen.result, rows=rows, columns="band", row=row, column=band, fund=fund)
    names = Names.of(seen)
    named = {"row": row_name(names, rows, row), "column": band_word(names, band)}
    derivation = replace(derivation, params={**derivation.params, **named})
    root = _step(derivation, names, _Traces({}, ()), _Within(depth=0))
    return Why(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        record="",
        work="",
        title=" × ".join(named.values()),
        shown=derivation.shown,
        band=band_by_code(band, seen.result.ruleset) if band else None,
        sentence=root.text,
        root=root,
        is_cell=True,
        closed_at=seen.closed.closed_at if seen.closed else None,
    )


def why_score(seen: Look, level: str, key: str) -> Why:
    """Return how a score above the works was made (RU5); raises NotVisible where there is no such score."""
    if seen.is_unevaluated:
        raise NotVisible(level)
    try:
        derivation = explain_score(seen.result, level, key)
    except KeyError:
        raise NotVisible(f"{level} {key}") from None
    names = Names.of(seen)
    root = _step(derivation, names, _Traces({}, ()), _Within(depth=0))
    band = band_of(derivation.value, seen.result.ruleset) if derivation.value is not None else None
    return Why(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        record="",
        work="",
        title=name_of(names, level, key),
        shown=derivation.shown or "–",
        band=None if seen.result.ruleset.method is Method.TRANSPARENCY else band,
        sentence=root.text,
        root=root,
        is_cell=False,
        closed_at=seen.closed.closed_at if seen.closed else None,
    )


def why_money(seen: Look, *, work: str = "", rows: str = "strategy", row: str = "") -> Why:
    """Return how much a work, or the works of one row of a dimension, have spent; raises NotVisible for neither."""
    names = Names.of(seen)
    try:
        found = explain_money(seen.result, work) if work else explain_money_sum(seen.result, rows=rows, row=row)
    except KeyError:
        raise NotVisible(work or rows) from None
    if seen.public:
        found = _without_words(found)
    project = seen.result.plan.project(work)
    title = project.title if project is not None else row_name(names, rows, row)
    if project is None:
        found = replace(found, params={**found.params, "row": title})
    root = _step(found, names, _Traces({}, ()), _Within(depth=0))
    return Why(
        code=seen.plan.code,
        plan_title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        record=work,
        work=work,
        title=title,
        shown=found.shown,
        band=None,
        sentence=root.text,
        root=root,
        is_cell=not work,
        closed_at=seen.closed.closed_at if seen.closed else None,
    )


def _without_words(derivation: Derivation) -> Derivation:
    """Return a derivation of money as the public reads it: amounts, and no words or documents on movements."""
    children = tuple(map(_without_words, derivation.children))
    if derivation.code != "money_moved":
        return replace(derivation, children=children)
    return replace(derivation, params={**derivation.params, "texts": ""}, source=Source())


def _has(result: ProjectResult, record: str) -> bool:
    return any(measure.id == record for measure in result.project.measures)


@dataclass(frozen=True, slots=True)
class _Traces:
    """Who reported and what shows it, for one work."""

    reported: Mapping[Place, Reported]
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class _Within:
    """What is above a step: the indicator and the side that an entry belongs to."""

    depth: int
    unit: str | None = None  # the only one of many units whose entries are wanted; None wants all
    is_crowded: bool = False
    indicator: str = ""
    is_actual: bool = False


def _step(derivation: Derivation, names: Names, traces: _Traces, within: _Within) -> WhyStep:
    below = replace(within, depth=within.depth + 1)
    if derivation.code in _TOTALS:
        below = replace(below, indicator=derivation.record, is_actual=_TOTALS[derivation.code])
    crowded = sum(child.code == "unit_total" for child in derivation.children) > MOST_UNITS
    below = replace(below, is_crowded=crowded and within.unit is not None)
    left_out = within.is_crowded and derivation.code == "unit_total" and derivation.record != within.unit
    is_record = derivation.code in _COUNTED or derivation.code.startswith(("money_work", "indicator"))
    return WhyStep(
        code=derivation.code,
        text=derivation.sentence(names.language),
        rule=derivation.rule,
        source=derivation.source,
        record=derivation.record if is_record and within.depth else "",
        entry=_entered(derivation, traces, within) if derivation.code in _ENTRIES else None,
        open=within.depth < 2 or derivation.code == "actual_total" or derivation.record == within.unit,
        steps=() if left_out else tuple(_step(child, names, traces, below) for child in _wanted(derivation, within)),
        unit=derivation.record if left_out else "",
    )


def _wanted(derivation: Derivation, within: _Within) -> tuple[Derivation, ...]:
    """Return the steps below one; of a month of very many units only the unit's that was asked for."""
    children = derivation.children
    of_units = [child for child in children if child.code.endswith("_of_unit")]
    if within.unit is None or len(of_units) <= MOST_UNITS:
        return children
    return tuple(c for c in children if c.record == within.unit or not c.code.endswith("_of_unit"))


def _entered(derivation: Derivation, traces: _Traces, within: _Within) -> Entered:
    period, first = derivation.params["period"], derivation.params["first"]
    assert isinstance(period, Month)  # noqa: S101 — the engine's own parameters
    assert isinstance(first, Month)  # noqa: S101
    span = period.period - first.period + 1
    unit = derivation.record
    shown = tuple(
        e
        for e in traces.evidence
        if e.period == period.period and e.indicator in ("", within.indicator) and (not unit or e.unit in ("", unit))
    )
    return Entered(
        within.indicator,
        unit,
        period.period,
        within.is_actual,
        traces.reported.get((within.indicator, unit, period.period, span)) if within.is_actual else None,
        shown if within.is_actual else (),
    )
