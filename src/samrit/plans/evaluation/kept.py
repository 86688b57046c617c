"""What is kept and for how long: the table of kept values behind ``memory``, and what is kept of one evaluation.

One lock guards the table; it is held to look up and to put down, never while something is made.  Two threads may so
make the same value; the one put down first counts.

One bound: the table counts in works (what is kept of one work takes some kilobytes), and what was not asked for
longest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from threading import Lock
from typing import Any, TypeVar

from django.db.models import QuerySet

from samrit.engine.model import Plan
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.package import PlanPackage
from samrit.plans.evaluation import watching
from samrit.plans.records.chain_place import ChainPlace, Written, place, written_between

T = TypeVar("T")

MOST = 60_000  # works, each in each of its values; about 4 KB each
_PAGE = 25  # works: what any other value counts, about 100 KB


@dataclass(slots=True)
class _Slot:
    """One kept value: the objects that it was made from, the kinds of entries it waits for, and since when."""

    value: Any
    sources: tuple[object, ...] = ()
    kinds: frozenset[str] = frozenset()
    since: ChainPlace | None = None
    works: int = _PAGE

    def is_of(self, sources: tuple[object, ...]) -> bool:
        return len(self.sources) == len(sources) and all(map(is_, self.sources, sources))


@dataclass(frozen=True, slots=True)
class _PerWork:
    """Values by work, each with the objects it was made from, in one frame: the plan without its works."""

    frame: tuple[Plan, RuleSet]
    works: Mapping[str, tuple[tuple[Any, ...], Any]]


class Memory:
    """Everything that one process keeps; a test may have a second one, to see what another process would."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._works = most, 0
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._handed: dict[int, Hashable] = {}  # the key of each evaluation that is kept, by its identity
        self._lock = Lock()

    def read(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` reads, as the tables stand now."""
        return self._recalled(("read", key), (), make)

    def always(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key that names all that it depends on, such as the hash of what it is read from."""
        slot = self._found(("always", key))
        if slot is not None:
            return slot.value  # type: ignore[no-any-return]
        with watching.unwatched():
            value = make()
        return self._kept(("always", key), _Slot(value, works=_works_in(value)))

    def of(self, result: PlanResult) -> KeptEntry:
        """Return what is remembered of an evaluation; of one that the memory did not hand out nothing is."""
        with self._lock:
            line = self._handed.get(id(result))
        return KeptEntry(self, line, result, result.plan, result.ruleset)

    def entry(self, line: Hashable | None, plan: Plan, ruleset: RuleSet) -> KeptEntry:
        """Return what is remembered of ``plan``, the latest of its ``line``; None keeps nothing."""
        return KeptEntry(self, line, plan, plan, ruleset)

    def written(self, since: ChainPlace, now: ChainPlace) -> frozenset[Written] | None:
        """Return what was written after ``since``; None when that is no place on the way to ``now``."""
        if since == now:
            return frozenset()
        if since.sequence > now.sequence:
            with watching.unwatched():
                return written_between(since, now)
        return self.always(("written", since, now), lambda: written_between(since, now))

    def forget(self) -> None:
        """Make everything again from now on."""
        with self._lock:
            self._slots.clear()
            self._handed.clear()
            self._works = 0

    def rewind(self) -> None:
        """Forget what was read of the tables, which were wound back.

        What depends on no table holds: a version's package, named by its hash, and what was made of a work alone.
        """
        with self._lock:
            kept = {key: slot for key, slot in self._slots.items() if isinstance(slot.value, (PlanPackage, _PerWork))}
            self._slots = OrderedDict(kept)
            self._handed.clear()
            self._works = sum(slot.works for slot in kept.values())

    def size(self) -> int:
        """Return how much is kept, in works."""
        return self._works

    def _recalled(self, key: Hashable, sources: tuple[object, ...], make: Callable[[], T]) -> T:
        slot = self._found(key)
        if slot is not None and slot.is_of(sources) and self._holds(slot):
            watching.pass_on(slot.kinds)
            return slot.value  # type: ignore[no-any-return]
        since = _here_on_the_chain()
        with watching.watching() as kinds:
            value = make()
        if since is None:
            return value
        if isinstance(value, QuerySet):
            raise TypeError(f"{key}: a query is asked later, where nobody watches; keep its rows")
        return self._kept(key, _Slot(value, sources, frozenset(kinds), since, _works_in(value)))

    def _holds(self, slot: _Slot) -> bool:
        if not slot.kinds or slot.since is None:
            return True
        now = _here_on_the_chain()
        written = None if now is None else self.written(slot.since, now)
        if now is None or written is None or any(entry.kind in slot.kinds for entry in written):
            return False
        if now.sequence > slot.since.sequence:
            slot.since = now
        return True

    def _found(self, key: Hashable) -> _Slot | None:
        with self._lock:
            slot = self._slots.get(key)
            if slot is not None:
                self._slots.move_to_end(key)
            return slot

    def _kept(self, key: Hashable, slot: _Slot) -> Any:
        """Put a value down and return the one that counts: that of a thread that was faster, if there is one."""
        with self._lock:
            known = self._slots.get(key)
            if known is not None and not known.kinds and not slot.kinds and known.is_of(slot.sources):
                return known.value
            self._put(key, slot)
            return slot.value

    def _kept_works(self, key: Hashable, frame: tuple[Plan, RuleSet], fresh: Mapping[str, Any]) -> None:
        with self._lock:
            known = self._slots.get(key)
            works = {**known.value.works, **fresh} if known is not None and known.value.frame == frame else fresh
            self._put(key, _Slot(_PerWork(frame, works), works=len(works)))

    def _put(self, key: Hashable, slot: _Slot) -> None:
        """Put a value down, the lock being held, and let go what was not asked for longest."""
        self._drop(key)
        self._slots[key] = slot
        self._works += slot.works
        if isinstance(slot.value, PlanResult):
            self._handed[id(slot.value)] = key
        while self._works > self._most and len(self._slots) > 1:
            self._drop(next(iter(self._slots)))

    def _drop(self, key: Hashable) -> None:
        slot = self._slots.pop(key, None)
        if slot is not None:
            self._works -= slot.works
            self._handed.pop(id(slot.value), None)


class KeptEntry:
    """One evaluation, or the plan that it is of: what is made from it is kept as long as it is the same object."""

    def __init__(self, memory: Memory, line: Hashable | None, source: object, plan: Plan, ruleset: RuleSet) -> None:
        self._memory, self._line, self._source = memory, line, source
        self._plan, self._ruleset = plan, ruleset

    def derived(self, key: Hashable, make: Callable[[], T], *also: object) -> T:
        """Return what ``make`` makes of it, and of the very objects in ``also``.

        ``key`` names what is made and every choice that it depends on besides (language, filters, a title).
        """
        if self._line is None:
            return make()
        return self._memory._recalled((self._line, key), (self._source, *also), make)

    def per_work(
        self, key: Hashable, make: Callable[..., T], works: Sequence[Any], *also: Sequence[Any]
    ) -> tuple[T, ...]:
        """Return ``make`` of each work, in order: again only for those that are another object than the last time.

        ``works`` are projects or their results, all or some; ``also`` are objects of each work that
        ``make`` takes besides.  The rest of the plan (its units, its rules) is looked at as a whole:
        where it is another one, every work is made again.
        """
        rows = list(zip(works, *also, strict=True))
        if self._line is None:
            return tuple(make(*row) for row in rows)
        frame, name = (replace(self._plan, projects=()), self._ruleset), (self._line, "work", key)
        slot = self._memory._found(name)
        known = slot.value.works if slot is not None and slot.value.frame == frame else {}
        values, fresh = [], {}
        with watching.watching() as kinds:
            for row in rows:
                work = _id_of(row[0])
                found = known.get(work)
                if found is None or not all(map(is_, found[0], row)):
                    found = fresh[work] = (row, make(*row))
                values.append(found[1])
        if kinds:
            raise RuntimeError(f"{key}: what is kept of a work is made from the work alone, not from {sorted(kinds)}")
        if fresh:
            self._memory._kept_works(name, frame, fresh)
        return tuple(values)


def _here_on_the_chain() -> ChainPlace | None:
    """Return where the chain ends; asking for that is not a part of what is made."""
    with watching.unwatched():
        return place()


def _works_in(value: object) -> int:
    """Return how much of the memory's bound a value takes."""
    plan = getattr(getattr(value, "package", value), "plan", None)
    if isinstance(plan, Plan):
        return len(plan.projects) + _PAGE
    return 1 if isinstance(value, (str, int, frozenset)) else _PAGE


def _id_of(work: Any) -> str:
    return str(work.project.id if hasattr(work, "project") else work.id)
