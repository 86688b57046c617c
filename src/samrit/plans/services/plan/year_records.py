"""Recording what happened to a work in the year, of any declared kind: added, corrected, withdrawn, never overwritten.

Every write is a row of its own; who wants to know what March knew reads the rows that March had (decision 0021).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from samrit.engine.model import Project
from samrit.engine.year import Value
from samrit.engine.year import YearRecord as Known
from samrit.package import PlanPackage
from samrit.package.kinds import in_order, kind_named
from samrit.package.kinds.declared import LONGEST_NOTE, RecordKind
from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.causes import GROUP, cause_list, causes_offered
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import ruleset_of, version_in_force
from samrit.plans.evaluation.year_rows import year_record_of
from samrit.plans.models import Person, Plan, YearRecord
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.register import register
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service, write_row
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import plan_year_of

HAPPENED = "happened_on"


class YearRecordRefused(ServiceError):
    """What was typed cannot be kept; ``faults`` are all of them, each with the name of its field as its column."""

    def __init__(self, faults: tuple[Finding, ...]) -> None:
        first = faults[0]
        super().__init__(first.code, record=first.place.record, **first.params)
        self.faults = faults


@service
def year_record_add(actor: Actor, *, plan: Plan, kind: str, project: str, given: Mapping[str, str]) -> YearRecord:
    """Record something that happened to a work: the fields of its kind as typed, and ``happened_on``.

    Raises YearRecordRefused with every fault; ServiceError ``not_allowed``, or ``year_key_taken`` where the work has
    one of that key; NotVisible for a kind or work that there is none of.
    """
    scene = _Scene.of(actor, plan, kind, project)
    day, cells, key = scene.read(given)
    known = scene.latest()
    if key in known and not known[key].withdrawn:
        raise ServiceError("year_key_taken", record=project, key=key)
    again = known.get(key)
    scene.require_other_hand(actor, None, cells)
    return scene.added(actor, key or _next(known), (again.revision if again else 0) + 1, day=day, cells=cells)


@service
def year_record_revise(
    actor: Actor,
    *,
    plan: Plan,
    kind: str,
    project: str,
    record: str,
    given: Mapping[str, str],
    seen: int,
    reason: str = "",
) -> YearRecord | None:
    """Record a correction, or how it went on; None when nothing is another. ``seen`` is the revision it was made over.

    Raises as :func:`year_record_add` does, and ServiceError ``year_moved_on`` where another has been faster, or
    ``year_key_other`` where what the record is known by would be another.
    """
    scene = _Scene.of(actor, plan, kind, project)
    last = scene.seen(record, seen)
    day, cells, key = scene.read(given)
    if key and key != record:
        raise ServiceError("year_key_other", record=project, key=record)
    if (day, cells) == (last.happened_on, scene.kind.cells(dict(last.values))):
        return None
    scene.require_other_hand(actor, last, cells)
    return scene.added(actor, record, seen + 1, day=day, cells=cells, reason=_why(project, reason))


@service
def year_record_withdraw(
    actor: Actor, *, plan: Plan, kind: str, project: str, record: str, seen: int, reason: str
) -> YearRecord:
    """Take a record back, with the reason; what was told before goes on being told of that time.

    Raises ServiceError ``not_allowed``, ``reason_missing`` or ``year_moved_on``.
    """
    scene = _Scene.of(actor, plan, kind, project)
    last, why = scene.seen(record, seen), _why(project, reason_of(reason))
    cells = scene.kind.cells(dict(last.values))
    return scene.added(actor, record, seen + 1, day=last.happened_on, cells=cells, reason=why, withdrawn=True)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is written to: one kind of records of one work of a plan, with everything recorded of the work."""

    plan: Plan
    kind: RecordKind
    work: Project
    package: PlanPackage

    @classmethod
    def of(cls, actor: Actor, plan: Plan, kind: str, project: str) -> _Scene:
        """Return it; raises NotVisible for what is not there, ServiceError ``not_allowed`` for who may not write it."""
        permit(actor, "plan.view", plan=plan)
        package = package_of(version_in_force(plan))
        declared, work = kind_named(kind), package.plan.project(project)
        if declared is None or work is None:
            raise NotVisible(f"{project} {kind}")
        if rights.is_archived(declared.right, plan):
            raise ServiceError("plan_archived", record=plan.code)
        if isinstance(actor, Person) and not rights.may_for_units(
            actor, declared.right, plan=plan, units=work.responsible_units
        ):
            raise ServiceError("not_allowed", record=project)
        rows = YearRecord.objects.filter(plan=plan, project=project).select_related("entered_by").order_by("pk")
        every = in_order((*work.records, *filter(None, map(year_record_of, rows))))
        return cls(plan, declared, replace(work, records=every), package)

    def latest(self) -> dict[str, Known]:
        """Return each record as it was entered last, whether it came with the plan or was recorded."""
        own = (r for r in self.work.records if r.kind == self.kind.name)
        return {r.id: r for r in sorted(own, key=lambda r: r.revision)}

    def seen(self, record: str, revision: int) -> Known:
        """Return a record, as long as it is as it was seen."""
        last = self.latest().get(record)
        if last is None or last.withdrawn:
            raise NotVisible(f"{self.work.id} {self.kind.name} {record}")
        if last.revision != revision:
            raise ServiceError("year_moved_on", record=self.work.id, by=last.entered_by or "–")
        return last

    def read(self, given: Mapping[str, str]) -> tuple[date, dict[str, str], str]:
        """Return the day, the cells and the key of what was typed; raises YearRecordRefused with every fault."""
        values, faults = self.kind.read(given, self.work)
        faults += tuple(self._wrong_as_a_whole(values, {fault.place.column for fault in faults}))
        place, text = Place(record=self.work.id, column=HAPPENED), given.get(HAPPENED, "").strip()
        day = typed_day(text)
        if day is None:
            faults = (Finding("year_day_wrong", place, {"value": text[:40]}), *faults)
        elif day > timezone.localdate():
            faults = (Finding("year_day_ahead", place, {}), *faults)
        faults = (*self._unlisted(values), *faults)
        units = register().named
        for name in sorted(self.kind.units):
            if values[name] and values[name] not in units:
                where = Place(record=self.work.id, column=name)
                faults = (*faults, Finding("year_unit_unknown", where, {"unit": str(values[name])}))
        if faults or day is None:
            raise YearRecordRefused(faults)
        return day, self.kind.cells(values), self.kind.id_of(values)

    def _wrong_as_a_whole(self, values: Mapping[str, Value], told: Collection[str]) -> Iterator[Finding]:
        """Yield what is wrong with fields beside each other, but for those of which something was ``told`` already."""
        wrong = [*self.kind.out_of_time(values, timezone.localdate())]
        if self.kind.check is not None:
            wrong += self.kind.check(values, self.work, self.package.plan, ruleset_of(self.package))
        for name, code, params in wrong:
            if name not in told:
                yield Finding(code, Place(record=self.work.id, column=name), params)

    def _unlisted(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        """Yield each cause that the office's list does not have, or that is closed and is in no record here."""
        standing = {r.value(f.name) for r in self.work.records if r.kind == self.kind.name for f in self.kind.fields}
        for field in self.kind.fields:
            cause = str(values[field.name] or "")
            if field.suggested == GROUP and cause and cause not in standing and cause not in causes_offered("th"):
                code = "cause_closed" if cause in cause_list() else "cause_unknown"
                yield Finding(code, Place(record=self.work.id, column=field.name), {"cause": cause[:60]})

    def require_other_hand(self, actor: Actor, last: Known | None, cells: Mapping[str, str]) -> None:
        """Refuse what one person would both ask for and grant, and what is granted otherwise than it was asked for.

        Raises ServiceError ``year_not_asked``, ``year_own_hand`` or ``year_asked_other`` (R130, decision 0019).
        """
        approval = self.kind.approval
        now = dict(self.kind.values(cells))
        if approval is None or not isinstance(actor, Person) or now[approval.field] not in approval.given:
            return
        before = dict(last.values) if last is not None else {}
        state = before.get(approval.field)
        if state not in approval.asked | approval.given:
            raise ServiceError("year_not_asked", record=self.work.id)
        if any(before.get(name) != now[name] for name in approval.fixed):
            raise ServiceError("year_asked_other", record=self.work.id)
        if state == now[approval.field]:
            return
        own = YearRecord.objects.filter(plan=self.plan, kind=self.kind.name, project=self.work.id, entered_by=actor)
        mine = own.filter(record=last.id if last is not None else "")
        if any(dict(self.kind.values(row.cells))[approval.field] in approval.asked for row in mine):
            raise ServiceError("year_own_hand", record=self.work.id)

    def added(
        self,
        actor: Actor,
        record: str,
        revision: int,
        *,
        day: date,
        cells: dict[str, str],
        reason: str = "",
        withdrawn: bool = False,
    ) -> YearRecord:
        """Write a row with its entry of the history, which tells it against the row before."""
        place: dict[str, Any] = {"plan": self.plan, "kind": self.kind.name, "project": self.work.id, "record": record}
        before = YearRecord.objects.filter(**place).order_by("revision").last()
        row = YearRecord(
            **place,
            revision=revision,
            happened_on=day,
            cells=cells,
            withdrawn=withdrawn,
            reason=reason,
            entered_at=timezone.now(),
            entered_by=person_of(actor),
        )
        year, period = plan_year_of(day, self.plan.calendar)
        return write_row(
            actor,
            row,
            "year.withdraw" if withdrawn else "year.record" if revision == 1 else "year.revise",
            record=self.work.id,
            period=period if year == self.plan.year_be else None,
            old=snapshot(before) if before is not None else {},
            reason=reason,
        )


def _next(known: Mapping[str, Known]) -> str:
    """Return the next number of an event."""
    return str(max((whole(own, 0, most=10**8) for own in known), default=0) + 1)


def _why(project: str, reason: str) -> str:
    if len(reason.strip()) > LONGEST_NOTE:
        raise ServiceError("text_too_long", record=project, limit=LONGEST_NOTE)
    return reason.strip()
