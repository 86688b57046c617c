"""The WSGI entry point."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from samrit.config import kept_open, working

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrit.config.settings.production")
application = get_wsgi_application()
working.use()
KEPT_OPEN = kept_open.keep_open()
