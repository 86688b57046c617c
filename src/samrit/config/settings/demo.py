"""Settings of the demonstration office: its passwords are public, so they open nothing but a demonstration."""

from __future__ import annotations

from samrit.config.settings.local import *  # noqa: F403

# Only these settings know this way of storing passwords. Wherever else the demonstration's database is opened, no
# password of it fits.
PASSWORD_HASHERS = ["samrit.plans.demo.passwords.DemoPasswordHasher"]
