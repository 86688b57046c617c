"""Settings for one's own machine and for ``make demo``: never for a server."""

from __future__ import annotations

from samrit.config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for development only, production has no default"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # files are served from where they lie; only a server collects them
