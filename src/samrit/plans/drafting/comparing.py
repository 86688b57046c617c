"""What a draft changes: before and after of every cell, and what that does to the scores of what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.dated import last_reported
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.ruleset import Band
from samrit.engine.score import score
from samrit.package import PlanPackage
from samrit.package.compare import Change, compare
from samrit.package.resources import RESOURCES, resource_named
from samrit.package.schema import CONFIDENCE, SOURCE, Resource
from samrit.package.tables.cells import format_cell
from samrit.plans.drafting.document import StandingRow, begun_with
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.carrying import with_results_of
from samrit.plans.evaluation.scoring import reported_plan, ruleset_of
from samrit.plans.models import Plan, PlanDraft

_PROVENANCE = frozenset(field.name for field in (*SOURCE, CONFIDENCE))


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after; a blank one is ""."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A record that was added, taken out or changed: ``what`` is "added", "removed" or "changed"."""

    file: str
    title: str
    name: str
    number: int
    what: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A work whose result becomes another one; None and no band where it is not in that version."""

    project: str
    title: str
    before: Decimal | None
    after: Decimal | None
    band_before: Band | None
    band_after: Band | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What the draft does to the plan's results up to ``as_of``; ``works`` are those that change."""

    as_of: int
    works: tuple[ScoreChange, ...]
    before: PlanResult
    after: PlanResult


def changes(draft: PlanDraft, reading: DraftReading, language: str) -> tuple[RowChange, ...]:
    """Return every record that the draft holds otherwise than what it began with, file by file."""
    begun = begun_with(draft)
    return tuple(
        change
        for resource in RESOURCES
        for change in _of_file(
            resource, {r.number: r.cells for r in begun.get(resource.name, ())}, reading.rows[resource.name], language
        )
    )


def between(old: PlanPackage, new: PlanPackage, language: str) -> tuple[RowChange, ...]:
    """Return every record in which two versions of a plan differ, file by file; records are the same by their keys."""
    rows: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in compare(old, new):
        rows.setdefault((change.resource, change.key), []).append(change)
    return tuple(_between(resource_named(file), key, found, language) for (file, key), found in rows.items())


def _between(resource: Resource, key: tuple[str, ...], found: list[Change], language: str) -> RowChange:
    thai = language == "th"
    cells = tuple(
        CellChange(field.title("th" if thai else "en"), format_cell(c.before), format_cell(c.after))
        for c in found
        if c.field and (field := resource.field(c.field))
    )
    name = " / ".join(part for part in key if part not in ("", "None"))
    return RowChange(resource.name, resource.title("th" if thai else "en"), name, 0, found[0].what, cells)


def effect(draft: PlanDraft, reading: DraftReading) -> Effect | None:
    """Return what an amendment does to the results so far; None for a new plan, and while a draft has faulty cells.

    Scored once until the draft or what was reported changes, however many pages of changes are looked at.
    """
    if draft.plan is None or reading.package is None:
        return None
    plan = draft.plan
    return memory.read(("draft_effect", draft.pk), lambda: _effect(plan, read_draft(draft).package))


def _effect(plan: Plan, package: PlanPackage | None) -> Effect | None:
    if package is None:
        return None
    before = reported_plan(plan)
    as_of = last_reported(before.plan)
    old = score(before.plan, ruleset_of(before), as_of)
    new = score(with_results_of(package.plan, before.plan), ruleset_of(package), as_of)
    return Effect(as_of, tuple(_scores(old, new)), old, new)


def _of_file(
    resource: Resource, begun: Mapping[int, Mapping[str, str]], rows: Mapping[int, StandingRow], language: str
) -> Iterator[RowChange]:
    for number, row in rows.items():
        before: Mapping[str, str] = begun.get(number, {})
        after: Mapping[str, str] = {} if row.is_removed else row.cells
        if before == after:
            continue
        what = "removed" if row.is_removed else "changed" if before else "added"
        cells = tuple(
            CellChange(f.title(language), before.get(f.name, ""), after.get(f.name, ""))
            for f in resource.fields
            if f.name not in _PROVENANCE and before.get(f.name, "") != after.get(f.name, "")
        )
        name = " / ".join(text for key in resource.key if (text := (after or before).get(key, "")))
        yield RowChange(resource.name, resource.title(language), name, number, what, cells)


def _scores(old: PlanResult, new: PlanResult) -> Iterator[ScoreChange]:
    before, after = ({p.project.id: p for p in result.projects} for result in (old, new))
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if _figure(was) != _figure(now):
            shown = now or was
            yield ScoreChange(
                key,
                shown.project.title if shown is not None else "",
                was.percent if was is not None else None,
                now.percent if now is not None else None,
                was.band if was is not None else None,
                now.band if now is not None else None,
            )


def _figure(result: ProjectResult | None) -> tuple[object, ...]:
    return () if result is None else (result.percent, result.score, result.band, result.state)
