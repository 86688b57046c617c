"""The money of a plan by its source: announcements, what is in force, and how it comes to works (R33, R118–R120)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.choices import AllotmentSort
from samrit.engine.funding.allotments import (
    AllotmentLine,
    CountedMoney,
    Differences,
    SourceMoney,
    differences,
    money_by_source,
    source_of_fund,
)
from samrit.engine.surroundings import Allotment
from samrit.plans.evaluation.allotted import allotment_of
from samrit.plans.models import Allotment as AllotmentRow
from samrit.plans.models import Person
from samrit.plans.rights import may
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.periods import period_name


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a source as it is listed; ``counted`` is 0 where ``replaced_by`` names what stands in its place.

    ``pk`` names a line that can be withdrawn, None for one that came with the plan.
    """

    sort: str
    number: str
    announced_on: date | None
    amount: Decimal
    counted: Decimal
    replaces: str
    replaced_by: str
    later: bool  # announced after the month looked at
    project: str
    title: str
    note: str
    document: str
    by: str
    at: datetime | None
    pk: int | None
    is_announced: bool
    of_fund: bool  # only the fund's budget in the plan says it


@dataclass(frozen=True, slots=True)
class StrategyMoney:
    """What the works of one strategy have of a source."""

    code: str
    name: str
    works: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One source: its lines, the works' budgets by strategy, and what no line explains; money is the plan's."""

    name: str
    lines: tuple[SourceLine, ...]
    in_force: Decimal | None
    planned: Decimal | None  # the fund's budget in the plan, where it is another one than is in force
    for_works: Decimal | None
    given: Decimal
    works: int
    unexplained: Decimal | None
    strategies: tuple[StrategyMoney, ...]

    @property
    @exact
    def shortfall(self) -> Decimal:
        """How much less works have than the lines say, as an amount above zero; 0 where they have no less."""
        return max(-(self.unexplained or ZERO), ZERO)


@dataclass(frozen=True, slots=True)
class SourceForm:
    """What the division's form offers; ``seen`` is the number of lines that there are."""

    seen: int
    sorts: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    numbers: tuple[str, ...]  # of the announcements that count


@dataclass(frozen=True, slots=True)
class Funding:
    """The page at a month: every source, or the one that is chosen, and the sums of those that are shown (FU1, FU2)."""

    code: str
    title: str
    sources: tuple[SourceShown, ...]
    names: tuple[str, ...]
    chosen: str
    month: str
    in_force: Decimal | None
    given: Decimal
    unexplained: Differences
    form: SourceForm | None


@exact
def funding(seen: Look, person: Person | None, *, chosen: str = "") -> Funding:
    """Return the money of the plan seen by source; a source that there is none of chooses all."""
    names = Names.of(seen)
    every = money_by_source(names.result.plan, seen.as_of)
    at = chosen if chosen in {source.name for source in every} else ""
    kept = AllotmentRow.objects.filter(plan=seen.plan, withdrawn=False).select_related("recorded_by")
    rows = [] if seen.public else list(kept)
    shown = tuple(_shown(names, source, rows, public=seen.public) for source in every if not at or source.name == at)
    return Funding(
        code=seen.plan.code,
        title=names.plan_title(seen.plan),
        sources=shown,
        names=tuple(source.name for source in every),
        chosen=at,
        month=period_name(seen.plan.year_be, seen.plan.calendar, seen.as_of, seen.language),
        in_force=_sum(s.in_force for s in shown),
        given=sum((s.given for s in shown), ZERO),
        unexplained=differences(source for source in every if not at or source.name == at),
        form=_form(names, money_by_source(names.result.plan))
        if not seen.public and may(person, "money.record", plan=seen.plan)
        else None,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None


def _shown(names: Names, source: SourceMoney, rows: list[AllotmentRow], *, public: bool) -> SourceShown:
    plan = names.result.plan
    budgets = [f.budget for f in plan.funds if source_of_fund(f) == source.name and f.budget is not None]
    planned = sum(budgets, ZERO) if budgets else None
    return SourceShown(
        name=source.name,
        lines=tuple(_line(names, line, rows, public=public) for line in source.lines),
        in_force=source.in_force,
        planned=planned if planned != source.in_force else None,
        for_works=source.for_works,
        given=source.given,
        works=len(source.works),
        unexplained=source.unexplained,
        strategies=_strategies(names, source.works),
    )


def _line(names: Names, line: AllotmentLine, rows: list[AllotmentRow], *, public: bool) -> SourceLine:
    said = line.allotment
    work = names.result.plan.project(said.project) if said.project else None
    row = next((r for r in rows if _is_row(said, allotment_of(r))), None)
    if row is not None:
        rows.remove(row)  # of two that say the same, each is one line
    return SourceLine(
        sort=names.word(said.sort, "allotment_sort"),
        number=said.number,
        announced_on=said.announced_on,
        amount=said.amount,
        counted=line.counted,
        replaces=said.replaces,
        replaced_by=line.replaced_by,
        later=line.later,
        project=said.project if work is not None else "",
        title=work.title if work is not None else "",
        note="" if public else said.note,
        document="" if public else said.source.document,
        by=str(row.recorded_by or "") if row is not None else "",
        at=row.recorded_at if row is not None else None,
        pk=row.pk if row is not None else None,
        is_announced=said.sort is AllotmentSort.ANNOUNCED,
        of_fund=line.at < 0 and said.sort is AllotmentSort.ANNOUNCED,
    )


def _is_row(said: Allotment, row: Allotment) -> bool:
    """Say whether a line is what a row says; one about a work that was closed has the work's id before its words."""
    return said == row or (replace(said, project=row.project, note=row.note) == row and said.note.endswith(row.note))


def _strategies(names: Names, works: tuple[CountedMoney, ...]) -> tuple[StrategyMoney, ...]:
    groups: dict[str, list[Decimal]] = {}
    for work in works:
        groups.setdefault(work.project.strategy, []).append(work.amount)
    places = {strategy.code: at for at, strategy in enumerate(names.result.plan.strategies)}
    ordered = sorted(groups, key=lambda code: (places.get(code, len(places)), code))
    return tuple(StrategyMoney(c, names.named("strategy", c), len(groups[c]), sum(groups[c], ZERO)) for c in ordered)


def _form(names: Names, every: tuple[SourceMoney, ...]) -> SourceForm:
    counting = (line.allotment for source in every for line in source.lines if not line.replaced_by)
    numbers = (a.number for a in counting if a.sort is AllotmentSort.ANNOUNCED and a.number)
    sorts = tuple((sort.value, names.word(sort, "allotment_sort")) for sort in AllotmentSort)
    named = tuple(source.name for source in every if source.name)
    return SourceForm(len(names.result.plan.allotments), sorts, named, tuple(dict.fromkeys(numbers)))
