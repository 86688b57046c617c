"""Words where a figure is expected, and titles that begin with a digit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.layouts.truth import Measure, Work

_DIGITS_FIRST = (
    "5 ส. ในสำนักงาน",
    "100 ปี แห่งการก่อตั้ง",
    "3 ดี วิถีชุมชน",
    "2 ล้อปลอดภัยในตำบล",
    "1 ตำบล 1 ลานกีฬา",
    "7 วันปลอดขยะ",
)


def digits_first(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works, a few with titles that begin with a digit."""
    titles = iter(rng.sample(_DIGITS_FIRST, k=3))
    places = set(rng.sample(range(len(works)), k=3))
    return [replace(work, title=next(titles)) if at in places else work for at, work in enumerate(works)]


def in_words(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works with budgets, targets and weights in words, some without an office."""
    return [
        replace(
            _money(rng, work),
            office="" if rng.random() < 0.2 else work.office,
            measures=tuple(_target(rng, measure) for measure in work.measures),
        )
        for work in works
    ]


def _money(rng: random.Random, work: Work) -> Work:
    amount = work.budget or Decimal(0)
    thousands = f"{amount:,f}"
    million = Decimal(rng.randint(1, 40))
    text, value = rng.choice(
        (
            ("ตามที่ได้รับจัดสรร", None),
            ("ไม่ใช้งบประมาณ", None),
            ("N/A", None),
            ("ไม่มี", None),
            (f"งบลงทุน {thousands}", amount),
            (f"{thousands}.-", amount),
            (f"{thousands}/ปี", amount),
            (f"{million} ล้านบาท", million * 10**6),
            (f"{thousands} บาท", amount),
            (thousands.replace(",", "."), amount),
            (_letter(thousands), amount),
            ("300,000 + 200,000", Decimal(500_000)),
            (thousands, amount),
            (thousands, amount),
        )
    )
    return replace(work, budget=value, budget_text="" if text == thousands else text)


def _letter(text: str) -> str:
    """Return a figure with its last zero read as the letter O."""
    head, _, tail = text.rpartition("0")
    return f"{head}O{tail}" if _ else text


def _target(rng: random.Random, measure: Measure) -> Measure:
    value = measure.target
    if value is None:
        return measure
    printed = f"{value:,f}"
    weight = f"ร้อยละ {measure.weight}" if measure.weight is not None and rng.random() < 0.4 else ""
    text, number = rng.choice(
        (
            (f"{printed} {measure.unit}", value),
            (f"ไม่น้อยกว่า {printed}", value),
            ("ครบถ้วน", None),
            ("3 - 5", None),
            ("ภายในเดือนมีนาคม", None),
            ("", value),
            ("", value),
        )
    )
    if measure.share:
        text, number = rng.choice(((f"ร้อยละ {printed}", value), (f"ไม่ต่ำกว่าร้อยละ {printed}", value), ("", value)))
    return replace(measure, target=number, target_text=text, weight_text=weight)
