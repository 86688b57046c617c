"""A work's year as one dated story, and the form of one record for who may write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from samrit.engine.model import Project
from samrit.engine.year import YearRecord, told
from samrit.package.kinds import KINDS, kind_named
from samrit.package.kinds.declared import RecordKind
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.year_rows import closing_of
from samrit.plans.models import Person
from samrit.plans.rights import may_for_units
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.timeline import TimeLine, timeline
from samrit.plans.selectors.results.year_lines import YearLine, year_lines
from samrit.vocabulary.sorting import thai_sort_key

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class WorkYear:
    """What happened, the latest first; ``kinds`` are those that the reader may add to, with their titles.

    ``until`` is the moment as of which it is told: the closing of the month that is looked at, None for now.
    ``later`` are the records that were entered or changed after it.
    """

    lines: tuple[YearLine, ...]
    kinds: tuple[tuple[str, str], ...]
    until: datetime | None
    later: int

    @property
    def shown(self) -> tuple[YearLine, ...]:
        """As many as a page takes; all of them go out as a table."""
        return self.lines[:MOST_LINES]


@dataclass(frozen=True, slots=True)
class YearRecordForm:
    """The form of one record of a work: a new one, or one as it is with every entering of it, the last first."""

    kind: RecordKind
    work: Project
    record: YearRecord | None
    before: tuple[YearLine, ...]
    units: tuple[tuple[str, str], ...]
    today: date


def work_year(seen: Look, project: Project, person: Person | None) -> WorkYear:
    """Return a work's year as it was known when the month that is looked at was closed."""
    names, until = Names.of(seen), None if seen.public else closing_of(seen.plan, seen.as_of)
    kinds = () if seen.public else tuple(k for k in KINDS if _may_write(seen, project, person, k))
    writable = frozenset(kind.name for kind in kinds)
    today = timezone.localdate()
    lines = year_lines(names, project, today=today, until=until, public=seen.public, writable=writable)
    now = told(project.records) if until is not None else ()
    known = set(told(project.records, until)) if until is not None else set()
    titles = tuple((kind.name, kind.title(seen.language)) for kind in kinds)
    return WorkYear(lines, titles, until, sum(record not in known for record in now))


def work_timeline(seen: Look, project: Project, until: datetime | None) -> TimeLine | None:
    """Return what was planned for which day against when it came, as was known ``until`` the month was closed.

    None for the public, and where nothing is dated.
    """
    if seen.public:
        return None
    made = timeline(Names.of(seen), (project,), today=timezone.localdate(), until=until)
    return made if made.rows else None


def year_record_form(seen: Look, project: str, kind: str, record: str, person: Person | None) -> YearRecordForm:
    """Return the form of a record; raises NotVisible for none such, ServiceError ``not_allowed`` for who may not."""
    work, declared = seen.result.plan.project(project), kind_named(kind)
    if work is None or declared is None or seen.public:
        raise NotVisible(f"{project} {kind}")
    if not _may_write(seen, work, person, declared):
        raise ServiceError("not_allowed", record=project)
    every = [r for r in work.records if (r.kind, r.id) == (kind, record)]
    standing = told(every)
    if record and not standing:
        raise NotVisible(f"{project} {kind} {record}")
    names, today = Names.of(seen), timezone.localdate()
    units = sorted(((code, names.unit(code)) for code in seen.units), key=lambda own: thai_sort_key(own[1]))
    return YearRecordForm(
        kind=declared,
        work=work,
        record=standing[0] if standing else None,
        before=tuple(_as_entered(names, work, r, today) for r in sorted(every, key=lambda r: -r.revision)),
        units=tuple(units),
        today=today,
    )


def _as_entered(names: Names, work: Project, record: YearRecord, today: date) -> YearLine:
    alone = replace(work, records=(replace(record, withdrawn=False),))
    return year_lines(names, alone, today=today)[0]


def _may_write(seen: Look, project: Project, person: Person | None, kind: RecordKind) -> bool:
    return may_for_units(person, kind.right, plan=seen.plan, units=project.responsible_units)
