"""Money by its source: a table whose rows add up to the plan's budget (R123)."""

from __future__ import annotations

from samrit.engine.arithmetic import ZERO
from samrit.engine.rollup import source_totals
from samrit.reports.document.model import Cell, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row


def money_by_source(view: ReportView) -> Blocks:
    """Return the table of the budgets by source with its total.

    Nothing is returned where no budget names a source, or where each fund has one of its own: its money stands by fund.
    """
    voice, totals = view.voice, source_totals(view.result.plan.projects)
    if not totals or _are_the_funds(view):
        return ()
    rows = tuple(
        Row((Cell(source or voice.say("source_none")), Cell(voice.money(amount), "right"))) for source, amount in totals
    )
    whole = voice.money(sum((amount for _, amount in totals), ZERO))
    last = Row((Cell(voice.say("total"), bold=True, shade="total"), Cell(whole, "right", True, shade="total")))
    heads = head_row(voice.say("money_source"), voice.say("money_budget"))
    return (TableBlock(heads, (*rows, last), (4.0, 2.0), voice.say("money_source_caption")),)


def _are_the_funds(view: ReportView) -> bool:
    sources: dict[str, set[str]] = {}
    for project in view.result.plan.projects:
        named = {line.funding_source for line in project.budgets if line.amount is not None and line.funding_source}
        sources.setdefault(project.fund, set()).update(named)
    return bool(view.funds) and all(len(named) <= 1 for named in sources.values())
