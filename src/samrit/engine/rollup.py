"""Roll-ups: tables of counts and money, each project counted once (RU1, RU2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.model import Kind, Plan, Project
from samrit.engine.results import ProjectResult, Table, TableRow
from samrit.engine.ruleset import Band, RuleSet

Key = Callable[[ProjectResult], tuple[str, ...]]

NO_PLAN_COLUMN = ""
"""The column, by bands, of works that count without having a band: they had no plan (AC4)."""

# Each dimension gives the keys of a project in order of first sight; "" is "not stated".
DIMENSIONS: dict[str, Key] = {
    "fund": lambda r: (r.project.fund,),
    "strategy": lambda r: (r.project.strategy,),
    "tactic": lambda r: (r.project.tactic,),
    "programme": lambda r: (r.project.programme,),
    "kind": lambda r: (r.project.kind.value if r.project.kind else "",),
    "kind_group": lambda r: (kind_group(r.project),),
    "unit": lambda r: r.project.responsible_units[:1] or ("",),
    "band": lambda r: (r.band.code if r.band else "",),
    "state": lambda r: (r.state.value,),
}


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """A sum of project budgets in baht: each project once, and every line as listed (R121)."""

    once: Decimal
    listed: Decimal


def kind_group(project: Project) -> str:
    """Return "routine" for งานประจำ and "project" for all else, as the office's tables count (R4, R5)."""
    return "routine" if project.kind is Kind.ROUTINE else "project"


def is_work(result: ProjectResult) -> bool:
    """Say whether a line is a work: one that measures a strategy or tactic itself is outside every count (RU5)."""
    return not result.project.level


def is_counted(result: ProjectResult) -> bool:
    """Say whether a line counts at its period: something of it is due, and it is in a band (BA4)."""
    return result.counts and result.band is not None


def works_of(results: Iterable[ProjectResult]) -> tuple[ProjectResult, ...]:
    """Return every work once: of one on several lines the first in a band, else listed, else its first (RU1)."""
    first: dict[str, ProjectResult] = {}
    for result in filter(is_work, results):
        known = first.setdefault(result.project.key, result)
        if _weight(result) > _weight(known):
            first[result.project.key] = result
    return tuple(first.values())


def _weight(result: ProjectResult) -> int:
    """Return 2 for a line in a band, 1 for one that is listed without (AC4), 0 for one that does not count yet."""
    return is_counted(result) + result.counts


@exact
def tabulate(
    results: Iterable[ProjectResult],
    *,
    rows: str = "strategy",
    columns: str = "band",
    where: Callable[[ProjectResult], bool] | None = None,
    keys: Sequence[str] = (),
) -> Table:
    """Return counts of projects by two dimensions of :data:`DIMENSIONS`, with a total row.

    A project that is on several lines counts once in every row and once in the
    total; ``repeated`` of a row says how many of its projects an earlier row holds
    too, so that rows less repeated lines add up to the total.  ``keys`` fixes the
    rows' order and adds empty ones.  Raises KeyError for an unknown dimension.
    """
    row_of, column_of = DIMENSIONS[rows], DIMENSIONS[columns]
    chosen = [r for r in results if is_work(r) and (where is None or where(r))]
    groups: dict[str, list[ProjectResult]] = {key: [] for key in keys}
    for result in chosen:
        for key in row_of(result):
            groups.setdefault(key, []).append(result)
    names = tuple(dict.fromkeys(c for r in chosen for c in column_of(r)))
    money = {r.project.key: r.project.budget or ZERO for r in reversed(chosen)}  # once, as on its first line
    seen: set[str] = set()
    made = []
    for key, members in groups.items():
        distinct = works_of(members)
        repeated = sum(1 for r in distinct if r.project.key in seen)
        seen.update(r.project.key for r in distinct)
        made.append(_row(key, distinct, column_of, names, money, repeated=repeated))
    return Table(rows, columns, names, tuple(made), _row("", works_of(chosen), column_of, names, money))


def first_lines(projects: Iterable[Project]) -> tuple[Project, ...]:
    """Return every work once, by the line that its money is on: the first (RU1); a line above works is none (RU5).

    A roll of results has its own choice, :func:`works_of`: what counts in a band may be on a later line.
    """
    first: dict[str, Project] = {}
    for project in projects:
        if not project.level:
            first.setdefault(project.key, project)
    return tuple(first.values())


def by_band(results: Iterable[ProjectResult], bands: Iterable[Band]) -> tuple[tuple[Band, int], ...]:
    """Return how many works are in each of ``bands``, in their order, each work once (RU1); 0 where none does."""
    total = tabulate(results, columns="band").total
    return tuple((band, total.cell(band.code)) for band in bands)


def says_kinds(plan: Plan) -> bool:
    """Say whether the plan tells of any work of what kind it is; one that does not has nothing to count by kind."""
    return any(project.kind is not None for project in plan.projects if not project.level)


@exact
def budget_total(projects: Iterable[Project]) -> BudgetTotal:
    """Return the sum of the works' budgets in the plan's money, counting each work once and as listed (RU1)."""
    listed = [project for project in projects if not project.level]
    once = (project.budget or ZERO for project in first_lines(listed))
    return BudgetTotal(sum(once, ZERO), sum((project.budget or ZERO for project in listed), ZERO))


@exact
def source_totals(projects: Iterable[Project]) -> tuple[tuple[str, Decimal], ...]:
    """Return the money of each source that the projects name, "" for what names none, in order of first sight (R123).

    Each project counts once (RU1), and units' shares of its money are left out, so the sources add up to
    ``budget_total(projects).once``.  Nothing is returned where no line names a source.
    """
    totals: dict[str, Decimal] = {}
    for project in first_lines(projects):
        for line in project.budgets:
            if not line.unit and line.amount is not None:
                totals[line.funding_source] = totals.get(line.funding_source, ZERO) + line.amount
    return tuple(totals.items()) if any(totals) else ()


@exact
def share(count: int, total: int, ruleset: RuleSet) -> Decimal:
    """Return ``count`` as percent of ``total``, rounded half up; shares are not forced to add up (DI2)."""
    if not total:
        return round_half_up(ZERO, ruleset.share_places)
    return round_half_up(divide(count * HUNDRED, Decimal(total)), ruleset.share_places)


def adds_up(table: Table) -> bool:
    """Say whether rows less repeated projects, and cells, add up to the totals (RU2, R212)."""
    rows_fit = sum(row.total - row.repeated for row in table.rows) == table.total.total
    return rows_fit and all(sum(count for _, count in row.cells) == row.total for row in (*table.rows, table.total))


def _row(
    key: str,
    members: Sequence[ProjectResult],
    column_of: Key,
    names: Sequence[str],
    money: Mapping[str, Decimal],
    *,
    repeated: int = 0,
) -> TableRow:
    counts = dict.fromkeys(names, 0)
    for result in members:
        counts[column_of(result)[0]] += 1
    budget = sum((money[r.project.key] for r in members), ZERO)
    return TableRow(key, len(members), tuple(counts.items()), budget, repeated)
