"""The WSGI entry point."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from samrit.config import working

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrit.config.settings.production")
application = get_wsgi_application()
working.use()
