"""What is made from plans and evaluations, kept as long as it is made from the very same objects.

``scoring`` hands out the same plan and the same evaluation until something is reported,
so the object itself is the key and nothing is ever stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from operator import is_
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Made(Generic[T]):
    """Values by the objects that they are made from, and by a variant (language, choices): the latest ``most``."""

    def __init__(self, *, most: int = 64) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, tuple[tuple[object, ...], T]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, sources: tuple[object, ...], variant: Hashable, make: Callable[[], T]) -> T:
        """Return the value made from ``sources``, made anew only when one of them is another object."""
        key = (tuple(map(id, sources)), variant)
        with self._lock:
            found = self._known.get(key)
            if found is not None and all(map(is_, found[0], sources)):
                self._known.move_to_end(key)
                return found[1]
        value = make()
        with self._lock:
            self._known[key] = (sources, value)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return value
