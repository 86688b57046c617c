"""Money to date from a table: the form of a month, or an accounting system's export; all of it is recorded or nothing.

What is recorded is the difference to what stands, as a movement of the month; so a table that is sent twice changes
nothing the second time, and what is known of earlier months stays (MO3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.model import MoneyState, Project
from samrit.plans.errors import ServiceError, in_language
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Plan
from samrit.plans.selectors.work.work_money import recorded_money
from samrit.plans.services.plan.money import LONGEST, money_record
from samrit.plans.services.writing import Actor, permit, service
from samrit.plans.unit_form.money_table import MoneyRow
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.text import search_key

Key = tuple[str, str | None, MoneyState]  # a work, its funding source (None: all of them), the state


@dataclass(frozen=True, slots=True)
class Moves:
    """What a table says of one work and state: to date as it is (None: nothing is recorded), and as it says."""

    line: int
    project: str
    title: str
    source: str
    state: MoneyState
    before: Decimal | None
    after: Decimal
    document: str
    note: str

    @property
    @exact
    def difference(self) -> Decimal:
        """Baht to record."""
        return self.after - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class MoneyTaken:
    """What a table brings: movements, every fault, the rows that belong to no work, and whether it was all written."""

    moves: tuple[Moves, ...] = ()
    same: int = 0
    faults: tuple[Finding, ...] = ()
    unknown: tuple[MoneyRow, ...] = ()
    is_kept: bool = False


@service
def money_table_take(
    actor: Actor,
    *,
    plan: Plan,
    period: int,
    rows: Sequence[MoneyRow],
    note: str = "",
    language: str = "th",
    keep: bool = False,
) -> MoneyTaken:
    """Try to bring the money of works to what a table says at the end of ``period``; keep it when told so and sound.

    ``note`` stands for rows without one of their own.  Rows are of a work by its id, or of a budget line by its account
    code; those of neither are told and not taken.  Raises ServiceError ``not_allowed`` or ``period_unknown``.
    """
    permit(actor, "money.record", plan=plan)
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=period)
    said, unknown, faults = _said(plan, rows)
    moves = [_move(plan, period, key, own, note) for key, own in said.items()]
    fresh = [move for move in moves if move.before is None or move.difference]
    with transaction.atomic():
        faults += [fault for move in fresh for fault in _faults(actor, plan, period, move, language)]
        is_kept = keep and not faults
        if not is_kept:
            transaction.set_rollback(True)  # nothing of what was tried may stay
    return MoneyTaken(tuple(fresh), len(moves) - len(fresh), tuple(faults), tuple(unknown), is_kept)


@dataclass(slots=True)
class _Said:
    row: MoneyRow
    project: Project
    amount: Decimal = ZERO


@exact
def _said(plan: Plan, rows: Iterable[MoneyRow]) -> tuple[dict[Key, _Said], list[MoneyRow], list[Finding]]:
    """Return the amounts by work, source and state, each work by its first line (RU1); codes of one line are added up.

    A work's total to date holds its sources, so a file names the one or the others: both would count money twice.
    """
    works = reported_plan(plan).plan.projects
    first = {project.key: project for project in reversed(works)}
    by_id = {search_key(project.id): first[project.key] for project in works}
    by_account, sources = _accounts(works), _sources(works)
    found: dict[Key, _Said] = {}
    unknown: list[MoneyRow] = []
    faults: list[Finding] = []
    codes: dict[str, set[tuple[str | None, str]]] = defaultdict(set)  # sources and accounts of each work so far
    for row in rows:
        project, source = by_id.get(search_key(row.work)), row.source
        if own := by_account.get(row.account, {}):
            key = next(iter(own)) if len(own) == 1 else project.key if project is not None else ""
            named = own.get(key, [])
            source = named[0] if len(named) == 1 else source
            project = first[key] if source in named else None
        if project is None:
            unknown.append(row)
            continue
        place, before, code = Place(line=row.line, record=project.id), codes[project.id], (source, row.account)
        if code in before or any((source is None) != (other is None) for other, _ in before):
            faults.append(Finding("money_file_twice", place, {}))
        elif source and source not in sources[project.key]:
            faults.append(Finding("money_file_source", place, {"source": source[:60]}))
        else:
            for state, amount in row.to_date.items():
                found.setdefault((project.id, source, state), _Said(row, project)).amount += amount
        before.add(code)
    return found, unknown, faults


def _accounts(works: Iterable[Project]) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the sources that each account code stands for, by the key of the work; of several, the row has to say."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for project in works:
        for line in project.budgets:
            if line.account and line.funding_source not in found[line.account][project.key]:
                found[line.account][project.key].append(line.funding_source)
    return found


def _sources(works: Iterable[Project]) -> Mapping[str, set[str]]:
    """Return what the money of each work is called, by its key: in its budget, and where something of it moved."""
    found: dict[str, set[str]] = defaultdict(set)
    for project in works:
        found[project.key].update(line.funding_source for line in project.budgets)
        found[project.key].update(m.funding_source for m in project.movements)
    return found


@exact
def _move(plan: Plan, period: int, key: Key, said: _Said, note: str) -> Moves:
    """Return how a work's money stands to date in one state, against what the table says."""
    project, source, state = key
    _, movements = recorded_money(plan, project)
    own = [
        m.amount for m in movements if m.state is state and m.period <= period and source in (None, m.funding_source)
    ]
    return Moves(
        line=said.row.line,
        project=project,
        title=said.project.title,
        source=source or "",
        state=state,
        before=sum(own, ZERO) if own else None,
        after=said.amount,
        document=said.row.document[:LONGEST],
        note=said.row.note or note,
    )


def _faults(actor: Actor, plan: Plan, period: int, move: Moves, language: str) -> Iterator[Finding]:
    """Record a movement, and yield what is wrong with it at its row."""
    try:
        with transaction.atomic():
            money_record(
                actor,
                plan=plan,
                project=move.project,
                period=period,
                state=move.state.value,
                amount=move.difference,
                seen=len(recorded_money(plan, move.project)[1]),
                funding_source=move.source,
                document=move.document,
                note=move.note,
            )
    except ServiceError as refused:
        for error in refused.all:
            place = Place(line=move.line, record=move.project)
            yield Finding(error.code, place, in_language(error.params, language))
