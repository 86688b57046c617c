"""Random works: titles, offices, indicators and figures as public offices have them, none of a real one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.layouts.truth import NOTHING, Figure, Measure, Months, Work

KINDS = ("งานประจำ", "โครงการต่อเนื่อง", "โครงการใหม่")
_VERBS = (
    "พัฒนา", "ส่งเสริม", "ปรับปรุง", "อบรม", "ติดตาม", "จัดทำ", "เสริมสร้าง", "สำรวจ", "ประชาสัมพันธ์", "บูรณาการ", "ยกระดับ",
    "เฝ้าระวัง",
)  # fmt: skip
_THINGS = (
    "คุณภาพน้ำบาดาล", "ตลาดสินค้าชุมชน", "ทักษะช่างฝีมือ", "ระบบจัดเก็บเอกสาร", "สวนสาธารณะริมคลอง", "ห้องสมุดเคลื่อนที่",
    "เครือข่ายอาสาสมัคร", "การออมของครัวเรือน", "ทางเท้าและไฟส่องสว่าง", "ศูนย์เด็กเล็ก", "พันธุ์ข้าวพื้นเมือง", "ข้อมูลภูมิสารสนเทศ",
    "ผู้ประกอบการรายย่อย", "ป่าชายเลน", "เงินอุดหนุนเด็กแรกเกิด", "มาตรฐานร้านอาหาร",
)  # fmt: skip
_PLACES = ("ในเขตเมือง", "ระดับอำเภอ", "เชิงรุก", "อย่างยั่งยืน", "สำหรับผู้สูงอายุ", "แบบมีส่วนร่วม", "ภายในหน่วยงาน", "ด้วยดิจิทัล")
_OFFICES = ("กผ.", "สน.ปลัด", "กองช่าง", "กพส.", "ศทส.", "กองคลัง", "ฝ่ายวิชาการ", "กลุ่มนิเทศ", "สพจ.", "งานทะเบียน")
_COUNTS = (
    ("จำนวนผู้เข้าร่วมกิจกรรม", "คน"), ("จำนวนครัวเรือนที่ได้รับบริการ", "ครัวเรือน"), ("จำนวนรายงานที่จัดทำแล้วเสร็จ", "ฉบับ"),
    ("จำนวนแห่งที่ผ่านการตรวจ", "แห่ง"), ("จำนวนครั้งที่ออกหน่วยบริการ", "ครั้ง"), ("จำนวนเรื่องที่ดำเนินการ", "เรื่อง"),
    ("พื้นที่ที่ได้รับการฟื้นฟู", "ไร่"), ("จำนวนเงินที่จัดเก็บได้", "บาท"),
)  # fmt: skip
_SHARES = ("ร้อยละความพึงพอใจของผู้รับบริการ", "ร้อยละของเรื่องที่ดำเนินการแล้วเสร็จ", "ร้อยละของผู้ผ่านการประเมิน", "ร้อยละการเบิกจ่ายเงิน")
ENGLISH_OFFICES = ("Water Division", "Training Office", "Legal Section", "ICT Centre", "Field Unit")
_ENGLISH_VERBS = ("Renew", "Survey", "Train", "Promote", "Inspect", "Restore")
_ENGLISH_THINGS = (
    "village wells",
    "school kitchens",
    "market stalls",
    "river banks",
    "health volunteers",
    "land records",
)
_ENGLISH_PLACES = ("in the north", "by district", "for the young", "phase two", "with local councils")
_ENGLISH_COUNTS = (("Households served", "households"), ("Reports completed", "reports"), ("People trained", "persons"))
_ENGLISH_SHARES = ("Users satisfied", "Requests closed in time")


@dataclass(frozen=True)
class Kind:
    """What kind of works a layout prints."""

    count: int = 8
    span: int = 1  # months per period
    results: bool = True
    most_measures: int = 3
    sparse: bool = False  # one to three periods of the year
    blanks: bool = False  # an unplanned period is an empty cell, not a dash
    english: bool = False
    strategies: int = 1
    per_kind: int = 0  # so many works under each kind; 0: kinds are not printed


def works(rng: random.Random, kind: Kind) -> list[Work]:
    """Return random works numbered 1, 2, 3 …, in strategies of about the same size."""
    titles = _titles(rng, kind)
    made = []
    for at in range(kind.count):
        measures = tuple(_measures(rng, kind))
        made.append(
            Work(
                number=str(at + 1),
                title=titles[at],
                strategy=str(at * kind.strategies // kind.count + 1),
                office=rng.choice(ENGLISH_OFFICES if kind.english else _OFFICES),
                kind=KINDS[min(at // kind.per_kind, len(KINDS) - 1)] if kind.per_kind else "",
                measures=measures,
                budget=Decimal(rng.randrange(40, 9000) * 1000)
                if rng.random() < 0.85
                else Decimal(rng.randrange(10**5, 10**7)),
            )
        )
    return made


def _titles(rng: random.Random, kind: Kind) -> list[str]:
    verbs, things, places = (
        (_ENGLISH_VERBS, _ENGLISH_THINGS, _ENGLISH_PLACES) if kind.english else (_VERBS, _THINGS, _PLACES)
    )
    glue = " " if kind.english else ""
    found: dict[str, None] = {}
    while len(found) < kind.count:
        before = "" if kind.english else rng.choice(("โครงการ", "โครงการ", "งาน", "กิจกรรม", ""))
        after = glue + rng.choice(places) if rng.random() < 0.6 or kind.english else ""
        found.setdefault(f"{before}{rng.choice(verbs)}{glue}{rng.choice(things)}{after}")
    return list(found)


def _measures(rng: random.Random, kind: Kind) -> list[Measure]:
    count = rng.randint(1, kind.most_measures)
    weights = _parts_of_100(rng, count)
    names: set[str] = set()
    made = []
    for weight in weights:
        measure = _measure(rng, kind)
        while measure.name in names:
            measure = _measure(rng, kind)
        names.add(measure.name)
        made.append(replace(measure, weight=weight))
    return made


def _parts_of_100(rng: random.Random, count: int) -> list[Decimal]:
    cuts = sorted(rng.sample(range(1, 20), count - 1))
    return [Decimal(5 * (b - a)) for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]


def _measure(rng: random.Random, kind: Kind) -> Measure:
    counts, shares = (_ENGLISH_COUNTS, _ENGLISH_SHARES) if kind.english else (_COUNTS, _SHARES)
    share = rng.random() < 0.3
    name, unit = (rng.choice(shares), "percent" if kind.english else "ร้อยละ") if share else rng.choice(counts)
    periods = list(range(kind.span, 13, kind.span))
    planned = _planned(rng, periods, sparse=kind.sparse)
    goal = Decimal(rng.choice((75, 80, 85, 90)))
    base = rng.choice((1, 3, 12, 150, 2400, 31_000)) * rng.randint(1, 9)
    same = rng.random() < 0.5

    def plan_of(period: int) -> Decimal:
        return goal if share else Decimal(base if same else max(1, base * rng.randint(3, 20) // 10))

    def result_of(planned: Figure) -> Figure:
        if not isinstance(planned, Decimal):
            return planned
        done = Decimal(rng.randint(6000, 9999)) / 100 if share else Decimal(int(planned) * rng.randint(5, 14) // 10)
        return done if rng.random() > 0.04 else Decimal(0)

    mark: Figure = None if kind.blanks else NOTHING
    plan: Months = {period: plan_of(period) if period in planned else mark for period in periods}
    actual: Months = {period: result_of(figure) for period, figure in plan.items()} if kind.results else {}
    made = Measure(name, unit, plan, actual, kind.span, share)
    return replace(made, target=made.total(plan))


def _planned(rng: random.Random, periods: Sequence[int], *, sparse: bool) -> set[int]:
    if sparse:
        return set(rng.sample(periods, rng.randint(1, min(3, len(periods)))))
    style = rng.random()
    if style < 0.5 or len(periods) < 4:
        return set(periods)
    if style < 0.75 and len(periods) == 12:
        return {period for period in periods if period % 3 == 0}
    return set(rng.sample(periods, rng.randint(len(periods) // 3, len(periods))))


def each(works: Sequence[Work], change: Callable[[int, Work], Work]) -> list[Work]:
    """Return the works, each changed by its place from 0."""
    return [change(at, work) for at, work in enumerate(works)]
