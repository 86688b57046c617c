"""Scores above the works as pages show them: of plan, strategies, tactics and units, with the ones before (RU5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.overall import Overall, ScorePart, Scores, scores
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.naming import Names


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score: what it is of, its weight in what is above it, and what it was at the evaluation before."""

    level: str
    key: str
    name: str
    weight: Decimal | None  # None where nothing above it weighs it
    figure: Decimal | None
    shown: str
    band: Band | None
    was: str  # "" where nothing was evaluated before


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The plan's score, then each strategy with its tactics; the units beside them."""

    rows: tuple[ScoreRow, ...]
    units: tuple[ScoreRow, ...]


def score_table(names: Names, previous: PlanResult | None) -> ScoreTable | None:
    """Return the scores above the works, None for a plan that has none."""
    found = scores(names.result)
    if found is None:
        return None
    before = scores(previous) if previous is not None else None
    weights = found.weighed()
    rows = tuple(_row(names, row, weights.get((row.level, row.key)), before) for row in found.rows())
    return ScoreTable(rows, tuple(_row(names, row, None, before) for row in found.units))


def _row(names: Names, row: Overall, part: ScorePart | None, before: Scores | None) -> ScoreRow:
    weight = part.weight if part is not None and part.weight is not None else None
    was = ""
    if before is not None:
        try:
            was = names.percent(before.of(row.level, row.key).figure)
        except KeyError:
            was = "–"
    return ScoreRow(
        row.level,
        row.key,
        name_of(names, row.level, row.key),
        weight,
        row.figure,
        names.percent(row.figure),
        row.band,
        was,
    )


def name_of(names: Names, level: str, key: str) -> str:
    """Return what people call a part of the plan: the word for the plan itself, else its code and name."""
    if level == "plan":
        return names.word("plan", "score_level")
    name = names.unit(key) if level == "unit" else names.named(level, key)
    return name if name == key or level == "unit" else f"{key} {name}"
