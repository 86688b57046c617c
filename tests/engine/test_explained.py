"""An explanation is arithmetically what it says: every line with a sum in it is computed anew (invariant I4)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.engine.explain import Derivation, explain
from samrit.engine.model import Plan
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.random_plans import random_office, random_plan

PLANS = int(os.environ.get("SAMRIT_PLANS", "300"))
BATCHES = 10
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?…?")
_PIECE = re.compile(r"-?\d[\d,]*(?:\.\d+)?…?|[-+−×÷()]|max|min|;|→|=")


def plans(batch: int) -> Iterator[tuple[Plan, int]]:
    for seed in range(batch, PLANS, BATCHES):
        make = random_office if seed % 2 else random_plan
        yield make(seed), 12 if seed % 3 else 1 + seed % 12


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_line_of_arithmetic_is_true(batch: int) -> None:
    seen = 0
    for plan, as_of in plans(batch):
        result = score(plan, PERCENT_OF_PLAN, as_of)
        for project in plan.projects:
            for step in explain(result, project.id).walk():
                if arithmetic := arithmetic_of(step):
                    seen += 1
                    assert is_true(*arithmetic), f"{plan.id} {as_of}: {step.sentence('en')}"
    assert seen


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_total_is_made_of_what_stands_below_it(batch: int) -> None:
    for plan, as_of in plans(batch):
        result = score(plan, PERCENT_OF_PLAN, as_of)
        for project in plan.projects:
            for step in explain(result, project.id).walk():
                below = [child.value for child in step.children if child.code in ("unit_total", "whole_total")]
                if below and step.value is not None:
                    assert sum((v for v in below if v is not None), Decimal()) == step.value


def arithmetic_of(step: Derivation) -> tuple[str, str] | None:
    """Return the left and the right side of the equation that a sentence holds, if it holds one."""
    if step.value is None:
        return None
    text = step.sentence("en")
    said = str(step.params.get("arithmetic", ""))
    if "=" in said:
        left, _, right = said.rpartition("=")
        return left, right
    if step.code in ("weighted", "points"):
        return text.partition(" = ")[2].partition(" = ")[0], str(step.params["exact"])
    patterns = {
        "ratio": "{actual} ÷ {plan} × 100",
        "ratio_lower": "{plan} ÷ {actual} × 100",
        "difference": "100 + ({actual} − {plan}) ÷ {size} × 100",
        "difference_lower": "100 − ({actual} − {plan}) ÷ {size} × 100",
        "from_baseline": "({baseline} − {actual}) ÷ ({baseline} − {plan}) × 100",
        "range_below": "100 − ({lower} − {actual}) ÷ {size} × 100",
        "range_above": "100 − ({actual} − {upper}) ÷ {size} × 100",
        "deadline_late": "100 − {late} × {step}",
        "level": "{reached} ÷ {planned} × 100",
        "part_counts": "min({percent}; 100) × {part} ÷ {whole}",
    }
    if step.code in patterns:
        return patterns[step.code].format_map(dict(step.params)), str(step.params["exact"])
    return None


def is_true(left: str, right: str) -> bool:
    """Compute the left side and compare; figures that end in "…" were cut off after six places."""
    low, high = _Reader(left).whole()
    want_low, want_high = _figure(_NUMBER.findall(right)[-1])
    return low <= want_high and want_low <= high


Interval = tuple[Fraction, Fraction]


def _figure(text: str) -> Interval:
    value = Fraction(text.rstrip("…").replace(",", ""))
    if not text.endswith("…"):
        return value, value
    step = Fraction(1, 10**6)
    return (value - step, value) if text.startswith("-") else (value, value + step)


class _Reader:
    """Reads + − × ÷ ( ) max min over intervals, since cut-off figures are intervals."""

    def __init__(self, text: str) -> None:
        self.pieces = _PIECE.findall(_apart(text))

    def whole(self) -> Interval:
        value = self.sum()
        assert not self.pieces, self.pieces
        return value

    def sum(self) -> Interval:
        low, high = self.product()
        while self.pieces and self.pieces[0] in "+−":
            sign, (a, b) = self.pieces.pop(0), self.product()
            low, high = (low + a, high + b) if sign == "+" else (low - b, high - a)
        return low, high

    def product(self) -> Interval:
        here = self.single()
        while self.pieces and self.pieces[0] in "×÷":
            sign, other = self.pieces.pop(0), self.single()
            if sign == "÷":
                assert other[0] * other[1] > 0, "divided by 0"
                other = (1 / other[1], 1 / other[0])
            ends = [a * b for a in here for b in other]
            here = (min(ends), max(ends))
        return here

    def single(self) -> Interval:
        piece = self.pieces.pop(0)
        if piece in ("max", "min"):
            assert self.pieces.pop(0) == "("
            values = [self.sum()]
            while self.pieces.pop(0) == ";":
                values.append(self.sum())
            pick = max if piece == "max" else min
            return pick(v[0] for v in values), pick(v[1] for v in values)
        if piece == "(":
            value = self.sum()
            assert self.pieces.pop(0) == ")"
            return value
        return _figure(piece)


def _apart(text: str) -> str:
    """Set the signs of arithmetic apart from those of figures."""
    return re.sub(r"\s+", " ", text)
