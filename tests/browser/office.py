"""The office as a browser test meets it: its server, its people, and a browser window for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from samrit.package import PlanPackage
from samrit.plans.models import Person, Plan, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import LANGUAGE_COOKIE
from tests.browser.serving import Server
from tests.browser.watching import Watch
from tests.plans.office import PASSWORD, Clock, People

DESKTOP, PHONE = (1440, 900), (360, 740)


@dataclass
class BrowserOffice:
    """What a test needs to put people in front of pages."""

    server: Server
    clock: Clock
    new_context: Callable[..., BrowserContext]
    person: People = field(default_factory=People)
    pages: list[Page] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)

    def plan(self, package: PlanPackage) -> Plan:
        """Import a plan of the planning division."""
        return plan_import(SYSTEM, package=package, owner=Unit.objects.get(code="กนผ."))

    def window(
        self, person: Person | None = None, *, size: tuple[int, int] = DESKTOP, language: str = "", **more: Any
    ) -> Page:
        """Return a new browser's window; with ``person`` signed in already."""
        context = self.new_context(base_url=self.server.url, viewport={"width": size[0], "height": size[1]}, **more)
        if person is not None:
            context.add_cookies([self._cookie(settings.SESSION_COOKIE_NAME, session_of(person))])
        if language:
            context.add_cookies([self._cookie(LANGUAGE_COOKIE, language)])
        self.watches.append(Watch().over(context))
        self.pages.append(context.new_page())
        return self.pages[-1]

    def signed_in(self, page: Page, person: Person) -> None:
        """Let somebody else sit down at a window: what it has loaded already is not loaded again."""
        page.context.add_cookies([self._cookie(settings.SESSION_COOKIE_NAME, session_of(person))])

    def watch(self, page: Page) -> Watch:
        """Return what is noted about a window."""
        return self.watches[self.pages.index(page)]

    def phone(self, person: Person, **more: Any) -> Page:
        """Return a phone's window of 360 px with a finger for a mouse."""
        return self.window(person, size=PHONE, has_touch=True, is_mobile=True, **more)

    def _cookie(self, name: str, value: str) -> dict[str, str]:
        return {"name": name, "value": value, "url": self.server.url}


def sign_in(page: Page, name: str) -> None:
    """Type name and password on the page that asks for them."""
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: not url.partition("?")[0].endswith("/sign-in/"))


def session_of(person: Person) -> str:
    """Sign somebody in and return the session's key."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


__all__ = ["DESKTOP", "PHONE", "BrowserOffice", "session_of", "sign_in"]
