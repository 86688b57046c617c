"""Settings for one's own machine, without anything to set: never for a server.

The key that signs sessions is made once and kept in the data folder: no key is written in the source.
"""

from __future__ import annotations

from samrit.config import environment
from samrit.config.settings.base import *  # noqa: F403
from samrit.config.settings.base import DATA

DEBUG = False
SECRET_KEY = environment.kept_secret(DATA / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # files are served from where they lie; only a server collects them
