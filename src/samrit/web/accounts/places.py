"""Where people sign in from: networks, known by a keyed hash only."""

from __future__ import annotations

import ipaddress

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samrit.plans.models import KnownPlace, Person

_GUESSES = 50  # wrong passwords from one address within AXES_COOLOFF_TIME
_NETWORK = {4: 24, 6: 48}  # bits that stay the same in one office


def mark_of(address: str) -> str:
    """Return the mark of the network that an address belongs to; it tells nothing without the server's key."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(ipaddress.ip_network((known, _NETWORK[known.version]), strict=False))
    return salted_hmac("samrit.place", network, algorithm="sha256").hexdigest()


def is_new_place(person: Person, address: str) -> bool:
    """Remember from where a person signs in; say whether it is a place where they never did, but did elsewhere."""
    had_any = KnownPlace.objects.filter(person=person).exists()
    _, is_new = KnownPlace.objects.update_or_create(
        person=person, mark=mark_of(address), defaults={"seen_at": timezone.now()}
    )
    return is_new and had_any


def is_guessing_all(address: str) -> bool:
    """Say whether so many names were tried wrongly from one address lately that somebody is guessing."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)
    return bool((tried.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= _GUESSES)


def is_known_there(name: str, address: str) -> bool:
    """Say whether the account ``name`` has signed in from this address's network before."""
    return KnownPlace.objects.filter(person__username__iexact=name, mark=mark_of(address)).exists()
