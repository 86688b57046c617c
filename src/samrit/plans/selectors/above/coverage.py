"""Which goals of the plans above a plan serves: works, indicators and money by each goal (R275, R276).

A work counts once in a row (RU1); with several links of a kind it is in several rows
unless only main links are counted, so the total is of the works and no sum of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import Alignment, Project
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import tabulate, works_of
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.plans_above import edition_of, goal_code, goal_name, kind_name, kinds


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One goal, the works without a link of the kind, or the total; money is baht, each work's once."""

    code: str
    name: str
    value: str  # of the plan page's filter, "" where it has none
    works: int
    indicators: int
    budget: Decimal
    bands: tuple[tuple[Band, int], ...]


@dataclass(frozen=True, slots=True)
class KindCoverage:
    """One plan above: its name, source and years where they are known, its goals, and what links to none."""

    kind: str
    name: str
    source: str
    from_be: int | None
    until_be: int | None
    rows: tuple[CoverageRow, ...]
    without: CoverageRow
    total: CoverageRow
    unserved: int  # goals of the plan above that no work serves
    twice: int  # works that are in several rows


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The page: what the plan itself names above it, and every kind that its works link to."""

    code: str
    title: str
    parents: tuple[str, ...]
    kinds: tuple[KindCoverage, ...]
    main_only: bool


def coverage(seen: Look, *, main_only: bool) -> CoveragePage:
    """Return the coverage of the plan that is seen, by main links or by all."""
    names = Names.of(seen)
    plan = names.result.plan
    used = {link.kind for project in plan.projects for link in project.alignments}
    ordered = [k for k in kinds() if k in used] + sorted(used - set(kinds()))
    parents = tuple(_parent(names, link.kind, link.code) for link in plan.parents)
    title = (seen.language == "en" and seen.plan.title_en) or seen.plan.title
    made = tuple(_kind(names, kind, main_only=main_only) for kind in ordered)
    return CoveragePage(seen.plan.code, title, parents, made, main_only)


def linked(project: Project, kind: str, *, main: bool = False) -> tuple[Alignment, ...]:
    """Return the links of a kind; of several the main one alone, the first where none is called so (R276)."""
    links = tuple(link for link in project.alignments if link.kind == kind)
    return (tuple(link for link in links if link.main) or links)[:1] if main else links


def _parent(names: Names, kind: str, code: str) -> str:
    goal = goal_name(kind, code, names.result.plan.year_be, names.language)
    return " ".join(part for part in (kind_name(kind, names.language), code, goal) if part)


def _kind(names: Names, kind: str, *, main_only: bool) -> KindCoverage:
    plan, results = names.result.plan, names.result.projects
    edition = edition_of(kind, plan.year_be)
    members: dict[str, list[ProjectResult]] = {code: [] for code in (edition.codes if edition else ())}
    without = []
    for result in results:
        codes = {goal_code(kind, a.code, plan.year_be) for a in linked(result.project, kind, main=main_only)}
        for code in sorted(codes):
            members.setdefault(code, []).append(result)
        if not codes:
            without.append(result)
    rows = tuple(_row(names, code, goal_name(kind, code, plan.year_be, names.language), m, f"{kind}:{code}")
                 for code, m in members.items())  # fmt: skip
    tied = [r for r in results if linked(r.project, kind)]
    return KindCoverage(
        kind,
        edition.name(names.language) if edition else kind_name(kind, names.language),
        edition.source if edition else "",
        edition.from_be if edition else None,
        edition.until_be if edition else None,
        rows,
        _row(names, "", "", without),
        _row(names, "", "", results),
        sum(not row.works for row in rows),
        sum(row.works for row in rows) - len(works_of(tied)),
    )


def _row(names: Names, code: str, name: str, members: Sequence[ProjectResult], value: str = "") -> CoverageRow:
    total = tabulate(members, rows="strategy").total
    counts = dict(total.cells)
    bands = tuple((band, counts.get(band.code, 0)) for band in names.bands)
    return CoverageRow(code, name, value, total.total, _indicators(members), total.budget, bands)


def _indicators(members: Iterable[ProjectResult]) -> int:
    return sum(len(r.indicators) for r in works_of(members))
