"""The figures of the national page, out of a folder of results: counts, silent ones, spread, largest changes."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from samrit.nation import results
from samrit.nation.outcome import BROKEN
from samrit.vocabulary.sorting import thai_sort_key

# Upper ends of the spread are open: 150 and more.
STEP, LAST_STEP = 10, 150
LARGEST = 20


@dataclass(frozen=True, slots=True)
class BandLook:
    """A band as the plans' rule sets show it."""

    code: str
    name: str
    name_en: str
    sign: str
    colour: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """One ministry or region: its plans, works that count, and how many of these are in each band."""

    name: str
    plans: int
    works: int
    bands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SilentPlan:
    """A plan without any result, or one that could not be read."""

    organisation: str
    plan: str
    broken: bool


@dataclass(frozen=True, slots=True)
class PercentChange:
    """A work whose percent differs from that of earlier results, exact."""

    plan: str
    work: str
    title: str
    before: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """Everything the page shows; groups and plans by name, changes by size."""

    summary: results.RunSummary
    looks: tuple[BandLook, ...]  # worst first
    everything: FigureGroup
    ministries: tuple[FigureGroup, ...]
    regions: tuple[FigureGroup, ...]
    silent: tuple[SilentPlan, ...]
    spread: tuple[tuple[int, int], ...]  # lower end in percent, works
    changes: tuple[PercentChange, ...]


class UnfinishedError(ValueError):
    """A folder that holds no finished results."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no finished results")
        self.folder = folder


def national_figures(out: Path, before: Path | None = None) -> NationalFigures:
    """Return the figures of a finished run, beside those of an earlier one; raises UnfinishedError."""
    summary = _finished(out)
    if before is not None:
        _finished(before)
    plans = results.table_of(out, "plans").to_pylist()
    works = _Works(out)
    silent = [
        SilentPlan(row["organisation"] or "", row["plan"] or row["source"], row["state"] == BROKEN)
        for row in plans
        if row["state"] == BROKEN or not row["reported"]
    ]
    return NationalFigures(
        summary,
        _looks(row["bands"] for row in plans if row["bands"]),
        FigureGroup("", len(plans), works.counted, works.bands["", ""]),
        works.groups("ministry"),
        works.groups("region"),
        tuple(sorted(silent, key=lambda s: (thai_sort_key(s.organisation), thai_sort_key(s.plan)))),
        tuple((floor, works.spread[floor]) for floor in range(0, LAST_STEP + STEP, STEP)),
        () if before is None else _changes(out, before),
    )


def _finished(folder: Path) -> results.RunSummary:
    if (summary := results.summary_of(folder)) is None:
        raise UnfinishedError(folder)
    return summary


class _Works:
    """Counts over all works, in one pass."""

    def __init__(self, out: Path) -> None:
        self.counted = 0
        self.bands: dict[tuple[str, str], Counter[str]] = {("", ""): Counter()}
        self.spread: Counter[int] = Counter()
        self._plans: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for row in results.rows(out, "works", ("source", "plan", "ministry", "region", "band", "counted", "percent")):
            keys = [("", ""), ("ministry", row["ministry"]), ("region", row["region"])]
            for key in keys[1:]:
                self._plans.setdefault(key, set()).add((row["source"], row["plan"]))
            if not row["counted"]:
                continue
            self.counted += 1
            for key in keys:
                self.bands.setdefault(key, Counter())[row["band"]] += 1
            if row["percent"] is not None:
                self.spread[_floor(Decimal(row["percent"]))] += 1

    def groups(self, kind: str) -> tuple[FigureGroup, ...]:
        """Return the groups of one kind by name."""
        made = []
        for key, plans in self._plans.items():
            if key[0] == kind:
                bands = self.bands.get(key, Counter())
                made.append(FigureGroup(key[1], len(plans), bands.total(), bands))
        return tuple(sorted(made, key=lambda group: thai_sort_key(group.name)))


def _floor(percent: Decimal) -> int:
    """Return the lower end of the step a percent is in; below zero counts as the first."""
    return min(max(int(percent // STEP) * STEP, 0), LAST_STEP)


def _looks(every: object) -> tuple[BandLook, ...]:
    """Return the bands of all rule sets, each once, in the order of the rule sets that most plans use."""
    looks: dict[str, BandLook] = {}
    for text, _ in Counter(every).most_common():  # type: ignore[call-overload]
        for code, name, name_en, sign, colour in json.loads(text):
            looks.setdefault(code, BandLook(code, name, name_en, sign, colour))
    return tuple(looks.values())


def _changes(out: Path, before: Path) -> tuple[PercentChange, ...]:
    """Return the works whose percent changed most, the largest first; the ids of plan and work say which is which.

    Plans of an id that is there twice are left out: which of them an earlier one was can't be told.
    """
    twice = _ids_given_twice(out) | _ids_given_twice(before)
    columns: Sequence[str] = ("plan", "work", "title", "percent")
    earlier = {
        (row["plan"], row["work"]): Decimal(row["percent"])
        for row in results.rows(before, "works", columns)
        if row["percent"] is not None and row["plan"] not in twice
    }
    found = (
        PercentChange(
            row["plan"], row["work"], row["title"], earlier[row["plan"], row["work"]], Decimal(row["percent"])
        )
        for row in results.rows(out, "works", columns)
        if row["percent"] is not None and (row["plan"], row["work"]) in earlier
    )
    moved = (change for change in found if change.now != change.before)
    return tuple(heapq.nsmallest(LARGEST, moved, key=lambda c: (-abs(c.now - c.before), c.plan, c.work)))


def _ids_given_twice(out: Path) -> set[str]:
    counts = Counter(results.table_of(out, "plans", ["plan"]).column("plan").to_pylist())
    return {plan for plan, count in counts.items() if count > 1}
