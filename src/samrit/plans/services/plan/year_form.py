"""The year's records by Excel: what stands goes out, what comes back is looked at row by row, taken whole or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from samrit.engine.model import Project
from samrit.engine.year import YearRecord as Known
from samrit.engine.year import told
from samrit.package.kinds import kind_named
from samrit.plans.errors import NotVisible, ServiceError, in_language
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.services.plan.year_records import YearRecordRefused, year_record_add, year_record_revise
from samrit.plans.services.writing import Actor, permit, service
from samrit.plans.unit_form.year_model import DAY, FilledRow
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.findings import Finding, Place

MOST_CHANGED = 500  # rows of a file that say something new


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A row that says something new: the record that it changes (None: a further one), and every fault of it."""

    row: FilledRow
    before: Known | None
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class YearTaken:
    """What a form brings: its rows that say something new, and how many stand already as they say.

    ``is_kept`` says whether all of it was written; otherwise nothing was.
    """

    rows: tuple[TakenRow, ...] = ()
    same: int = 0
    is_kept: bool = False

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Everything that is wrong, each with its sheet and row."""
        return tuple(fault for row in self.rows for fault in row.faults)


@service
def year_form_take(
    actor: Actor, *, plan: Plan, rows: Sequence[FilledRow], language: str = "th", keep: bool = False
) -> YearTaken:
    """Try every row of a form that says something new, and keep them when told so and none has a fault.

    The trial is the writing itself, undone: what it shows is what comes.  A row of a record is the next revision of it,
    over the one that it was handed out with; any other is a further record.  Raises ServiceError ``not_allowed``.
    """
    permit(actor, "year.report", plan=plan)
    works = {project.id: project for project in evaluate(plan, 12).plan.projects}
    changed = [(row, _standing(works, row)) for row in rows if not _says_nothing_new(works, row)]
    if len(changed) > MOST_CHANGED:
        over = Finding("year_file_too_many", Place(), {"count": len(changed), "limit": MOST_CHANGED})
        row, before = changed[0]
        return YearTaken((TakenRow(row, before, (over,)),), len(rows) - len(changed))
    with transaction.atomic():
        taken = [TakenRow(row, b, tuple(_faults(actor, plan, row, b, language))) for row, b in changed]
        is_kept = keep and not any(own.faults for own in taken)
        if not is_kept:
            transaction.set_rollback(True)  # nothing of what was tried may stay
    return YearTaken(tuple(taken), len(rows) - len(changed), is_kept)


def _standing(works: Mapping[str, Project], row: FilledRow) -> Known | None:
    if not row.record or row.project not in works:
        return None
    every = told(works[row.project].records)
    return next((r for r in every if (r.kind, r.id) == (row.kind, row.record)), None)


def _says_nothing_new(works: Mapping[str, Project], row: FilledRow) -> bool:
    """Say whether a row has the values of its record, or a further one those of a record that stands already.

    So a file that is sent twice changes nothing the second time.  Numbers are alike by their value, not their digits.
    """
    kind, work = kind_named(row.kind), works.get(row.project)
    if kind is None or work is None:
        return False
    own = [r for r in told(work.records) if r.kind == kind.name and row.record in ("", r.id)]
    values, faults = kind.read(row.given, work)
    said = (typed_day(row.given[DAY]), values)
    return not faults and any((r.happened_on, dict(r.values)) == said for r in own)


def _faults(actor: Actor, plan: Plan, row: FilledRow, before: Known | None, language: str) -> Iterator[Finding]:
    """Write a row and yield what is wrong with it, each fault at its sheet and row."""
    place = Place(document=row.sheet, line=row.line)
    try:
        with transaction.atomic():
            _write(actor, plan, row, before)
    except YearRecordRefused as refused:
        for fault in refused.faults:
            yield Finding(
                fault.code, Place(row.sheet, line=row.line, column=_title(row.kind, fault, language)), fault.params
            )
    except ServiceError as refused:
        for error in refused.all:
            yield Finding(error.code, place, in_language(error.params, language))
    except NotVisible:
        yield Finding("year_file_work_unknown", place, {"work": row.project[:60]})


def _write(actor: Actor, plan: Plan, row: FilledRow, before: Known | None) -> None:
    given = dict(row.given)
    if not row.record:
        year_record_add(actor, plan=plan, kind=row.kind, project=row.project, given=given)
        return
    kind = kind_named(row.kind)
    if kind is not None and before is not None:  # a number that stands keeps the digits it was typed with
        standing, values = kind.cells(dict(before.values)), kind.values(given)
        given |= {name: standing[name] for name, value in values if name in standing and value == before.value(name)}
    year_record_revise(
        actor,
        plan=plan,
        kind=row.kind,
        project=row.project,
        record=row.record,
        given=given,
        seen=row.revision,
        reason=row.reason,
    )


def _title(name: str, fault: Finding, language: str) -> str:
    kind = kind_named(name)
    column = str(fault.place.column or "")
    if kind is None or column not in kind.resource.columns:
        return column
    return kind.resource.field(column).title(language)
