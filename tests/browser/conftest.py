"""A browser, a server and an office for every test here; each browser is watched until its test is over."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, expect

from tests import databases
from tests.browser import looking
from tests.browser.office import BrowserOffice
from tests.browser.serving import Prepared, Server, database_in_use, prepared
from tests.plans.fixtures import clock, own_files
from tests.plans.office import Clock

__all__ = ["clock", "own_files"]

# The shell has no windows of its own to draw, which is half of what a page costs in a whole browser.
_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge",
)  # fmt: skip
_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    # A scroll that another one cuts short, halfway of its animation, leaves the driver waiting for its end.
    "--disable-smooth-scrolling",
]
_count = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Let a run at full size look at every page at both widths."""
    looking.is_full = config.getoption("--full")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address is shared: every test has a server of its own."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, or the one that SAMRIT_CHROMIUM names; nothing is fetched."""
    named = os.environ.get("SAMRIT_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("no Chromium found: on Debian it is the package chromium")
    # The driver's event loop runs in this thread from now on, beside Django, which has no coroutines here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=15_000)
    return {**browser_type_launch_args, "executable_path": found, "args": _ARGUMENTS}


@pytest.fixture(scope="session")
def office_database(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, pytestconfig: pytest.Config, django_db_blocker: Any
) -> Prepared:
    """A database with tables and register to copy for each test, and the web fonts."""
    own = tmp_path_factory.getbasetemp()
    kind = databases.wanted(pytestconfig.getoption("--database"))
    with django_db_blocker.unblock():
        return prepared(own if worker_id == "master" else own.parent, kind)


@pytest.fixture(autouse=True)
def web_fonts(office_database: Prepared, settings: Any) -> None:
    """Serve the fonts as an installed office does."""
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, str(office_database.assets)]


@pytest.fixture
def office(
    office_database: Prepared,
    own_files: Path,
    clock: Clock,
    settings: Any,
    worker_id: str,
    django_db_blocker: Any,
    new_context: Callable[..., BrowserContext],
) -> Iterator[BrowserOffice]:
    """A server with a register of units, and browsers for whoever comes."""
    url = databases.copied_url(own_files, f"browser_{os.getpid()}_{next(_count)}", office_database.url)
    cache.clear()
    with django_db_blocker.unblock(), database_in_use(url, own_files):
        server = Server()
        settings.BASE_URL = server.url
        made = BrowserOffice(server, clock, new_context)
        yield made
        for watch in made.watches:
            assert watch.faults == [], "\n".join(watch.faults)
            assert watch.dialogs == [], "\n".join(watch.dialogs)
        for page in made.pages:
            page.context.close()
        server.stop()
