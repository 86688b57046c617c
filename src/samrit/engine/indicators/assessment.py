"""A transparency assessment from its parts: the three tools' scores, the total, and the class (M-E, R264)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, divide, exact
from samrit.engine.bands import class_place
from samrit.engine.choices import AssessmentTool, TransparencyClass
from samrit.engine.year import AssessmentTerms

OFFICIAL = AssessmentTerms()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The tools that have parts with the mean of theirs; total and class only where every tool that counts has some."""

    tools: tuple[tuple[AssessmentTool, Decimal], ...]
    total: Decimal | None
    standing: TransparencyClass | None


@exact
def assessment(parts: Iterable[tuple[AssessmentTool, Decimal]], terms: AssessmentTerms = OFFICIAL) -> Assessment | None:
    """Return what the parts of an assessment come to, each a score of 0–100 of its tool; None without any (M-E).

    A tool without weight is told and decides nothing.
    """
    found: dict[AssessmentTool, list[Decimal]] = defaultdict(list)
    for tool, score in parts:
        found[tool].append(score)
    means = {tool: _mean(found[tool]) for tool in AssessmentTool if found[tool]}
    if not means:
        return None
    counted = {tool: weight for tool, weight in terms.weights if weight > ZERO}
    total = standing = None
    if counted and counted.keys() <= means.keys():
        total = divide(
            sum((weight * means[tool] for tool, weight in counted.items()), ZERO), sum(counted.values(), ZERO)
        )
        limits = (terms.improve_from, terms.passed_from, terms.excellent_from)
        standing = tuple(TransparencyClass)[class_place(total, [means[tool] for tool in counted], limits)]
    return Assessment(tuple(means.items()), total, standing)


def _mean(scores: Sequence[Decimal]) -> Decimal:
    return divide(sum(scores, ZERO), Decimal(len(scores)))
