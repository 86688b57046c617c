"""More indicators in order, on which a check may sound a false alarm: standing still, seasons, losses, ones."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from samrit.engine.model import Aggregation, Direction, Entry, EntryBasis, Formula, Indicator, Level
from tests.engine.checks.clean_plans import MONTHS, QUARTERS, Maker, made_of, near

D = Decimal


def standing_still(rng: Random, record: str, number: int) -> Indicator:
    """Progress in percent; in some months nothing was added."""
    planned = [D(p) for p in (2, 5, 9, 17, 28, 40, 52, 65, 78, 88, 95, 100)]
    actual = [near(rng, p, 0.9, 1.0, 2) for p in planned]
    for month in rng.sample(range(3, 12), 2):
        actual[month] = max(actual[month - 1], planned[month] / 2)
    made = tuple(Entry(m, planned=p, actual=a) for m, p, a in zip(MONTHS, planned, sorted(actual), strict=True))
    how = rng.choice(({"aggregation": Aggregation.LATEST}, {"entry_basis": EntryBasis.TO_DATE}))
    return made_of(record, number, "ร้อยละความก้าวหน้าของงานก่อสร้าง", "ร้อยละ", made, D(100), is_share=True, **how)


def seasons(rng: Random, record: str, number: int) -> Indicator:
    """Visitors: a hundred times as many in the cool season."""
    planned = [D(p) for p in (9000, 12000, 15000, 8000, 2000, 500, 120, 80, 90, 400, 3000, 7000)]
    made = tuple(Entry(m, planned=p, actual=near(rng, p)) for m, p in zip(MONTHS, planned, strict=True))
    return made_of(record, number, "จำนวนผู้เข้าชม", "คน", made, sum(planned, D()))


def growth(rng: Random, record: str, number: int) -> Indicator:
    """Growth in percent, which may be a loss in one quarter."""
    made = tuple(Entry(m, planned=D(2), actual=D(rng.choice((-9, -3, 12, 18, 24, 37))) / 10) for m in QUARTERS)
    return made_of(record, number, "อัตราการขยายตัว", "ร้อยละ", made, D(2), aggregation=Aggregation.AVERAGE)


def small_share(rng: Random, record: str, number: int) -> Indicator:
    """Errors in percent, at most one of a hundred."""
    made = tuple(Entry(m, planned=D(1), actual=D(rng.randint(55, 118)) / 100) for m in MONTHS)
    return made_of(
        record, number, "ร้อยละของข้อผิดพลาด", "ร้อยละ", made, D(1), aggregation=Aggregation.AVERAGE, is_share=True,
        direction=Direction.LOWER,
    )  # fmt: skip


def meetings(rng: Random, record: str, number: int) -> Indicator:
    """One meeting a month, now and then two or none."""
    made = tuple(Entry(m, planned=D(1), actual=D(rng.choice((1, 1, 1, 1, 2)))) for m in MONTHS)
    return made_of(record, number, "จำนวนครั้งการประชุม", "ครั้ง", made, D(12))


def corrected(rng: Random, record: str, number: int) -> Indicator:
    """Cases, of which one month takes back what was counted too much."""
    actual = [D(rng.randint(45, 56)) for _ in MONTHS]
    actual[rng.randint(3, 9)] = D(-3)
    made = tuple(Entry(m, planned=D(50), actual=a) for m, a in zip(MONTHS, actual, strict=True))
    return made_of(record, number, "จำนวนเรื่องที่ปิดได้", "เรื่อง", made, D(600))


def in_words(rng: Random, record: str, number: int) -> Indicator:
    """Levels that only words describe, reported as levels (AC12)."""
    made = tuple(Entry(m, planned=D(p), actual=D(p)) for m, p in zip(QUARTERS, (1, 2, 4, 5), strict=True))
    return made_of(
        record, number, "ระดับความสำเร็จของการพัฒนา", "ระดับ", made, D(5), aggregation=Aggregation.LATEST,
        formula=Formula.LEVELS, levels=tuple(Level(n, f"ขั้นที่ {n}") for n in range(1, 6)),
    )  # fmt: skip


MORE: tuple[Maker, ...] = (standing_still, seasons, growth, small_share, meetings, corrected, in_words)
