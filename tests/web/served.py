"""An office for servers in processes of their own: ``python -m tests.web.served`` builds it, prints how to sign in."""

from __future__ import annotations

import json
import secrets
from typing import Any

import django

TOKEN = secrets.token_hex(16)


def main() -> None:
    """Build the office in the database of the environment."""
    django.setup()
    from tests.plans.writers import prepare

    prepare()
    print(json.dumps({"cookie": cookie(), "token": TOKEN}))


def cookie() -> str:
    """Make a planner, and return the cookies of the planner's browser."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from samrit.plans.services.office.people import person_create, role_give
    from samrit.plans.services.writing import SYSTEM

    person = person_create(SYSTEM, username="planner", display_name="x", email="planner@example.org")
    role_give(SYSTEM, person=person, role="planner")
    session: Any = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


if __name__ == "__main__":
    main()
