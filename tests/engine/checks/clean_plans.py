"""Random plans in order: every kind of indicator, honestly planned and reported, nothing to be found in them.

Results run near their plan, some behind and some ahead of it, as in an office's year; names,
units of measure, targets and weights agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from samrit.engine.model import (
    Aggregation,
    BudgetLine,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Figure,
    Formula,
    Fund,
    Indicator,
    Kind,
    Level,
    Mark,
    Narrative,
    Plan,
    Programme,
    Project,
    Quantity,
    Site,
    Strategy,
    Tactic,
    Target,
    Unit,
)

YEAR = 2568
D = Decimal
MONTHS = tuple(range(1, 13))
QUARTERS = (3, 6, 9, 12)
UNITS = ("กผ.", "กค.", "กฝ.")
Maker = Callable[[Random, str, int], Indicator]


def random_clean_plan(seed: int, makers: Sequence[Maker] | None = None) -> Plan:
    """Return the plan of that seed: four to eight works of one to three indicators."""
    rng = Random(f"clean-{seed}")
    works = tuple(_work(rng, number, makers or INDICATORS) for number in range(1, rng.randint(4, 8) + 1))
    return Plan(
        f"clean-{seed}",
        "แผนปฏิบัติการ",
        YEAR,
        funds=(Fund("F", "กองทุน"),),
        strategies=(Strategy("1", "ยุทธศาสตร์ที่ 1"), Strategy("2", "ยุทธศาสตร์ที่ 2")),
        tactics=(Tactic("1.1", "1", "กลยุทธ์ที่ 1.1"), Tactic("2.1", "2", "กลยุทธ์ที่ 2.1")),
        programmes=(Programme("P", "แผนงาน"),),
        units=tuple(Unit(code, code) for code in UNITS),
        projects=works,
    )


def _work(rng: Random, number: int, makers: Sequence[Maker]) -> Project:
    strategy = rng.choice("12")
    made = [rng.choice(makers)(rng, f"W{number}.{n}", n) for n in range(1, rng.choice((1, 1, 2, 3)) + 1)]
    weights = {1: (100,), 2: (60, 40), 3: (50, 30, 20)}[len(made)]
    return Project(
        f"W{number}",
        number,
        f"งานที่ {number}",
        strategy,
        fund="F",
        tactic=f"{strategy}.1",
        programme="P",
        kind=rng.choice(list(Kind)),
        goal="ประชาชนได้รับบริการ",
        responsible_units=(rng.choice(UNITS),),
        first_period=1,
        last_period=12,
        budgets=(BudgetLine(D(rng.randint(1, 900) * 1000)),),
        indicators=tuple(_weighted(i, D(w)) for i, w in zip(made, weights, strict=True)),
        sites=_sites(rng) if any(i.formula is Formula.SITES for i in made) else (),
        narratives=tuple(Narrative(m, "ดำเนินการแล้วบางส่วน", "ผู้เข้าร่วมน้อย", "จัดเพิ่ม") for m in QUARTERS),
    )


def _weighted(indicator: Indicator, weight: Decimal) -> Indicator:
    from dataclasses import replace

    return replace(indicator, weight=weight)


def near(rng: Random, plan: Decimal, low: float = 0.85, high: float = 1.12, places: int = 0) -> Decimal:
    """Return a result near its plan."""
    return (plan * D(str(round(rng.uniform(low, high), 4)))).quantize(D(1).scaleb(-places))


def made_of(record: str, number: int, name: str, unit: str, entries: tuple[Entry, ...], target: Figure, **more: object):
    targets = more.pop("targets", (Target(YEAR, target, unit_of_measure=unit),))
    return Indicator(record, number, name, unit_of_measure=unit, entries=entries, targets=targets, **more)  # type: ignore[arg-type]


def counts(rng: Random, record: str, number: int) -> Indicator:
    """People trained, month by month."""
    size = rng.choice((4, 12, 60, 440, 5200))
    months = rng.choice((MONTHS, QUARTERS, (2, 5, 7, 11)))
    planned = {m: D(rng.randint(size, 2 * size)) for m in months}
    made = tuple(Entry(m, planned=p, actual=near(rng, p)) for m, p in planned.items())
    return made_of(record, number, "จำนวนผู้เข้ารับการอบรม", "คน", made, sum(planned.values(), D()))


def percents(rng: Random, record: str, number: int) -> Indicator:
    """Satisfaction in percent, the same plan every month."""
    plan = D(rng.choice((80, 85, 90)))
    made = tuple(Entry(m, planned=plan, actual=min(near(rng, plan, 0.93, 1.1, 2), D(100))) for m in MONTHS)
    return made_of(
        record, number, "ร้อยละความพึงพอใจ", "ร้อยละ", made, plan, aggregation=Aggregation.AVERAGE, is_share=True
    )


def parts(rng: Random, record: str, number: int) -> Indicator:
    """A share with both parts, against one percent for every month."""
    plan = D(rng.choice((80, 90, 95)))
    made = []
    for month in rng.choice((MONTHS, QUARTERS)):
        whole = rng.randint(90, 400)
        made.append(
            Entry(month, planned=plan, numerator=near(rng, whole * plan / 100, 0.95, 1.04), denominator=D(whole))
        )
    return made_of(
        record, number, "ร้อยละของเรื่องที่แล้วเสร็จ", "ร้อยละ", tuple(made), plan, aggregation=Aggregation.RATIO, is_share=True
    )


def parts_of_units(rng: Random, record: str, number: int) -> Indicator:
    """The same by two units."""
    one = parts(rng, record, number)
    made = tuple(
        Entry(e.period, unit, planned=e.planned, numerator=e.numerator, denominator=e.denominator)
        for unit in UNITS[:2]
        for e in one.entries
    )
    from dataclasses import replace

    return replace(one, entries=made, consolidation=Consolidation.RATIO)


def rate(rng: Random, record: str, number: int) -> Indicator:
    """Cases per thousand, the fewer the better (AC14)."""
    made = tuple(
        Entry(m, planned=D(5), numerator=D(rng.randint(9, 16)), denominator=D(rng.randint(2800, 3200)))
        for m in QUARTERS
    )
    return made_of(
        record, number, "อัตราการประสบอันตรายต่อพันคน", "คนต่อพันคน", made, D(5), aggregation=Aggregation.RATIO,
        direction=Direction.LOWER, scale=D(1000),
    )  # fmt: skip


def disbursed(rng: Random, record: str, number: int) -> Indicator:
    """Money paid out to date, in percent."""
    planned = [D(p) for p in (3, 10, 20, 30, 40, 48, 55, 62, 70, 78, 85, 95)]
    actual = sorted(near(rng, p, 0.9, 1.04, 2) for p in planned)
    made = tuple(Entry(m, planned=p, actual=min(a, D(100))) for m, p, a in zip(MONTHS, planned, actual, strict=True))
    return made_of(record, number, "ร้อยละการเบิกจ่ายสะสม", "ร้อยละ", made, D(95), aggregation=Aggregation.LATEST)


def to_date(rng: Random, record: str, number: int) -> Indicator:
    """Inspections to date."""
    planned = [D(25 * m) for m in MONTHS]
    actual = sorted(near(rng, p) for p in planned)
    made = tuple(Entry(m, planned=p, actual=a) for m, p, a in zip(MONTHS, planned, actual, strict=True))
    return made_of(record, number, "จำนวนสถานประกอบการที่ตรวจ", "แห่ง", made, D(300), entry_basis=EntryBasis.TO_DATE)


def nothing_wrong(rng: Random, record: str, number: int) -> Indicator:
    """Zero complaints planned and reached (AC10)."""
    made = tuple(Entry(m, planned=D(0), actual=D(0)) for m in MONTHS)
    return made_of(record, number, "จำนวนเรื่องร้องเรียน", "เรื่อง", made, D(0), direction=Direction.LOWER)


def milestones(rng: Random, record: str, number: int) -> Indicator:
    """Steps with their days."""
    dues = (2, 5, 8, 10, 12)
    made = []
    for step, due in enumerate(dues, 1):
        reached = max(1, due - rng.choice((0, 0, 1)))
        made.append(Level(step, f"ขั้นที่ {step}", due, date(2025, reached, rng.randint(1, 28)), reached, evidence="บันทึก"))
    return made_of(
        record, number, "ระดับความสำเร็จของการพัฒนาระบบ", "ระดับ", (), D(5), formula=Formula.LEVELS, levels=tuple(made),
        aggregation=Aggregation.LATEST,
    )  # fmt: skip


def deadline(rng: Random, record: str, number: int) -> Indicator:
    """A report by February (AC11)."""
    reached = rng.choice((1, 2, 3))
    level = Level(1, "ส่งรายงานภายในเดือนกุมภาพันธ์", 2, date(2025, reached, 10), reached, evidence="หนังสือ")
    by_words = (Target(YEAR, Mark.BLANK, text="ภายในเดือนกุมภาพันธ์"),)
    return made_of(
        record, number, level.text, "เดือน", (), Mark.BLANK, formula=Formula.DEADLINE, levels=(level,), targets=by_words
    )


def thresholds(rng: Random, record: str, number: int) -> Indicator:
    """A value on thresholds, planned as a level and reported as a value (AC12)."""
    limits = [D(60 + 10 * n) for n in range(5)]
    value = D(rng.randint(88, 100))
    made = (Entry(12, planned=D(rng.choice((4, 5))), actual=value),)
    return made_of(
        record, number, "ร้อยละการได้งานทำ", "ร้อยละ", made, D(90), formula=Formula.LEVELS, aggregation=Aggregation.LATEST,
        levels=tuple(Level(n, f"ร้อยละ {t}", threshold=t) for n, t in enumerate(limits, 1)),
        targets=(Target(YEAR, D(90), unit_of_measure="ร้อยละ", quantity=rng.choice((None, Quantity.VALUE))),),
    )  # fmt: skip


def thresholds_many(rng: Random, record: str, number: int) -> Indicator:
    """Large values on thresholds, with a plan in levels in every quarter."""
    limits = [D(100_000 + 20_000 * n) for n in range(5)]
    made = tuple(Entry(m, planned=D(5), actual=D(rng.randint(165_000, 190_000))) for m in QUARTERS)
    return made_of(
        record, number, "จำนวนผู้ใช้บริการ", "คน", made, D(5), formula=Formula.LEVELS, aggregation=Aggregation.LATEST,
        levels=tuple(Level(n, f"{t} คน", threshold=t) for n, t in enumerate(limits, 1)),
        targets=(Target(YEAR, D(5), unit_of_measure="ระดับ"),),
    )  # fmt: skip


def values_on_thresholds(rng: Random, record: str, number: int) -> Indicator:
    """A value on thresholds, planned as a value too (AC12); the fewer the better."""
    limits = [D("10"), D("9.5"), D("9"), D("8.5"), D("8")]
    made = (Entry(12, planned=D("8.5"), actual=D(str(round(rng.uniform(8, 9), 2)))),)
    return made_of(
        record, number, "อัตราว่างต่ออัตราทั้งหมด", "ร้อยละ", made, D("8.5"), formula=Formula.LEVELS,
        aggregation=Aggregation.LATEST, direction=Direction.LOWER, quantity=Quantity.VALUE,
        levels=tuple(Level(n, f"ร้อยละ {t}", threshold=t) for n, t in enumerate(limits, 1)),
    )  # fmt: skip


def within_range(rng: Random, record: str, number: int) -> Indicator:
    """A bed occupancy within a range (AC13)."""
    made = tuple(Entry(m, planned=D(80), planned_upper=D(90), actual=near(rng, D(85), 0.92, 1.08, 1)) for m in QUARTERS)
    return made_of(
        record, number, "อัตราการครองเตียง", "ร้อยละ", made, D(80), formula=Formula.RANGE, aggregation=Aggregation.AVERAGE,
        targets=(Target(YEAR, D(80), unit_of_measure="ร้อยละ", upper=D(90)),),
    )  # fmt: skip


def from_baseline(rng: Random, record: str, number: int) -> Indicator:
    """A way from last year's figure."""
    made = (Entry(12, planned=D(50), actual=D(rng.randint(48, 58))),)
    return made_of(
        record, number, "จำนวนผู้ประสบอันตราย", "คน", made, D(50), formula=Formula.BASELINE, baseline=D(100),
        direction=Direction.LOWER, aggregation=Aggregation.LATEST,
    )  # fmt: skip


def sites(rng: Random, record: str, number: int) -> Indicator:
    """Buildings under contract."""
    return made_of(record, number, "หน่วยงานก่อหนี้ผูกพัน", "แห่ง", (), D(2), formula=Formula.SITES)


def _sites(rng: Random) -> tuple[Site, ...]:
    return (
        Site("a", "อาคารหนึ่ง", UNITS[0], None, 3, rng.choice((2, 3, 4)), 4, 4, 11, "done"),
        Site("b", "อาคารสอง", UNITS[1], None, 6, 6, 5, 2, None, "committed"),
    )


INDICATORS: tuple[Maker, ...] = (
    counts, counts, percents, parts, parts_of_units, rate, disbursed, to_date, nothing_wrong, milestones, deadline,
    thresholds, thresholds_many, values_on_thresholds, within_range, from_baseline, sites,
)  # fmt: skip
