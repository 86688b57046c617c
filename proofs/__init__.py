"""Full-size proofs: what `make test` holds with a sample, `make prove` holds with the whole number.

A proof is a function in a module of this package. It takes the numbers of the cases to try and a seed, and yields a
line for whatever does not hold; a case depends on its number and the seed alone, so that a run can be broken off, gone
on with, divided, and any fault repeated by itself::

    @proof(count=10_000, of="random plans", parts=20)
    def engine_against_fractions(numbers: range, seed: int) -> Iterator[str]:
        \"\"\"The engine agrees exactly with a naive reading of the rules in fractions.\"\"\"
        for number in numbers:
            ...
            yield f"plan {number}: ..."

The test beside the code calls the same function: ``assert not [*engine_against_fractions(range(300), SEED)]``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

SEED = 2569  # of every sample, and of a full-size run where none is given

Cases = Callable[[range, int], Iterable[str]]
_found: dict[str, Proof] = {}


@dataclass(frozen=True)
class Proof:
    """What is proved, with how many cases, in how many parts."""

    name: str
    says: str  # the first sentence of the function
    count: int
    of: str  # what is counted: "random plans"
    parts: int
    cases: Cases

    def ranges(self, count: int) -> list[range]:
        """Divide the numbers 0..count-1 into the parts that are run one by one."""
        parts = min(self.parts, count)
        return [range(count * at // parts, count * (at + 1) // parts) for at in range(parts)]


def proof(*, count: int, of: str, parts: int = 10) -> Callable[[Cases], Cases]:
    """Enter a function in the list of proofs under its own name, and leave it as it is."""

    def enter(cases: Cases) -> Cases:
        name = cases.__name__.replace("_", "-")
        if name in _found or not cases.__doc__:
            raise ValueError(f"the proof {name} needs a name of its own and a sentence")
        _found[name] = Proof(name, cases.__doc__.strip().splitlines()[0], count, of, parts, cases)
        return cases

    return enter


def proofs() -> Mapping[str, Proof]:
    """Return every proof by its name, those of all modules of this package."""
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_found.items()))
