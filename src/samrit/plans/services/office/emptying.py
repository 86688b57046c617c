"""What is taken out of which rows and entries when a file or a person's data are erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q

from samrit.plans.models import (
    ACTING,
    Erasure,
    Evidence,
    HistoryEntry,
    MachineKey,
    Person,
    ReminderSent,
    RoleAssignment,
    Sending,
)
from samrit.plans.records import history
from samrit.plans.records.emptying import empty
from samrit.plans.records.naming import People, addresses_of
from samrit.plans.records.snapshots import kept_of, rows_digest, snapshot
from samrit.plans.services.office.calendars import calendar_key_end
from samrit.plans.services.office.machine_keys import machine_key_end
from samrit.plans.services.office.people import person_switch, role_take
from samrit.plans.services.writing import Actor, person_of

# Entries of these kinds are about a person, whom those of before version 0.10 call by name.
_ABOUT_PEOPLE = ("person", "account", "authenticator", "identity", "role", "reminder")
_OF_A_PERSON = ("identity", "address")  # what entries without a row of their own said


def entry_of_evidence(evidence: Evidence) -> HistoryEntry | None:
    """Return the entry that a file of evidence began with."""
    return next((e for e in _entries_of_evidence(evidence) if e.action == "evidence.add"), None)


def entry_of_person(person: Person) -> HistoryEntry | None:
    """Return the entry that an account began with."""
    named = HistoryEntry.objects.filter(record__in=(person.reference, person.username), action__startswith="person.")
    return named.order_by("sequence").first()


def empty_evidence(actor: Actor, erasure: Erasure) -> None:
    """Take the file's name out of its rows, their sendings and entries; the file goes once that is certain.

    The same file may stand as evidence in several places: it is erased in all of them.
    """
    rows = list(Evidence.objects.select_related("plan").filter(sha256=erasure.sha256, erased=0).order_by("pk"))
    for row in rows:
        row.name, row.erased = "", erasure.pk
        row.save(update_fields=["name", "erased"])
    sendings = list(_sendings_with(rows))
    for sending in sendings:
        sending.sha256 = rows_digest(sending.content)
        sending.save(update_fields=["content", "sha256"])
    entries = [entry for row in rows for entry in _entries_of_evidence(row)]
    entries += [entry for sending in sendings for entry in _entries_of_sending(sending)]
    marks = {_place(sending): sending.sha256 for sending in sendings}
    empty(erasure, entries, lambda entry: _without_file(entry, marks))
    for row in rows:
        _note(actor, row, erasure, was_sent=any(row.pk in _files(sending) for sending in sendings))


def _note(actor: Actor, row: Evidence, erasure: Erasure, *, was_sent: bool) -> None:
    about: dict[str, Any] = {"plan": row.plan, "unit_code": row.unit_code, "period": row.period}
    if was_sent:  # whoever keeps sendings reads them again; their state is in the entry that made them
        history.record(person_of(actor), "sending.emptied", record="report", reason=f"erasure {erasure.pk}", **about)
    said = row.indicator or row.project
    history.record(person_of(actor), "evidence.erase", record=said, new=snapshot(row), reason=erasure.reason, **about)


def _entries_of_evidence(row: Evidence) -> Iterator[HistoryEntry]:
    about = HistoryEntry.objects.filter(plan=row.plan, unit_code=row.unit_code, period=row.period)
    for entry in about.filter(action__startswith="evidence.").order_by("sequence"):
        if (entry.new or entry.old).get("id") == row.pk:
            yield entry


def _files(sending: Sending) -> set[int]:
    return {file["id"] for file in sending.content.get("evidence", ())}


def _place(sending: Sending) -> tuple[object, ...]:
    return (sending.plan_id, sending.unit.code, sending.period, sending.number)  # type: ignore[attr-defined]


def _sendings_with(rows: Iterable[Evidence]) -> Iterator[Sending]:
    """Yield the sendings that name one of the files, with their names taken out."""
    numbers, months = {row.pk for row in rows}, Q(pk=None)
    for row in rows:
        months |= Q(plan=row.plan, unit__code=row.unit_code, period=row.period)
    for sending in Sending.objects.filter(months).select_related("unit"):
        if _files(sending) & numbers:
            files = sending.content["evidence"]
            sending.content["evidence"] = [{**file, "name": ""} if file["id"] in numbers else file for file in files]
            yield sending


def _entries_of_sending(sending: Sending) -> list[HistoryEntry]:
    about = HistoryEntry.objects.filter(plan=sending.plan, unit_code=sending.unit.code, period=sending.period)
    entries = about.filter(action__startswith="sending.").order_by("sequence")
    return [entry for entry in entries if entry.new.get("number") == sending.number]


def _without_file(entry: HistoryEntry, marks: Mapping[tuple[object, ...], str]) -> bool:
    if entry.action.startswith("evidence."):
        for state in (entry.old, entry.new):
            state.update({"name": ""} if "name" in state else {})
    else:
        entry.new["sha256"] = marks[entry.plan_id, entry.unit_code, entry.period, entry.new["number"]]  # type: ignore[attr-defined]
    return True


def empty_person(actor: Actor, erasure: Erasure, *, even_last: bool = False) -> None:
    """Close the account for good and take name, address and ways of signing in away; the number stays.

    Raises ServiceError ``last_administrator``, unless ``even_last``: of what is restored nobody has a choice.
    """
    person = Person.objects.get(pk=erasure.subject)
    for role in RoleAssignment.objects.filter(person=person).select_related("person", "unit", "plan"):
        role_take(actor, assignment=role, reason=erasure.reason, even_last=even_last)
    person_switch(actor, person=person, active=False, reason=erasure.reason, even_last=even_last)
    calendar_key_end(actor, person=person)
    for key in MachineKey.objects.filter(person=person).select_related("person", "unit"):
        machine_key_end(actor, key=key)
    _forget_signing_in(person)
    people = People()
    empty(erasure, _entries_naming(person), lambda entry: _without_name(entry, person, people))
    person.refresh_from_db()
    old = snapshot(person)
    _strip(person, erasure.pk)
    history.record(person_of(actor), "person.erase", record=person.reference, old=old, new=snapshot(person))


def _forget_signing_in(person: Person) -> None:
    for model in (Authenticator, SocialAccount, UserSession, EmailAddress):
        model.objects.filter(user_id=person.pk).delete()
    for tried in (AccessAttempt, AccessFailureLog, AccessLog):
        tried.objects.filter(username__iexact=person.username).delete()
    person.places.all().delete()  # type: ignore[attr-defined]
    person.views.all().delete()  # type: ignore[attr-defined]
    for at, address in enumerate(addresses_of(person), 1):  # one letter of each: two addresses stay two
        ReminderSent.objects.filter(address=address).update(address=f"person {person.pk} {at}")


def _entries_naming(person: Person) -> list[HistoryEntry]:
    """Return the entries of before version 0.10 that hold the person's name."""
    about = Q()
    for kind in _ABOUT_PEOPLE:
        about |= Q(action__startswith=f"{kind}.")
    named = Q(actor=person) & ~Q(actor_name__in=("", ACTING)) | Q(record=person.username) & about
    return list(HistoryEntry.objects.filter(named).order_by("sequence"))


def _without_name(entry: HistoryEntry, person: Person, people: People) -> bool:
    before = (entry.actor_name, entry.record)
    if entry.actor_id == person.pk and entry.actor_name != ACTING:  # type: ignore[attr-defined]
        entry.actor_name = ""
    if entry.record == person.username and entry.action.partition(".")[0] in _ABOUT_PEOPLE:
        kept = kept_of(entry)
        entry.record = person.reference
        if kept is not None:
            entry.old, entry.new = (dict(people.numbered(kept, state)) for state in (entry.old, entry.new))
        for state in (entry.old, entry.new):
            state.update({name: "" for name in _OF_A_PERSON if name in state})
    return (entry.actor_name, entry.record) != before


def _strip(person: Person, number: int) -> None:
    """Leave of the row what says nothing about anybody; the seal goes, so the history's marks say nothing either."""
    name = f"erased-{person.pk}"
    while Person.objects.filter(username=name).exists():
        name += "_"
    person.username, person.display_name, person.email = name, "", ""
    person.first_name, person.last_name, person.last_login = "", "", None
    person.seal, person.erased = "", number
    person.set_unusable_password()
    person.save()
