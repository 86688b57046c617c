"""Everything that the recognisers found in the documents, before it becomes a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from samrit.engine.model import ManpowerRow
from samrit.intake.claims import Claims
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings, key
from samrit.intake.monitoring.reader import MonitoringReader
from samrit.intake.monitoring.rows import MonitoringRow
from samrit.intake.monitoring.upright import UprightReader
from samrit.intake.plans.cards import Card, CardReader
from samrit.intake.plans.joining import same_words
from samrit.intake.plans.levels import LevelTableReader
from samrit.intake.plans.manpower import read_manpower
from samrit.intake.plans.proposals import ProposalReader
from samrit.intake.plans.tables import PlanTableReader
from samrit.intake.plans.years import YearTableReader
from samrit.intake.summaries import SummaryReader
from samrit.intake.tables.drafts import IndicatorDraft, PlanRow, WorkDraft
from samrit.intake.tables.kpis import doubt_unnamed
from samrit.intake.tables.tokens import TokenKind


@dataclass(slots=True)
class Recognised:
    """Works, cards, manpower and summary tables, and the names of strategies and tactics by code."""

    works: list[WorkDraft]
    cards: list[Card]
    manpower: tuple[ManpowerRow, ...]
    summaries: SummaryReader
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: Sequence[MonitoringRow] = ()  # of monitoring tables, for the ledger
    calendar: str = ""  # "" where no table names its months
    plan_rows: Sequence[PlanRow] = ()  # of plan tables, tables of years and of levels, for the ledger
    claims: Claims = field(default_factory=Claims)  # of cards, summaries and months below each other, for the ledger

    @classmethod
    def of(cls, grids: Sequence[Grid], words: Headings) -> Recognised:
        """Let every recogniser read the grids."""
        monitoring = MonitoringReader(words)
        monitoring.read(grids)
        claims = Claims()
        upright = UprightReader(words, claims)
        upright.read(grids)
        tables = PlanTableReader(words)
        tables.read(grids)
        yearly = YearTableReader(words)
        yearly.read(grids)
        scaled = LevelTableReader(words)
        scaled.read(grids)
        cards = CardReader(words, claims)
        cards.read(grids)
        summaries = SummaryReader(words, claims)
        summaries.read(grids)
        names = {**scaled.scopes.seen_names, **tables.scopes.seen_names, **monitoring.scopes.seen_names}
        calendar = next((layout.calendar for layout in monitoring.layouts if layout.calendar), upright.calendar)
        planned = [*tables.works, *yearly.works, *scaled.works]
        bare = _without_figures(monitoring.works, planned)
        monitored = [work for work in monitoring.works if id(work.grid) not in bare]
        doubt_unnamed(monitored)
        works = _merged([*monitored, *upright.works], planned)
        if not works:
            proposals = ProposalReader(words)
            proposals.read(grids)
            works = proposals.works
        return cls(
            works,
            cards.cards,
            read_manpower(grids, words),
            summaries,
            names,
            [row for row in monitoring.rows if id(row.grid) not in bare],
            calendar,
            [*tables.rows, *yearly.rows, *scaled.rows],
            claims,
        )

    def with_ledger(self) -> list[Grid]:
        """Return the tables whose rows have a ledger of their own."""
        return [*(row.grid for row in self.rows), *(row.grid for row in self.plan_rows)]


def _without_figures(monitored: Sequence[WorkDraft], planned: Sequence[WorkDraft]) -> set[int]:
    """Return the tables in whose periods no work has a figure, and whose works the reader of plans found as well.

    Their periods are ticked or empty: what a plan table says of a work is all that there is.
    """
    counts = Counter(id(work.grid) for work in planned)
    filled = {id(work.grid) for work in monitored if work.sites or any(map(_has_figures, work.indicators))}
    return {id(work.grid) for work in monitored if id(work.grid) in counts} - filled


def _has_figures(indicator: IndicatorDraft) -> bool:
    """Say whether something is in the periods of an indicator that is no tick."""
    rows = [row for row in (indicator.plan, indicator.actual) if row is not None]
    tokens = [t for row in rows for t in (*row.tokens, *(t for _, _, t in row.spans)) if t.position in row.months]
    return any(t.kind in (TokenKind.NUMBER, TokenKind.DASH) or len(key(t.text)) > 1 for t in tokens)


def _is_same(one: WorkDraft, other: WorkDraft) -> bool:
    """Say whether two readers found one work: the same row of the same table, or number and title."""
    if one.grid is other.grid and one.cell.line == other.cell.line and one.cell.line is not None:
        return one.cell.name == other.cell.name or same_words(one.title, other.title)
    return one.number == other.number and same_words(one.title, other.title)


def _merged(monitored: list[WorkDraft], planned: list[WorkDraft]) -> list[WorkDraft]:
    """Return the monitored works, with goal and steps of the same work in the plan's table, and the rest."""
    rest, instead = [], dict[int, WorkDraft]()
    for plan in planned:
        same = next((w for w in monitored if _is_same(w, plan)), None)
        if same is None:
            rest.append(plan)
            continue
        instead[id(plan)] = same
        same.goal, same.steps = same.goal or plan.goal, same.steps or plan.steps
        same.grouped_with = plan.grouped_with
        same.period, same.budget, same.unit = (
            same.period or plan.period,
            same.budget or plan.budget,
            same.unit or plan.unit,
        )
    works = [*monitored, *rest]
    for work in works:
        work.grouped_with = instead.get(id(work.grouped_with), work.grouped_with)
    return works
