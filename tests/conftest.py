"""What every test shares: a plain terminal, reproducible property tests, and the switch --nothing-skipped."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import pytest
from hypothesis import settings

from tests import databases, documents, processor_time
from tests.time_limit import pytest_runtest_protocol  # noqa: F401  a hook of every run

settings.register_profile("samrit", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "samrit"))

# Where databases differ most: processes beside each other, failing machines, migrations, backups, what is remembered.
_WHOLE = frozenset(
    f"test_{name}.py"
    for name in ("backup", "databases", "memory", "migrations", "outages", "processes", "rechecking", "survival")
)
_TERMINAL = ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE")


@pytest.fixture(autouse=True, scope="session")
def _plain_terminal() -> Iterator[None]:
    """Take away what the tester's own terminal would change in printed output."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _TERMINAL:
            patch.delenv(name, raising=False)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    processor_time.pytest_addoption(parser)
    parser.addoption("--nothing-skipped", action="store_true", help="a skipped test fails the run (used by .ci/run)")
    parser.addoption(
        "--full", action="store_true", help="every case and page, both languages, both widths (make prove)"
    )
    parser.addoption(
        "--one-in",
        type=int,
        default=1,
        metavar="N",
        help="of the tests that use a database run one in N, always the same",
    )
    parser.addoption(
        "--database", choices=("sqlite", "postgres"), help="the database of the tests of the web application"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at the database of this run before anything opens it."""
    processor_time.pytest_configure(config)
    os.environ.setdefault("SAMRIT_DATA", tempfile.mkdtemp(prefix="samrit-tests-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrit.config.settings.test")
    if databases.wanted(config.getoption("--database")) == "postgres" and databases.server_of_the_run() is None:
        server = databases.PostgresServer.start()
        databases.share(server)
        config.add_cleanup(server.stop)
    from django.conf import settings as django_settings
    from django.db import connections

    from samrit.config import environment

    server_in_use = databases.server_of_the_run()
    url = (
        server_in_use.url("samrit") if server_in_use else os.environ.get("SAMRIT_DATABASE", "sqlite:///samrit.sqlite3")
    )
    django_settings.DATABASES = {"default": environment.database(url, django_settings.DATA)}
    connections.settings = connections.configure_settings(None)
    for opened in connections.all(initialized_only=True):
        del connections[opened.alias]  # whatever was opened while the framework started knows the settings before these


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about documents that are not beside the checkout, and on PostgreSQL what one database tells."""
    out = set() if documents.are_beside() else {"readings"}
    if databases.wanted(config.getoption("--database")) == "postgres":
        out.add("one_database")
    one_in = config.getoption("--one-in")
    beyond = set() if config.getoption("--full") else set(_beyond_the_sample(items))
    left = [
        item
        for item in items
        if item in beyond
        or _is_left_to_one_database(item, one_in)
        or any(item.get_closest_marker(mark) for mark in out)
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _beyond_the_sample(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield what a usual run leaves to ``make prove`` of lists of costly cases: all but the first n (``sample(n)``)."""
    seen: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sample")
        if mark and mark.args:
            test = item.nodeid.partition("[")[0]
            seen[test] += 1
            if seen[test] > mark.args[0]:
                yield item


def _is_left_to_one_database(item: pytest.Item, one_in: int) -> bool:
    """Say whether a run on a second database leaves a test to ``make prove``.

    That hangs on its name alone, so that a new test changes nothing for the others; those of processes, of failing
    machines and of what else databases do differently all stay.
    """
    return item.path.name not in _WHOLE and crc32(item.nodeid.encode()) % one_in != 0


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped something where nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not session.config.getoption("--nothing-skipped"):
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line("Nothing may be skipped in this run; see the reasons below.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
