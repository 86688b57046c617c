"""The authenticator: whether a person has one, and how its secret is kept."""

from __future__ import annotations

import base64
from functools import lru_cache

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from samrit.plans.models import Person
from samrit.web.accounts.office_sign_in import is_strong


def has_authenticator(request: HttpRequest) -> bool:
    """Say whether the signed-in person has set one up, or came through the office's own sign-in, which has its own."""
    person = request.user
    if not isinstance(person, Person):
        return False
    records = get_authentication_records(request, person)
    if any(record.get("method") == "socialaccount" for record in records) and is_strong(request):
        return True
    return bool(Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists())


def first_use(authenticator: Authenticator, code: str) -> bool:
    """Say whether a right code is used for the first time, and remember it, for all processes and machines.

    A code stays valid for some time after it was shown; who saw it typed must not sign in with it again.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return True  # recovery codes are crossed out one by one
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret, last = opened(locked.data["secret"]), int(locked.data.get("last_counter", 0))
        matching = [n for n in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, n)) == code]
        if not any(n > last for n in matching):
            return False
        locked.data["last_counter"] = max(matching)
        locked.save(update_fields=["data"])
        authenticator.data = locked.data  # the caller goes on to save its own copy
    return True


def sealed(text: str) -> str:
    """Return a secret as it may lie in the database: readable only with the server's secret key."""
    return _box(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Return the secret that :func:`sealed` sealed; raises InvalidToken when the key is another."""
    return _box(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(text.encode()).decode()


@lru_cache(maxsize=4)
def _box(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"samrit second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
