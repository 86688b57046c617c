"""Everything that is kept about one person, to hand to them (PDPA, sections 30 and 31)."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.utils import timezone

from samrit import __version__
from samrit.plans.models import CalendarKey, Erasure, Evidence, HistoryEntry, MachineKey, Person, ReminderSent
from samrit.plans.records.naming import addresses_of


def own_data(person: Person) -> dict[str, Any]:
    """Return what is kept about ``person`` as plain values, by subject; secrets are named and not told."""
    return {
        "made": {"at": timezone.now().isoformat(), "by": f"samrit {__version__}"},
        "account": _account(person),
        "roles": [
            {"role": r.role, "unit": _code(r.unit), "plan": _code(r.plan), "from": _day(r.valid_from),
             "until": _day(r.valid_to), "acting": r.is_acting}
            for r in person.roles.select_related("unit", "plan").order_by("pk")  # type: ignore[attr-defined]
        ],
        "signing_in": _signing_in(person),
        "calendar_addresses_made_at": [
            made.isoformat() for made in CalendarKey.objects.filter(person=person).values_list("made_at", flat=True)
        ],
        "keys_for_programs": [
            {"program": key.name, "unit": key.unit.code, "made_at": key.made_at.isoformat(), "until": _day(key.until)}
            for key in MachineKey.objects.filter(person=person).select_related("unit")
        ],
        "saved_views": list(person.views.values("page", "name", "query")),  # type: ignore[attr-defined]
        "reminders": _reminders(person),
        "evidence": [
            {"plan": e.plan.code, "unit": e.unit_code, "period": e.period, "name": e.name, "at": e.added_at.isoformat()}
            for e in Evidence.objects.filter(added_by=person).select_related("plan").order_by("pk")
        ],
        "done": [_entry(e) for e in HistoryEntry.objects.filter(actor=person).select_related("plan")],
        "told_about": [_entry(e) for e in _about(person)],
        "erasures": [
            {"number": e.pk, "state": e.state, "reason": e.reason, "remark": e.remark}
            for e in Erasure.objects.filter(kind="person", subject=person.pk)
        ],
    }  # fmt: skip


def _account(person: Person) -> dict[str, Any]:
    seen = person.last_login.isoformat() if person.last_login else None
    return {
        "number": person.pk,
        "username": person.username,
        "display_name": person.display_name,
        "email": person.email,
        "addresses_of_links": list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)),
        "language": person.language,
        "is_active": person.is_active,
        "made_at": person.date_joined.isoformat(),
        "last_sign_in": seen,
        "has_password": person.has_usable_password(),
    }


def _signing_in(person: Person) -> dict[str, Any]:
    tried = AccessAttempt.objects.filter(username__iexact=person.username).order_by("attempt_time")
    places = person.places.order_by("seen_at")  # type: ignore[attr-defined]
    return {
        "authenticators": list(Authenticator.objects.filter(user=person).values_list("type", flat=True)),
        "office_identities": list(SocialAccount.objects.filter(user=person).values("provider", "uid")),
        "sessions": [
            {"address": s.ip, "browser": s.user_agent, "begun": s.created_at.isoformat()}
            for s in UserSession.objects.filter(user=person).order_by("pk")
        ],
        "known_networks_last_seen": [at.isoformat() for at in places.values_list("seen_at", flat=True)],
        "failed_sign_ins": [
            {"at": a.attempt_time.isoformat(), "address": a.ip_address, "browser": a.user_agent} for a in tried
        ],
    }


def _reminders(person: Person) -> list[dict[str, Any]]:
    rows = ReminderSent.objects.filter(address__in=addresses_of(person)).select_related("plan", "unit").order_by("pk")
    return [
        {"plan": r.plan.code, "unit": r.unit.code, "period": r.period, "stage": r.stage, "address": r.address,
         "at": r.sent_at.isoformat()}
        for r in rows
    ]  # fmt: skip


def _about(person: Person) -> Any:
    """Return the entries about the person by whoever else: of the account and of roles."""
    named = HistoryEntry.objects.filter(record__in=(person.reference, person.username))
    kinds = ("person.", "role.", "account.", "authenticator.", "identity.", "calendar.", "machine.")
    return [e for e in named.select_related("plan").order_by("sequence") if e.action.startswith(kinds)]


def _entry(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "number": entry.sequence,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "plan": _code(entry.plan),
        "record": entry.record,
        "unit": entry.unit_code,
        "period": entry.period,
        "reason": entry.reason,
    }


def _code(row: Any) -> str | None:
    return row.code if row is not None else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
