"""A test that hangs fails with the place where it stood, so that a run always comes to its end.

A slow machine is no fault: what counts is processor time. The clock ends only what waits for something that never
comes, after ten times what the longest test takes on a machine with eight others at work: such a test waits for other
processes, for the demonstration office that one of them builds above all, and that is no processor time of its own.
"""

from __future__ import annotations

import signal
from collections.abc import Generator
from types import FrameType

import pytest

PROCESSOR_SECONDS = 300.0  # of the test's own process, all its threads; the longest takes a tenth
CLOCK_SECONDS = 6000.0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Break off a test, its fixtures included, that takes longer (where the system knows alarms)."""
    if not hasattr(signal, "setitimer"):
        return (yield)

    def late(number: int, _: FrameType | None) -> None:
        by_clock = number == signal.SIGALRM
        taken = f"{CLOCK_SECONDS:g} s" if by_clock else f"{PROCESSOR_SECONDS:g} s of processor time"
        pytest.fail(f"{item.nodeid} was still running after {taken}")

    limits = (
        (signal.SIGALRM, signal.ITIMER_REAL, CLOCK_SECONDS),
        (signal.SIGPROF, signal.ITIMER_PROF, PROCESSOR_SECONDS),
    )
    before = {number: signal.signal(number, late) for number, _, _ in limits}
    for _, timer, seconds in limits:
        signal.setitimer(timer, seconds)
    try:
        return (yield)
    finally:
        for number, timer, _ in limits:
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])
