"""Money and the shares of tables held against a second reading of the rules, on random plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from proofs import proof
from samrit.engine.arithmetic import quantised
from samrit.engine.model import Plan, Project
from samrit.engine.money import money_total, moved_by_key, spending_curve
from samrit.engine.rollup import share, source_totals, tabulate
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine import naive, naive_money
from tests.engine.random_money import random_money

ROW_OF: Mapping[str, Callable[[Project], str]] = {
    "fund": lambda p: p.fund,
    "strategy": lambda p: p.strategy,
    "kind_group": lambda p: "routine" if p.kind == "routine" else "project",
    "unit": lambda p: p.responsible_units[0] if p.responsible_units else "",
}


@proof(count=10_000, of="random plans of money", parts=20)
def money_against_fractions(numbers: range, seed: int) -> Iterator[str]:
    """Money of works, funds and sources, its curves, and counts and shares of tables agree with a naive reading."""
    for number in numbers:
        plan, as_of = random_money(f"{seed}-{number}"), 1 + number % 12
        for what in (*_money_differing(plan, as_of), *_tables_differing(plan, as_of)):
            yield f"plan {number}, as of {as_of}: {what}"


def _money_differing(plan: Plan, as_of: int) -> Iterator[str]:
    moved = moved_by_key(plan, as_of)
    groups = {"plan": plan.projects, **{p.id: (p,) for p in plan.projects}}
    groups |= {f"fund {f}": tuple(p for p in plan.projects if p.fund == f) for f in ("", "F", "G")}
    for name, lines in groups.items():
        mine, other = money_total(lines, moved), naive_money.money(plan, lines, as_of)
        agreeing = (
            same(mine.budget, other.budget),
            {state.value: Fraction(amount) for state, amount in mine.moved.items()} == other.moved,
            (mine.funded, mine.unknown) == (other.funded, other.unknown),
            same(mine.remaining, other.remaining),
            same(mine.percent, other.percent),
        )
        if not all(agreeing):
            yield f"money of {name}: {mine} against {other}"
    sources = {source: Fraction(amount) for source, amount in source_totals(plan.projects)}
    if sources != naive_money.by_source(plan):
        yield f"sources: {sources}"
    found = spending_curve(plan.projects, as_of)
    for values, state, until in ((found.planned, "planned", 12), (found.paid, "disbursed", as_of)):
        if not all(map(same, values, naive_money.curve(plan, state, until))):
            yield f"curve of {state}: {values}"


def _tables_differing(plan: Plan, as_of: int) -> Iterator[str]:
    results = score(plan, PERCENT_OF_PLAN, as_of).projects
    lines = [(r.project, r.counts, r.band.code if r.band else "") for r in results]
    for rows in ("fund", "strategy", "kind_group", "unit"):
        table = tabulate(results, rows=rows)
        cells, money, whole = naive_money.counts(lines, ROW_OF[rows])
        mine = {row.key: {band: n for band, n in row.cells if n} for row in table.rows}
        if mine != cells or {row.key: Fraction(row.budget) for row in table.rows} != money:
            yield f"table by {rows}: {mine} against {cells}"
        if {band: n for band, n in table.total.cells if n} != whole:
            yield f"total by {rows}: {table.total.cells} against {whole}"
        for count in whole.values():
            total = sum(whole.values())
            if Fraction(share(count, total, PERCENT_OF_PLAN)) != naive_money.share(count, total, 2):
                yield f"share {count} of {total}"


def same(engine: Decimal | None, fraction: Fraction | None) -> bool:
    """Say whether the engine's figure is the fraction, to 30 places; None is only None."""
    if engine is None or fraction is None:
        return engine is None and fraction is None
    return quantised(engine) == naive.to_30_places(fraction)
