"""Tables count works as pages do: one line of each work, one that stands in a band before one that does not (RU1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal, localcontext
from random import Random

import pytest

from samrit.engine.explain import explain_cell
from samrit.engine.model import BudgetLine, Plan, Project
from samrit.engine.rollup import DIMENSIONS, adds_up, budget_total, source_totals, tabulate, works_of
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.random_plans import random_plan


def on_several_lines(seed: int) -> Plan:
    """Return works of random plans, some of which are lines of one work in several strategies, with other budgets."""
    rng = Random(seed)
    works = [w for n in range(6) for w in random_plan(seed * 6 + n).projects]
    made = (
        replace(
            work,
            id=f"W{n}",
            number=n,
            strategy=rng.choice("12"),
            identity=f"one-{rng.randint(1, 3)}" if rng.random() < 0.6 else "",
            indicators=work.indicators if rng.random() < 0.7 else (),
        )
        for n, work in enumerate(works, 1)
    )
    return replace(random_plan(seed), projects=tuple(made))


@pytest.mark.parametrize("seed", range(6))
def test_an_explained_cell_names_the_works_that_the_table_counts(seed: int) -> None:
    """RU1, RU5: cell by cell, with the totals at both ends; a line above works is in neither."""
    plan = on_several_lines(seed)
    above = (replace(work, id=f"G-{work.id}", identity="", level="strategy") for work in plan.projects[:6])
    plan = replace(plan, projects=(*plan.projects, *above))
    evaluation = score(plan, PERCENT_OF_PLAN, 12)
    for fund in ("", *{r.project.fund for r in evaluation.projects}):
        for rows, columns in (("strategy", "band"), ("unit", "state"), ("kind", "band")):
            chosen = [r for r in evaluation.projects if r.counts and (not fund or r.project.fund == fund)]
            table = tabulate(chosen, rows=rows, columns=columns)
            for line in (*table.rows, table.total):
                asked = {"rows": rows, "columns": columns, "row": line.key, "fund": fund}
                for column, count in (*(cell for cell in line.cells if cell[0]), ("", line.total)):
                    if line.key or line is table.total:  # "" asks for the total, never for what is not stated
                        made = explain_cell(evaluation, **asked, column=column)
                        assert (made.value, made.params["total"]) == (count, line.total)
                        assert sum(child.code == "counted" for child in made.children) == count


def test_sums_of_money_are_exact_whatever_the_caller_s_context() -> None:
    """DI1: a plan's sum is no digit short of its works, and every way to it gives the same."""
    amounts = (Decimal(10) ** 29, Decimal("0.01"))
    works = tuple(
        Project(f"W{n}", n, "", "1", budgets=(BudgetLine(own, funding_source="S"),)) for n, own in enumerate(amounts, 1)
    )
    with localcontext(prec=5):
        total, ((_, of_source),) = budget_total(works), source_totals(works)
    assert total.once == total.listed == of_source == Decimal("100000000000000000000000000000.01")


@pytest.mark.parametrize("as_of", [3, 12])
@pytest.mark.parametrize("seed", range(20))
def test_a_table_counts_the_lines_that_pages_count(seed: int, as_of: int) -> None:
    """RU1, RU2, AC4: a work in a band on one line and without a plan on another stands in the band."""
    results = score(on_several_lines(seed), PERCENT_OF_PLAN, as_of).projects
    works = works_of(results)
    assert sorted({w.project.key for w in works}) == sorted(w.project.key for w in works)
    for columns in ("band", "state"):
        table = tabulate(results, rows="strategy", columns=columns)
        assert adds_up(table)
        assert {name: count for name, count in table.total.cells if count} == Counter(
            DIMENSIONS[columns](work)[0] for work in works
        )
        assert table.total.budget == budget_total(r.project for r in results).once
    lines = {key: [r for r in results if r.project.key == key] for key in {r.project.key for r in results}}
    for work in works:
        assert work.band is not None or all(line.band is None for line in lines[work.project.key])
        assert work.counts or not any(line.counts for line in lines[work.project.key])
