"""From facts to the engine's plan: a draft with source and confidence on every value (R298)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import (
    Aggregation,
    BudgetLine,
    Claim,
    Comparator,
    Entry,
    Figure,
    Indicator,
    Kind,
    Level,
    Mark,
    Project,
    Site,
    Source,
    Target,
)
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import FAIR, Fact, RecordFacts, Status
from samrit.intake.inference import alignments_of
from samrit.intake.lost_figures import override, override_of_lost
from samrit.intake.monitoring.work_facts import WorkReading
from samrit.intake.plans.cells import no_budget_misprint
from samrit.intake.repair.arithmetic import NEAR, total_misfit
from samrit.intake.repair.rates import DENOMINATOR, NUMERATOR, PARTS
from samrit.intake.tables.money import read_money
from samrit.intake.tables.results import without_result
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.money import parse_budgets, parse_money
from samrit.vocabulary.numbers import NoNumber, is_percent_unit, parse_target

YEAR_END = 12


@dataclass(frozen=True, slots=True)
class HeadingCodes:
    """The codes that a work's headings have in the plan."""

    fund: str
    programme: str
    units: tuple[str, ...]


def project_of(reading: WorkReading, codes: HeadingCodes, year_be: int) -> tuple[Project, list[Finding]]:
    """Return a work as the engine knows it, and what was noticed on the way."""
    draft, facts = reading.draft, reading.facts
    source = facts["title"].source
    place = Place(source.document, source.page, source.line, record=facts.record)
    links, remark, findings = alignments_of(facts.text("remark"), place)
    findings = (*findings, *_unread_money(reading, place), *_unread_targets(facts.indicators))
    indicators = tuple(indicator_of(record, year_be) for record in facts.indicators)
    percent = facts["percent"]
    project = Project(
        id=facts.record,
        number=int(facts.text("number") or 0),
        title=facts.text("title"),
        strategy=draft.scope.strategy,
        fund=codes.fund,
        tactic=draft.scope.tactic,
        programme=codes.programme,
        kind=Kind(facts.text("kind")) if facts.text("kind") else None,
        goal=cleaned(draft.goal) or draft.scope.goal,
        steps=tuple(cleaned(step) for step in draft.steps),
        responsible_units=codes.units,
        responsible_text=facts.text("unit"),
        first_period=reading.period.first,
        last_period=reading.period.last,
        period_text=facts.text("period"),
        budgets=tuple(_budgets(reading)),
        indicators=indicators,
        sites=tuple(_sites(reading)),
        alignments=links,
        claim=Claim(percent=percent.number, source=percent.source) if percent.number is not None else None,
        overrides=override_of_lost(facts.indicators, percent),
        remark=remark,
        note=" ".join(draft.notes)[:4000],
        source=source,
        confidence=_confidence(facts.indicators, facts),
    )
    return project, list(findings)


def _confidence(indicators: Sequence[RecordFacts], work: RecordFacts) -> Decimal:
    """Return how sure the least sure value of a work is."""
    return min((f.confidence for record in (work, *indicators) for f in record.facts.values()), default=Decimal(1))


def _budgets(reading: WorkReading) -> Iterator[BudgetLine]:
    source = reading.facts["title"].source
    if text := reading.facts.text("budget"):
        yield from _by_source(text, source) or [_budget(text, "", source)]
    for unit, share in reading.draft.shares:
        if share:
            yield _budget(share, unit, source)


def _by_source(text: str, source: Source) -> list[BudgetLine]:
    """Return the amounts of a text by their sources, where it names several and all are read (R123)."""
    parts = list(parse_budgets(text))
    if len(parts) < 2 or not all(named and isinstance(money.amount, Decimal) for money, named in parts):
        return []
    return [BudgetLine(m.amount, named, source=source) for m, named in parts if isinstance(m.amount, Decimal)]


def _unread_money(reading: WorkReading, place: Place) -> Iterator[Finding]:
    for text in (reading.facts.text("budget"), *(share for _, share in reading.draft.shares)):
        money = read_money(text)
        if not money.reading or _by_source(text, reading.facts["title"].source):
            continue
        if money.reading == "differs":
            yield from (Finding(f.code, place, f.params) for f in parse_money(text).findings)
            continue
        if money.amount is not None:
            yield Finding("intake_budget_reading", place, {"text": text, "amount": money.amount})
            continue
        code = "intake_budget_guessed" if no_budget_misprint(text) else "intake_budget_not_read"
        yield Finding(code, place, {"text": text})


def _unread_targets(indicators: Sequence[RecordFacts]) -> Iterator[Finding]:
    for record in indicators:
        fact, text = record["target"], record.text("target_text")
        if fact.status is not Status.MISSING and fact.value is None and parse_target(text).findings:
            line = record.lines[0] if record.lines else None
            yield Finding(
                "intake_target_not_read", Place(record.document, line=line, record=record.record), {"text": text}
            )


def _budget(text: str, unit: str, source: Source) -> BudgetLine:
    money = read_money(text)
    plain = money.amount is not None and not money.reading
    return BudgetLine(money.amount, unit=unit, text="" if plain else text, source=source)


def _sites(reading: WorkReading) -> Iterator[Site]:
    for order, site in enumerate(reading.draft.sites, 1):
        money = read_money(site.budget)
        yield Site(
            id=f"{reading.facts.record}/{order}",
            title=site.title,
            unit=site.unit,
            budget=money.amount,
            planned_texts=site.planned,
            actual_texts=site.actual,
            outcome=site.outcome,
            source=reading.draft.grid.source(site.cell) if site.cell else Source(),
        )


# -- indicators -----------------------------------------------------------------------


def indicator_of(record: RecordFacts, year_be: int) -> Indicator:
    """Return an indicator: months where they can be relied on, a printed total for the year where they cannot."""
    how = Aggregation(record.text("aggregation") or "sum")
    plan_total, actual_total, percent = (record[f].number for f in ("plan_total", "actual_total", "percent"))
    unit = record.text("unit_of_measure")
    claim = None
    if plan_total is not None or actual_total is not None or percent is not None:
        claim = Claim(plan_total, actual_total, percent, record["percent"].source or record["actual_total"].source)
    return Indicator(
        id=record.record,
        number=int(record.record.rpartition(".")[2]),
        name=record.text("name"),
        unit_of_measure=unit,
        weight=record["weight"].number,
        aggregation=how,
        is_share=is_percent_unit(unit),
        scale=record["per"].number,
        entries=tuple(_entries(record, how)),
        targets=_targets(record, year_be, unit),
        levels=tuple(_level(number, fact) for number, fact in record.levels.items()),
        claim=claim,
        overrides=override(record),
        source=record["name"].source,
    )


def _level(number: int, fact: Fact) -> Level:
    value = parse_target(fact.text).value
    return Level(number, fact.text, threshold=value if isinstance(value, Decimal) else None, source=fact.source)


def _targets(record: RecordFacts, year_be: int, unit: str) -> tuple[Target, ...]:
    """Return the targets of the plan's year and of every other year that is printed, in order."""
    others = [_target(year, fact, fact.text, unit) for year, fact in record.years.items()]
    fact = record["target"]
    own = [] if fact.status is Status.MISSING else [_target(year_be, fact, record.text("target_text"), unit)]
    return tuple(sorted([*own, *others], key=lambda target: target.year_be))


def _target(year_be: int, fact: Fact, text: str, unit: str) -> Target:
    value: Figure = fact.value if isinstance(fact.value, Decimal | Mark) else Mark.BLANK
    comparator, measure, upper = Comparator.EQUAL, unit, None
    parsed = parse_target(without_result(text))
    if text and (value is Mark.BLANK or value == parsed.value):
        value = Mark[parsed.value.name] if isinstance(parsed.value, NoNumber) else parsed.value
        comparator, measure, upper = Comparator(parsed.comparator), parsed.unit_of_measure or unit, parsed.upper
    return Target(year_be, value, comparator, measure, text, fact.source, upper)


def _entries(record: RecordFacts, how: Aggregation) -> Iterator[Entry]:
    plan, actual = record.months("plan"), record.months("actual")
    for period, (planned, done) in enumerate(zip(plan, actual, strict=True), 1):
        parts = {part: _figure(record[f"{part}.{period}"]) for part in PARTS}
        if all(f is Mark.BLANK for f in (_figure(planned), _figure(done), *parts.values())):
            continue
        better = done if done.number is not None else planned
        yield Entry(
            period=period,
            planned=_figure(planned),
            actual=_figure(done),
            numerator=parts[NUMERATOR],
            denominator=parts[DENOMINATOR],
            source=better.source,
            confidence=min(planned.confidence, done.confidence),
        )
    yield from _spans(record)
    yield from _year(record, how)


def _spans(record: RecordFacts) -> Iterator[Entry]:
    """Yield one entry for every stretch of months that a merged cell stands for."""
    sides = {side: {(a, b): fact for a, b, fact in found} for side, found in record.spans.items()}
    nothing = Fact(None)
    for first, last in sorted({stretch for found in sides.values() for stretch in found}):
        planned, done = (sides.get(side, {}).get((first, last), nothing) for side in ("plan", "actual"))
        better = done if done.number is not None else planned
        yield Entry(
            period=last,
            span=last - first + 1,
            planned=_figure(planned),
            actual=_figure(done),
            source=better.source,
            confidence=min(planned.confidence, done.confidence),
        )


def _figure(fact: Fact) -> Figure:
    return fact.value if isinstance(fact.value, Decimal | Mark) else Mark.BLANK


def _year(record: RecordFacts, how: Aggregation) -> Iterator[Entry]:
    """Yield the printed totals as one figure for the year where damaged months do not give them."""
    planned = _year_figure(record, "plan", how)
    done = _year_figure(record, "actual", how)
    if planned is None and done is None:
        return
    yield Entry(
        period=YEAR_END,
        span=YEAR_END,
        planned=Mark.BLANK if planned is None else planned,
        actual=Mark.BLANK if done is None else done,
        source=record["actual_total"].source,
        confidence=FAIR,
        note="ยอดรวมทั้งปีตามที่พิมพ์ ใช้แทนรายเดือนที่อ่านได้ไม่ครบ",
    )


def _year_figure(record: RecordFacts, side: str, how: Aggregation) -> Decimal | None:
    """Return the printed total where the months of that side were damaged and do not give it."""
    total = record[f"{side}_total"].number
    if total is None or record.spans.get(side):
        return None
    facts = record.months(side)
    values = tuple(f.number for f in facts if f.number is not None)
    if not values:
        return total or None
    damaged = record.totals_proved or any(
        f.status is not Status.READ and f.codes and f.codes[0] != "intake_total_differs" for f in facts
    )
    return total if damaged and total_misfit(values, total, how) > NEAR else None
