"""Tables of targets for several years, as plans of five years and budget documents have them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.layouts.sheet import Cell, Table
from benchmarks.layouts.truth import Measure, Work

YEARS = (2566, 2567, 2568, 2569, 2570)
_PAST = 3  # years with results


def years_works(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works with targets of five years, and results of the first three, in place of months."""
    return [replace(work, measures=tuple(_yearly(rng, measure) for measure in work.measures)) for work in works]


def _yearly(rng: random.Random, measure: Measure) -> Measure:
    base = 70 if measure.share else rng.choice((4, 60, 1500))
    targets = {year: Decimal(base + at * max(1, base // 20)) for at, year in enumerate(YEARS)}
    results = {
        year: (target * rng.randint(80, 115) / 100).quantize(Decimal("0.01") if measure.share else Decimal(1))
        for year, target in list(targets.items())[:_PAST]
    }
    return replace(measure, plan={}, actual={}, target=None, weight=None, years=targets, results=results)


def years_table(works: Sequence[Work]) -> Table:
    """Return "ตัวชี้วัด | หน่วยนับ | ปี 2566 แผน (ผล) | …"."""
    heads = [
        *map(Cell, ("ลำดับ", "โครงการ", "ตัวชี้วัด", "หน่วยนับ")),
        *(Cell(f"ปี {year} แผน (ผล)" if at < _PAST else f"ปี {year} แผน") for at, year in enumerate(YEARS)),
        Cell("ผู้รับผิดชอบ"),
    ]
    return Table([heads, *(row for work in works for row in _rows(work))], 1)


def _rows(work: Work) -> Iterator[list[Cell]]:
    tall = len(work.measures)
    for at, measure in enumerate(work.measures):
        figures = [
            Cell(_figure(measure, year), number=None if year in measure.results else measure.years[year])
            for year in YEARS
        ]
        row = [Cell(measure.name), Cell(measure.unit), *figures]
        yield (
            [Cell(work.number, tall=tall), Cell(work.title, tall=tall), *row, Cell(work.office, tall=tall)]
            if at == 0
            else row
        )


def _figure(measure: Measure, year: int) -> str:
    target = f"{measure.years[year]:,f}"
    return f"{target} ({measure.results[year]:,f})" if year in measure.results else target
