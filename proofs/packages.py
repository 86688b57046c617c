"""Plan packages on their ways out and back."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings

from proofs import proof
from samrit.package import PlanPackage
from tests.package.plans import packages
from tests.package.ways import lost

EACH = 4  # plans of a case: the first that is drawn is always the smallest


@proof(count=250, of="cases of four random plans", parts=25)
def plans_come_back(numbers: range, seed: int) -> Iterator[str]:
    """Any plan comes back to the last digit and blank from a folder, a zip, rows as typed and Parquet."""
    for number in numbers:
        yield from (f"case {number}: {fault}" for fault in dict.fromkeys(_of(number + seed * 100_000)))


def _of(number: int) -> list[str]:
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=EACH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(packages())
    def one(package: PlanPackage) -> None:
        found.extend(lost(package))

    one()
    return found
