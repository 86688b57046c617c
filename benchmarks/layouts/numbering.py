"""The ways in which offices number their works."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.layouts.truth import Work

_LETTERS = "กขคงจฉชซฌญ"


def plain(works: Sequence[Work], form: str = "{}.") -> list[Work]:
    """Return the works numbered through: "1.", "2." …"""
    return [replace(work, number=form.format(at)) for at, work in enumerate(works, 1)]


def shuffled(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works with numbers that go back: 5, 3, 8 …"""
    numbers = rng.sample(range(1, 3 * len(works)), len(works))
    return [replace(work, number=f"{number}.") for number, work in zip(numbers, works, strict=True)]


def far(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works as an excerpt of a longer plan: 3, 12, 45 …"""
    numbers = sorted(rng.sample(range(3, 230), len(works)))
    return [replace(work, number=f"{number}.") for number, work in zip(numbers, works, strict=True)]


def restarting(works: Sequence[Work], *, by_kind: bool = False, second_from: int = 1) -> list[Work]:
    """Return the works numbered anew under each strategy (or kind), under the second from ``second_from``."""
    made: list[Work] = []
    seen: dict[str, int] = {}
    for work in works:
        under = f"{work.strategy} {work.kind if by_kind else ''}"
        begin = second_from - 1 if seen and under not in seen else 0
        seen[under] = seen.get(under, begin) + 1
        made.append(replace(work, number=f"{seen[under]}."))
    return made


def coded(works: Sequence[Work], form: str) -> list[Work]:
    """Return the works with codes: "P-001", "กผ-01" …"""
    return [replace(work, number=form.format(at)) for at, work in enumerate(works, 1)]


def decimal(works: Sequence[Work]) -> list[Work]:
    """Return the works as 1.1, 1.2, 2.1: strategy and number."""
    return [replace(work, number=f"{work.strategy}.{work.number.rstrip('.')}") for work in restarting(works)]


def lettered(works: Sequence[Work]) -> list[Work]:
    """Return the works as ก. ข. ค."""
    return [replace(work, number=f"{letter}.") for letter, work in zip(_LETTERS, works, strict=False)]


def misread(rng: random.Random, works: Sequence[Work]) -> list[Work]:
    """Return the works numbered through, some of the numbers misread as text recognition does."""
    wrong = {"1": "l", "2": "Z", "0": "O", "5": "S"}
    made = []
    for work in plain(works):
        number = work.number
        places = [at for at, sign in enumerate(number) if sign in wrong]
        if places and rng.random() < 0.6:
            at = rng.choice(places)
            number = number[:at] + wrong[number[at]] + number[at + 1 :]
        made.append(replace(work, number=number))
    return made


def none(works: Sequence[Work]) -> list[Work]:
    """Return the works without numbers."""
    return [replace(work, number="") for work in works]
