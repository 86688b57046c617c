"""What a process remembers of the database between two pages: the only place where it does.

Four ways to keep a value, each with its own answer to what makes it stale:

``read(key, make)``                made from tables.  The memory watches which tables ``make`` asks, and makes the value
                                   again once the history has an entry about one of them, whichever process wrote it.
``always(key, make)``              the same for ever, since the key names all that it depends on: a hash, the figures.
``of(result).derived(key, make)``  made from an evaluation that the memory handed out: kept for that very object.
``of(result).per_work(key, make)`` the same work by work: after a figure came in, one work's value is made again.

So nothing names what it depends on.  What a transaction has written may still be taken back:
whatever is read behind such a write is kept for nobody.

Where they are kept, and for how long, is ``kept``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import local
from typing import TypeVar

from samrit.engine.model import Plan
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.plans.evaluation.kept import KeptEntry, Memory
from samrit.plans.records import chain_place
from samrit.plans.records.chain_place import ChainPlace, Written

T = TypeVar("T")

_process = Memory()


class _Here(local):
    """The memory of this thread alone; None where it is the process's."""

    own: Memory | None = None


_here = _Here()


def _current() -> Memory:
    return _here.own or _process


@contextmanager
def apart() -> Iterator[None]:
    """Remember for this thread alone, behind its own writes too, and forget it all at the end.

    For one long transaction of many writes: what it has written may be taken back, so nobody else may see what was
    made of it, and without a memory of its own it would read the office anew for each of its writes.
    """
    _here.own = Memory()
    try:
        with chain_place.apart():
            yield
    finally:
        _here.own = None


def read(key: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` reads from the tables, kept until an entry of the history is about one of them."""
    return _current().read(key, make)


def always(key: Hashable, make: Callable[[], T]) -> T:
    """Return a value that is the same for ever for its key, which names all that it depends on."""
    return _current().always(key, make)


def of(result: PlanResult) -> KeptEntry:
    """Return what this process remembers of an evaluation."""
    return _current().of(result)


def entry(line: Hashable | None, plan: Plan, ruleset: RuleSet) -> KeptEntry:
    """Return what this process remembers of a plan, the latest of its ``line``; None keeps nothing."""
    return _current().entry(line, plan, ruleset)


def written(since: ChainPlace, now: ChainPlace) -> frozenset[Written] | None:
    """Return what was written after ``since``; None when that is no place on the way to ``now``."""
    return _current().written(since, now)


def forget() -> None:
    """Forget everything kept: for tests, which write behind the services' back."""
    _process.forget()


def rewind() -> None:
    """Forget what was read of the tables: for tests, which wind their database back."""
    _process.rewind()
