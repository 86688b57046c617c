"""A second, independent reading of money and of the shares of a table, in fractions, from the rules' pages (MO1–MO3).

Like ``naive`` it shares the data classes with the engine and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from samrit.engine.model import Plan, Project


@dataclass
class NaiveMoney:
    budget: Fraction | None
    moved: dict[str, Fraction]
    funded: int
    unknown: int
    remaining: Fraction | None
    percent: Fraction | None


def money(plan: Plan, chosen: Iterable[Project], as_of: int) -> NaiveMoney:
    """Return the money of some lines of a plan up to a month: each work once, all its lines' movements (MO1, MO2)."""
    works: list[Project] = []
    for line in chosen:
        if all(_work(line) != _work(other) for other in works):
            works.append(line)
    budgets = [b for b in map(own_budget, works) if b is not None]
    moved: dict[str, Fraction] = {}
    paid = set()
    for line in plan.projects:
        if any(_work(line) == _work(work) for work in works):
            for movement in line.movements:
                if movement.period <= as_of:
                    state = movement.state.value
                    moved[state] = moved.get(state, Fraction(0)) + Fraction(movement.amount)
                    if state == "disbursed":
                        paid.add(_work(line))
    budget = sum(budgets, Fraction(0)) if budgets else None
    unknown = sum(1 for work in works if own_budget(work) is not None and _work(work) not in paid)
    spent = moved.get("disbursed")
    known = budget is not None and spent is not None
    remaining = budget - spent - moved.get("returned", Fraction(0)) if known else None
    percent = spent / budget * 100 if known and budget != 0 else None
    return NaiveMoney(budget, moved, len(budgets), unknown, remaining, percent)


def own_budget(line: Project) -> Fraction | None:
    """Return what a line says of its work's own money: without shares of units, None where it says nothing."""
    amounts = [Fraction(b.amount) for b in line.budgets if b.amount is not None and b.unit == ""]
    return sum(amounts, Fraction(0)) if amounts else None


def by_source(plan: Plan) -> dict[str, Fraction]:
    """Return the money of each source, each work once as on its first line; nothing where no source is named.

    A line above works is none (RU5).
    """
    totals: dict[str, Fraction] = {}
    for at, line in enumerate(plan.projects):
        if line.level != "" or any(_work(line) == _work(b) for b in plan.projects[:at] if b.level == ""):
            continue
        for budget in line.budgets:
            if budget.amount is not None and budget.unit == "":
                totals[budget.funding_source] = totals.get(budget.funding_source, Fraction(0)) + Fraction(budget.amount)
    return totals if any(source != "" for source in totals) else {}


def curve(plan: Plan, state: str, until: int) -> list[Fraction | None]:
    """Return what came into a state to date at each month's end; None after ``until``, and where nothing is known."""
    moves = [m for line in plan.projects for m in line.movements if m.state.value == state and m.period <= until]
    if not moves:
        return [None] * 12
    return [
        sum((Fraction(m.amount) for m in moves if m.period <= month), Fraction(0)) if month <= until else None
        for month in range(1, 13)
    ]


def share(count: int, total: int, places: int) -> Fraction:
    """Return count ÷ total × 100, half up by whole numbers; 0 of nothing (DI2)."""
    if total == 0:
        return Fraction(0)
    scaled = Fraction(count, total) * 100 * 10**places
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole + (1 if scaled - whole >= Fraction(1, 2) else 0), 10**places)


def counts(
    lines: list[tuple[Project, bool, str]], row_of: Callable[[Project], str]
) -> tuple[dict[str, dict[str, int]], dict[str, Fraction], dict[str, int]]:
    """Return works by row and band, money by row and the whole's counts by band (RU1, RU2).

    ``lines`` are works' lines as evaluated: whether each counts, and its band, "" for none.
    """
    lines = [line for line in lines if line[0].level == ""]
    rows: dict[str, list[tuple[Project, bool, str]]] = {}
    for line in lines:
        rows.setdefault(row_of(line[0]), []).append(line)
    tables = {key: _by_band(_once(own)) for key, own in rows.items()}
    first = {_work(line[0]): own_budget(line[0]) or Fraction(0) for line in reversed(lines)}
    sums = {key: sum((first[_work(p)] for p, *_ in _once(own)), Fraction(0)) for key, own in rows.items()}
    return tables, sums, _by_band(_once(lines))


def _once(lines: list[tuple[Project, bool, str]]) -> list[tuple[Project, bool, str]]:
    """Return of each work the line that counts in a band, else the one that counts, else its first."""
    kept: list[tuple[Project, bool, str]] = []
    for work in dict.fromkeys(_work(p) for p, *_ in lines):
        own = [line for line in lines if _work(line[0]) == work]
        in_band = [line for line in own if line[1] and line[2] != ""]
        listed = [line for line in own if line[1]]
        kept.append((in_band or listed or own)[0])
    return kept


def _by_band(lines: list[tuple[Project, bool, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, _, band in lines:
        found[band] = found.get(band, 0) + 1
    return found


def _work(line: Project) -> str:
    return line.id if line.identity == "" else f"same as {line.identity}"
