"""The steps of a work: each with its day, who has to approve it, and how far it is (R37 to R39, R105)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide
from samrit.engine.choices import StepState
from samrit.engine.model import Project
from samrit.engine.surroundings import StepTerm
from samrit.engine.year import told
from samrit.package.kinds.work import STEP_OVER, STEPS_TAKEN
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.terms import label


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step: ``state`` in words, "" for nothing said; ``since`` is the day of that, ``is_late`` beyond its own."""

    number: int
    text: str
    due_on: date | None
    decided_by: str
    state: str
    since: date | None
    is_late: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class WorkSteps:
    """The steps of a work; ``over`` counts those that are done or approved (R78)."""

    lines: tuple[StepLine, ...]

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def is_told(self) -> bool:
        """Whether anything was said of a step: of a work of which nothing was, no share is told."""
        return any(line.state for line in self.lines)

    @property
    def over(self) -> int:
        """How many steps are done or approved."""
        return sum(line.is_over for line in self.lines)

    @property
    def percent(self) -> Decimal:
        """The share of the steps that are over, in percent; each counts the same."""
        return divide(Decimal(self.over) * HUNDRED, Decimal(len(self.lines)))


def work_steps(names: Names, project: Project, *, today: date, until: datetime | None) -> WorkSteps:
    """Return the steps of a work as they were known at ``until`` (None: now)."""
    terms = {term.step: term for term in project.step_terms}
    said = {str(r.value("step")): r for r in told(project.records, until) if r.kind == STEPS_TAKEN.name}
    lines = []
    for number, text in enumerate(project.steps, 1):
        term, record = terms.get(number, StepTerm(number)), said.get(str(number))
        moved, state = (record.value("due_on"), record.value("state")) if record is not None else (None, None)
        due_on = moved if isinstance(moved, date) else term.due_on
        is_open = not isinstance(state, StepState) or state not in STEP_OVER
        lines.append(
            StepLine(
                number,
                text,
                due_on,
                term.decided_by,
                label(state, names.language) if isinstance(state, StepState) else "",
                record.happened_on if record is not None else None,
                is_open and due_on is not None and due_on < today,
                not is_open,
            )
        )
    return WorkSteps(tuple(lines))
