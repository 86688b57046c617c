"""Money by its source: what was announced and is in force, and how it comes to the works' budgets (R33, R118–R120).

A source is what a budget line names, else what the work's fund names.  Every work counts once (RU1), and units'
shares of its money are no money of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.choices import AllotmentSort
from samrit.engine.model import BudgetLine, Fund, Plan, Project
from samrit.engine.rollup import first_lines
from samrit.engine.surroundings import Allotment
from samrit.engine.year import YearRecord, told

CARRIED_IN = "carried_in"  # the kind of records that tell of money kept from an earlier year

_SIGNS = {
    AllotmentSort.ANNOUNCED: 1,
    AllotmentSort.BROUGHT_OVER: 1,
    AllotmentSort.ADDED: 1,
    AllotmentSort.OUTSIDE: -1,
}


@dataclass(frozen=True, slots=True)
class AllotmentLine:
    """A line of a source as it counts; ``replaced_by`` is the announcement in its place, "" where it counts."""

    allotment: Allotment
    at: int  # its place in the plan's lines, from 0; -1 for what only a fund's budget or a work's record says
    replaced_by: str = ""

    @property
    @exact
    def counted(self) -> Decimal:
        """What it adds to the money for works: its amount, below zero for what goes to none, 0 where it is replaced."""
        return ZERO if self.replaced_by else self.allotment.amount * _SIGNS[self.allotment.sort]


@dataclass(frozen=True, slots=True)
class CountedMoney:
    """What one work has of a source, each work once."""

    project: Project
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SourceMoney:
    """The money of one source: its lines, the works that have of it, and what no line explains.

    ``in_force`` is the sum of the announcements that count, None where none is known; ``for_works`` adds what
    explains the difference; ``works`` come to ``given``.
    """

    name: str
    lines: tuple[AllotmentLine, ...]
    works: tuple[CountedMoney, ...]

    @property
    @exact
    def in_force(self) -> Decimal | None:
        """Sum of the announcements that no other one replaces (R33)."""
        announced = [line.counted for line in self.lines if line.allotment.sort is AllotmentSort.ANNOUNCED]
        return sum(announced, ZERO) if announced else None

    @property
    @exact
    def for_works(self) -> Decimal | None:
        """What the lines say that works have; None where there is no line."""
        return sum((line.counted for line in self.lines), ZERO) if self.lines else None

    @property
    @exact
    def given(self) -> Decimal:
        """What the works' budgets come to."""
        return sum((work.amount for work in self.works), ZERO)

    @property
    @exact
    def unexplained(self) -> Decimal | None:
        """The works' budgets less what the lines say; None where nothing is known to hold them against."""
        return None if self.for_works is None else self.given - self.for_works


@exact
def money_by_source(plan: Plan) -> tuple[SourceMoney, ...]:
    """Return every source that lines, funds or budgets name: funds' first, then in the order of first sight."""
    funds = {fund.code: fund for fund in plan.funds}
    lines = _lines(plan)
    works = _works(plan.projects, funds)
    own = [source_of_fund(fund) for fund in plan.funds]
    names = dict.fromkeys((*own, *(a.funding_source for a in plan.allotments), *works))
    return tuple(SourceMoney(name, tuple(lines.get(name, ())), tuple(works.get(name, ()))) for name in names)


def source_of_fund(fund: Fund) -> str:
    """Return what a fund's money is called where a budget line does not say."""
    return fund.budget_source or fund.name or fund.code


def source_of(line: BudgetLine, project: Project, funds: dict[str, Fund]) -> str:
    """Return the source of a budget line: what it names, else its fund's, else ""."""
    fund = funds.get(project.fund)
    return line.funding_source or (source_of_fund(fund) if fund else "")


def sources_of(project: Project, funds: dict[str, Fund]) -> tuple[str, ...]:
    """Return the sources that a work's own money comes from, each once."""
    own = (line for line in project.budgets if not line.unit and line.amount is not None)
    return tuple(dict.fromkeys(source_of(line, project, funds) for line in own))


def frameworks(plan: Plan) -> Mapping[str, Decimal | None]:
    """Return what is announced for each fund and in force, its own budget where nothing is; by the fund's code (R33).

    Funds whose money has one name share what is announced under it, so each has its own budget here.
    """
    announced = {source.name: source.in_force for source in money_by_source(plan)}
    sharing = Counter(map(source_of_fund, plan.funds))
    return {f.code: announced[own] if sharing[own := source_of_fund(f)] == 1 else f.budget for f in plan.funds}


@exact
def framework_total(plan: Plan) -> Decimal | None:
    """Return what is announced for all funds and in force, each source once; None where one of a fund is unknown."""
    own = frozenset(map(source_of_fund, plan.funds))
    known = [source.in_force for source in money_by_source(plan) if source.name in own]
    return None if not known or None in known else sum((amount for amount in known if amount is not None), ZERO)


def replaced_in(lines: Sequence[Allotment]) -> dict[int, str]:
    """Return which lines of one source count no longer, by place, and the number of what replaces each.

    Only an announcement that stands before it can be replaced, so nothing replaces itself or in a circle.
    """
    replaced: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.sort is AllotmentSort.ANNOUNCED and line.replaces:
            replaced |= {i: line.number for i in range(at) if _is(lines[i], line.replaces)}
    return replaced


def _is(line: Allotment, number: str) -> bool:
    return line.sort is AllotmentSort.ANNOUNCED and line.number == number


def _lines(plan: Plan) -> dict[str, list[AllotmentLine]]:
    """Return the lines by source; what only the budget of a fund says is an announcement without a number."""
    placed: dict[str, list[tuple[int, Allotment]]] = defaultdict(list)
    for at, allotment in enumerate(plan.allotments):
        placed[allotment.funding_source].append((at, allotment))
    announced = {a.funding_source for a in plan.allotments if a.sort is AllotmentSort.ANNOUNCED}
    for fund in reversed(plan.funds):
        name = source_of_fund(fund)
        if fund.budget is not None and name not in announced:
            placed[name].insert(0, (-1, Allotment(name, AllotmentSort.ANNOUNCED, fund.budget)))
    for line in _kept_from_before(plan):
        placed[line.funding_source].append((-1, line))
    found = {}
    for name, own in placed.items():
        replaced = replaced_in([a for _, a in own])
        found[name] = [AllotmentLine(a, at, replaced.get(i, "")) for i, (at, a) in enumerate(own)]
    return found


def _kept_from_before(plan: Plan) -> Iterator[Allotment]:
    """Yield what works brought from an earlier year by their own records, but where a line of the plan says it.

    A work on several lines is one (RU1), whichever of them a record or a line of the plan names.
    """
    funds = {fund.code: fund for fund in plan.funds}
    keys = {project.id: project.key for project in plan.projects}
    said = {keys.get(a.project, "") for a in plan.allotments if a.sort is AllotmentSort.BROUGHT_OVER}
    kept: dict[str, dict[object, YearRecord]] = defaultdict(dict)
    for project in plan.projects:
        own = (r for r in told(project.records) if r.kind == CARRIED_IN and project.key not in said)
        kept[project.key] |= {(record.id, record.values): record for record in own}
    for project in first_lines(plan.projects):
        name = next(iter(sources_of(project, funds)), "")
        for record in kept[project.key].values():
            values = dict(record.values)
            amount = values.get("amount")
            if isinstance(amount, Decimal):
                note = str(values.get("words") or "")
                yield Allotment(
                    name, AllotmentSort.BROUGHT_OVER, amount, project=project.id, note=note, source=record.source
                )


def _works(projects: Iterable[Project], funds: dict[str, Fund]) -> dict[str, list[CountedMoney]]:
    found: dict[str, list[CountedMoney]] = defaultdict(list)
    for project in first_lines(projects):
        amounts: dict[str, Decimal] = {}
        for line in project.budgets:
            if not line.unit and line.amount is not None:
                name = source_of(line, project, funds)
                amounts[name] = amounts.get(name, ZERO) + line.amount
        for name, amount in amounts.items():
            found[name].append(CountedMoney(project, amount))
    return found
