"""Layouts that differ in how their works are numbered."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.layouts import numbering, wording
from benchmarks.layouts.making import (
    CALENDAR,
    FISCAL,
    QUARTERS,
    STRATEGIES,
    Made,
    made,
    stacked,
    with_periods,
)
from benchmarks.layouts.plans import Kind, works
from benchmarks.layouts.style import FRONT, FULL, JANUARY, SHORT, Style, fiscal
from benchmarks.layouts.tables import table


def number_goes_back(rng: random.Random) -> Made:
    """Works in any order of numbers, in the layout of the printed evaluation."""
    style = stacked()
    listed = with_periods(rng, numbering.shuffled(rng, works(rng, Kind())))
    return made(rng, "number goes back", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))


def restart_under_kind(rng: random.Random) -> Made:
    """Numbers begin again under the heading of each kind."""
    style = rng.choice((stacked(), Style(joined=False)))
    listed = numbering.restarting(works(rng, Kind(per_kind=3, count=9)), by_kind=True)
    listed = with_periods(rng, listed) if style.closing else listed
    return made(rng, "restart under kind", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))


def excerpt(rng: random.Random) -> Made:
    """One division's part of a longer plan: numbers far apart, a fiscal year."""
    style = Style(periods=fiscal(JANUARY), months=fiscal(FULL))
    listed = numbering.far(rng, works(rng, Kind()))
    return made(rng, "excerpt", FISCAL, [STRATEGIES[1], table(listed, style)], (listed, style))


def next_strategy(rng: random.Random) -> Made:
    """Strategies as rows of the table, numbers beginning at 1, 2 or going on after a new one."""
    style = Style(groups=QUARTERS)
    second = rng.choice((1, 2, 3))
    listed = numbering.restarting(works(rng, Kind(strategies=3, count=9)), second_from=second)
    return made(rng, "next strategy", CALENDAR, [table(listed, style, strategies=STRATEGIES)], (listed, style))


def misread(rng: random.Random) -> Made:
    """Numbers misread ("Z.", "l4."), and titles that begin with a digit."""
    style = stacked()
    listed = numbering.misread(rng, wording.digits_first(rng, works(rng, Kind(count=12, most_measures=2))))
    listed = with_periods(rng, listed)
    return made(rng, "misread numbers", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))


def unnumbered(rng: random.Random) -> Made:
    """No numbers at all: a work is a title with its unit and budget."""
    front = ("title", "indicator", "office", "budget", "target", "measure", "weight")
    style = rng.choice((Style(front=front), stacked(front=("title", *front[2:]), joined=False)))
    listed = numbering.none(works(rng, Kind()))
    listed = with_periods(rng, listed) if style.closing else listed
    return made(rng, "no number", CALENDAR, [table(listed, style)], (listed, style))


def codes(rng: random.Random) -> Made:
    """Codes as numbers."""
    style = Style(heads={**SHORT, "number": "รหัสโครงการ"}, periods=fiscal(JANUARY), months=fiscal(FULL))
    form = rng.choice(("P-{:03}", "กผ-{:02}", "70-{:03}", "PRJ{:04}"))
    listed = numbering.coded(works(rng, Kind()), form)
    return made(rng, "codes", FISCAL, [table(listed, style)], (listed, style))


def project_words(rng: random.Random) -> Made:
    """Works numbered "โครงการที่ 1 …", in one cell with the title."""
    front = ("title", "office", "budget", "target", "measure", "weight")
    style = rng.choice(
        (stacked(front=front, joined=True), Style(front=("title", "indicator", *front[1:]), joined=True))
    )
    listed = numbering.plain(works(rng, Kind()), "โครงการที่ {}")
    listed = with_periods(rng, listed) if style.closing else listed
    return made(rng, "project words", CALENDAR, [table(listed, style)], (listed, style))


def decimals(rng: random.Random) -> Made:
    """Numbers of strategy and work: 1.1, 1.2, 2.1."""
    style = Style(joined=rng.random() < 0.5, front=FRONT)
    if style.joined:
        style = replace(style, front=FRONT[1:])
    listed = numbering.decimal(works(rng, Kind(strategies=2)))
    return made(rng, "decimal numbers", CALENDAR, [table(listed, style, strategies=STRATEGIES)], (listed, style))


def letters(rng: random.Random) -> Made:
    """Thai letters as numbers."""
    style = stacked(groups=())
    listed = with_periods(rng, numbering.lettered(works(rng, Kind())))
    return made(rng, "letters", CALENDAR, [STRATEGIES[0], table(listed, style)], (listed, style))
