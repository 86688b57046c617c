"""A transparency assessment from its parts: the three tools' scores, the total, and the class (M-E, R264)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.bands import transparency_place
from samrit.engine.choices import AssessmentTool, TransparencyClass

# What each tool gives of the total, in percent (M-E); the assessment's manual of the year decides.
WEIGHTS: Mapping[AssessmentTool, Decimal] = {
    AssessmentTool.IIT: Decimal(30),
    AssessmentTool.EIT: Decimal(30),
    AssessmentTool.OIT: Decimal(40),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The tools that have parts with the mean of theirs; total and class only where all three have."""

    tools: tuple[tuple[AssessmentTool, Decimal], ...]
    total: Decimal | None
    standing: TransparencyClass | None


@exact
def assessment(parts: Iterable[tuple[AssessmentTool, Decimal]]) -> Assessment | None:
    """Return what the parts of an assessment come to, each a score of 0–100 of its tool; None without any (M-E)."""
    found: dict[AssessmentTool, list[Decimal]] = defaultdict(list)
    for tool, score in parts:
        found[tool].append(score)
    means = {tool: _mean(found[tool]) for tool in AssessmentTool if found[tool]}
    if not means:
        return None
    total = standing = None
    if len(means) == len(WEIGHTS):
        total = divide(sum((WEIGHTS[tool] * mean for tool, mean in means.items()), ZERO), HUNDRED)
        standing = tuple(TransparencyClass)[transparency_place(total, tuple(means.values()))]
    return Assessment(tuple(means.items()), total, standing)


def _mean(scores: Sequence[Decimal]) -> Decimal:
    return divide(sum(scores, ZERO), Decimal(len(scores)))
