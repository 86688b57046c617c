"""``manage.py build_fonts``: make the web fonts; run before ``collectstatic`` and before the first page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from samrit.web import fonts


class Command(BaseCommand):
    """Make the web fonts."""

    help = "Make Sarabun as woff2 for the pages, into SAMRIT_DATA/assets/fonts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer --anew."""
        parser.add_argument("--anew", action="store_true", help="write them even if they are there")

    def handle(self, *_: Any, anew: bool = False, verbosity: int = 1, **__: Any) -> None:
        """Make what is missing and name it."""
        for path in fonts.build(settings.ASSET_ROOT, anew=anew):
            if verbosity:
                self.stdout.write(str(path))
