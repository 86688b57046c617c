"""What became of each part of what somebody sent: written, in conflict with somebody else's, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from samrit.plans.errors import ServiceError

Typed = TypeVar("Typed")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Conflict(Generic[Typed, Row]):
    """Somebody saved something else meanwhile: theirs stands, mine was not written."""

    cell: Typed
    theirs: Row


@dataclass(frozen=True)
class Refusal(Generic[Typed]):
    """What could not be taken, and why."""

    cell: Typed
    error: ServiceError


@dataclass(frozen=True)
class SaveOutcome(Generic[Typed, Row]):
    """What became of everything; ``unchanged`` held already what was typed, or nothing was typed."""

    saved: tuple[Row, ...] = ()
    conflicts: tuple[Conflict[Typed, Row], ...] = ()
    refused: tuple[Refusal[Typed], ...] = ()
    unchanged: tuple[Row, ...] = ()


def taken(cells: Iterable[Typed], take: Callable[[Typed], tuple[Row, bool]]) -> SaveOutcome[Typed, Row]:
    """Take what can be taken of ``cells``; ``take`` returns the row of one, and whether anything was written.

    A ServiceError with ``theirs`` among its parameters is a conflict, any other a refusal.
    """
    conflicts, refused = [], []
    kept: dict[bool, list[Row]] = {True: [], False: []}
    for cell in cells:
        try:
            row, is_new = take(cell)
        except ServiceError as error:
            theirs = error.params.get("theirs")
            if theirs is None:
                refused.append(Refusal(cell, error))
            else:
                conflicts.append(Conflict(cell, theirs))
            continue
        kept[is_new].append(row)
    return SaveOutcome(tuple(kept[True]), tuple(conflicts), tuple(refused), tuple(kept[False]))
