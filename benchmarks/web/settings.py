"""Settings of the measured server: those of one's own machine, with the rival's pages beside Samrit's."""

from __future__ import annotations

from samrit.config.settings.local import *  # noqa: F403

ROOT_URLCONF = "benchmarks.web.rival"
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}}  # noqa: F405
