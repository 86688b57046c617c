"""Layouts that differ in columns, sides, periods and words."""

from __future__ import annotations

import random

from benchmarks.layouts import numbering, wording
from benchmarks.layouts.beside import beside
from benchmarks.layouts.making import (
    CALENDAR,
    ENGLISH_STRATEGIES,
    FISCAL,
    NAMES,
    QUARTERS,
    STRATEGIES,
    Made,
    made,
    thai,
)
from benchmarks.layouts.plans import Kind, works
from benchmarks.layouts.sheet import Sheet
from benchmarks.layouts.style import ENGLISH, FULL, IN_ENGLISH, JANUARY, LONG, THAI_ENGLISH, Style, fiscal
from benchmarks.layouts.tables import table
from benchmarks.layouts.truth import Truth
from benchmarks.layouts.years import years_table, years_works


def sparse(rng: random.Random) -> Made:
    """One to three months of the year filled, the others empty cells."""
    style = Style(sides=rng.choice(("rows", "columns")), back=("total", "percent", "remark"))
    listed = numbering.plain(works(rng, Kind(sparse=True, blanks=True)), "{}")
    return made(rng, "sparse", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))


def plan_months(rng: random.Random) -> Made:
    """A plan by months without results, months headed in one of several ways."""
    numbers = tuple(map(str, range(1, 13)))
    months = rng.choice((JANUARY, FULL, numbers, ENGLISH))
    style = Style(
        sides="plan", periods=months, front=("number", "title", "indicator", "measure", "target"),
        back=rng.choice((("office",), ("total", "office"))),
    )  # fmt: skip
    listed = numbering.plain(works(rng, Kind(results=False, blanks=rng.random() < 0.5)), "{}")
    return made(rng, "plan by months", CALENDAR, [table(listed, style)], (listed, style))


def plan_quarters(rng: random.Random) -> Made:
    """A plan by quarters or half-years without results."""
    heads, span = rng.choice(
        ((QUARTERS, 3), (("Q1", "Q2", "Q3", "Q4"), 3), (("T1", "T2", "T3", "T4"), 3), (("ครึ่งปีแรก", "ครึ่งปีหลัง"), 6))
    )
    style = Style(
        sides="plan", periods=heads, front=("number", "title", "indicator", "measure", "target"),
        back=("total", "budget", "office"),
    )  # fmt: skip
    listed = numbering.plain(works(rng, Kind(results=False, span=span)), "{}")
    return made(rng, "plan by quarters", FISCAL, [STRATEGIES[0], table(listed, style)], (listed, style))


def quarter_sums(rng: random.Random) -> Made:
    """A sum before or after the months of every quarter."""
    style = Style(
        sums=rng.choice(("before", "after")), groups=rng.choice(((), QUARTERS)),
        periods=fiscal(JANUARY), months=fiscal(FULL), sum_head=rng.choice(("รวมไตรมาส {}", "รวม Q{}", "รวม")),
    )  # fmt: skip
    listed = numbering.plain(works(rng, Kind()))
    return made(rng, "quarter sums", FISCAL, [STRATEGIES[0], table(listed, style)], (listed, style))


def side_columns(rng: random.Random) -> Made:
    """Plan and result side by side under each month, a quarter's sums among them."""
    sums = rng.choice(("", "before", "after"))
    style = Style(sides="columns", sums=sums, groups=QUARTERS if sums else (), sum_head="รวม")  # type: ignore[arg-type]
    listed = numbering.plain(works(rng, Kind(count=6)))
    return made(rng, "plan and result columns", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))


def quarters_reported(rng: random.Random) -> Made:
    """Plan and result by quarters."""
    style = Style(sides=rng.choice(("rows", "columns")), periods=QUARTERS, heads=LONG)
    listed = numbering.plain(works(rng, Kind(span=3)))
    return made(rng, "quarters with results", FISCAL, [STRATEGIES[0], table(listed, style)], (listed, style))


def side_by_side(rng: random.Random) -> Made:
    """Two tables beside each other, each under its strategy."""
    style = Style(periods=QUARTERS, front=("number", "title", "indicator", "target", "measure", "office"))
    listed = numbering.restarting(works(rng, Kind(strategies=2, count=8, span=3, most_measures=1)))
    halves = [[work for work in listed if work.strategy == code] for code in ("1", "2")]
    return made(rng, "side by side", CALENDAR, [beside(halves, style, STRATEGIES)], (listed, style))


def words(rng: random.Random) -> Made:
    """Words where figures are expected, and money as people write it."""
    style = Style(periods=fiscal(JANUARY), months=fiscal(FULL))
    listed = wording.in_words(rng, numbering.plain(works(rng, Kind(count=12, most_measures=2))))
    return made(rng, "words in figures", FISCAL, [STRATEGIES[0], table(listed, style)], (listed, style))


def two_languages(rng: random.Random) -> Made:
    """Thai and English headings, English months, the Common Era."""
    style = Style(heads=THAI_ENGLISH, periods=ENGLISH, groups=("Q1/2027", "Q2/2027", "Q3/2027", "Q4/2027"))
    listed = numbering.plain(works(rng, Kind(strategies=2)), "{}")
    title = "แผนปฏิบัติการ ปี 2570 (Action Plan 2027)"
    return made(rng, "two languages", title, [table(listed, style, strategies=STRATEGIES)], (listed, style))


def english(rng: random.Random) -> Made:
    """Everything in English."""
    style = Style(
        heads=IN_ENGLISH,
        periods=ENGLISH,
        side_words=("Plan", "Actual"),
        dash="–",
        sums=rng.choice(("", "after")),
        sum_head="Q{} total",
    )
    listed = numbering.plain(works(rng, Kind(english=True, strategies=2)), "{}")
    parts = [table(listed, style, strategies=ENGLISH_STRATEGIES)]
    return made(rng, "English", "Action plan of the Provincial Office, year 2027", parts, (listed, style))


def dated_months(rng: random.Random) -> Made:
    """A fiscal year whose months carry their years, in Thai digits."""
    years = rng.choice(((" 69", " 70"), (" 2569", " 2570"), ("-69", "-70")))
    style = Style(
        periods=tuple(map(thai, fiscal(JANUARY, years))), months=fiscal(FULL), thai_digits=True, dash="–", heads=LONG
    )
    listed = numbering.plain(works(rng, Kind()), "{}")
    return made(rng, "dated months", thai(FISCAL), [thai(STRATEGIES[0]), table(listed, style)], (listed, style))


def several_years(rng: random.Random) -> Made:
    """Indicators with targets of several years, results of the past ones in brackets."""
    listed = years_works(rng, numbering.plain(works(rng, Kind(most_measures=2)), "{}"))
    parts = [STRATEGIES[0], years_table(listed)]
    title = "แผนปฏิบัติราชการระยะ 5 ปี (พ.ศ. 2566 - 2570)"
    return Sheet([title, rng.choice(NAMES), *parts]), Truth(
        "several years", tuple(listed), frozenset({"number", "title", "indicator", "measure", "office", "years"})
    )
