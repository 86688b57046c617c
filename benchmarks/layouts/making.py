"""What the layouts share: titles, strategies, and how a document is put together with its truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.layouts.sheet import Part, Sheet
from benchmarks.layouts.style import SHORT, Style
from benchmarks.layouts.truth import Truth, Work

Made = tuple[Sheet, Truth]

QUARTERS = ("ไตรมาสที่ 1", "ไตรมาสที่ 2", "ไตรมาสที่ 3", "ไตรมาสที่ 4")
STRATEGIES = (
    "ยุทธศาสตร์ที่ 1 บริการที่ประชาชนวางใจ", "ยุทธศาสตร์ที่ 2 ฐานทรัพยากรที่ยั่งยืน", "ยุทธศาสตร์ที่ 3 องค์กรที่เรียนรู้",
)  # fmt: skip
ENGLISH_STRATEGIES = (
    "Strategy 1: Services people trust",
    "Strategy 2: Lasting resources",
    "Strategy 3: A learning office",
)
CALENDAR = "แผนปฏิบัติการ ประจำปี พ.ศ. 2570"
FISCAL = "แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2570"
NAMES = ("สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง", "เทศบาลเมืองบึงใหม่", "กรมส่งเสริมการเรียนรู้", "องค์การบริหารส่วนตำบลท่าทราย")


def made(rng: random.Random, name: str, title: str, parts: Sequence[Part], truth: tuple[Sequence[Work], Style]) -> Made:
    """Return the document of some works in a style: its title, an organisation, its parts."""
    listed, style = truth
    printed = set(style.front) | set(style.back) | {"plan"}
    printed |= {"actual"} if style.sides != "plan" else set()
    printed |= {"period"} if style.closing else set()
    printed |= {"strategy"} if len({work.strategy for work in listed}) > 1 else set()
    return Sheet([title, rng.choice(NAMES), *parts]), Truth(name, tuple(listed), frozenset(printed))


def with_periods(rng: random.Random, listed: Sequence[Work]) -> list[Work]:
    """Return the works with a period each, most of them the whole year, the others around what is planned."""
    made = []
    for work in listed:
        planned = [at for m in work.measures for at, figure in m.plan.items() if isinstance(figure, Decimal)]
        first, last = (1, 12) if rng.random() < 0.6 else (rng.randint(1, min(planned)), rng.randint(max(planned), 12))
        made.append(replace(work, first=first, last=last))
    return made


def stacked(**more: object) -> Style:
    """Return the style of the printed evaluation: a row for the work, pairs of rows below it, a closing row."""
    front = ("number", "title", "office", "budget", "target", "measure", "weight")
    heads = {**SHORT, "title": "งาน/โครงการ ตัวชี้วัด"}
    settings = {"shape": "stacked", "front": front, "heads": heads, "groups": QUARTERS, "closing": True} | more
    return Style(**settings)  # type: ignore[arg-type]


def thai(text: str) -> str:
    """Return a text with Thai digits."""
    return Style(thai_digits=True).words(text)
