"""Random plans for the property tests: every aggregation, formula, span, unit and mark, and awkward weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from samrit.engine.model import (
    Aggregation,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Figure,
    Formula,
    Indicator,
    Level,
    Mark,
    Override,
    Plan,
    Project,
    Quantity,
    Site,
    Target,
    Unit,
)

UNITS = (
    Unit("A", "A", successor="B"),
    Unit("B", "B"),
    Unit("C", "C"),
    Unit("D", "D", successor="E"),
    Unit("E", "E", successor="D"),
)


def random_plan(seed: int | str) -> Plan:
    """Return the plan of that seed: one to three projects."""
    rng = Random(seed)
    projects = tuple(_project(rng, n) for n in range(1, rng.randint(1, 3) + 1))
    return Plan(f"plan-{seed}", "แผนสุ่ม", 2568, projects=projects, units=UNITS)


def _project(rng: Random, number: int) -> Project:
    count = rng.choice((1, 1, 2, 2, 3, 4, 6))
    weights = _weights(rng, count)
    sites = tuple(
        Site(str(n), "ที่", commitment_due_period=rng.choice((None, 3, 6)), committed_period=rng.choice((None, 2, 7, 12)))
        for n in range(rng.choice((0, 0, 1, 3)))
    )
    return Project(
        f"P{number}",
        number,
        "งาน",
        "1",
        indicators=tuple(_indicator(rng, f"P{number}.{n}", n, weights[n - 1]) for n in range(1, count + 1)),
        sites=sites,
        overrides=_settled(rng, rng.choice((6, 12))) if rng.random() < 0.06 else (),
    )


def _settled(rng: Random, period: int) -> tuple[Override, ...]:
    """Return one to three settlements of one month, by percent, score or both, on the same day or not."""
    days = (None, date(2026, 1, 5), date(2026, 1, 9))
    return tuple(
        Override(
            period,
            "เหตุ",
            _decimal(rng) if n == 0 or rng.random() < 0.7 else None,
            decided_on=rng.choice(days),
            score=rng.choice((None, None, Decimal("4.8"), Decimal(2))),
        )
        for n in range(rng.choice((1, 1, 2, 3)))
    )


def _weights(rng: Random, count: int) -> list[Decimal | None]:
    style = rng.random()
    if style < 0.2:
        return [None] * count
    if style < 0.35:
        return [Decimal(rng.choice((0, 17, 33, 50, 100, 174))) for _ in range(count)]
    if style < 0.4:
        return [rng.choice((None, Decimal(40))) for _ in range(count)]
    cuts = sorted(rng.randint(0, 10000) for _ in range(count - 1))
    return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10000], strict=True)]


def _indicator(rng: Random, record: str, number: int, weight: Decimal | None) -> Indicator:
    aggregation = rng.choice(list(Aggregation))
    formula = rng.choices(list(Formula), weights=(8, 1, 2, 1, 0, 1, 1, 0, 0))[0]
    return Indicator(
        record,
        number,
        "ตัวชี้วัด",
        weight=weight,
        aggregation=aggregation,
        consolidation=rng.choice((None, None, *Consolidation)),
        entry_basis=rng.choice((EntryBasis.MONTH, EntryBasis.MONTH, EntryBasis.TO_DATE)),
        direction=rng.choices(list(Direction), weights=(4, 1))[0],
        formula=formula,
        interpolated=rng.random() < 0.5,
        baseline=_decimal(rng) if formula is Formula.BASELINE and rng.random() < 0.9 else None,
        entries=_ranges(rng, _entries(rng)) if formula is Formula.RANGE else _entries(rng),
        targets=(Target(2568, Mark.NOTHING if rng.random() < 0.2 else Decimal(1)),) if rng.random() < 0.2 else (),
        levels=_levels(rng) if formula is Formula.LEVELS else _deadline(rng) if formula is Formula.DEADLINE else (),
        overrides=_settled(rng, 12) if rng.random() < 0.05 else (),
        scale=rng.choice((None, None, Decimal(1), Decimal(1000))) if aggregation is Aggregation.RATIO else None,
        quantity=rng.choice((None, *Quantity)) if formula is Formula.LEVELS else None,
    )


def _ranges(rng: Random, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Give most planned figures an upper end, some the wrong way round."""
    return tuple(
        replace(e, planned_upper=e.planned + abs(_decimal(rng)) * rng.choice((1, 1, 1, -1)))
        if isinstance(e.planned, Decimal) and rng.random() < 0.8
        else e
        for e in entries
    )


def _deadline(rng: Random) -> tuple[Level, ...]:
    """Return one to three steps with due months, some with days, reached early, in time, late or not."""
    made = []
    for number in range(1, rng.choice((1, 1, 2, 3)) + 1):
        due, reached = rng.randint(1, 12), rng.choice((None, *range(1, 13)))
        days = (None, date(2025, due, rng.randint(1, 28))), (None, date(2025, reached or 1, rng.randint(1, 28)))
        due_on, reached_on = rng.choice(days[0]), rng.choice(days[1]) if reached else None
        if due_on is not None and rng.random() < 0.2:  # a day in another month, or in another year
            due_on = date(rng.choice((2024, 2025, 2026)), rng.randint(1, 12), rng.randint(1, 28))
        month = due if due_on is None or rng.random() < 0.9 else None
        made.append(Level(number, "ขั้น", month, reached_on, reached, due_on=due_on))
    return tuple(made)


def _entries(rng: Random) -> tuple[Entry, ...]:
    units = rng.choice((("",), ("",), ("",), ("A", "B"), ("A", "C"), ("B", "C", "D"), ("", "C")))
    share_parts = rng.random()
    entries = []
    for unit in units:
        entries += [_entry(rng, period, unit, share_parts) for period in range(1, 13) if rng.random() < 0.45]
        if rng.random() < 0.2:
            span = rng.choice((3, 6, 12))
            entries.append(_entry(rng, rng.randint(span // 3, 12), unit, share_parts, span))
    rng.shuffle(entries)
    return tuple(entries)


def _entry(rng: Random, period: int, unit: str, share_parts: float, span: int = 1) -> Entry:
    parts: dict[str, Figure] = {}
    if rng.random() < share_parts:
        parts = {
            "numerator": Decimal(rng.randint(0, 400)),
            "denominator": Decimal(rng.choice((0, 3, 7, 85, 400))),
            "planned_numerator": Decimal(rng.randint(0, 400)),
            "planned_denominator": Decimal(rng.choice((3, 7, 85, 400))),
        }
    return Entry(period, unit, _figure(rng), _figure(rng), span=span, **parts)


def _figure(rng: Random) -> Figure:
    kind = rng.random()
    if kind < 0.12:
        return Mark.BLANK
    if kind < 0.25:
        return Mark.NOTHING
    return Decimal(0) if kind < 0.32 else _decimal(rng)


def _decimal(rng: Random) -> Decimal:
    places = rng.choice((0, 0, 1, 2, 4))
    size = rng.choice((1, 3, 9, 100, 99, 101, 5497, 1_000_000))
    value = Decimal(rng.randint(0, size * 10**places)).scaleb(-places)
    return -value if rng.random() < 0.03 else value


def _levels(rng: Random) -> tuple[Level, ...]:
    count = rng.randint(1, 6)
    if rng.random() < 0.5:
        return tuple(
            Level(n, "ขั้น", due_period=rng.randint(1, 12), reached_period=rng.choice((None, 2, 5, 9, 12)))
            for n in range(1, count + 1)
        )
    first, step = Decimal(rng.randint(1, 90)), Decimal(rng.randint(1, 40)) / 4
    if rng.random() < 0.3:
        step = -step
    if first > 75:  # levels that only words describe
        return tuple(Level(n, "ขั้น") for n in range(1, count + 1))
    return tuple(Level(n, "เกณฑ์", threshold=first + step * n) for n in range(1, count + 1))


def random_office(seed: int) -> Plan:
    """Return a plan of the kinds that go wrong: silent units, zeros, losses, mergers in the year, spans, to-date."""
    rng = Random(seed)
    units = tuple(_unit(rng, code) for code in "ABCD")
    indicators = tuple(_reported(rng, f"P.{n}", n) for n in range(1, rng.randint(2, 4)))
    projects = (Project("P", 1, "งาน", "1", indicators=indicators),)
    return Plan(f"office-{seed}", "แผนสุ่ม", 2568, projects=projects, units=units)


def _unit(rng: Random, code: str) -> Unit:
    """A into B, C into D, at some month's end, in mid-month, before the year, after it, or on no known day."""
    if code in "BD" or rng.random() < 0.4:
        return Unit(code, code)
    ends = (None, date(2024, 6, 30), date(2026, 1, 31), date(2025, rng.randint(1, 12), 15), date(2025, 6, 30))
    return Unit(code, code, successor={"A": "B", "C": "D"}[code], valid_to=rng.choice(ends))


def _reported(rng: Random, record: str, number: int) -> Indicator:
    aggregation = rng.choice(list(Aggregation))
    formula = rng.choices((Formula.RATIO, Formula.BASELINE), weights=(8, 1))[0]
    return Indicator(
        record,
        number,
        "ตัวชี้วัด",
        weight=Decimal(rng.choice((20, 50, 100))),
        aggregation=aggregation,
        consolidation=rng.choice((None, Consolidation.SUM, Consolidation.AVERAGE, Consolidation.SUM)),
        entry_basis=rng.choice((EntryBasis.MONTH, EntryBasis.MONTH, EntryBasis.TO_DATE)),
        direction=rng.choice(list(Direction)),
        formula=formula,
        baseline=Decimal(rng.randint(0, 200)) if formula is Formula.BASELINE else None,
        entries=_offices_entries(rng, shares=aggregation is Aggregation.RATIO),
    )


def _offices_entries(rng: Random, *, shares: bool) -> tuple[Entry, ...]:
    units = rng.choice((("",), ("A",), ("A", "B"), ("A", "B"), ("A", "B", "C"), ("C", "D"), ("", "A", "B")))
    signs = rng.choice(((1,), (1,), (1,), (0,), (0, 1), (-1,), (-1, 1)))
    entries: list[Entry] = []
    for unit in units:
        silence = rng.choice((0.0, 0.1, 0.5, 1.0))
        months = rng.sample(range(1, 13), rng.choice((1, 3, 6, 12)))
        entries += [_office_entry(rng, unit, month, rng.choice(signs), silence, shares=shares) for month in months]
        if rng.random() < 0.15:
            span = rng.choice((3, 6))
            entry = _office_entry(rng, unit, rng.randint(span, 12), rng.choice(signs), silence, shares=shares)
            entries.append(replace(entry, span=span))
    return tuple(entries)


def _office_entry(rng: Random, unit: str, month: int, sign: int, silence: float, *, shares: bool) -> Entry:
    planned: Figure = Decimal(sign * rng.choice((1, 5, 10, 90, 100)))
    if rng.random() < 0.1:
        planned = rng.choice((Mark.NOTHING, Mark.BLANK, Decimal()))
    entry = Entry(month, unit, planned=planned)
    if rng.random() < silence:
        return replace(entry, actual=rng.choice((Mark.BLANK, Mark.NOTHING)))
    if shares and rng.random() < 0.5:
        bottom = rng.choice((1, 2, 10, 100))
        return replace(entry, numerator=Decimal(rng.randint(0, 2 * bottom)), denominator=Decimal(bottom))
    if isinstance(planned, Decimal) and rng.random() < 0.4:
        return replace(entry, actual=planned)
    return replace(entry, actual=Decimal(rng.choice((0, 0, 1, 3, 8, 50, 120, 300)) * rng.choice((1, 1, 1, -1))))
