"""How the demonstration's passwords are stored: in a way that no other settings know."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher

PASSWORD = "samrit-demo-2569"  # noqa: S105 - of every printed account; it opens nothing but the demonstration


class DemoPasswordHasher(PBKDF2PasswordHasher):
    """As strong as the framework's own, under another name: servers don't list it, so they refuse every such password.

    Only ``samrit.config.settings.demo`` names it.
    """

    algorithm = "samrit_demo"
