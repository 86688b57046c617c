"""What is made from plans and evaluations, kept as long as it is made from the very same objects.

``scoring`` hands out the same plan and the same evaluation until something is reported,
so the object itself is the key and nothing is ever stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from operator import is_
from threading import Lock
from typing import Generic, TypeVar

from samrit.engine.model import Project

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


class PerProject:
    """Values by project, each kept as long as the project object is the same: after a write, one is made anew."""

    def __init__(self, *, most: int = 64) -> None:
        self._most = most  # plans and periods; a plan of 235 works takes about 2 MB
        self._lock = Lock()
        self._known: dict[tuple[object, ...], dict[str, tuple[Project, object]]] = {}

    def of(
        self,
        key: tuple[object, ...],
        projects: Iterable[Project],
        compute: Callable[[tuple[Project, ...]], Iterable[T]],
    ) -> tuple[T, ...]:
        """Return one value per project, in order, computing only what is not known for these very objects."""
        wanted = tuple(projects)
        with self._lock:
            known = self._known.get(key, {})
        missing = tuple(p for p in wanted if p.id not in known or known[p.id][0] is not p)
        if missing:
            known = known | {p.id: (p, value) for p, value in zip(missing, compute(missing), strict=True)}
            with self._lock:
                self._known.pop(key, None)
                if len(self._known) >= self._most:
                    self._known.pop(next(iter(self._known)))
                self._known[key] = known
        return tuple(known[p.id][1] for p in wanted)  # type: ignore[misc]

    def forget(self) -> None:
        """Forget everything kept."""
        with self._lock:
            self._known.clear()
