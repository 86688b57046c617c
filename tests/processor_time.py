"""What a run costs in processor time, test by test: figures that a busy machine does not change as it does the clock's.

The last lines of every run say its sum; ``--slowest 50`` lists the tests, setting up apart from testing, and
``--times FILE`` keeps all of them as JSON. A process that a test starts counts for the test when it has ended; for the
browser, which stays open, its processes are looked up after each test that drives it.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests import databases

_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def own() -> float:
    """Return the seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def of_family(root: int, *, itself: bool = False) -> float:
    """Return the seconds of a process's living descendants, with their own children that have ended (Linux only)."""
    seconds: dict[int, float] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        children[int(fields[1])].append(int(file.parent.name))
        seconds[int(file.parent.name)] = sum(map(int, fields[11:15])) / _TICK
    found, total = [root] if itself else list(children[root]), 0.0
    while found:
        process = found.pop()
        total += seconds.get(process, 0.0)
        found += children[process]
    return total


class ProcessorTime:
    """Measures in the process that runs tests, and adds up in the one that reports them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.last = own()
        self.tested = 0.0  # of this process and its ended children, in tests
        self.browser = 0.0
        self.spent: dict[str, dict[str, float]] = defaultdict(dict)
        self.workers = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
        """Give each report the seconds since the one before."""
        report = yield
        now = own()
        report.processor, self.last = now - self.last, now
        self.tested += report.processor
        if item.get_closest_marker("browser") and call.when != "setup":
            now = of_family(os.getpid())
            report.processor, self.browser = report.processor + max(0.0, now - self.browser), now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a test took (in the reporting process, for all workers)."""
        self.spent[report.nodeid][report.when or ""] = getattr(report, "processor", 0.0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let a worker say what it took altogether."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["processor"] = self._besides()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add a worker that has ended."""
        self.workers += getattr(node, "workeroutput", {}).get("processor", 0.0)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say the sum, and the slowest where they are asked for."""
        tests = {test: times for test, times in self.spent.items() if times}
        file, count = self.config.getoption("--times"), self.config.getoption("--slowest")
        if file:
            Path(file).write_text(json.dumps(tests, indent=1), "utf-8")
        if count:
            terminalreporter.section(f"the slowest {count} tests, in seconds of processor time: setting up, testing")
            for test in sorted(tests, key=lambda t: -sum(tests[t].values()))[:count]:
                setup = tests[test].get("setup", 0.0)
                terminalreporter.write_line(f"{setup:7.2f} {sum(tests[test].values()) - setup:7.2f}  {test}")
        server = databases.server_of_the_run()
        total = sum(sum(times.values()) for times in tests.values()) + self.workers + self._besides()
        total += of_family(server.process, itself=True) if server else 0.0
        terminalreporter.write_line(f"{len(tests)} tests took {total:.0f} s of processor time.")

    def _besides(self) -> float:
        """Return what this process has taken besides the tests: a browser's processes stand with the tests alone.

        Workers that have ended are children too, and told their time themselves.
        """
        taken = sum(os.times()[:2]) if self.workers else own()
        return max(0.0, taken - self.tested)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    parser.addoption(
        "--slowest", type=int, default=0, metavar="N", help="list the N tests that took most processor time"
    )
    parser.addoption("--times", metavar="FILE", help="keep what every test took, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to measure."""
    config.pluginmanager.register(ProcessorTime(config), "processor-time")
