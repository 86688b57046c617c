"""Control totals: what the printed summary says beside what the draft gives (R299)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Plan, PrintedCell
from samrit.engine.rollup import share, tabulate
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import YEAR_END, score
from samrit.intake.draft import ControlTotal


def control_totals(plan: Plan, ruleset: RuleSet) -> tuple[ControlTotal, ...]:
    """Return every printed summary figure beside the draft's own."""
    if not plan.printed:
        return ()
    results = score(plan, ruleset, YEAR_END).projects
    tables = {}
    for fund in {"", *(cell.fund for cell in plan.printed)}:
        chosen = [r for r in results if not fund or r.project.fund == fund]
        tables[fund, "bands"] = tabulate(chosen, rows="strategy", columns="band")
        tables[fund, "kinds"] = tabulate(chosen, rows="strategy", columns="kind_group")
    made = []
    for cell in plan.printed:
        table = tables[cell.fund, "kinds" if cell.table == "kinds" else "bands"]
        row = next((r for r in table.rows if r.key == cell.strategy), None) if cell.strategy else table.total
        if row is None:
            continue
        count = row.total if cell.column == "total" else row.cell(cell.column)
        computed = share(count, row.total, ruleset) if cell.table == "band_shares" else Decimal(count)
        made.append(_control(cell, computed))
    return tuple(made)


def _control(cell: PrintedCell, computed: Decimal) -> ControlTotal:
    same = cell.value == computed
    printed = f"{cell.value:f}"
    return ControlTotal(
        cell.table, cell.fund, cell.strategy, cell.column, printed, printed if same else f"{computed:f}"
    )
