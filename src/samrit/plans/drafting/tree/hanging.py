"""What goes when a record of a draft is taken out, told before it is done: how many records of which files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.plans.drafting.document import Standing
from samrit.plans.drafting.following import Index, follow
from samrit.plans.drafting.tree.branches import Branch, tree_of


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a record: ``along`` goes with it by itself, ``below`` are the branches that have to go somewhere.

    ``along`` counts records by file, for the record alone and, in ``all_along``, with everything below it.
    """

    along: Mapping[str, int]
    all_along: Mapping[str, int]
    below: tuple[Branch, ...]


def hanging(rows: Standing, file: str, number: int) -> Hanging:
    """Return what hangs on a record; raises KeyError where there is none."""
    below = below_of(rows, file, number)
    alone = gone_with(rows, [(file, number)])
    return Hanging(alone, gone_with(rows, [(file, number), *((b.file, b.number) for b in below)]), below)


def below_of(rows: Standing, file: str, number: int) -> tuple[Branch, ...]:
    """Return every branch below a record, each once; what is elsewhere in the tree too is left out."""
    inside: dict[tuple[str, int], list[Branch]] = {}
    everywhere: Counter[tuple[str, int]] = Counter()
    for top in tree_of(rows):
        for own in top.walk():
            everywhere[own.file, own.number] += 1
            if (own.file, own.number) == (file, number):
                for branch in own.walk():
                    inside.setdefault((branch.file, branch.number), []).append(branch)
    inside.pop((file, number), None)
    return tuple(own[0] for key, own in inside.items() if len(own) == everywhere[key])


def gone_with(rows: Standing, records: list[tuple[str, int]]) -> Mapping[str, int]:
    """Return how many records of each file go when these do, they themselves left out."""
    book = {name: dict(own) for name, own in rows.items()}
    taken, index = dict.fromkeys(records), Index(book)
    for file, number in records:
        before = rows[file][number]
        book[file][number] = gone = replace(book[file][number], is_removed=True)
        for name, at in follow(book, file, before, gone, index):
            if book[name][at].is_removed:
                taken[name, at] = None
    return Counter(name for name, _ in list(taken)[1:])
