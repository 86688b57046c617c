"""Every budget line of a plan with what stands of it to the end of a month, as a table of money goes out."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.model import MoneyState, Project
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Plan
from samrit.plans.unit_form.money_table import STATES, MoneyLine


@exact
def money_lines(plan: Plan, period: int) -> tuple[MoneyLine, ...]:
    """Return every work's budget lines with what stands of each to the end of ``period``, a work once (RU1).

    Shares of units are parts of its money and no lines (R123).  Money of a source that no line names, or of none,
    is on a line of its own.
    """
    works = reported_plan(plan).plan.projects
    once: dict[str, list[Project]] = defaultdict(list)
    for project in works:
        once[project.key].append(project)
    found = []
    for own in once.values():
        first = own[0]
        sums: dict[tuple[str, MoneyState], Decimal] = {}
        for m in (m for project in own for m in project.movements if m.period <= period and m.state in STATES):
            sums[m.funding_source, m.state] = sums.get((m.funding_source, m.state), ZERO) + m.amount
        budgets = [line for line in first.budgets if not line.unit]
        lines = {line.funding_source: line for line in reversed(budgets)}
        for source in dict.fromkeys([*(line.funding_source for line in budgets), *(key for key, _ in sums)]):
            budget = sum((b.amount for b in budgets if b.funding_source == source and b.amount), ZERO)
            told = {state: amount for (key, state), amount in sums.items() if key == source}
            account = lines[source].account if source in lines else ""
            found.append(MoneyLine(first.id, first.title, source, budget or None, told, account))
    return tuple(found)
