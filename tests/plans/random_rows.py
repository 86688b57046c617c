"""What people may do to a draft's tables in the worst case: random texts in random cells, rows taken out and added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from samrit.engine.model import BudgetLine, Fund, Strategy
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.package import PlanPackage
from samrit.package.resources import RESOURCES
from samrit.package.rows import Files, TypedRow, typed
from tests.engine.random_plans import random_plan

NASTY = (
    "",
    "0",
    "-1",
    "1",
    "12",
    "13",
    "100",
    "9" * 30,
    "-" + "9" * 38,
    "0." + "0" * 30 + "1",
    "1e400",
    "1E-400",
    "NaN",
    "Infinity",
    "²",
    "๑๒",
    "–",
    "ก/ข",
    "/",
    "..",
    ".",
    "a\nb",
    "a\r\nb\tc",
    "\x01\x1b\x7f",
    "\u202e\u200b",
    "\ufffe",
    "<b>",
    "%2F",
    "?x=1#y",
    "ก" * 400,
    "x" * 19_000,
    "M-E",
    "M-A",
    "M-B",
    "M-C",
    "M-D",
    "true",
    "2569-02-30",
    "2026-01-31",
    "P1",
    "P1.1",
    " ",
)


def whole_plan(seed: int) -> PlanPackage:
    """Return a random plan with something in most of its tables."""
    plan = random_plan(seed)
    works = tuple(
        replace(
            p,
            fund="F",
            budgets=(BudgetLine(amount=Decimal(1000)),),
            steps=("เริ่ม", "จบ"),
            indicators=tuple(
                replace(i, entries=tuple(e for e in i.entries if e.span <= e.period)) for i in p.indicators
            ),
        )
        for p in plan.projects
    )
    rules: RuleSet = PERCENT_OF_PLAN
    return PlanPackage(
        replace(
            plan,
            projects=works,
            funds=(Fund("F", "กองทุน"),),
            strategies=(Strategy("1", "ยุทธศาสตร์"),),
            units=tuple(replace(u, successor="") for u in plan.units),
            ruleset=rules.id,
        ),
        (rules,),
    )


def mistreated(seed: int) -> Files:
    """Return the rows of a random plan with one to a few things done to them that nobody should do."""
    rng = Random(seed)
    files = {name: list(rows) for name, rows in typed(whole_plan(seed % 97)).items()}
    for _ in range(rng.choice((1, 1, 2, 4))):
        _mistreat(rng, files)
    return files


def _mistreat(rng: Random, files: dict[str, list[TypedRow]]) -> None:
    filled = [name for name, rows in files.items() if rows]
    name = rng.choice(filled if rng.random() < 0.8 else list(files))
    resource = next(r for r in RESOURCES if r.name == name)
    rows = files[name]
    deed = rng.random()
    if deed < 0.15:  # rows taken out, or all of them
        files[name] = rng.sample(rows, rng.randint(0, len(rows)))
    elif deed < 0.3 or not rows:  # a row of anything
        cells = {column: rng.choice(NASTY) for column in resource.columns if rng.random() < 0.6}
        like: Mapping[str, str] = rng.choice(rows).cells if rows and rng.random() < 0.5 else {}
        rows.append(TypedRow(len(rows) + 1, _kept({**like, **cells})))
    else:  # one column of one row, or of all
        column, text = rng.choice(resource.columns), rng.choice(NASTY)
        chosen = range(len(rows)) if rng.random() < 0.3 else (rng.randrange(len(rows)),)
        for at in chosen:
            rows[at] = TypedRow(rows[at].number, _kept({**rows[at].cells, column: text}))


def _kept(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in cells.items() if text.strip()}
