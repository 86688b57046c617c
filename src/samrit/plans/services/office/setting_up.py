"""The first administrator of an office that has nobody yet, made by whoever can read what the server prints."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, Role
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.writing import SYSTEM, service

_SALT = "samrit.plans.services.office.setting_up"


def is_set_up() -> bool:
    """Say whether the office has anybody; once it has, the key opens nothing."""
    return Person.objects.exists()


def setup_key() -> str:
    """Return the key that the server prints while there is nobody: known to whoever knows the server's own secret.

    It is made of that secret and kept nowhere, so that every process and every restart say the same.
    """
    return salted_hmac(_SALT, "first administrator", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]


def is_setup_key(text: str) -> bool:
    """Say whether ``text`` is the key, in a time that tells nothing about it."""
    return constant_time_compare(text.strip(), setup_key())


@service
def administrator_first(
    *, key: str, username: str, password: str, display_name: str = "", email: str = "", language: str = "th"
) -> Person:
    """Make the first administrator.

    Raises NotVisible once there is anybody, ServiceError ``setup_key_wrong``, ``password_weak`` for none at all too,
    and whatever making an account refuses.
    """
    if is_set_up():
        raise NotVisible("setup")
    if not is_setup_key(key):
        raise ServiceError("setup_key_wrong")
    if not password:
        raise ServiceError("password_weak", record=username, reason="")
    person = person_create(
        SYSTEM, username=username, password=password, display_name=display_name, email=email, language=language
    )
    role_give(SYSTEM, person=person, role=Role.ADMINISTRATOR, reason="setup")
    return person
