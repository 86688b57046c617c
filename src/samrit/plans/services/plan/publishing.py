"""Keeping where and when a plan was made known, and telling its units of it (R27, R261)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person, Plan, Publication
from samrit.plans.models.publications import PublicationChannel
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.register import register
from samrit.plans.reporting.reminders import ReminderStage, Responsible
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service
from samrit.vocabulary.years import to_be

_YEARS_BEFORE = 2  # a plan is made known in the year before its own, at the earliest


@service
def publication_record(
    actor: Actor, *, plan: Plan, channel: str, published_on: date | None, reference: str = "", note: str = ""
) -> Publication:
    """Keep that the latest version of a plan was made known through ``channel`` on a day.

    ``reference`` is the meeting's or the circular's number, or an address.  Raises ServiceError ``channel_unknown``,
    ``publication_day_wrong`` for no day, one to come or one long before the plan's year, and
    ``publication_reference_missing`` for a meeting or a circular without its number; all at once.
    """
    permit(actor, "publication.record", plan=plan)
    wrong = []
    if channel not in {*PublicationChannel} - {PublicationChannel.LETTERS}:
        wrong.append(ServiceError("channel_unknown", record=plan.code, text=channel[:60]))
    if published_on is None or not _is_possible(plan, published_on):
        wrong.append(ServiceError("publication_day_wrong", record=plan.code))
    if channel in (PublicationChannel.MEETING, PublicationChannel.CIRCULAR) and not reference.strip():
        wrong.append(ServiceError("publication_reference_missing", record=plan.code))
    refuse_all(wrong)
    row = Publication(plan=plan, channel=channel, reference=reference.strip(), note=note.strip())
    row.published_on = published_on  # type: ignore[assignment]  # refused above where there is none
    return _kept(actor, row)


@service
def publication_withdraw(actor: Actor, *, publication: Publication, reason: str) -> Publication:
    """Take back a record that was made by mistake; it stays in the history with the reason."""
    permit(actor, "publication.record", plan=publication.plan)
    why = reason_of(reason)
    publication.refresh_from_db()
    if not publication.withdrawn:
        old = snapshot(publication)
        publication.withdrawn = True
        publication.save(update_fields=["withdrawn"])
        _note(actor, publication, "publication.withdraw", old, why)
    return publication


@service
def publication_letters(actor: Actor, *, plan: Plan) -> Sequence[Person]:
    """Keep that the units of a plan are told of its latest version by letters today, and return whom to write to.

    Once for each version; nobody, and nothing kept, where it was done or where nobody has an address.
    """
    permit(actor, "publication.record", plan=plan)
    number = version_in_force(plan, 12).number
    people = people_told(plan)
    done = plan.publications.filter(version=number, channel=PublicationChannel.LETTERS, withdrawn=False)
    if not people or done.exists():
        return ()
    row = Publication(plan=plan, channel=PublicationChannel.LETTERS, reference=str(len(people)))
    row.published_on = timezone.localdate()
    _kept(actor, row)
    return people


def people_told(plan: Plan) -> tuple[Person, ...]:
    """Return the reporters and heads of every unit that the plan's latest version makes responsible for a work."""
    known = register()
    works = package_of(version_in_force(plan, 12)).plan.projects
    codes = {code for work in works for unit in work.responsible_units for code in known.reporting(unit)}
    responsible = Responsible(plan, known)
    asked = (
        person
        for code in sorted(codes)
        for stage in (ReminderStage.AFTER, ReminderStage.HEAD)
        for person in responsible.of(known.units[code], stage)
    )
    return tuple({person.pk: person for person in asked}.values())


def _is_possible(plan: Plan, day: date) -> bool:
    return plan.year_be - _YEARS_BEFORE <= to_be(day.year) and day <= timezone.localdate()


def _kept(actor: Actor, row: Publication) -> Publication:
    row.version = version_in_force(row.plan, 12).number
    row.recorded_at, row.recorded_by = timezone.now(), person_of(actor)
    row.save()
    _note(actor, row, "publication.record", {}, row.note)
    return row


def _note(actor: Actor, row: Publication, action: str, old: dict[str, object], reason: str) -> None:
    record = f"version {row.version} {row.channel}"
    history.record(person_of(actor), action, plan=row.plan, record=record, old=old, new=snapshot(row), reason=reason)
