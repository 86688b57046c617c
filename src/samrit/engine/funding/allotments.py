"""Money by its source: what was announced and is in force, and how it comes to the works' budgets (FU1, FU2).

A source is what a budget line names, else what the work's fund names.  Every work counts once (RU1), and units'
shares of its money are no money of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.choices import AllotmentSort
from samrit.engine.model import BudgetLine, Fund, Plan, Project
from samrit.engine.rollup import first_lines
from samrit.engine.score import YEAR_END
from samrit.engine.surroundings import Allotment
from samrit.engine.year import YearRecord, told
from samrit.vocabulary.periods import period_dates

CARRIED_IN = "carried_in"  # the kind of records that tell of money kept from an earlier year

_SIGNS = {
    AllotmentSort.ANNOUNCED: 1,
    AllotmentSort.BROUGHT_OVER: 1,
    AllotmentSort.ADDED: 1,
    AllotmentSort.OUTSIDE: -1,
}


@dataclass(frozen=True, slots=True)
class AllotmentLine:
    """A line of a source as it counts (FU1): not where ``replaced_by`` names what stands in its place, or ``later``."""

    allotment: Allotment
    at: int  # its place in the plan's lines, from 0; -1 for what only a fund's budget or a work's record says
    replaced_by: str = ""
    later: bool = False  # announced after the month looked at

    @property
    def counts(self) -> bool:
        """Whether it is in force."""
        return not (self.replaced_by or self.later)

    @property
    @exact
    def counted(self) -> Decimal:
        """What it adds to the money for works: its amount, below zero for what goes to none; 0 if it doesn't count."""
        return self.allotment.amount * _SIGNS[self.allotment.sort] if self.counts else ZERO


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
        """Sum of the announcements in force; None where there is none (FU1, R33)."""
        own = (line for line in self.lines if not line.later)
        announced = [line.counted for line in own if line.allotment.sort is AllotmentSort.ANNOUNCED]
        return sum(announced, ZERO) if announced else None

    @property
    @exact
    def for_works(self) -> Decimal | None:
        """What the lines say that works have; None where there is no line."""
        own = [line.counted for line in self.lines if not line.later]
        return sum(own, ZERO) if own else None

    @property
    @exact
    def given(self) -> Decimal:
        """What the works' budgets come to."""
        return sum((work.amount for work in self.works), ZERO)

    @property
    @exact
    def unexplained(self) -> Decimal | None:
        """The works' budgets less what the lines say; None where nothing is known to hold them against (FU2)."""
        return None if self.for_works is None else self.given - self.for_works


@dataclass(frozen=True, slots=True)
class Differences:
    """What is not explained of several sources, none set off against another (FU2); None where nothing is known."""

    over: Decimal | None  # works have more than the lines say
    short: Decimal | None  # works have less, as an amount above zero


@exact
def differences(sources: Iterable[SourceMoney]) -> Differences:
    """Return the sum of what is over and the sum of what is short (FU2)."""
    known = [source.unexplained for source in sources if source.unexplained is not None]
    if not known:
        return Differences(None, None)
    return Differences(sum((d for d in known if d > 0), ZERO), -sum((d for d in known if d < 0), ZERO))


@exact
def money_by_source(plan: Plan, as_of: int = YEAR_END) -> tuple[SourceMoney, ...]:
    """Return every source that lines, funds or budgets name at the end of a month: funds' first, then as first seen.

    ``as_of`` is a period 1..12; at 12, and at 0 of a plan of which nothing is reported, all that is announced counts.
    """
    funds = {fund.code: fund for fund in plan.funds}
    lines = _lines(plan, as_of)
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


def frameworks(plan: Plan, as_of: int = YEAR_END) -> Mapping[str, Decimal | None]:
    """Return what is announced for each fund and in force, its own budget where nothing is; by the fund's code (FU1).

    Funds whose money has one name share what is announced under it, so each has its own budget here.
    """
    announced = {source.name: source.in_force for source in money_by_source(plan, as_of)}
    sharing = Counter(map(source_of_fund, plan.funds))
    return {f.code: announced[own] if sharing[own := source_of_fund(f)] == 1 else f.budget for f in plan.funds}


@exact
def framework_total(plan: Plan, as_of: int = YEAR_END) -> Decimal | None:
    """Return what is announced for all funds and in force, each source once; None where one of a fund is unknown."""
    own = frozenset(map(source_of_fund, plan.funds))
    known = [source.in_force for source in money_by_source(plan, as_of) if source.name in own]
    return None if not known or None in known else sum((amount for amount in known if amount is not None), ZERO)


def replaced_in(lines: Sequence[Allotment]) -> dict[int, str]:
    """Return which lines of one source count no longer, by place, and the number of what replaces each.

    Only an announcement that is before it can be replaced, so nothing replaces itself or in a circle.
    """
    replaced: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.sort is AllotmentSort.ANNOUNCED and line.replaces:
            replaced |= {i: line.number for i in range(at) if _is(lines[i], line.replaces)}
    return replaced


def _is(line: Allotment, number: str) -> bool:
    return line.sort is AllotmentSort.ANNOUNCED and line.number == number


def _lines(plan: Plan, as_of: int) -> dict[str, list[AllotmentLine]]:
    """Return the lines by source; what only the budget of a fund says is an announcement without a number.

    What is announced later replaces nothing yet, and stands after the others.
    """
    placed: dict[str, list[tuple[int, Allotment]]] = defaultdict(list)
    later: dict[str, list[AllotmentLine]] = defaultdict(list)
    end = period_dates(plan.year_be, plan.calendar, as_of)[1] if 0 < as_of < YEAR_END else date.max
    for at, allotment in enumerate(plan.allotments):
        if allotment.announced_on is not None and allotment.announced_on > end:
            later[allotment.funding_source].append(AllotmentLine(allotment, at, later=True))
        else:
            placed[allotment.funding_source].append((at, allotment))
    announced = {name for name, own in placed.items() if any(a.sort is AllotmentSort.ANNOUNCED for _, a in own)}
    for fund in reversed(plan.funds):
        name = source_of_fund(fund)
        if fund.budget is not None and name not in announced:
            placed[name].insert(0, (-1, Allotment(name, AllotmentSort.ANNOUNCED, fund.budget)))
    for line in _kept_from_before(plan):
        placed[line.funding_source].append((-1, line))
    found: dict[str, list[AllotmentLine]] = defaultdict(list)
    for name, own in placed.items():
        replaced = replaced_in([a for _, a in own])
        found[name] = [AllotmentLine(a, at, replaced.get(i, "")) for i, (at, a) in enumerate(own)]
    for name, lines in later.items():
        found[name] += lines
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
