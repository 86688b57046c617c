"""The Django app of the pages."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages, and what watches over accounts."""

    name = "samrit.web"
    label = "web"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        import_module("samrit.web.accounts.watching")
