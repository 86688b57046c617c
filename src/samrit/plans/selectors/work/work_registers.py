"""What a work's records come to: how far registers of positions are covered, an assessment's class (R264, R269)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide
from samrit.engine.choices import AssessmentTool, PositionList, PositionState
from samrit.engine.indicators.assessment import assessment
from samrit.engine.model import Project
from samrit.engine.year import YearRecord, told
from samrit.package.kinds.personnel import ASSESSMENTS, POSITIONS, terms_of
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.terms import label


@dataclass(frozen=True, slots=True)
class Covered:
    """One register: how many of its positions are covered, and that in percent."""

    name: str
    covered: int
    positions: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment: each tool with its score, the total and the class, where all tools are known."""

    tools: tuple[tuple[str, Decimal], ...]
    total: Decimal | None
    standing: str


@dataclass(frozen=True, slots=True)
class WorkRegisters:
    """What is beside the work's own figure; an assessment decides it where an indicator's formula says so."""

    covered: tuple[Covered, ...]
    assessed: Assessed | None

    def __bool__(self) -> bool:
        return bool(self.covered) or self.assessed is not None


def work_registers(names: Names, project: Project, until: datetime | None) -> WorkRegisters:
    """Return registers and assessment of a work as they were known ``until`` a moment (None: now)."""
    known = told(project.records, until)
    positions = [r for r in known if r.kind == POSITIONS.name]
    lists = [own for own in PositionList if any(r.value("register") is own for r in positions)]
    return WorkRegisters(tuple(_covered(names, own, positions) for own in lists), _assessed(names, known))


def _covered(names: Names, own: PositionList, positions: Sequence[YearRecord]) -> Covered:
    states = Counter(r.value("state") for r in positions if r.value("register") is own)
    covered, every = states[PositionState.COVERED], states.total()
    return Covered(label(own, names.language), covered, every, divide(Decimal(covered) * HUNDRED, Decimal(every)))


def _assessed(names: Names, known: Sequence[YearRecord]) -> Assessed | None:
    parts = [
        (tool, score)
        for r in known
        if r.kind == ASSESSMENTS.name
        and isinstance(tool := r.value("tool"), AssessmentTool)
        and isinstance(score := r.value("score"), Decimal)
    ]
    made = assessment(parts, terms_of(known))
    if made is None:
        return None
    tools = tuple((label(tool, names.language), score) for tool, score in made.tools)
    return Assessed(tools, made.total, label(made.standing, names.language) if made.standing is not None else "")
