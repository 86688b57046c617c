"""What a serving process keeps is searched for unreachable objects once, and goes all the same when nobody needs it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from samrit.config.serving import keep_what_survived, post_worker_init


class Kept:
    """Something that lives long."""


@pytest.fixture(autouse=True)
def as_in_a_worker() -> Iterator[None]:
    post_worker_init(None)
    yield
    gc.callbacks.remove(keep_what_survived)
    gc.unfreeze()


def test_a_search_over_everything_is_not_repeated_over_what_it_left() -> None:
    kept = [Kept() for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() > len(kept)
    assert len([found for found in gc.get_objects() if isinstance(found, Kept)]) == 0


def test_a_search_over_young_objects_keeps_nothing() -> None:
    gc.collect()
    before = gc.get_freeze_count()
    young = [Kept() for _ in range(1000)]
    gc.collect(1)
    assert gc.get_freeze_count() <= before
    assert len(young) == 1000


def test_what_nobody_needs_any_more_still_goes() -> None:
    kept = Kept()
    gone = weakref.ref(kept)
    gc.collect()
    del kept
    assert gone() is None


def test_cycles_made_since_are_still_found() -> None:
    gc.collect()
    first, second = Kept(), Kept()
    first.other, second.other = second, first  # type: ignore[attr-defined]
    gone = weakref.ref(first)
    del first, second
    gc.collect()
    assert gone() is None
