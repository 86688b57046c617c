"""A test that hangs fails with the place where it stood, so that a run always comes to its end."""

from __future__ import annotations

import signal
from collections.abc import Generator
from types import FrameType

import pytest

SECONDS = 300  # several times what the longest takes


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Break off a test, its fixtures included, that takes longer than ``SECONDS`` (where the system knows alarms)."""
    if not hasattr(signal, "setitimer"):
        return (yield)

    def late(_: int, __: FrameType | None) -> None:
        pytest.fail(f"{item.nodeid} was still running after {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
